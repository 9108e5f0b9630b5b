package sqlite

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// someRows are rows to look for offenders in: in the table of that name, known
// by key, and belonging to the table that the user knows.
type someRows struct {
	from, table string
	key         []string
}

func rowsOf(d tableDef, from string) someRows {
	r := someRows{from: from, table: strings.TrimPrefix(d.name, newPrefix), key: d.primaryKey()}
	if len(r.key) == 0 && d.column("rowid") == nil {
		r.key = []string{"rowid"}
	}
	return r
}

// wrongType takes the column and the type out of the message of a STRICT table.
var wrongType = regexp.MustCompile(`(?s)cannot store \w+ value in (\w+) column [^.]*\.(.*)$`)

// offend finds the constraint of the table that the message means, and
// describes the rows that it keeps out. Several may: SQLite stopped at one, and
// the first that has such rows is as good.
func (r someRows) offend(ctx context.Context, q ddl.Querier, d tableDef, message string) (string, error) {
	switch {
	case strings.Contains(message, "NOT NULL"):
		return r.nulls(ctx, q, d)
	case strings.Contains(message, "CHECK"):
		return r.unchecked(ctx, q, d)
	case strings.Contains(message, "UNIQUE"):
		return r.duplicates(ctx, q, d)
	case strings.Contains(message, "mismatch"):
		key := d.primaryKey()
		if len(key) != 1 {
			return "", nil
		}
		name := quoteName(key[0])
		return r.describe(ctx, q, fmt.Sprintf("typeof(%s) NOT IN ('integer', 'null')", name),
			fmt.Sprintf("no whole number in column %q, which is the key", key[0]))
	}
	if m := wrongType.FindStringSubmatch(message); m != nil {
		kinds := map[string]string{"INT": "'integer'", "INTEGER": "'integer'", "REAL": "'real', 'integer'", "TEXT": "'text'", "BLOB": "'blob'"}
		return r.describe(ctx, q, fmt.Sprintf("typeof(%s) NOT IN (%s, 'null')", quoteName(m[2]), kinds[strings.ToUpper(m[1])]),
			fmt.Sprintf("no %s in column %q, as STRICT asks", m[1], m[2]))
	}
	return "", nil
}

func (r someRows) nulls(ctx context.Context, q ddl.Querier, d tableDef) (string, error) {
	key := d.primaryKey()
	for _, c := range d.columns {
		inKey := d.hasOption("WITHOUT ROWID") && slices.ContainsFunc(key, func(name string) bool { return sameName(name, c.name) })
		if c.constraint(notNullConstraint) == nil && !inKey {
			continue
		}
		text, err := r.describe(ctx, q, quoteName(c.name)+" IS NULL", fmt.Sprintf("no value in column %q, which is NOT NULL", c.name))
		if err != nil || text != "" {
			return text, err
		}
	}
	return "", nil
}

func (r someRows) unchecked(ctx context.Context, q ddl.Querier, d tableDef) (string, error) {
	for _, x := range d.allConstraints() {
		if x.kind != checkConstraint {
			continue
		}
		what := "values that the check (" + x.expr + ") does not allow"
		if x.name != "" {
			what = fmt.Sprintf("values that the check %q (%s) does not allow", x.name, x.expr)
		}
		text, err := r.describe(ctx, q, "NOT ("+unqualified(x.expr, d.name)+"\n)", what)
		if err != nil || text != "" {
			return text, err
		}
	}
	return "", nil
}

func (r someRows) duplicates(ctx context.Context, q ddl.Querier, d tableDef) (string, error) {
	type key struct {
		what  string
		parts []keyPart
	}
	var keys []key
	for _, c := range d.columns {
		for _, x := range c.constraints {
			part := []keyPart{{expr: quoteName(c.name)}}
			switch x.kind {
			case primaryKeyConstraint:
				keys = append(keys, key{"the primary key", part})
			case uniqueConstraint:
				keys = append(keys, key{"unique constraint" + quoted(x.name), part})
			}
		}
	}
	for _, x := range d.constraints {
		switch x.kind {
		case primaryKeyConstraint:
			keys = append(keys, key{"the primary key", x.parts})
		case uniqueConstraint:
			keys = append(keys, key{"unique constraint" + quoted(x.name), x.parts})
		}
	}
	for _, k := range keys {
		text, err := r.repeated(ctx, q, k.what, k.parts, "")
		if err != nil || text != "" {
			return text, err
		}
	}
	return "", nil
}

