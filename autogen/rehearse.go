package autogen

import (
	"context"
	"database/sql"
	"fmt"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/dialect/sqlite"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// place is an empty database to try things out in.
type place struct {
	q ddl.Querier
	// db is what Go steps get a session of.
	db *gorm.DB
	// transact runs a piece of work as a migration would.
	transact func(func() error) error
}

// run carries out operations in the place.
func (p place) run(ctx context.Context, d dialect.Dialect, ops op.List, observe func(ddl.Step)) error {
	return p.transact(func() error { return migrate.Run(ctx, d, p.db, p.q, ops, observe) })
}

// rehearse gives fn a place, which is gone afterwards. What will be run there
// beside the current state is ops. Where there is no place for that, the error
// wraps [ddl.ErrNoScratch].
func (s *states) rehearse(ctx context.Context, ops op.List, fn func(place) error) error {
	if s.live == nil {
		for _, r := range s.graph.Revisions() {
			ops = append(r.Up[:len(r.Up):len(r.Up)], ops...)
			if reason := migrate.OutsideTransaction(r); reason != "" && !s.disposable && s.dialect.Name() != sqlite.Name {
				return fmt.Errorf("%w for revision %q, which cannot run in a transaction (%s); set Options.Scratch to an empty database", ddl.ErrNoScratch, r.ID, reason)
			}
		}
	}
	if reason := unmapped(ops); reason != "" && !s.disposable && s.dialect.Name() != sqlite.Name {
		return fmt.Errorf("%w for %s, which would reach beyond a scratch schema of this database; set Options.Scratch to an empty database", ddl.ErrNoScratch, reason)
	}
	return s.dialect.Rehearse(ctx, s.scratch, s.disposable, func(q ddl.Querier, transact func(func() error) error) error {
		return fn(place{q: q, db: s.db, transact: transact})
	})
}

// unmapped describes an operation that a scratch schema on a live server would
// not hold: SQL of the user's may name anything.
func unmapped(ops op.List) string {
	for _, o := range ops {
		if ddl.IsUserSQL(o) {
			return "raw SQL"
		}
		if _, ok := o.(migrate.DoStep); ok {
			return "a Go step"
		}
	}
	return ""
}

// build brings an empty place to the current state: by the revisions, by a
// copy of the live database, or by the operations that lead there.
func (s *states) build(ctx context.Context, p place) error {
	if s.live == nil {
		for _, r := range s.graph.Revisions() {
			if err := migrate.Replay(ctx, s.dialect, p.db, p.q, p.transact, r); err != nil {
				return fmt.Errorf("replaying revision %q (%s) on a scratch database: %w", r.ID, r.Message, err)
			}
		}
		return nil
	}
	if copier, ok := s.dialect.(dialect.SchemaCopier); ok {
		return onConn(ctx, s.live, func(from *sql.Conn) error { return copier.CopySchema(ctx, from, p.q) })
	}
	plan, err := diff.Compare(op.Schema{}, s.current, diff.Options{})
	if err != nil {
		return err
	}
	if err := p.run(ctx, s.dialect, plan.Up, nil); err != nil {
		return fmt.Errorf("copying the schema to a scratch database: %w", err)
	}
	return nil
}
