package postgres

import (
	"context"
	"fmt"
	"strconv"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Name is the dialect's name, as GORM's driver for PostgreSQL gives it.
const Name = "postgres"

// Dialect is PostgreSQL. The zero value is ready to use.
type Dialect struct{}

// Name returns "postgres".
func (Dialect) Name() string { return Name }

// Version returns the server's version, such as "15.18 (Debian 15.18-0+deb12u1)".
func (Dialect) Version(ctx context.Context, q ddl.Querier) (string, error) {
	var version string
	if err := q.QueryRowContext(ctx, "SELECT current_setting('server_version')").Scan(&version); err != nil {
		return "", fmt.Errorf("asking postgres for its version: %w", err)
	}
	return version, nil
}

// Bind returns the placeholder of argument n, from 1.
func (Dialect) Bind(n int) string { return "$" + strconv.Itoa(n) }

// Transactional reports that a revision which fails leaves nothing behind.
func (Dialect) Transactional() bool { return true }

// HasTable reports whether there is an ordinary or partitioned table of that
// name, in the current schema or in the one that the name states.
func (Dialect) HasTable(ctx context.Context, q ddl.Querier, name string) (bool, error) {
	schema, table := splitName(name)
	var found bool
	err := q.QueryRowContext(ctx, `SELECT EXISTS (
		SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p') AND c.relname = $1::text
		AND n.nspname = coalesce(nullif($2::text, ''), current_schema()::text))`, table, schema).Scan(&found)
	if err != nil {
		return false, fmt.Errorf("looking for table %q: %w", name, err)
	}
	return found, nil
}
