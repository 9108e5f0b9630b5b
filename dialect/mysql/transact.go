package mysql

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Transactional returns false: each statement that changes a table commits
// what went before it.
func (Dialect) Transactional() bool { return false }

// Transact runs fn in one transaction on q, which is one connection that is in
// none. Of rows everything is changed or nothing; a statement that changes a
// table commits what went before it (see [Dialect.Kind]). It takes no lock: see
// [Dialect.Lock]. Where fn met a lock that another connection kept, the error
// wraps [ddl.ErrLocked].
func (d Dialect) Transact(ctx context.Context, q ddl.Querier, fn func() error) (err error) {
	if ddl.Inside(q) {
		return errors.New("the connection is inside a transaction; run migrations on a *gorm.DB that is not")
	}
	if _, err := q.ExecContext(ctx, "START TRANSACTION"); err != nil {
		return fmt.Errorf("beginning the transaction: %w", err)
	}
	committed := false
	defer func() {
		if !committed {
			// Also when the caller's context is done. A connection that broke has
			// nothing to roll back.
			_, _ = q.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	if err := fn(); err != nil {
		if d.Locked(err) && !errors.Is(err, ddl.ErrLocked) {
			return fmt.Errorf("%w by another connection: %w", ddl.ErrLocked, err)
		}
		return err
	}
	if _, err := q.ExecContext(ctx, "COMMIT"); err != nil {
		return fmt.Errorf("committing: %w", err)
	}
	committed = true
	return nil
}

// Locked reports whether an error means that somebody else kept what a
// statement needed, so that trying again may help. The driver's error is read
// by its text, which begins "Error 1205 (HY000)": waiting timed out; 1213 is a
// deadlock.
func (Dialect) Locked(err error) bool {
	return errors.Is(err, ddl.ErrLocked) || slices.ContainsFunc(ddl.Causes(err), func(err error) bool {
		return strings.HasPrefix(err.Error(), "Error 1205 ") || strings.HasPrefix(err.Error(), "Error 1213 ")
	})
}
