package migrate

import (
	"context"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Replay applies a revision through q as Upgrade would, without history, lock and
// journal: it is for a place to try things out in. Transact runs a piece of the
// work in a transaction; a revision that needs to be outside of one is several
// pieces, and some of it runs between them. The error is a *[StepError].
func Replay(ctx context.Context, d dialect.Dialect, db *gorm.DB, q ddl.Querier, transact func(func() error) error, r op.Revision) error {
	if OutsideTransaction(r) == "" {
		return transact(func() error { return Run(ctx, d, db, q, r.Up, nil) })
	}
	return inPieces(ctx, runner{dialect: d, db: db, q: q}, transact, r.Up, func(p planned) (bool, error) {
		if p.do == nil {
			return false, nil
		}
		call := func() error { return p.do.call(ctx, db, q, !p.do.outside) }
		if p.do.outside {
			return true, call()
		}
		return true, transact(call)
	})
}

// inPieces runs a list whose statements are committed one by one. Each step is
// first offered to instead, which says whether it has seen to it.
func inPieces(ctx context.Context, run runner, transact func(func() error) error, ops op.List, instead func(planned) (bool, error)) error {
	for done := 0; done < len(ops); {
		p, err := run.plan(ctx, ops, done)
		if err != nil {
			return err
		}
		seen, err := instead(p)
		for i, s := range p.step.Statements {
			if seen {
				break
			}
			if err != nil {
				break
			}
			send := func() error {
				_, err := run.exec(ctx, p.step.Statements, i)
				return err
			}
			if run.dialect.Kind(s.SQL) == ddl.Undoable {
				err = transact(send)
			} else {
				err = send()
			}
		}
		if err != nil {
			return p.err(err)
		}
		done = p.last
	}
	return nil
}

// OutsideTransaction says why a revision's Up cannot run in one transaction on a
// database that has transactions for it: "step 2, …". It is empty where it can.
func OutsideTransaction(r op.Revision) string { return outside(r, r.Up) }
