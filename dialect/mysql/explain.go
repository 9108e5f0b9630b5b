package mysql

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// misfits are the messages of a strict server for values that do not fit the
// column: 1048, 1138, 1264, 1265, 1292, 1366, 1406.
var misfits = regexp.MustCompile(`Data truncated for|Out of range value|Data too long|[Ii]ncorrect (?:[A-Za-z]+ )*value|Truncated incorrect|Invalid use of NULL|cannot be null`)

var (
	// repeats is the message, 1062, for a value of a key that is there twice.
	repeats = regexp.MustCompile(`Duplicate entry`)
	// schemaChange matches the statements that look at the rows which are there;
	// others bring rows of their own.
	schemaChange = regexp.MustCompile(`(?i)^\s*(?:ALTER\s+TABLE|CREATE\s+UNIQUE\s+INDEX)\b`)
)

// Explain counts the rows that do not go along with a column's new type, or have
// no value where there has to be one, and names some: the server stops at the
// first, which it counts from one in an order of its own. Which value of a key
// is there twice it says itself.
func (Dialect) Explain(ctx context.Context, q ddl.Querier, statement string, cause error) error {
	const help = "for example with op.Exec at the head of the revision"
	if repeats.MatchString(cause.Error()) && schemaChange.MatchString(statement) {
		return fmt.Errorf("rows have values that others have too; mend or delete these rows first, %s: %w", help, cause)
	}
	if !misfits.MatchString(cause.Error()) {
		return cause
	}
	text := ""
	if s, err := askServer(ctx, q); err == nil {
		if m, ok := s.parseModify(statement); ok {
			if text, err = m.nulls(ctx, q, s); err == nil && text != "" {
				return fmt.Errorf("%s; mend or delete these rows first, %s, or let the operation say what they get (Backfill): %w", text, help, cause)
			}
			text, err = m.misfits(ctx, q, s)
		}
		if err != nil || text == "" {
			text = "rows hold values that do not fit" // the server's own words say which
		}
	}
	return fmt.Errorf("%s; mend these rows first, %s, or let the operation say what their values become (Using): %w", text, help, cause)
}

// modify is the part of an ALTER TABLE that states a column anew.
type modify struct {
	table, column string
	// typ is the type's first word, size its first number, or 0.
	typ      string
	size     int
	unsigned bool
	notNull  bool
}

// parseModify takes apart a statement that changes one column.
func (s server) parseModify(statement string) (m modify, ok bool) {
	c, err := newCursor(s.mode, statement)
	if err != nil || !c.accept("ALTER", "TABLE") {
		return m, false
	}
	for c.peek(); !c.done() && !c.peek().is("MODIFY"); {
		if name, err := c.name(); err == nil {
			if m.table != "" {
				m.table += "."
			}
			m.table += name
		} else {
			c.next()
		}
	}
	if !c.accept("MODIFY", "COLUMN") {
		return m, false
	}
	if m.column, err = c.name(); err != nil {
		return m, false
	}
	m.typ = strings.ToLower(c.next().text)
	if c.accept("(") {
		m.size, _ = strconv.Atoi(c.next().text)
	}
	for !c.done() {
		switch {
		case c.peek().is("MODIFY"):
			return m, false // two of them: which one is not said
		case c.accept("UNSIGNED"):
			m.unsigned = true
		case c.accept("NOT", "NULL"):
			m.notNull = true
		default:
			c.next()
		}
	}
	return m, true
}

// bits are the sizes of whole numbers.
var bits = map[string]uint{"tinyint": 8, "smallint": 16, "mediumint": 24, "int": 32, "integer": 32, "bigint": 64}

