package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// lockKey is the advisory lock that migrations hold. Such locks belong to one
// database; the number is "limbeck" in ASCII.
const lockKey = 0x6c696d6265636b

// lockTimeout is how long a migration waits for another one, unless the
// session has a lock_timeout of its own.
const lockTimeout = "10s"

// Transact runs fn in one transaction on conn, after which everything has
// happened or nothing.
//
// Two programs never migrate together: the transaction takes an advisory lock,
// whose wait is limited by the session's lock_timeout, or ten seconds where it
// has none. The lock belongs to the transaction and not to the session, so it
// is gone whenever the transaction is, and it holds behind a pooler that gives
// each transaction another session.
func (Dialect) Transact(ctx context.Context, conn *sql.Conn, fn func() error) (err error) {
	inside, err := inTransaction(ctx, conn)
	if err != nil {
		return err
	}
	if inside {
		return errors.New("the connection is inside a transaction; run migrations on a *gorm.DB that is not")
	}
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return fmt.Errorf("beginning the transaction: %w", err)
	}
	committed := false
	defer func() {
		if !committed {
			// Also when the caller's context is done. A connection that broke has
			// nothing to roll back.
			_, undo := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
			if undo != nil && ctx.Err() == nil && sqlState(undo) != "" {
				err = errors.Join(err, fmt.Errorf("rolling back: %w", undo))
			}
		}
	}()
	if err := lock(ctx, conn); err != nil {
		return err
	}
	if err := fn(); err != nil {
		if isLocked(err) {
			return fmt.Errorf("%w by another connection: %w", ddl.ErrLocked, err)
		}
		return err
	}
	// COMMIT of a transaction that failed is a ROLLBACK without an error.
	if _, err := conn.ExecContext(ctx, "SELECT 1"); err != nil {
		return fmt.Errorf("committing: a statement has failed, so nothing can be: %w", err)
	}
	if _, err := conn.ExecContext(ctx, "COMMIT"); err != nil {
		return explained("committing", err)
	}
	committed = true
	return nil
}

// lock takes the advisory lock of this database.
func lock(ctx context.Context, q ddl.Querier) error {
	var before string
	if err := q.QueryRowContext(ctx, "SELECT current_setting('lock_timeout')").Scan(&before); err != nil {
		return fmt.Errorf("reading lock_timeout: %w", err)
	}
	if before == "0" {
		if _, err := q.ExecContext(ctx, "SET LOCAL lock_timeout = '"+lockTimeout+"'"); err != nil {
			return fmt.Errorf("setting lock_timeout: %w", err)
		}
	}
	if _, err := q.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", lockKey)); err != nil {
		if isLocked(err) {
			return fmt.Errorf("%w by another migration; try again when it is done (%w)", ddl.ErrLocked, err)
		}
		return fmt.Errorf("waiting for other migrations: %w", err)
	}
	if before == "0" {
		if _, err := q.ExecContext(ctx, "SET LOCAL lock_timeout = 0"); err != nil {
			return fmt.Errorf("setting lock_timeout: %w", err)
		}
	}
	return nil
}

// inTransaction reports whether q is inside a transaction: then two statements
// run in one, which has the same number. Asking so changes nothing and fails
// nowhere, unlike a savepoint on trial, whose error would stand in the server's
// log.
func inTransaction(ctx context.Context, q ddl.Querier) (bool, error) {
	var number [2]string
	for i := range number {
		err := q.QueryRowContext(ctx, "SELECT pid || ' ' || virtualtransaction FROM pg_catalog.pg_locks WHERE locktype = 'virtualxid' AND pid = pg_backend_pid()").Scan(&number[i])
		if err != nil {
			return false, fmt.Errorf("asking whether the connection is inside a transaction: %w", err)
		}
	}
	return number[0] == number[1], nil
}
