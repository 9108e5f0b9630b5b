package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// begin begins a transaction on q, one connection, and runs the first statements
// in it. Where one is open there already it sets a savepoint of that name in it
// instead, and says so.
//
// It takes one trip. A BEGIN inside a transaction does nothing, and the next
// statements of the same message tell which it was: a transaction that has just
// begun has the time of the message. In one that is older they fail, behind the
// savepoint, so that nothing comes of it but two lines in the server's log.
func begin(ctx context.Context, q ddl.Querier, savepoint string, first ...string) (inside bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err // drivers would call it a bad connection
	}
	if !ddl.Inside(q) {
		message := append([]string{"BEGIN", "SAVEPOINT " + savepoint, isNew, "RELEASE SAVEPOINT " + savepoint}, first...)
		_, err := q.ExecContext(ctx, strings.Join(message, "; "))
		if state := sqlState(err); state != invalidText {
			if state != "" && state != failedTransaction { // such as a timeout
				_, undo := q.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
				if !errors.Is(undo, driver.ErrBadConn) { // with which all is undone
					err = errors.Join(err, undo)
				}
			}
			return false, err
		}
		first = append([]string{"ROLLBACK TO SAVEPOINT " + savepoint}, first...)
	} else {
		first = append([]string{"SAVEPOINT " + savepoint}, first...)
	}
	for _, text := range first {
		if _, err := q.ExecContext(ctx, text); err != nil {
			return true, err
		}
	}
	return true, nil
}

// isNew fails with invalidText where the transaction did not begin with the
// message that this statement is part of. Its text stands in the server's log.
const isNew = `SELECT CAST(CASE WHEN pg_catalog.now() OPERATOR(pg_catalog.=) pg_catalog.statement_timestamp() THEN '1'
	ELSE 'limbeck asks whether this is a transaction, and it is' END AS pg_catalog.int4)`

// undone runs fn in a transaction that is rolled back, so that neither what it
// makes nor what it sets stays; the first statements run before it. Where q is
// inside a transaction already, it is a savepoint of that. A pool gives one of
// its connections.
func undone(ctx context.Context, q ddl.Querier, fn func(q ddl.Querier) error, first ...string) (err error) {
	if pool, ok := q.(*sql.DB); ok {
		conn, err := pool.Conn(ctx)
		if err != nil {
			return fmt.Errorf("taking a connection: %w", err)
		}
		defer conn.Close()
		q = conn
	}
	const savepoint = "limbeck_inspect"
	inside, err := begin(ctx, q, savepoint, first...)
	if err != nil && !inside {
		return fmt.Errorf("beginning a transaction to read in: %w", asPooled(err))
	}
	end := []string{"ROLLBACK"}
	if inside {
		end = []string{"ROLLBACK TO SAVEPOINT " + savepoint, "RELEASE SAVEPOINT " + savepoint}
	}
	defer func() {
		for _, text := range end {
			// Also when the caller's context is done; a connection that broke has
			// nothing to roll back.
			if _, undo := q.ExecContext(context.WithoutCancel(ctx), text); undo != nil && err == nil {
				err = fmt.Errorf("rolling back: %w", undo)
			}
		}
	}()
	if err != nil {
		return fmt.Errorf("setting a savepoint to read behind: %w", err)
	}
	return fn(ddl.Tx{Querier: q})
}

// attempt runs fn in a savepoint, which it undoes where fn fails. The error is
// that of fn; undone says whether the transaction goes on.
func attempt(ctx context.Context, q ddl.Querier, fn func() error) error {
	if _, err := q.ExecContext(ctx, "SAVEPOINT limbeck_attempt"); err != nil {
		return fmt.Errorf("setting a savepoint: %w", err)
	}
	err := fn()
	if err != nil {
		if _, undo := q.ExecContext(context.WithoutCancel(ctx), "ROLLBACK TO SAVEPOINT limbeck_attempt"); undo != nil {
			return errors.Join(err, fmt.Errorf("rolling back: %w", undo))
		}
	}
	if _, release := q.ExecContext(context.WithoutCancel(ctx), "RELEASE SAVEPOINT limbeck_attempt"); release != nil && err == nil {
		return fmt.Errorf("releasing a savepoint: %w", release)
	}
	return err
}
