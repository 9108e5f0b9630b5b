package sqlite

import (
	"context"
	"fmt"

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

// HasTable reports whether there is an ordinary table of that name in the main
// database. A virtual one has no root page.
func (Dialect) HasTable(ctx context.Context, q ddl.Querier, name string) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name = ? COLLATE NOCASE", name).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("looking for table %q: %w", name, asLocked(err))
	}
	return n > 0, nil
}

// object is a row of sqlite_master.
type object struct {
	kind, name, table, sql string
}

// objects reads the rows of sqlite_master that the condition picks, in the
// order in which they were made. What SQLite makes by itself (automatic
// indexes, sqlite_sequence) is left out.
func objects(ctx context.Context, q ddl.Querier, where string, args ...any) ([]object, error) {
	rows, err := q.QueryContext(ctx, `SELECT type, name, tbl_name, sql FROM sqlite_master
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