// misfit returns a condition for values that the column does not take, as far
// as its type says; nulls are another matter.
func (m modify) misfit() string {
	column := quoteName(m.column)
	number := func(pattern string) string {
		return fmt.Sprintf("NOT (CAST(%s AS CHAR) REGEXP '^[[:space:]]*[-+]?%s[[:space:]]*$')", column, pattern)
	}
	switch {
	case m.typ == "varchar" || m.typ == "char":
		return fmt.Sprintf("CHAR_LENGTH(%s) > %d", column, m.size)
	case bits[m.typ] > 0:
		low, high := "-"+power(bits[m.typ]-1, 0), power(bits[m.typ]-1, 1)
		if m.unsigned {
			low, high = "0", power(bits[m.typ], 1)
		}
		return fmt.Sprintf("(%s OR CAST(%s AS DECIMAL(65, 0)) NOT BETWEEN %s AND %s)", number("[0-9]+([.][0-9]*)?"), column, low, high)
	case m.typ == "decimal" || m.typ == "numeric" || m.typ == "float" || m.typ == "double":
		return number("([0-9]+([.][0-9]*)?|[.][0-9]+)(e[-+]?[0-9]+)?")
	}
	return ""
}

// power writes two to the power n, less the given number.
func power(n uint, less uint64) string {
	if n == 64 {
		return strconv.FormatUint(^uint64(0)-(less-1), 10)
	}
	return strconv.FormatUint(uint64(1)<<n-less, 10)
}

// mostExamples is how many rows are named.
const mostExamples = 5

// nulls describes the rows without a value, where there has to be one.
func (m modify) nulls(ctx context.Context, q ddl.Querier, s server) (string, error) {
	if !m.notNull {
		return "", nil
	}
	return m.describe(ctx, q, s, quoteName(m.column)+" IS NULL", "no value in column %q, which is NOT NULL")
}

// misfits describes the rows with a value that does not fit the type.
func (m modify) misfits(ctx context.Context, q ddl.Querier, s server) (string, error) {
	condition := m.misfit()
	if condition == "" {
		return "", nil
	}
	what := "values in column %q that do not fit " + m.typ
	if m.size > 0 {
		what += fmt.Sprintf("(%d)", m.size)
	}
	if m.unsigned {
		what += " unsigned"
	}
	return m.describe(ctx, q, s, condition, what)
}

// describe counts the rows that a condition picks and gives the keys of the
// first. It returns "" where none is found.
func (m modify) describe(ctx context.Context, q ddl.Querier, s server, condition, what string) (string, error) {
	from := " FROM " + quoteTable(m.table) + " WHERE " + condition
	var n int
	if err := q.QueryRowContext(ctx, "SELECT count(*)"+from).Scan(&n); err != nil || n == 0 {
		return "", err
	}
	rows, have := "rows", "have"
	if n == 1 {
		rows, have = "row", "has"
	}
	text := fmt.Sprintf("%d %s of table %q %s "+what, n, rows, m.table, have, m.column)
	d, err := readDefinition(ctx, q, s, m.table)
	if err != nil || len(d.table.PrimaryKey) == 0 {
		return text, err
	}
	keys, err := m.keys(ctx, q, d.table.PrimaryKey, from)
	if err != nil {
		return text, err
	}
	if n > len(keys) {
		keys = append(keys, "…")
	}
	names := make([]string, len(d.table.PrimaryKey))
	for i, p := range d.table.PrimaryKey {
		names[i] = p.Column
	}
	return text + " (" + strings.Join(names, ", ") + " " + strings.Join(keys, ", ") + ")", nil
}

// keys returns the primary keys of the first rows.
func (m modify) keys(ctx context.Context, q ddl.Querier, parts []op.KeyPart, from string) ([]string, error) {
	columns, order := make([]string, len(parts)), make([]string, len(parts))
	for i, p := range parts {
		order[i] = quoteName(p.Column)
		columns[i] = "LEFT(CAST(" + order[i] + " AS CHAR), 40)"
	}
	rows, err := q.QueryContext(ctx, fmt.Sprintf("SELECT CONCAT_WS('/', %s)%s ORDER BY %s LIMIT %d",
		strings.Join(columns, ", "), from, strings.Join(order, ", "), mostExamples))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		list = append(list, key)
	}
	return list, rows.Err()
}
