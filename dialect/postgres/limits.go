package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Limit sets lock_timeout and statement_timeout of the session and returns what
// puts them back. Where q is inside a transaction they end with it.
func (Dialect) Limit(ctx context.Context, q ddl.Querier, l ddl.Limits) (restore func(context.Context) error, err error) {
	local := ddl.Inside(q)
	type setting struct{ name, before string }
	var list []setting
	restore = func(ctx context.Context) error {
		if local {
			return nil
		}
		for _, s := range list {
			if _, err := q.ExecContext(context.WithoutCancel(ctx), "SELECT pg_catalog.set_config('"+s.name+"', "+quoteString(s.before)+", false)"); err != nil {
				return fmt.Errorf("putting %s back: %w", s.name, err)
			}
		}
		return nil
	}
	for _, limit := range []struct {
		name string
		d    time.Duration
	}{{"lock_timeout", l.Lock}, {"statement_timeout", l.Statement}} {
		if limit.d <= 0 {
			continue
		}
		s := setting{name: limit.name}
		if err := q.QueryRowContext(ctx, "SELECT current_setting('"+limit.name+"')").Scan(&s.before); err != nil {
			return restore, fmt.Errorf("reading %s: %w", limit.name, err)
		}
		milliseconds := max(1, limit.d.Milliseconds()) // 0 would be no limit
		if _, err := q.ExecContext(ctx, fmt.Sprintf("SELECT pg_catalog.set_config('%s', '%d', %t)", limit.name, milliseconds, local)); err != nil {
			return restore, fmt.Errorf("setting %s: %w", limit.name, err)
		}
		list = append(list, s)
	}
	return restore, nil
}
