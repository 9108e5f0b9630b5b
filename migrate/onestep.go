package migrate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
)

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
	if ddl.IsUserSQL(p.step.Ops[0]) || !x.dialect.Transactional() {
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
		mark, err := x.dialect.Mark(x.ctx, x.runner.asked(), text)
		if err != nil {
			return err
		}
		if err := x.ahead(row, mark); err != nil {
			return err
		}
		if rows, err = x.runner.exec(x.ctx, row.Statements, i); err != nil {
			x.clear(row, text, err)
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return rows, x.behind(row, ended)
}

// clear removes what a statement that failed has left, and the doubt about it. A
// connection that is lost leaves both to the next run.
func (x *stepwise) clear(row *page, text string, failure error) {
	ctx := context.WithoutCancel(x.ctx)
	if tookEffect, err := x.tookEffect(row, text, failure); err != nil || tookEffect {
		return
	}
	after := *row
	after.Doubt, after.Mark = false, ""
	if x.dialect.Transact(ctx, x.q, func() error { return x.journal.save(ctx, &after) }) == nil {
		*row = after
	}
}

// tookEffect finds out whether a statement took effect, though it has failed.
func (x *stepwise) tookEffect(row *page, text string, failure error) (bool, error) {
	// One of the user's may have dropped other tables before that one.
	if d, ok := x.dialect.(dialect.TablesMarker); ok && x.isPlanned(row) && d.HadNoEffect(failure) {
		return false, nil
	}
	return x.dialect.Recover(context.WithoutCancel(x.ctx), x.q, text, row.Mark)
}
