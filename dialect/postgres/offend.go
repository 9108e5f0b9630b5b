package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// someRows are rows to look for offenders in: those of a table, named as it
// stands in a statement.
type someRows struct {
	table string
	// extra is selected beside all columns where it is not empty, and where
	// picks the rows then.
	extra, where string
}

// keyColumn is a column by which rows are named.
type keyColumn struct {
	name string
	// isNumber says that the value stands without quotes.
	isNumber bool
}

// nameOf returns a name as it stands in SQL, without quotes.
func nameOf(text string) string { return strings.Join(identifiers(text), ".") }

// key returns the columns of the primary key, or none.
func (r someRows) key(ctx context.Context, q ddl.Querier) ([]keyColumn, error) {
	var key []keyColumn
	err := each(ctx, q, "the primary key of a table", `SELECT a.attname::text, t.typcategory = 'N' FROM pg_catalog.pg_index x
		CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k (attnum, n)
		JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum
		JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
		WHERE x.indisprimary AND x.indrelid = to_regclass(`+quoteString(r.table)+`) AND k.n <= x.indnkeyatts ORDER BY k.n`, func(rows *sql.Rows) error {
		var c keyColumn
		err := rows.Scan(&c.name, &c.isNumber)
		key = append(key, c)
		return err
	})
	return key, err
}

// count describes the rows that a condition picks, and names the first.
func (r someRows) count(ctx context.Context, s search, condition, what string) (string, error) {
	return r.countAs(ctx, s, condition, "has", "have", what)
}

// mostExamples is how many rows are named of those that stand in the way.
const mostExamples = 5

// countAs is count with another verb than to have, for one row and for several.
// It returns "" where there is none.
func (r someRows) countAs(ctx context.Context, s search, condition, singular, plural, what string) (string, error) {
	key, err := r.key(ctx, s.q)
	if err != nil {
		return "", err
	}
	if len(key) == 0 {
		key = []keyColumn{{name: "ctid"}} // where the row stands
	}
	var names, columns, cells []string
	for i, c := range key {
		names = append(names, c.name)
		columns = append(columns, fmt.Sprintf("limbeck_row.%s AS limbeck_%d", quoteName(c.name), i))
		cell := fmt.Sprintf("limbeck_%d::text", i)
		if !c.isNumber {
			cell = "quote_literal(" + cell + ")"
		}
		// Long values are cut off.
		cells = append(cells, fmt.Sprintf("CASE WHEN length(%[1]s) > 40 THEN left(%[1]s, 39) || '…' ELSE coalesce(%[1]s, 'NULL') END", cell))
	}
	from := r.table
	if r.extra != "" {
		from = fmt.Sprintf("(SELECT ctid, *, %s FROM %s WHERE %s)", r.extra, r.table, r.where)
	}
	order := make([]string, len(key))
	for i := range key {
		order[i] = fmt.Sprintf("limbeck_%d", i)
	}
	rows := fmt.Sprintf("SELECT %s FROM %s AS limbeck_row WHERE %s", strings.Join(columns, ", "), from, condition)
	total := "(SELECT count(*) FROM limbeck_rows)"
	if s.hurried {
		rows, total = fmt.Sprintf("%s LIMIT %d", rows, mostExamples), "0"
	}
	var n int
	var list []string
	err = each(ctx, s.q, "the rows in the way", fmt.Sprintf("WITH limbeck_rows AS (%s) SELECT %s, %s FROM limbeck_rows ORDER BY %s LIMIT %d",
		rows, total, strings.Join(cells, " || ', ' || "), strings.Join(order, ", "), mostExamples), func(rows *sql.Rows) error {
		var cell string
		err := rows.Scan(&n, &cell)
		list = append(list, cell)
		return err
	})
	if err != nil || len(list) == 0 {
		return "", err
	}
	if len(key) > 1 {
		for i := range list {
			list[i] = "(" + list[i] + ")"
		}
	}
	number := fmt.Sprint(n)
	if s.hurried {
		n = len(list)
		number = fmt.Sprintf("at least %d", n)
	}
	if s.hurried || n > len(list) {
		list = append(list, "…")
	}
	noun, verb := "rows", plural
	if n == 1 {
		noun, verb = "row", singular
	}
	return fmt.Sprintf("%s %s of table %q %s %s (%s %s)", number, noun, nameOf(r.table), verb, what, strings.Join(names, ", "), strings.Join(list, ", ")), nil
}
