package mysql

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Kind says how a statement goes together with transactions. What changes or
// reads rows can be undone, CALL included (a procedure that changes tables is
// on its own); a temporary table belongs to the session, like a variable; all
// else commits by itself
// (https://dev.mysql.com/doc/refman/8.0/en/implicit-commit.html).
func (Dialect) Kind(sql string) ddl.Kind {
	c, err := newCursor(mode{}, sql)
	if err != nil || c.done() {
		return ddl.Undoable // and the server will complain of it
	}
	switch {
	case c.peek().isAny("INSERT", "UPDATE", "DELETE", "REPLACE", "SELECT", "WITH", "CALL", "DO", "VALUES", "HANDLER",
		"SAVEPOINT", "ROLLBACK", "RELEASE", "EXECUTE", "SIGNAL", "BEGIN", "(", "SHOW", "EXPLAIN"),
		c.accept("LOAD", "DATA"), c.accept("LOAD", "XML"):
		return ddl.Undoable
	case c.peek().isAny("SET", "PREPARE", "DEALLOCATE"), c.accept("CREATE", "TEMPORARY"), c.accept("CREATE", "OR", "REPLACE", "TEMPORARY"), c.accept("DROP", "TEMPORARY"):
		return ddl.Setting
	}
	return ddl.Alone
}

// Mark returns a digest of what the catalogue says of all that the statement
// names: tables, views, triggers, routines, events and databases. The count of
// AUTO_INCREMENT, which rows move, is left out.
func (Dialect) Mark(ctx context.Context, q ddl.Querier, sql string) (string, error) {
	s, err := askServer(ctx, q)
	if err != nil {
		return "", err
	}
	tokens, err := s.tokenize(sql)
	if err != nil {
		return "", nil // then it does not run either
	}
	var names []any
	for _, t := range tokens {
		if t.kind == tokenWord || t.kind == tokenName {
			for part := range strings.SplitSeq(s.value(t), ".") { // db.table may be one token
				if !slices.Contains(names, any(part)) {
					names = append(names, part)
				}
			}
		}
	}
	if len(names) == 0 {
		return "", nil
	}
	lines, err := standing(ctx, q, names)
	if err != nil {
		return "", fmt.Errorf("reading what a statement is about to change: %w", err)
	}
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:]), nil
}

// Recover compares the digests. Each statement of the server's takes effect
// whole or not at all; so where the catalogue has changed since, this one did.
func (d Dialect) Recover(ctx context.Context, q ddl.Querier, sql, mark string) (bool, error) {
	now, err := d.Mark(ctx, q, sql)
	return now != mark, err
}

// standing describes what there is of those names, in this database and in those
// among the names.
func standing(ctx context.Context, q ddl.Querier, names []any) ([]string, error) {
	in := "(?" + strings.Repeat(", ?", len(names)-1) + ")"
	const here = " = DATABASE() OR "
	query := `SELECT 'TABLE', TABLE_SCHEMA, TABLE_NAME, '' FROM information_schema.TABLES WHERE (TABLE_SCHEMA` + here + `TABLE_SCHEMA IN ` + in + `) AND TABLE_NAME IN ` + in + `
		UNION ALL SELECT 'TRIGGER', TRIGGER_SCHEMA, TRIGGER_NAME, CONCAT(EVENT_OBJECT_TABLE, ' ', ACTION_TIMING, ' ', EVENT_MANIPULATION, ' ', ACTION_STATEMENT)
			FROM information_schema.TRIGGERS WHERE (TRIGGER_SCHEMA` + here + `TRIGGER_SCHEMA IN ` + in + `) AND TRIGGER_NAME IN ` + in + `
		UNION ALL SELECT ROUTINE_TYPE, ROUTINE_SCHEMA, ROUTINE_NAME, CONCAT(COALESCE(ROUTINE_DEFINITION, ''), LAST_ALTERED)
			FROM information_schema.ROUTINES WHERE (ROUTINE_SCHEMA` + here + `ROUTINE_SCHEMA IN ` + in + `) AND ROUTINE_NAME IN ` + in + `
		UNION ALL SELECT 'EVENT', EVENT_SCHEMA, EVENT_NAME, CONCAT(EVENT_DEFINITION, LAST_ALTERED)
			FROM information_schema.EVENTS WHERE (EVENT_SCHEMA` + here + `EVENT_SCHEMA IN ` + in + `) AND EVENT_NAME IN ` + in + `
		UNION ALL SELECT 'DATABASE', SCHEMA_NAME, '', CONCAT(DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME IN ` + in + `
		ORDER BY 1, 2, 3`
	var args []any
	for range 9 {
		args = append(args, names...)
	}
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var lines, tables []string
	for rows.Next() {
		var kind, database, name, text string
		if err := rows.Scan(&kind, &database, &name, &text); err != nil {
			return nil, err
		}
		if kind == "TABLE" {
			tables = append(tables, quoteName(database)+"."+quoteName(name))
		} else {
			lines = append(lines, kind+" "+quoteName(database)+"."+quoteName(name)+" "+text)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	for _, table := range tables {
		text, err := showCreate(ctx, q, table)
		if err != nil {
			return nil, err
		}
		lines = append(lines, table+" "+text)
	}
	return lines, nil
}

var autoIncrementCount = regexp.MustCompile(` AUTO_INCREMENT=\d+`)

// showCreate returns the statement that makes a table, a view or a sequence: the
// second column, of however many.
func showCreate(ctx context.Context, q ddl.Querier, table string) (string, error) {
	rows, err := q.QueryContext(ctx, "SHOW CREATE TABLE "+table)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	cells := make([]sql.NullString, len(columns))
	targets := make([]any, len(columns))
	for i := range cells {
		targets[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return "", err
		}
	}
	if len(cells) < 2 {
		return "", rows.Err()
	}
	return autoIncrementCount.ReplaceAllString(cells[1].String, ""), rows.Err()
}
