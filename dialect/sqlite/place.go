package sqlite

import (
	"context"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// place is what stands before the names of tables, indexes and triggers in
// statements: nothing where the connection has the main database alone, and
// "main." where an unqualified name could mean a temporary table or one of an
// attached database.
type place string

// readPlace asks the connection for its databases. A table that is hidden by a
// temporary one of its name is refused: SQLite's ALTER TABLE takes the one for
// the other, also where the statement says which it means.
func readPlace(ctx context.Context, q ddl.Querier, table string) (place, error) {
	if r, ok := q.(ddl.Remembered); ok && r.Facts == (mainOnly{}) {
		return "", nil
	}
	var attached, temporary int
	const list = "SELECT count(*) FILTER (WHERE name NOT IN ('main', 'temp')), count(*) FILTER (WHERE name = 'temp') FROM pragma_database_list"
	if err := q.QueryRowContext(ctx, list).Scan(&attached, &temporary); err != nil {
		return "", fmt.Errorf("reading the list of databases: %w", asLocked(err))
	}
	if temporary > 0 { // asking would make it
		var hidden int
		const objects = "SELECT count(*), count(*) FILTER (WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE) FROM sqlite_temp_master"
		if err := q.QueryRowContext(ctx, objects, table).Scan(&temporary, &hidden); err != nil {
			return "", fmt.Errorf("reading the list of temporary tables: %w", asLocked(err))
		}
		if hidden > 0 {
			return "", fmt.Errorf("a temporary table or view of this connection hides table %q; drop it first, or run migrations on a connection of their own", table)
		}
	}
	if attached+temporary > 0 {
		return "main.", nil
	}
	return "", nil
}

// name quotes a name that stands for an object.
func (p place) name(name string) string { return string(p) + quoteName(name) }

// temporaryTriggers returns the statements of the temporary triggers on a table
// of the main database. They fall with the table in a rebuild.
func (p place) temporaryTriggers(ctx context.Context, q ddl.Querier, table string) ([]string, error) {
	if p == "" {
		return nil, nil
	}
	rows, err := q.QueryContext(ctx, "SELECT sql FROM sqlite_temp_master WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE ORDER BY rowid", table)
	if err != nil {
		return nil, fmt.Errorf("reading temporary triggers: %w", err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var sql string
		if err := rows.Scan(&sql); err != nil {
			return nil, fmt.Errorf("reading temporary triggers: %w", err)
		}
		list = append(list, named(sql, "TRIGGER", "temp."))
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading temporary triggers: %w", err)
	}
	return list, nil
}

// named returns a stored CREATE statement with something before the name of
// what it creates.
func named(sql, kind, before string) string {
	if before == "" {
		return sql
	}
	c, err := newCursor(sql)
	if err != nil {
		return sql
	}
	for !c.done() && !c.accept(kind) {
		c.next()
	}
	c.accept("IF", "NOT", "EXISTS")
	i := c.peek().start
	return sql[:i] + before + sql[i:]
}
