package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Lock takes none: [Dialect.Transact] keeps others from writing.
func (Dialect) Lock(context.Context, ddl.Querier, ddl.LockOptions) (ddl.Lock, error) {
	return ddl.NoLock{}, nil
}

// Transact runs fn in one transaction on conn, after which everything has
// happened or nothing.
//
// Foreign keys are switched off before it begins, because a rebuild drops the
// old table and SQLite would delete or null the rows that refer to it, and
// they cannot be switched within a transaction
// (https://sqlite.org/pragma.html#pragma_foreign_keys). Before the commit the
// keys are checked, and so are views and triggers: what is broken then and was
// not broken before, new ones included, undoes it all. BEGIN IMMEDIATE takes the write lock at once, so two
// programs never migrate together. The connection's settings are put back in
// every case.
//
// Where conn is inside a transaction of the caller's ([ddl.Inside]), the work is
// a savepoint of that, foreign keys stay as they are, and Plan refuses what
// needs them off.
func (Dialect) Transact(ctx context.Context, conn ddl.Querier, fn func() error) (err error) {
	settings, begin, commit, rollback := []string{"foreign_keys", "legacy_alter_table"}, "BEGIN IMMEDIATE", "COMMIT", []string{"ROLLBACK"}
	if ddl.Inside(conn) {
		settings, begin, commit = settings[1:], "SAVEPOINT limbeck_revision", "RELEASE limbeck_revision"
		rollback = []string{"ROLLBACK TO limbeck_revision", commit}
	}
	for _, name := range settings {
		restore, err := switchOff(ctx, conn, name)
		if err != nil {
			return err
		}
		defer restore()
	}
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		return beginError(err)
	}
	committed := false
	defer func() {
		if committed {
			return
		}
		for _, text := range rollback {
			// Also when the caller's context is done.
			_, undo := conn.ExecContext(context.WithoutCancel(ctx), text)
			if undo != nil && !strings.Contains(undo.Error(), "no transaction is active") {
				err = errors.Join(err, fmt.Errorf("rolling back: %w", undo))
			}
		}
	}()
	before, err := readHealth(ctx, conn)
	if err != nil {
		return err
	}
	if err := fn(); err != nil {
		return err
	}
	if err := before.compare(ctx, conn); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, commit); err != nil {
		if isBusy(err) {
			return fmt.Errorf("committing: %w by another connection that is reading; try again when it is done, or raise the busy timeout (%w)", ddl.ErrLocked, err)
		}
		return fmt.Errorf("committing: %w", err)
	}
	committed = true
	return nil
}

// Prompt says that statements about tables without rows are done at once: the
// transaction has the lock already.
func (Dialect) Prompt() {}

// switchOff switches a pragma off and returns what puts it back. Where it
// fails, the pragma is as it was.
func switchOff(ctx context.Context, conn ddl.Querier, name string) (restore func(), err error) {
	var on bool
	if err := conn.QueryRowContext(ctx, "PRAGMA "+name).Scan(&on); err != nil {
		return nil, fmt.Errorf("reading pragma %s: %w", name, err)
	}
	before := "OFF"
	if on {
		before = "ON"
	}
	putBack := func() {
		// Also to OFF: a rebuild that failed half-way leaves its own setting.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA "+name+" = "+before)
	}
	if !on {
		return putBack, nil
	}
	defer func() {
		// A statement that was cancelled may have run all the same.
		if err != nil {
			putBack()
		}
	}()
	if _, err := conn.ExecContext(ctx, "PRAGMA "+name+" = OFF"); err != nil {
		return nil, fmt.Errorf("setting pragma %s: %w", name, err)
	}
	var still bool
	if err := conn.QueryRowContext(ctx, "PRAGMA "+name).Scan(&still); err != nil {
		return nil, fmt.Errorf("reading pragma %s: %w", name, err)
	}
	if still {
		return nil, fmt.Errorf("pragma %s cannot be switched off: the connection is inside a transaction; run migrations on a *gorm.DB that is not", name)
	}
	return putBack, nil
}

func beginError(err error) error {
	switch {
	case isBusy(err):
		return fmt.Errorf("%w by another connection that is writing; try again when it is done, or raise the busy timeout (%w)", ddl.ErrLocked, err)
	case strings.Contains(err.Error(), "within a transaction"):
		return fmt.Errorf("the connection is inside a transaction; run migrations on a *gorm.DB that is not: %w", err)
	default:
		return fmt.Errorf("beginning the transaction: %w", err)
	}
}

// Locked reports whether an error means that somebody else kept what a
// statement needed, so that trying again may help.
func (Dialect) Locked(err error) bool {
	// The driver's own words, without a statement that may say anything.
	return errors.Is(err, ddl.ErrLocked) || slices.ContainsFunc(ddl.Causes(err), isBusy)
}

// isBusy reads the message, since every driver has an error type of its own.
func isBusy(err error) bool {
	return strings.Contains(err.Error(), "locked") || strings.Contains(err.Error(), "SQLITE_BUSY")
}

// asLocked lets callers tell an error that trying again later would mend.
func asLocked(err error) error {
	if isBusy(err) {
		return fmt.Errorf("%w by another connection; try again when it is done, or raise the busy timeout (%w)", ddl.ErrLocked, err)
	}
	return err
}