func quoted(name string) string {
	if name == "" {
		return ""
	}
	return fmt.Sprintf(" %q", name)
}

// allConstraints returns those of the columns and of the table.
func (d tableDef) allConstraints() []constraintDef {
	var list []constraintDef
	for _, c := range d.columns {
		list = append(list, c.constraints...)
	}
	return append(list, d.constraints...)
}

// repeated describes the rows that have values in the parts of a key which
// others have too. Nulls are never the same.
func (r someRows) repeated(ctx context.Context, q ddl.Querier, what string, parts []keyPart, where string) (string, error) {
	var terms, present, names []string
	for _, p := range parts {
		term := unqualified(p.expr, r.table)
		names = append(names, strings.Trim(p.expr, "`"))
		present = append(present, "("+term+") IS NOT NULL")
		if p.collate != "" {
			term += " COLLATE " + quoteName(p.collate)
		}
		terms = append(terms, term)
	}
	if where != "" {
		present = append(present, "("+unqualified(where, r.table)+"\n)")
	}
	inner := fmt.Sprintf("(SELECT *%s, count(*) OVER (PARTITION BY %s) AS limbeck_n FROM main.%s WHERE %s)",
		r.hiddenKey(), strings.Join(terms, ", "), quoteName(r.from), strings.Join(present, " AND "))
	return r.describeFrom(ctx, q, inner, "limbeck_n > 1", fmt.Sprintf("values in (%s) that others have too, against %s", strings.Join(names, ", "), what))
}

// hiddenKey returns what a query has to select beside all columns to show the
// key.
func (r someRows) hiddenKey() string {
	if slices.Equal(r.key, []string{"rowid"}) {
		return ", rowid"
	}
	return ""
}

func (r someRows) describe(ctx context.Context, q ddl.Querier, where, what string) (string, error) {
	return r.describeFrom(ctx, q, "main."+quoteName(r.from), where, what)
}

// describeFrom counts the rows that a condition picks and gives the keys of the
// first. It returns "" where there is none.
func (r someRows) describeFrom(ctx context.Context, q ddl.Querier, from, where, what string) (string, error) {
	var n int
	if err := q.QueryRowContext(ctx, "SELECT count(*) FROM "+from+" WHERE "+where).Scan(&n); err != nil || n == 0 {
		return "", err
	}
	rows, has := "rows", "have"
	if n == 1 {
		rows, has = "row", "has"
	}
	text := fmt.Sprintf("%d %s of table %q %s %s", n, rows, r.table, has, what)
	examples, err := r.examples(ctx, q, from, where, n)
	return text + examples, err
}

// mostExamples is how many rows are named of those that stand in the way.
const mostExamples = 5

// examples returns the keys of the first of n rows, as " (id 1, 2)", or "" where
// the rows have no key.
func (r someRows) examples(ctx context.Context, q ddl.Querier, from, where string, n int) (string, error) {
	if len(r.key) == 0 {
		return "", nil
	}
	cells := make([]string, len(r.key))
	order := make([]string, len(r.key))
	for i, name := range r.key {
		order[i] = quoteName(name)
		// Long values are cut off.
		cells[i] = fmt.Sprintf("CASE WHEN length(quote(%[1]s)) > 40 THEN substr(quote(%[1]s), 1, 39) || '…' ELSE quote(%[1]s) END", quoteName(name))
	}
	list, err := firstColumn(ctx, q, fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT %d",
		strings.Join(cells, " || ', ' || "), from, where, strings.Join(order, ", "), mostExamples))
	if err != nil || len(list) == 0 {
		return "", err
	}
	if len(r.key) > 1 {
		for i := range list {
			list[i] = "(" + list[i] + ")"
		}
	}
	if n > len(list) {
		list = append(list, "…")
	}
	return " (" + strings.Join(r.key, ", ") + " " + strings.Join(list, ", ") + ")", nil
}

// firstColumn returns the first column of a query.
func firstColumn(ctx context.Context, q ddl.Querier, query string, args ...any) ([]string, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		list = append(list, text)
	}
	return list, rows.Err()
}
