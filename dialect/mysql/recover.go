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
// AUTO_INCREMENT, which rows move, is left out. Of a statement that makes or drops a
// table it says only whether there is one already.
func (Dialect) Mark(ctx context.Context, q ddl.Querier, sql string) (string, error) {
	s, err := askServer(ctx, q)
	if err != nil {
		return "", err
	}
	if database, table, _, ok := s.comesOrGoes(sql); ok {
		return s.markOf(ctx, q, database, table)
	}
	return s.digest(ctx, q, sql)
}

// digest returns the mark of a statement that may change whatever it names.
func (s server) digest(ctx context.Context, q ddl.Querier, sql string) (string, error) {
	tokens, err := s.tokenize(sql)
	if err != nil {
		return "", nil // then it does not run either
	}
	var names []string
	for _, t := range tokens {
		if t.kind == tokenWord || t.kind == tokenName {
			for part := range strings.SplitSeq(s.value(t), ".") { // db.table may be one token
				if !slices.Contains(names, part) {
					names = append(names, part)
				}
			}
		}
	}
	if len(names) == 0 {
		return "", nil
	}
	lines, err := s.standing(ctx, q, names)
	if err != nil {
		return "", fmt.Errorf("reading what a statement is about to change: %w", err)
	}
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:]), nil
}

// Recover compares the digests. Each statement of the server's takes effect
// whole or not at all; so where the catalogue has changed since, this one did.
func (d Dialect) Recover(ctx context.Context, q ddl.Querier, sql, mark string) (bool, error) {
	if mark == markAbsent || mark == markThere {
		now, err := d.Mark(ctx, q, sql)
		return now != mark, err
	}
	s, err := askServer(ctx, q)
	if err != nil {
		return false, err
	}
	now, err := s.digest(ctx, q, sql) // an earlier version took one of every statement
	return now != mark, err
}

// standing describes what there is of those names, in this database and in those
// among the names.
func (s server) standing(ctx context.Context, q ddl.Querier, names []string) ([]string, error) {
	databases, lines, err := s.databasesAmong(ctx, q, names)
	if err != nil {
		return nil, err
	}
	if s.database != "" && !slices.Contains(databases, s.database) {
		databases = append(databases, s.database)
	}
	var tables []string
	for _, database := range databases {
		more, there, err := s.standingIn(ctx, q, database, names)
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
func (s server) databasesAmong(ctx context.Context, q ddl.Querier, names []string) (databases, lines []string, err error) {
	rows, err := q.QueryContext(ctx, `SELECT SCHEMA_NAME, CONCAT(DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME)
		FROM information_schema.SCHEMATA WHERE SCHEMA_NAME IN `+s.among(names))
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

// among returns a list of names. As literals they take one trip, as arguments two:
// the driver prepares a statement that has any.
func (s server) among(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = s.quoteString(name)
	}
	return "(" + strings.Join(quoted, ", ") + ")"
}

// standingIn describes triggers, routines and events of one database, and returns
// its tables. The server finds the files of one database by its name and by
// nothing else, and opens every table for its triggers: those are looked for only
// where a statement says the word.
func (s server) standingIn(ctx context.Context, q ddl.Querier, database string, names []string) (lines, tables []string, err error) {
	in, here := s.among(names), s.quoteString(database)
	query := `SELECT 'TABLE', TABLE_NAME, '' FROM information_schema.TABLES WHERE TABLE_SCHEMA = ` + here + ` AND TABLE_NAME IN ` + in
	says := func(words ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool {
			return slices.ContainsFunc(words, func(word string) bool { return strings.EqualFold(name, word) })
		})
	}
	if says("TRIGGER") {
		query += ` UNION ALL SELECT 'TRIGGER', TRIGGER_NAME, CONCAT(EVENT_OBJECT_TABLE, ' ', ACTION_TIMING, ' ', EVENT_MANIPULATION, ' ', ACTION_STATEMENT)
			FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ` + here + ` AND TRIGGER_NAME IN ` + in
	}
	if says("PROCEDURE", "FUNCTION", "PACKAGE") {
		query += ` UNION ALL SELECT ROUTINE_TYPE, ROUTINE_NAME, CONCAT(COALESCE(ROUTINE_DEFINITION, ''), LAST_ALTERED)
			FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ` + here + ` AND ROUTINE_NAME IN ` + in
	}
	if says("EVENT") {
		query += ` UNION ALL SELECT 'EVENT', EVENT_NAME, CONCAT(EVENT_DEFINITION, LAST_ALTERED)
			FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ` + here + ` AND EVENT_NAME IN ` + in
	}
	rows, err := q.QueryContext(ctx, query)
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
