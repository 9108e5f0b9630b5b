package migrate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// These end a piece of work that another program has done.
var (
	errElsewhere = errors.New("another program has done the revision")
	errAhead     = errors.New("another program has done a part of the step")
)

// stepwise carries out one revision whose steps are committed one by one.
type stepwise struct {
	*session
	work
	ctx    context.Context
	runner runner
	done   *Done
	pages  []page
	// kept is how many operations took effect, of this run or an earlier one.
	kept int
	// partly says that the operations after them did in part.
	partly bool
}

// keptError says how far a revision came that is not done.
type keptError struct {
	kept   int
	partly bool
	err    error
}

func (e *keptError) Error() string { return e.err.Error() }
func (e *keptError) Unwrap() error { return e.err }

// applyInSteps applies or takes back a revision without a transaction around it.
// Each step is written down, so that a run that ends in the middle can be gone on
// with: statements that can be undone commit together with their row; before one
// that commits by itself the catalogue is described, so that later it can tell
// whether the statement took effect.
func (s *session) applyInSteps(ctx context.Context, w work) (Done, bool, error) {
	if s.inside() {
		return Done{}, false, fmt.Errorf("%w: %s; migrate outside of one", ErrTransaction, outside(w.Revision, w.ops()))
	}
	if open, err := s.isOpen(ctx, w); err != nil || !open {
		return Done{}, false, err
	}
	done := w.done()
	x := &stepwise{session: s, work: w, ctx: ctx, done: &done}
	x.runner = s.runner(ctx, w, &done, false)
	err := x.run()
	if errors.Is(err, errElsewhere) {
		return Done{}, false, nil
	}
	if err != nil {
		return Done{}, false, &keptError{x.kept, x.partly, err}
	}
	return done, true, nil
}

func (x *stepwise) run() error {
	next, err := x.open()
	if err != nil {
		return err
	}
	e := x.event()
	e.DB = on(x.ctx, x.db, x.q, false)
	if err := call(x.options.Hooks.BeforeRevision, x.ctx, e); err != nil {
		return fmt.Errorf("in the hook before the revision: %w", err)
	}
	start := x.options.now()
	for next < len(x.ops()) {
		p, row, err := x.plan(next)
		if err != nil {
			return err
		}
		if err := x.step(p, &row); err != nil {
			return err
		}
		next = row.Last
	}
	return x.finish(start)
}

// plan returns the next step: the one that was begun already, here or by another
// program, or else a new one.
func (x *stepwise) plan(next int) (planned, page, error) {
	begun := func() (planned, page, bool) {
		at := slices.IndexFunc(x.pages, func(p page) bool { return p.First == next+1 })
		if at < 0 {
			return planned{}, page{}, false
		}
		return x.planned(x.pages[at]), x.pages[at], true
	}
	if p, row, ok := begun(); ok {
		return p, row, nil
	}
	p, err := x.runner.plan(x.ctx, x.ops(), next)
	if err != nil && x.unlocked() {
		// It may be planned for what another program has changed meanwhile.
		if open, again := x.isOpen(x.ctx, x.work); again == nil && !open {
			return p, page{}, errElsewhere
		}
		if x.pages, _ = x.journal.read(x.ctx); len(x.pages) > 0 {
			if p, row, ok := begun(); ok {
				return p, row, nil
			}
		}
	}
	if err != nil {
		return p, page{}, err
	}
	row, err := x.page(p)
	return p, row, err
}

