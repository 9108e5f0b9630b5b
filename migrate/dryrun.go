package migrate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// PlanUpgrade returns what [Migrator.Upgrade] to the target would do, with its
// SQL, and does nothing of it. The SQL is found out on a copy without rows: in
// scratch, a disposable and empty database that is left so, or, where that is
// nil, in what the dialect has of its own. Where there is no place for that, or
// a revision cannot run there, the revisions come without SQL, and say why.
// Steps in Go are not called. What Upgrade refuses is refused; a revision that
// was begun ([Status.Unfinished]) is shown whole.
func (m *Migrator) PlanUpgrade(ctx context.Context, target string, scratch *gorm.DB) ([]Planned, error) {
	return m.dryRun(ctx, scratch, func(g *Graph, applied map[string]bool) (w way, err error) {
		w.path, err = g.UpgradePath(target, applied)
		return w, err
	})
}

// PlanDowngrade is [Migrator.PlanUpgrade] for [Migrator.Downgrade].
func (m *Migrator) PlanDowngrade(ctx context.Context, target string, scratch *gorm.DB) ([]Planned, error) {
	return m.dryRun(ctx, scratch, func(g *Graph, applied map[string]bool) (w way, err error) {
		w.down = true
		w.path, err = g.DowngradePath(target, applied)
		return w, err
	})
}

func (m *Migrator) dryRun(ctx context.Context, scratch *gorm.DB, choose func(*Graph, map[string]bool) (way, error)) ([]Planned, error) {
	g, err := NewGraph(m.revisions)
	if err != nil {
		return nil, err
	}
	d, err := dialect.For(m.db)
	if err != nil {
		return nil, err
	}
	pool, err := Pool(m.db)
	if err != nil {
		return nil, err
	}
	status, err := m.Status(ctx)
	if err != nil {
		return nil, err
	}
	w, err := choose(g, status.Applied())
	if err != nil {
		err = withForeign(err, status.Foreign)
	} else {
		w.path, err = resume(w.path, w.down, status.Unfinished, g)
	}
	if err == nil && len(w.path) > 0 {
		err = status.ForeignError() // as in session.path
	}
	if err == nil {
		err = w.allowed(d.Name())
	}
	if err != nil {
		return nil, err
	}
	w.before = g.at(where(g.marks(status.Applied())))
	var list []Planned
	if copier, ok := d.(dialect.SchemaCopier); ok {
		w.copy = func(to ddl.Querier) error { return copySchema(ctx, copier, pool, to) }
	}
	list, err = plan(ctx, d, pool, scratch, w)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err == nil || errors.Is(err, ddl.ErrNoScratch):
		return list, nil
	}
	list = nil
	for _, r := range w.path {
		list = append(list, Planned{Revision: r, Down: w.down, NoSQL: err.Error()})
	}
	return list, nil
}

func copySchema(ctx context.Context, copier dialect.SchemaCopier, pool *sql.DB, to ddl.Querier) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connecting to the database: %w", err)
	}
	defer conn.Close()
	return copier.CopySchema(ctx, conn, to)
}
