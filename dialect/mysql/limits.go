package mysql

import (
	"context"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Limit sets lock_wait_timeout and innodb_lock_wait_timeout of the session, in
// whole seconds rounded up, and on MariaDB max_statement_time. It returns what
// puts them back. MySQL can limit no statement but SELECT: there a limit for
// statements gives an error that wraps [ddl.ErrUnsupported].
func (Dialect) Limit(ctx context.Context, q ddl.Querier, l ddl.Limits) (restore func(context.Context) error, err error) {
	var names, values, before []string
	restore = func(ctx context.Context) error {
		for i, value := range before {
			if _, err := q.ExecContext(context.WithoutCancel(ctx), "SET SESSION "+names[i]+" = "+value); err != nil {
				return fmt.Errorf("putting %s back: %w", names[i], err)
			}
		}
		return nil
	}
	if l.Lock > 0 {
		wait := fmt.Sprint(seconds(l.Lock))
		names, values = append(names, "lock_wait_timeout", "innodb_lock_wait_timeout"), append(values, wait, wait)
	}
	if l.Statement > 0 {
		s, err := askServer(ctx, q)
		if err != nil {
			return restore, err
		}
		if !s.isMaria {
			return restore, fmt.Errorf("limiting statements to %v: %w on %s, which can stop no statement but SELECT; give the context a deadline instead", l.Statement, ddl.ErrUnsupported, s)
		}
		names, values = append(names, "max_statement_time"), append(values, fmt.Sprintf("%.3f", max(l.Statement.Seconds(), 0.001)))
	}
	for i, name := range names {
		var value string
		if err := q.QueryRowContext(ctx, "SELECT @@SESSION."+name).Scan(&value); err != nil {
			return restore, fmt.Errorf("reading %s: %w", name, err)
		}
		if _, err := q.ExecContext(ctx, "SET SESSION "+name+" = "+values[i]); err != nil {
			return restore, fmt.Errorf("setting %s: %w", name, err)
		}
		before = append(before, value)
	}
	return restore, nil
}
