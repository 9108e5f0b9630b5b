package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Transact runs fn in one transaction on q, which is one connection, after
// which everything has happened or nothing. Where q is inside a transaction
// ([ddl.Inside]) it is a savepoint of that. It takes no lock: see
// [Dialect.Lock]. Where fn met a lock that another connection kept, the error
// wraps [ddl.ErrLocked].
func (Dialect) Transact(ctx context.Context, q ddl.Querier, fn func() error) (err error) {
	begin, commit, rollback := "BEGIN", []string{"COMMIT"}, []string{"ROLLBACK"}
	if ddl.Inside(q) {
		begin, commit = "SAVEPOINT limbeck_revision", []string{"RELEASE SAVEPOINT limbeck_revision"}
		rollback = []string{"ROLLBACK TO SAVEPOINT limbeck_revision", "RELEASE SAVEPOINT limbeck_revision"}
	} else {
		inside, err := inTransaction(ctx, q)
		if err != nil {
			return err
		}
		if inside {
			return errors.New("the connection is inside a transaction; run migrations on a *gorm.DB that is not")
		}
	}
	if _, err := q.ExecContext(ctx, begin); err != nil {
		return fmt.Errorf("beginning the transaction: %w", asPooled(err))
	}
	committed := false
	defer func() {
		if committed {
			return
		}
		for _, text := range rollback {
			// Also when the caller's context is done. A connection that broke has
			// nothing to roll back.
			_, undo := q.ExecContext(context.WithoutCancel(ctx), text)
			if undo != nil && ctx.Err() == nil && sqlState(undo) != "" {
				err = errors.Join(err, fmt.Errorf("rolling back: %w", undo))
			}
		}
	}()
	if err := fn(); err != nil {
		if isLocked(err) && !errors.Is(err, ddl.ErrLocked) {
			return fmt.Errorf("%w by another connection: %w", ddl.ErrLocked, err)
		}
		return err
	}
	// COMMIT of a transaction that failed is a ROLLBACK without an error.
	if _, err := q.ExecContext(ctx, "SELECT 1"); err != nil {
		return fmt.Errorf("committing: a statement has failed, so nothing can be: %w", err)
	}
	for _, text := range commit {
		if _, err := q.ExecContext(ctx, text); err != nil {
			return explained("committing", err)
		}
	}
	committed = true
	return nil
}

// Locked reports whether an error means that somebody else kept what a
// statement needed, so that trying again may help.
func (Dialect) Locked(err error) bool { return errors.Is(err, ddl.ErrLocked) || isLocked(err) }

// inTransaction reports whether q is inside a transaction: then two statements
// run in one, which has the same number. Asking so changes nothing and fails
// nowhere, unlike a savepoint on trial, whose error would stand in the server's
// log.
func inTransaction(ctx context.Context, q ddl.Querier) (bool, error) {
	var number [2]string
	for i := range number {
		err := q.QueryRowContext(ctx, "SELECT pid || ' ' || virtualtransaction FROM pg_catalog.pg_locks WHERE locktype = 'virtualxid' AND pid = pg_backend_pid()").Scan(&number[i])
		if err != nil {
			return false, fmt.Errorf("asking whether the connection is inside a transaction: %w", asPooled(err))
		}
	}
	return number[0] == number[1], nil
}
