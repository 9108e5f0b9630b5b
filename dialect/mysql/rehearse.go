package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// scratchWait is how long to wait for somebody else's use of the same scratch
// database.
const scratchWait = 10 * time.Second

// Rehearse gives fn the pool's database where the user has named it for this,
// and leaves it empty. A live one is no place to try things out: statements
// that change tables cannot be taken back. Then the error wraps
// [ddl.ErrNoScratch]. So does that of Plan for tables of other databases, which
// stand on the same server.
func (d Dialect) Rehearse(ctx context.Context, pool *sql.DB, disposable bool, fn func(q ddl.Querier, transact func(func() error) error) error) (err error) {
	if !disposable {
		return fmt.Errorf("%w: on mysql and mariadb nothing that changes tables can be taken back; "+
			"make an empty database (CREATE DATABASE limbeck_scratch) and name it as the scratch database", ddl.ErrNoScratch)
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connecting to the scratch database: %w", err)
	}
	defer conn.Close() // a second time does nothing
	there, err := scratchObjects(ctx, conn)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return fmt.Errorf("the scratch database is not empty, it has %s %q; name one whose content nobody needs, and empty it", there[0].kind, there[0].name)
	}
	defer func() {
		_ = conn.Close()
		err = errors.Join(err, d.emptyScratch(context.WithoutCancel(ctx), pool))
	}()
	var name string
	if err := conn.QueryRowContext(ctx, "SELECT DATABASE()").Scan(&name); err != nil {
		return fmt.Errorf("asking for the name of the scratch database: %w", err)
	}
	return fn(rehearsal{conn, name}, func(piece func() error) (err error) {
		lock, err := d.Lock(ctx, conn, ddl.LockOptions{Wait: scratchWait})
		if err != nil {
			return err
		}
		defer func() {
			if release := lock.Release(ctx); err == nil {
				err = release
			}
		}()
		// Without a transaction, in which half of the statements would not stay.
		return piece()
	})
}

// object is something that stands in a database by itself.
type object struct{ kind, name string }

func scratchObjects(ctx context.Context, conn *sql.Conn) ([]object, error) {
	rows, err := conn.QueryContext(ctx, `SELECT CASE TABLE_TYPE WHEN 'VIEW' THEN 'VIEW' WHEN 'SEQUENCE' THEN 'SEQUENCE' ELSE 'TABLE' END, TABLE_NAME
		FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE <> 'TEMPORARY'
		UNION ALL SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
		UNION ALL SELECT 'EVENT', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()`)
	if err != nil {
		return nil, fmt.Errorf("reading what is in the scratch database: %w", err)
	}
	defer rows.Close()
	var list []object
	for rows.Next() {
		var o object
		if err := rows.Scan(&o.kind, &o.name); err != nil {
			return nil, fmt.Errorf("reading what is in the scratch database: %w", err)
		}
		list = append(list, o)
	}
	return list, rows.Err()
}

// emptyScratch drops everything in the scratch database. The connection that
// was at work may be gone: the driver ends it where a context is done, and the
// server goes on with its last statement. Until that is over it holds the lock.
func (d Dialect) emptyScratch(ctx context.Context, pool *sql.DB) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connecting to the scratch database, to empty it: %w", err)
	}
	defer conn.Close()
	lock, err := d.Lock(ctx, conn, ddl.LockOptions{Wait: scratchWait})
	if err != nil {
		return fmt.Errorf("emptying the scratch database: %w", err)
	}
	return errors.Join(emptyDatabase(ctx, conn), lock.Release(ctx))
}

// emptyDatabase drops everything in the database.
func emptyDatabase(ctx context.Context, conn *sql.Conn) (err error) {
	list, err := scratchObjects(ctx, conn)
	if err != nil || len(list) == 0 {
		return err
	}
	var checks int
	if err := conn.QueryRowContext(ctx, "SELECT @@SESSION.foreign_key_checks").Scan(&checks); err != nil {
		return fmt.Errorf("emptying the scratch database: %w", err)
	}
	if _, err := conn.ExecContext(ctx, "SET SESSION foreign_key_checks = 0"); err != nil {
		return fmt.Errorf("emptying the scratch database: %w", err)
	}
	defer func() {
		_, undo := conn.ExecContext(ctx, fmt.Sprintf("SET SESSION foreign_key_checks = %d", checks))
		err = errors.Join(err, undo)
	}()
	for _, o := range list {
		if _, err := conn.ExecContext(ctx, "DROP "+o.kind+" "+quoteName(o.name)); err != nil {
			return fmt.Errorf("emptying the scratch database: dropping %s %q: %w", o.kind, o.name, err)
		}
	}
	return nil
}
