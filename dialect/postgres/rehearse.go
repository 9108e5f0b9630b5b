package postgres

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// scratchWait is how long to wait for somebody else's use of the same
// disposable database.
const scratchWait = 10 * time.Second

// Rehearse gives fn a place that is empty and gone afterwards, to try a
// revision out; transact runs a piece of it as Transact would.
//
// The place is a new schema in a transaction that is rolled back, first on the
// search path and before the session's own, so that the types and functions of
// extensions are found. Nobody else sees it. Where pool is a disposable
// database, which must be empty, that is used as it is and emptied at the end.
//
// An account that may not create a schema, a read-only server and one with
// event triggers, which would run, have no such place: the error wraps
// [ddl.ErrNoScratch]. So does that of Plan for what cannot be tried there
// without touching the live database: statements of the user's, and expressions
// that call functions of the user's. The schemas that names of tables state get
// other names there; a table of theirs that nobody made there has no place.
func (d Dialect) Rehearse(ctx context.Context, pool *sql.DB, disposable bool, fn func(q ddl.Querier, transact func(func() error) error) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("taking a connection to rehearse on: %w", err)
	}
	defer conn.Close()
	if disposable {
		return d.rehearseIn(ctx, conn, fn)
	}
	var may bool
	if err := conn.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM pg_catalog.pg_event_trigger WHERE evtenabled <> 'D')
		AND NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off' AND has_database_privilege(current_database(), 'CREATE')`).Scan(&may); err != nil {
		return fmt.Errorf("asking whether the account may create a schema: %w", err)
	}
	if !may {
		return fmt.Errorf("%w: the account may not create a schema, the server is read-only, or event triggers would run; name a disposable database", ddl.ErrNoScratch)
	}
	return undone(ctx, conn, func(q ddl.Querier) error {
		var home string
		if err := q.QueryRowContext(ctx, "SELECT coalesce(current_schema()::text, '')").Scan(&home); err != nil {
			return fmt.Errorf("asking for the current schema: %w", err)
		}
		name := "limbeck_" + strings.ToLower(rand.Text()[:12])
		_, err := q.ExecContext(ctx, "CREATE SCHEMA "+name)
		if sqlState(err) == insufficientPrivilege {
			return fmt.Errorf("%w: %w; name a disposable database", ddl.ErrNoScratch, err)
		}
		if err != nil {
			return fmt.Errorf("creating a schema to rehearse in: %w", err)
		}
		if _, err := q.ExecContext(ctx, "SELECT set_config('search_path', '"+name+"' || CASE current_setting('search_path') WHEN '' THEN '' ELSE ', ' || current_setting('search_path') END, true)"); err != nil {
			return fmt.Errorf("setting the search path: %w", err)
		}
		return fn(rehearsal{q, &mapping{place: name, home: home}}, func(piece func() error) error {
			if _, err := q.ExecContext(ctx, "SAVEPOINT limbeck_rehearsal"); err != nil {
				return fmt.Errorf("setting a savepoint: %w", err)
			}
			end := []string{"RELEASE SAVEPOINT limbeck_rehearsal"}
			err := piece()
			if err != nil {
				end = []string{"ROLLBACK TO SAVEPOINT limbeck_rehearsal", "RELEASE SAVEPOINT limbeck_rehearsal"}
			}
			for _, text := range end {
				if _, undo := q.ExecContext(context.WithoutCancel(ctx), text); undo != nil {
					return errors.Join(err, fmt.Errorf("ending a rehearsed transaction: %w", undo))
				}
			}
			return err
		})
	})
}

// rehearseIn rehearses in a disposable database.
func (d Dialect) rehearseIn(ctx context.Context, conn *sql.Conn, fn func(q ddl.Querier, transact func(func() error) error) error) (err error) {
	lock, err := d.Lock(ctx, conn, ddl.LockOptions{Wait: scratchWait})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release(ctx)) }()
	left, err := contents(ctx, conn)
	if err != nil {
		return err
	}
	if len(left) > 0 {
		return fmt.Errorf("the disposable database is not empty (first: %s); name one that holds nothing of value and empty it", left[0])
	}
	defer func() {
		err = errors.Join(err, empty(context.WithoutCancel(ctx), conn))
	}()
	return fn(conn, func(piece func() error) error { return d.Transact(ctx, conn, piece) })
}

// empty drops everything in a disposable database.
func empty(ctx context.Context, conn *sql.Conn) error {
	for {
		list, err := contents(ctx, conn)
		if err != nil || len(list) == 0 {
			return err
		}
		// With what depends on it: then the list is another one.
		if _, err := conn.ExecContext(ctx, "DROP "+list[0]+" CASCADE"); err != nil {
			return fmt.Errorf("emptying the disposable database: %w", err)
		}
	}
}

// contents lists what is in the database as DROP takes it: schemas but for
// those of the server and the current one, and what is in that. What belongs
// to an extension goes with it, and extensions may stay. (The key of a partitioned
// table makes its columns depend on it in the same way: those have an objsubid.)
func contents(ctx context.Context, q ddl.Querier) ([]string, error) {
	const notOfExtension = `NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = o.tableoid AND d.objid = o.oid AND d.objsubid = 0 AND d.deptype IN ('e', 'i'))`
	var list []string
	err := each(ctx, q, "the contents of the disposable database", `
		SELECT 1, 'SCHEMA ' || quote_ident(o.nspname) FROM pg_catalog.pg_namespace o
			WHERE o.nspname !~ '^pg_' AND o.nspname NOT IN ('information_schema', 'public', coalesce(current_schema(), 'public')) AND `+notOfExtension+`
		UNION ALL
		SELECT 2, CASE o.relkind WHEN 'v' THEN 'VIEW ' WHEN 'm' THEN 'MATERIALIZED VIEW ' WHEN 'S' THEN 'SEQUENCE ' WHEN 'f' THEN 'FOREIGN TABLE ' ELSE 'TABLE ' END
			|| quote_ident(n.nspname) || '.' || quote_ident(o.relname)
			FROM pg_catalog.pg_class o JOIN pg_catalog.pg_namespace n ON n.oid = o.relnamespace
			WHERE n.nspname IN ('public', current_schema()) AND o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND `+notOfExtension+`
		UNION ALL
		SELECT 3, CASE o.typtype WHEN 'd' THEN 'DOMAIN ' ELSE 'TYPE ' END || quote_ident(n.nspname) || '.' || quote_ident(o.typname)
			FROM pg_catalog.pg_type o JOIN pg_catalog.pg_namespace n ON n.oid = o.typnamespace
			WHERE n.nspname IN ('public', current_schema()) AND (o.typtype IN ('d', 'e', 'r')
				OR o.typtype = 'c' AND EXISTS (SELECT 1 FROM pg_catalog.pg_class k WHERE k.oid = o.typrelid AND k.relkind = 'c')) AND `+notOfExtension+`
		UNION ALL
		SELECT 4, CASE o.prokind WHEN 'p' THEN 'PROCEDURE ' WHEN 'a' THEN 'AGGREGATE ' ELSE 'FUNCTION ' END || o.oid::regprocedure
			FROM pg_catalog.pg_proc o JOIN pg_catalog.pg_namespace n ON n.oid = o.pronamespace
			WHERE n.nspname IN ('public', current_schema()) AND `+notOfExtension+`
		ORDER BY 1, 2`, func(rows *sql.Rows) error {
		var kind int
		var text string
		err := rows.Scan(&kind, &text)
		list = append(list, text)
		return err
	})
	return list, err
}
