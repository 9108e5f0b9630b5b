package sqlite

import (
	"context"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Name is the dialect's name, as GORM's drivers for SQLite give it.
const Name = "sqlite"

// Dialect is SQLite. The zero value is ready to use.
type Dialect struct{}

// Name returns "sqlite".
func (Dialect) Name() string { return Name }

// Transactional returns true: SQLite takes back what it did to tables too.
func (Dialect) Transactional() bool { return true }

// CheckName returns nil: SQLite takes names of any length.
func (Dialect) CheckName(string) error { return nil }

// Bind returns "?".
func (Dialect) Bind(int) string { return "?" }

// Version returns "sqlite" and the library's version, such as "sqlite 3.46.1".
func (Dialect) Version(ctx context.Context, q ddl.Querier) (string, error) {
	var version string
	if err := q.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return "", fmt.Errorf("asking sqlite for its version: %w", err)
	}
	return Name + " " + version, nil
}

// HasTables reports of each name whether there is an ordinary table of it in the
// main database. A virtual one has no root page.
func (Dialect) HasTables(ctx context.Context, q ddl.Querier, names ...string) ([]bool, error) {
	found := make([]bool, len(names))
	counts, targets := make([]string, len(names)), make([]any, len(names))
	for i, name := range names {
		counts[i] = "EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name = " + quoteString(name) + " COLLATE NOCASE)"
		targets[i] = &found[i]
	}
	if len(names) == 0 {
		return nil, nil
	}
	if err := q.QueryRowContext(ctx, "SELECT "+strings.Join(counts, ", ")).Scan(targets...); err != nil {
		return nil, fmt.Errorf("looking for table %q: %w", names[0], asLocked(err))
	}
	return found, nil
}

// object is a row of sqlite_master.
type object struct {
	kind, name, table, sql string
}

// objects reads the rows of sqlite_master that the condition picks, in the
// order in which they were made. What SQLite makes by itself (automatic
// indexes, sqlite_sequence) is left out.
func objects(ctx context.Context, q ddl.Querier, where string, args ...any) ([]object, error) {
	return objectsAnd(ctx, q, "sql", where, args...)
}

// objectsAnd reads them with an expression in the place of their statement.
func objectsAnd(ctx context.Context, q ddl.Querier, sql, where string, args ...any) ([]object, error) {
	rows, err := q.QueryContext(ctx, `SELECT type, name, tbl_name, `+sql+` FROM sqlite_master
		WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND (`+where+`) ORDER BY rowid`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading sqlite_master: %w", asLocked(err))
	}
	defer rows.Close()
	var list []object
	for rows.Next() {
		var o object
		if err := rows.Scan(&o.kind, &o.name, &o.table, &o.sql); err != nil {
			return nil, fmt.Errorf("reading sqlite_master: %w", asLocked(err))
		}
		list = append(list, o)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading sqlite_master: %w", asLocked(err))
	}
	return list, nil
}
