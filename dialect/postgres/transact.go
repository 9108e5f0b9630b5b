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
	const savepoint = "limbeck_revision"
	back, release := "ROLLBACK TO SAVEPOINT "+savepoint, "RELEASE SAVEPOINT "+savepoint
	inside, err := begin(ctx, q, savepoint)
	if err != nil {
		return fmt.Errorf("beginning the transaction: %w", asPooled(err))
	}
	if inside && !ddl.Inside(q) {
		_, err := q.ExecContext(ctx, release)
		return errors.Join(errors.New("the connection is inside a transaction; run migrations on a *gorm.DB that is not"), err)
	}
	// COMMIT of a transaction that failed is a ROLLBACK without an error, so that
	// something is asked in it first, in the same message.
	commit, rollback := "SELECT 1; COMMIT", []string{"ROLLBACK"}
	if inside {
		commit, rollback = release, []string{back, release}
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
	if _, err := q.ExecContext(ctx, commit); err != nil {
		if sqlState(err) == failedTransaction {
			return fmt.Errorf("committing: a statement has failed, so nothing can be: %w", err)
		}
		return explained("committing", err)
	}
	committed = true
	return nil
}

// Locked reports whether an error means that somebody else kept what a
// statement needed, so that trying again may help.
func (Dialect) Locked(err error) bool { return errors.Is(err, ddl.ErrLocked) || isLocked(err) }
