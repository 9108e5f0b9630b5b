package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// undone runs fn in a transaction that is rolled back, so that neither what it
// makes nor what it sets stays. Where q is inside a transaction already, it is
// a savepoint of that. A pool gives one of its connections.
func undone(ctx context.Context, q ddl.Querier, fn func(q ddl.Querier) error) (err error) {
	inside := false
	switch own := q.(type) {
	case *sql.DB:
		conn, err := own.Conn(ctx)
		if err != nil {
			return fmt.Errorf("taking a connection: %w", err)
		}
		defer conn.Close()
		q = conn
	case *sql.Tx:
		inside = true
	default:
		if inside, err = inTransaction(ctx, q); err != nil {
			return err
		}
	}
	begin, end := "BEGIN", []string{"ROLLBACK"}
	if inside {
		begin, end = "SAVEPOINT limbeck_inspect", []string{"ROLLBACK TO SAVEPOINT limbeck_inspect", "RELEASE SAVEPOINT limbeck_inspect"}
	}
	if _, err := q.ExecContext(ctx, begin); err != nil {
		return fmt.Errorf("beginning a transaction to read in: %w", err)
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
	return fn(q)
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
