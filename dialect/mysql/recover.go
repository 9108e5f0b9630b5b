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
	lines, err := standing(ctx, q, s.database, names)
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
func standing(ctx context.Context, q ddl.Querier, here string, names []any) ([]string, error) {
	databases, lines, err := databasesAmong(ctx, q, names)
	if err != nil {
		return nil, err
	}
	if here != "" && !slices.Contains(databases, here) {
		databases = append(databases, here)
	}
	var tables []string
	for _, database := range databases {
		more, there, err := standingIn(ctx, q, database, names)
		if err != nil {
			return nil, err
		}
		lines, tables = append(lines, more...), append(tables, there...)
	}
	slices.Sort(lines)
	slices.Sort(tables)
	for _, table := range tables {
		text, err := showCreate(ctx, q, table)
		if err != nil {
			return nil, err
		}
		lines = append(lines, table+" "+text)
	}
	return lines, nil
}

// databasesAmong returns the databases among the names, and what there is to say of them.
func databasesAmong(ctx context.Context, q ddl.Querier, names []any) (databases, lines []string, err error) {
	rows, err := q.QueryContext(ctx, `SELECT SCHEMA_NAME, CONCAT(DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME)
		FROM information_schema.SCHEMATA WHERE SCHEMA_NAME IN `+marks(len(names)), names...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, nil, err
		}
		databases, lines = append(databases, name), append(lines, "DATABASE "+quoteName(name)+". "+text)
	}
	return databases, lines, rows.Err()
}

func marks(n int) string { return "(?" + strings.Repeat(", ?", n-1) + ")" }

// standingIn describes triggers, routines and events of one database, and returns
// its tables. The server finds the files of one database by its name and by
// nothing else, and opens every table for its triggers: those are looked for only
// where a statement says the word.
func standingIn(ctx context.Context, q ddl.Querier, database string, names []any) (lines, tables []string, err error) {
	in := marks(len(names))
	query := `SELECT 'TABLE', TABLE_NAME, '' FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME IN ` + in
	selects := 1
	says := func(words ...string) bool {
		return slices.ContainsFunc(names, func(name any) bool {
			return slices.ContainsFunc(words, func(word string) bool { return strings.EqualFold(name.(string), word) })
		})
	}
	if says("TRIGGER") {
		selects++
		query += ` UNION ALL SELECT 'TRIGGER', TRIGGER_NAME, CONCAT(EVENT_OBJECT_TABLE, ' ', ACTION_TIMING, ' ', EVENT_MANIPULATION, ' ', ACTION_STATEMENT)
			FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ? AND TRIGGER_NAME IN ` + in
	}
	if says("PROCEDURE", "FUNCTION", "PACKAGE") {
		selects++
		query += ` UNION ALL SELECT ROUTINE_TYPE, ROUTINE_NAME, CONCAT(COALESCE(ROUTINE_DEFINITION, ''), LAST_ALTERED)
			FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ? AND ROUTINE_NAME IN ` + in
	}
	if says("EVENT") {
		selects++
		query += ` UNION ALL SELECT 'EVENT', EVENT_NAME, CONCAT(EVENT_DEFINITION, LAST_ALTERED)
			FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ? AND EVENT_NAME IN ` + in
	}
	var args []any
	for range selects {
		args = append(append(args, database), names...)
	}
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var kind, name, text string
		if err := rows.Scan(&kind, &name, &text); err != nil {
			return nil, nil, err
		}
		if kind == "TABLE" {
			tables = append(tables, quoteName(database)+"."+quoteName(name))
		} else {
			lines = append(lines, kind+" "+quoteName(database)+"."+quoteName(name)+" "+text)
		}
	}
	return lines, tables, rows.Err()
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