// open makes the tables, and reads what an earlier run has done: the operations
// up to the result are.
func (x *stepwise) open() (next int, err error) {
	if err := Supported(x.ctx, x.dialect, x.q, x.ops()); err != nil {
		return 0, err
	}
	err = x.piece(func() error {
		if err := x.history.make(x.ctx); err != nil {
			return err
		}
		if err := makeTable(x.ctx, x.dialect, x.q, x.journal.columns()); err != nil {
			return err
		}
		pages, err := x.journal.read(x.ctx)
		if err != nil {
			return err
		}
		x.pages = nil
		for i, p := range pages {
			if p.Revision != x.ID || p.Down != x.down {
				return Unfinished{ID: p.Revision, Down: p.Down}
			}
			if !p.touched() {
				// It was planned, and may be planned again in another way.
				if err := x.journal.forget(x.ctx, &pages[i]); err != nil {
					return err
				}
				continue
			}
			if err := x.same(p); err != nil {
				return err
			}
			x.pages = append(x.pages, p)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, p := range x.pages {
		if p.Ended {
			next = max(next, p.Last)
		} else {
			x.partly = p.Done > 0
		}
		x.kept = next
		if err := x.repeatSettings(p); err != nil {
			return 0, err
		}
	}
	return next, nil
}

// same refuses a revision of which a part was edited that has run already.
func (x *stepwise) same(p page) error {
	sum := ""
	if p.Last <= len(x.ops()) {
		var err error
		if sum, err = checksumOf(x.ops()[p.First-1 : p.Last]); err != nil {
			return err
		}
	}
	if sum == p.Checksum {
		return nil
	}
	return fmt.Errorf("%w: operation %d of it has run, in part or whole, and is another one by now; put the file back as it was and run it again; "+
		"or bring the database to where a revision would leave it by hand, and say so with stamp", ErrEdited, p.First)
}

func checksumOf(ops op.List) (string, error) { return op.Revision{Up: ops}.Checksum() }

// repeatSettings tells a new session again what statements of an earlier one
// have set.
func (x *stepwise) repeatSettings(p page) error {
	for i, s := range p.Statements[:p.Done] {
		if x.dialect.Kind(s.SQL) == ddl.Setting {
			if _, err := x.runner.exec(x.ctx, p.Statements, i); err != nil {
				return fmt.Errorf("setting up the session again: %w", err)
			}
		}
	}
	return nil
}

// page returns the row of a step that has been planned.
func (x *stepwise) page(p planned) (page, error) {
	sum, err := checksumOf(p.step.Ops)
	return page{Revision: x.ID, Down: x.down, First: p.first, Last: p.last, Checksum: sum, Statements: p.step.Statements}, err
}

// planned returns the step of a row.
func (x *stepwise) planned(p page) planned {
	step := planned{first: p.First, last: p.Last, step: ddl.Step{Ops: x.ops()[p.First-1 : p.Last], Statements: p.Statements}}
	if do, ok := step.step.Ops[0].(DoStep); ok {
		step.do = &do
	}
	return step
}

// step carries out a step, or what is left of it.
func (x *stepwise) step(p planned, row *page) error {
	begin := time.Now()
	if err := x.runner.begin(p); err != nil {
		return err
	}
	var rows int64
	for !row.Ended {
		n, err := x.next(p, row)
		rows += n
		if err != nil && !errors.Is(err, errAhead) {
			x.partly = row.Done > 0 || row.Doubt
			return p.err(err)
		}
	}
	x.kept, x.partly = p.last, false
	return x.runner.end(p, rows, time.Since(begin))
}

// next does what comes next in a step.
func (x *stepwise) next(p planned, row *page) (rows int64, err error) {
	if err := x.runner.goOn(x.ctx); err != nil {
		return 0, err
	}
	switch {
	case p.do != nil:
		return 0, x.doStep(*p.do, row)
	case len(row.Statements) == 0:
		return 0, x.commit(row, func(p *page) { p.Ended = true }, nil)
	case x.inOne(p):
		return x.whole(row)
	default:
		return x.statement(row)
	}
}

// inOne reports whether the statements of a step run in one transaction: those
// that were planned belong together, those of the user's are committed one by
// one, as without a transaction they would be.
func (x *stepwise) inOne(p planned) bool {
	if _, ok := p.step.Ops[0].(op.Exec); ok || !x.dialect.Transactional() {
		return false
	}
	return !slices.ContainsFunc(p.step.Statements, func(s ddl.Statement) bool { return x.dialect.Kind(s.SQL) == ddl.Alone })
}

// whole sends all statements of a step in one transaction.
func (x *stepwise) whole(row *page) (rows int64, err error) {
	err = x.commit(row, func(p *page) { p.Done, p.Ended = len(p.Statements), true }, func() error {
		rows = 0
		for i := range row.Statements {
			n, err := x.runner.exec(x.ctx, row.Statements, i)
			if err != nil {
				return err
			}
			rows += n
		}
		return nil
	})
	return rows, err
}

// doStep calls a Go function: in a transaction with the row, or outside.
func (x *stepwise) doStep(do DoStep, row *page) error {
	if !do.outside {
		return x.commit(row, func(p *page) { p.Ended = true }, func() error { return do.call(x.ctx, x.db, x.q, true) })
	}
	if err := x.commit(row, func(p *page) { p.Doubt = true }, nil); err != nil {
		return err
	}
	if err := do.call(x.ctx, x.db, x.q, false); err != nil {
		return err
	}
	return x.commit(row, func(p *page) { p.Ended, p.Doubt = true, false }, nil)
}

// statement sends the next statement of a step and writes it down.
func (x *stepwise) statement(row *page) (rows int64, err error) {
	i := row.Done
	text := row.Statements[i].SQL
	ended := func(p *page) { p.Done, p.Doubt, p.Mark, p.Ended = i+1, false, "", i+1 == len(p.Statements) }
	if x.dialect.Kind(text) == ddl.Undoable {
		err = x.commit(row, ended, func() (err error) {
			rows, err = x.runner.exec(x.ctx, row.Statements, i)
			return err
		})
		return rows, err
	}
	if row.Doubt {
		tookEffect, err := x.dialect.Recover(x.ctx, x.q, text, row.Mark)
		if err != nil {
			return 0, fmt.Errorf("finding out whether a statement took effect before: %w", err)
		}
		if tookEffect {
			return 0, x.commit(row, ended, nil)
		}
	}
	err = x.again(x.ctx, func() (err error) {
		mark, err := x.dialect.Mark(x.ctx, x.q, text)
		if err != nil {
			return err
		}
		if err := x.commit(row, func(p *page) { p.Doubt, p.Mark = true, mark }, nil); err != nil {
			return err
		}
		if err := x.lock.Check(x.ctx); err != nil {
			return err
		}
		if rows, err = x.runner.exec(x.ctx, row.Statements, i); err != nil {
			x.clear(row, text)
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return rows, x.commit(row, ended, nil)
}

// clear removes what a statement that failed has left, and the doubt about it. A
// connection that is lost leaves both to the next run.
func (x *stepwise) clear(row *page, text string) {
	ctx := context.WithoutCancel(x.ctx)
	if tookEffect, err := x.dialect.Recover(ctx, x.q, text, row.Mark); err != nil || tookEffect {
		return
	}
	after := *row
	after.Doubt, after.Mark = false, ""
	if x.journal.save(ctx, &after) == nil {
		*row = after
	}
}

// piece runs fn in a transaction of its own, under the lock, and again where it
// meets another lock.
func (x *stepwise) piece(fn func() error) error {
	return x.again(x.ctx, func() error {
		return x.dialect.Transact(x.ctx, x.q, func() error {
			if err := x.lock.Check(x.ctx); err != nil {
				return err
			}
			if x.unlocked() {
				if open, err := x.isOpen(x.ctx, x.work); err != nil || !open {
					return errors.Join(err, errElsewhere)
				}
			}
			return fn()
		})
	})
}

// unlocked reports whether another program may be at the same revision, since
// no lock lasts longer than a transaction.
func (x *stepwise) unlocked() bool { return x.lock == (ddl.NoLock{}) }

// commit runs fn, which may be nil, and changes a step's row, in one transaction.
// Where another program is ahead with the step, the row becomes what that has
// written, and the error is errAhead.
func (x *stepwise) commit(row *page, change func(*page), fn func() error) error {
	var after page
	err := x.piece(func() error {
		after = *row
		if x.unlocked() {
			pages, err := x.journal.read(x.ctx)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(pages, func(p page) bool { return p.Revision == row.Revision && p.First == row.First })
			if at >= 0 && (pages[at].Done > row.Done || pages[at].Ended) {
				after = pages[at]
				return errAhead
			}
			after.stored = at >= 0
		}
		change(&after)
		if fn != nil {
			if err := fn(); err != nil {
				return err
			}
		}
		return x.journal.save(x.ctx, &after)
	})
	if err == nil || errors.Is(err, errAhead) {
		*row = after
	}
	return err
}

// finish writes the history, and empties the journal.
func (x *stepwise) finish(start time.Time) error {
	end := x.options.now()
	x.done.Duration = end.Sub(start)
	return x.piece(func() error {
		if err := x.record(x.ctx, x.work, end, x.done.Duration); err != nil {
			return err
		}
		if err := x.journal.close(x.ctx); err != nil {
			return err
		}
		e := x.event()
		e.Rows, e.Duration, e.DB = x.done.Rows, x.done.Duration, on(x.ctx, x.db, x.q, true)
		if err := call(x.options.Hooks.AfterRevision, x.ctx, e); err != nil {
			return fmt.Errorf("in the hook after the revision: %w", err)
		}
		if x.down {
			return x.tidy(x.ctx)
		}
		return nil
	})
}
