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
	// last is the step that has ended last and whose row does not say so yet, or nil.
	last *page
	// announced are steps of which no row says yet what became of them, or nil.
	announced *announcement
	// newTables are the steps that make tables, as they were planned at the start,
	// by their places. What the user's statements change in the session may change
	// them: then it is nil.
	newTables map[int]ddl.Step
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
// whether the statement took effect. That it did is written down with what comes
// next (see journal.read), and until then it is in doubt. Steps that make tables,
// or drop some, are written down many at once (see tablesInRow).
func (s *session) applyInSteps(ctx context.Context, w work) (Done, bool, error) {
	if s.inside() {
		return Done{}, false, fmt.Errorf("%w: %s; migrate outside of one", ErrTransaction, outside(w.Revision, w.ops()))
	}
	if open, err := s.isOpen(ctx, w); err != nil || !open {
		return Done{}, false, err
	}
	done := w.done()
	own := *s
	x := &stepwise{session: &own, work: w, ctx: ctx, done: &done}
	x.runner = s.runner(ctx, w, &done, false)
	if x.inRow() {
		var letGo func()
		x.journal, letGo = s.journal.keeping()
		defer letGo()
	}
	err := x.run()
	if err != nil && (x.last != nil || x.announced != nil) {
		// Also when the context is done. Where that fails, the next run finds out.
		x.ctx = context.WithoutCancel(ctx)
		_ = x.piece(func() error { return nil })
	}
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
		if done, err := x.tablesInRow(next); err != nil {
			return err
		} else if done > next {
			next = done
			continue
		}
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
	if row, ok := x.begun(next); ok {
		return x.planned(row), row, nil
	}
	p, err := x.runner.plan(x.ctx, x.ops(), next)
	if err != nil && x.unlocked() {
		// It may be planned for what another program has changed meanwhile.
		x.tables.forget()
		if open, again := x.isOpen(x.ctx, x.work); again == nil && !open {
			return p, page{}, errElsewhere
		}
		if x.pages, _ = x.journal.read(x.ctx); len(x.pages) > 0 {
			if row, ok := x.begun(next); ok {
				return x.planned(row), row, nil
			}
		}
	}
	if err != nil {
		return p, page{}, err
	}
	row, err := x.page(p)
	return p, row, err
}

// begun returns the row of the operation behind next, if there is one.
func (x *stepwise) begun(next int) (page, bool) {
	at := slices.IndexFunc(x.pages, func(p page) bool { return p.First == next+1 })
	if at < 0 {
		return page{}, false
	}
	return x.pages[at], true
}

// open makes the tables, and reads what an earlier run has done: the operations
// up to the result are.
func (x *stepwise) open() (next int, err error) {
	known, err := remember(x.ctx, x.dialect, x.q)
	if err != nil {
		return 0, err
	}
	x.newTables = map[int]ddl.Step{}
	err = supported(x.ctx, x.dialect, known, x.ops(), func(i int, step ddl.Step) {
		if _, ok := x.ops()[i].(op.CreateTable); ok {
			x.newTables[i] = step
		}
	})
	if err != nil {
		return 0, err
	}
	if x.options.Hooks.BeforeRevision == nil {
		x.runner.known = known
	}
	if x.inRow() {
		// A table that is not there has nothing to be read, and making tables needs
		// no transaction where it ends one.
		there, err := x.tables.has(x.ctx, x.journal.table)
		if err == nil && !there {
			err = x.history.make(x.ctx, known)
		}
		if err == nil && !there {
			err = x.journal.make(x.ctx, known)
		}
		if err != nil || !there {
			return 0, err
		}
	}
	err = x.piece(func() error {
		if err := x.history.make(x.ctx, known); err != nil {
			return err
		}
		if err := x.journal.make(x.ctx, known); err != nil {
			return err
		}
		pages, err := x.journal.read(x.ctx)
		if err != nil {
			return err
		}
		x.pages = nil
		for i := range pages {
			if pages[i].unsaved { // the row that says so may go
				if err := x.journal.save(x.ctx, &pages[i]); err != nil {
					return err
				}
			}
		}
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

// finish writes the history, and empties the journal.
func (x *stepwise) finish(start time.Time) error {
	end := x.options.now()
	x.done.Duration = end.Sub(start)
	// The rows go, so that nothing is left to say in them.
	return x.alone(func() error {
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
