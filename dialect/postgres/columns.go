package postgres

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// columnsQuery is the query for the columns of the tables of $spaces. What few
// columns have is looked up for those alone: most of text, char and varchar have
// the collation "default", which is that of their types. The oids of these do not
// change.
const columnsQuery = `SELECT a.attrelid::bigint, a.attnum, a.attname::text, a.atttypid::bigint, format_type(a.atttypid, a.atttypmod), a.attnotnull,
		CASE WHEN a.atthasdef THEN coalesce((SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d
			WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum), '') ELSE '' END,
		a.attgenerated::text, a.attidentity::text,
		CASE WHEN a.attcollation = 0 OR a.attcollation = 100 AND a.atttypid IN (25, 1042, 1043) THEN ''
			ELSE coalesce((SELECT CASE WHEN n.nspname = 'pg_catalog' THEN '' ELSE quote_ident(n.nspname) || '.' END || quote_ident(k.collname)
				FROM pg_catalog.pg_type y JOIN pg_catalog.pg_collation k ON k.oid = a.attcollation AND k.oid <> y.typcollation
				JOIN pg_catalog.pg_namespace n ON n.oid = k.collnamespace WHERE y.oid = a.atttypid), '') END
	FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	WHERE c.relnamespace IN ($spaces) AND c.relkind IN ('r', 'p') AND NOT c.relispartition`

// within puts the schemas into a query.
func (c *catalogue) within(query string) string {
	return strings.ReplaceAll(query, "$spaces", cmp.Or(c.spaces, "0"))
}

// columnRow is a row of columnsQuery.
type columnRow struct {
	id                                  columnID
	name                                string
	typeOID                             int64
	typ                                 string
	notNull                             bool
	expr, generated, identity, collates string
}

func (c *catalogue) readColumns(ctx context.Context, q ddl.Querier) error {
	var r columnRow // for all rows, of which there are many
	err := each(ctx, q, "the columns", c.within(columnsQuery), func(rows *sql.Rows) error {
		if err := rows.Scan(&r.id.relation, &r.id.number, &r.name, &r.typeOID, &r.typ, &r.notNull, &r.expr, &r.generated, &r.identity, &r.collates); err != nil {
			return err
		}
		if place, ok := c.places[r.id.relation]; ok { // or it was made in between, or is not wanted
			c.tables[place].Columns = append(c.tables[place].Columns, c.column(r))
			c.numbers[place] = append(c.numbers[place], r.id.number)
		}
		return nil
	})
	for i, numbers := range c.numbers {
		if !slices.IsSorted(numbers) {
			sortBy(numbers, c.tables[i].Columns)
		}
	}
	return err
}

// sortBy sorts columns, and their numbers, by these.
func sortBy(numbers []int, columns []op.Column) {
	of := make(map[string]int, len(columns))
	for i, c := range columns {
		of[c.Name] = numbers[i]
	}
	slices.SortFunc(columns, func(a, b op.Column) int { return of[a.Name] - of[b.Name] })
	slices.Sort(numbers)
}

func (c *catalogue) column(r columnRow) op.Column {
	col := op.Column{Name: r.name, NotNull: r.notNull, Collate: r.collates}
	enum, isEnum := c.enum(r.typeOID)
	own, typ := c.counters[r.id], r.typ
	switch {
	case r.identity != "":
		typ += " GENERATED " + map[string]string{"a": "ALWAYS", "d": "BY DEFAULT"}[r.identity] + " AS IDENTITY"
		if i := slices.IndexFunc(own, func(s counter) bool { return s.isIdentity && s.options != "" }); i >= 0 {
			typ += " (" + own[i].options + ")"
		}
	case r.generated != "":
		col.Generated = op.Generated{Expr: c.local(unwrapped(r.expr)), Stored: r.generated == "s"}
	case r.expr != "" && isSerial(own, r.expr):
		col.AutoIncrement = true
	case r.expr != "":
		col.Default = readDefault(typ, r.expr)
		if value, cast, ok := constant(r.expr); isEnum && ok && cast == typ {
			col.Default = op.Literal(value)
		}
		if col.Default.Kind == op.DefaultExpr {
			col.Default.Text = c.local(col.Default.Text)
		}
	}
	if isEnum {
		col.Type = op.EnumType(enum.Name, enum.Values...)
	} else {
		col.Type = op.Raw(c.localType(typ))
	}
	return col
}

// counter is a sequence that belongs to a column.
type counter struct {
	name       string
	isIdentity bool
	options    string
}

// isSerial reports whether a default takes the next value of a sequence of the
// column's own.
func isSerial(own []counter, expr string) bool {
	return slices.ContainsFunc(own, func(s counter) bool {
		return !s.isIdentity && expr == "nextval('"+strings.ReplaceAll(s.name, "'", "''")+"'::regclass)"
	})
}
