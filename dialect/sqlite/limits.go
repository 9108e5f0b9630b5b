package sqlite

import (
	"context"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Limit sets the busy timeout of the connection and returns what puts it back.
// SQLite has no timeout for statements: a limit for them gives an error that
// wraps [ddl.ErrUnsupported].
func (Dialect) Limit(ctx context.Context, q ddl.Querier, l ddl.Limits) (restore func(context.Context) error, err error) {
	restore = func(context.Context) error { return nil }
	if l.Statement > 0 {
		return restore, fmt.Errorf("limiting statements to %v: %w on sqlite, which has no such timeout; give the context a deadline instead", l.Statement, ddl.ErrUnsupported)
	}
	if l.Lock <= 0 {
		return restore, nil
	}
	var before int
	if err := q.QueryRowContext(ctx, "PRAGMA busy_timeout").Scan(&before); err != nil {
		return restore, fmt.Errorf("reading pragma busy_timeout: %w", err)
	}
	restore = func(ctx context.Context) error {
		if _, err := q.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf("PRAGMA busy_timeout = %d", before)); err != nil {
			return fmt.Errorf("putting pragma busy_timeout back: %w", err)
		}
		return nil
	}
	if _, err := q.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", max(1, l.Lock.Milliseconds()))); err != nil {
		return restore, fmt.Errorf("setting pragma busy_timeout: %w", err)
	}
	return restore, nil
}
