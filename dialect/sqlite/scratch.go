package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Scratch opens an empty database in memory with the driver of db, so that it
// behaves as db does and no driver needs to be imported here. It is gone when
// it is closed.
func (Dialect) Scratch(ctx context.Context, db *sql.DB) (*sql.DB, error) {
	scratch := sql.OpenDB(memory{driver: db.Driver()})
	// Each connection to :memory: is a database of its own.
	scratch.SetMaxOpenConns(1)
	scratch.SetMaxIdleConns(1)
	if err := scratch.PingContext(ctx); err != nil {
		scratch.Close()
		return nil, fmt.Errorf("opening a scratch database in memory: %w", err)
	}
	return scratch, nil
}

// Rehearse gives fn an empty database in memory (see [Dialect.Scratch]),
// whatever the pool is.
func (d Dialect) Rehearse(ctx context.Context, pool *sql.DB, _ bool, fn func(q ddl.Querier, transact func(func() error) error) error) (err error) {
	scratch, err := d.Scratch(ctx, pool)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, scratch.Close()) }()
	conn, err := scratch.Conn(ctx)
	if err != nil {
		return fmt.Errorf("opening a scratch database in memory: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return fn(conn, func(work func() error) error { return d.Transact(ctx, conn, work) })
}

// memory connects to :memory: through a driver.
type memory struct{ driver driver.Driver }

func (m memory) Connect(context.Context) (driver.Conn, error) { return m.driver.Open(":memory:") }

func (m memory) Driver() driver.Driver { return m.driver }

// CopySchema makes in an empty database what the other one holds, without the
// rows: ordinary tables, indexes, views and triggers, from their stored
// statements. Virtual tables are left out, since their modules may have
// effects outside the database.
func (Dialect) CopySchema(ctx context.Context, from, to ddl.Querier) error {
	list, err := objects(ctx, from, "1")
	if err != nil {
		return err
	}
	ordinary, err := ordinaryTables(ctx, from)
	if err != nil {
		return err
	}
	for _, kind := range []string{"table", "index", "view", "trigger"} {
		for _, o := range list {
			if o.kind != kind || (kind == "table" || kind == "index") && !ordinary[fold(o.table)] {
				continue
			}
			if _, err := to.ExecContext(ctx, o.sql); err != nil {
				return fmt.Errorf("copying %s %q to the scratch database: %w", o.kind, o.name, err)
			}
		}
	}
	return nil
}
