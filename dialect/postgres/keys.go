package postgres

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// key is a row of keysQuery: a constraint, or an index.
type key struct {
	kind  string // as pg_constraint has it, or kindIndex
	table int64
	name  string
	// columns, refTable and refColumns are those of a constraint; arrays as the
	// server writes them.
	columns    string
	refTable   int64
	refColumns string
	// text is the definition, of a check its expression, and nothing where it says
	// no more than the rest.
	text string
	// flags are letters, t or f for what is true or not: the constraint is
	// deferrable, is deferred, is valid, is not inherited. Then come ON DELETE, ON
	// UPDATE and MATCH. Of an index only the third tells something.
	flags string
}

const kindIndex = "i"

func (k key) is(flag int) bool { return k.flags[flag] == 't' }

// The places of flags.
const (
	isDeferrable = iota
	isDeferred
	isValid
	isNotInherited
	onDelete
	onUpdate
	match
)

// keysQuery is the query for the constraints and indexes of the tables of
// $spaces, which are in the same schemas as their tables. A foreign key to a
// partitioned table has others beside it, one for each partition: those have a
// parent, as the constraints of partitions have.
const keysQuery = `SELECT k.contype::text, k.conrelid::bigint, k.conname::text, coalesce(k.conkey::text, ''), k.confrelid::bigint, coalesce(k.confkey::text, ''),
		CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) WHEN k.contype IN ('f', 'x') THEN pg_get_constraintdef(k.oid) ELSE '' END,
		concat(k.condeferrable, k.condeferred, k.convalidated, k.connoinherit, k.confdeltype, k.confupdtype, k.confmatchtype)
		FROM pg_catalog.pg_constraint k WHERE k.connamespace IN ($spaces) AND k.conrelid <> 0 AND k.conparentid = 0 AND k.contype IN ('p', 'u', 'f', 'c', 'x')
	UNION ALL SELECT 'i', i.indrelid::bigint, x.relname::text, '', 0::bigint, '', pg_get_indexdef(i.indexrelid), concat('ff', i.indisvalid, 'f')
		FROM pg_catalog.pg_class x JOIN pg_catalog.pg_index i ON i.indexrelid = x.oid AND NOT i.indisprimary AND NOT i.indisexclusion
		WHERE x.relnamespace IN ($spaces) AND x.relkind IN ('i', 'I') AND NOT x.relispartition`

// readKeys reads the constraints and the indexes.
func (c *catalogue) readKeys(ctx context.Context, q ddl.Querier) error {
	var k key
	var indexes []key
	err := each(ctx, q, "the constraints and indexes", c.within(keysQuery), func(rows *sql.Rows) error {
		if err := rows.Scan(&k.kind, &k.table, &k.name, &k.columns, &k.refTable, &k.refColumns, &k.text, &k.flags); err != nil {
			return err
		}
		place, ok := c.places[k.table]
		switch {
		case !ok: // it was made in between, or is not wanted
		case k.kind == kindIndex:
			indexes = append(indexes, k)
		default:
			c.constraint(&c.tables[place], k)
		}
		return nil
	})
	for _, k := range indexes { // those of constraints know theirs
		c.index(&c.tables[c.places[k.table]], k)
	}
	for i := range c.tables {
		t := &c.tables[i]
		slices.SortStableFunc(t.Uniques, func(a, b op.Unique) int { return strings.Compare(a.Name, b.Name) })
		slices.SortStableFunc(t.ForeignKeys, func(a, b op.ForeignKey) int { return strings.Compare(a.Name, b.Name) })
		slices.SortStableFunc(t.Checks, func(a, b op.Check) int { return strings.Compare(a.Name, b.Name) })
		slices.SortStableFunc(t.Indexes, func(a, b op.Index) int { return strings.Compare(a.Name, b.Name) })
	}
	return err
}

func (c *catalogue) constraint(t *op.Table, k key) {
	columns := c.columnNames(k.table, k.columns)
	clause := ""
	if k.is(isDeferrable) {
		clause = "DEFERRABLE"
	}
	if k.is(isDeferred) {
		clause += " INITIALLY DEFERRED"
	}
	switch k.kind {
	case "p":
		t.PrimaryKey = op.Columns(columns...)
		if _, table := splitName(t.Name); k.name != chosenName(table, "", "pkey") {
			t.PrimaryKeyName = k.name
		}
	case "u":
		t.Uniques = append(t.Uniques, op.Unique{Name: k.name, Columns: op.Columns(columns...), Options: clause})
	case "x":
		// Not modelled; said as an index that is like no other.
		t.Indexes = append(t.Indexes, op.Index{Name: k.name, Columns: []op.KeyPart{{Expr: c.local(k.text)}}, Method: op.Exclusion})
	case "f":
		f := op.ForeignKey{
			Name: k.name, Columns: columns, Deferrable: clause,
			OnDelete: actions[k.flags[onDelete]], OnUpdate: actions[k.flags[onUpdate]], Match: matches[k.flags[match]],
		}
		if place, ok := c.places[k.refTable]; ok {
			f.RefTable, f.RefColumns = c.tables[place].Name, c.columnNames(k.refTable, k.refColumns)
		} else {
			f.RefTable, f.RefColumns = c.referenced(k.text)
		}
		// SET NULL (columns), of version 15.
		if _, after, ok := strings.Cut(k.text, "ON DELETE "+f.OnDelete+" ("); ok && f.OnDelete != "" {
			list, _, _ := strings.Cut(after, ")")
			f.OnDelete += " (" + list + ")"
		}
		if !k.is(isValid) {
			f.Deferrable = strings.TrimSpace(f.Deferrable + " NOT VALID")
		}
		t.ForeignKeys = append(t.ForeignKeys, f)
	case "c":
		var options []string
		if k.is(isNotInherited) {
			options = append(options, "NO INHERIT")
		}
		if !k.is(isValid) {
			options = append(options, "NOT VALID")
		}
		t.Checks = append(t.Checks, op.Check{Name: k.name, Expr: c.local(unwrapped(k.text)), Options: strings.Join(options, " ")})
	}
}

// actions and matches are the letters of pg_constraint. The defaults, NO ACTION
// and SIMPLE, are "".
var (
	actions = map[byte]string{'r': "RESTRICT", 'c': "CASCADE", 'n': "SET NULL", 'd': "SET DEFAULT"}
	matches = map[byte]string{'f': "FULL", 'p': "PARTIAL"}
)

// invalidIndex stands in the options of an index that a concurrent build left
// when it failed: no query uses it, so that it equals none in words.
const invalidIndex = "INVALID"

func (c *catalogue) index(t *op.Table, k key) {
	x, ok := plainIndex(k.text)
	if !ok {
		x = parseIndex(c.local(k.text))
	}
	x.name = k.name
	// The index of a constraint has its name.
	if i := slices.IndexFunc(t.Uniques, func(u op.Unique) bool { return u.Name == k.name }); i >= 0 {
		t.Uniques[i].Options = strings.TrimSpace(x.options() + " " + t.Uniques[i].Options)
		return
	}
	index := x.index()
	if !k.is(isValid) {
		index.Options = strings.TrimSpace(index.Options + " " + invalidIndex)
	}
	t.Indexes = append(t.Indexes, index)
}

// columnNames returns the names of a table's columns that have the numbers in an
// array of the server's: {1,3}.
func (c *catalogue) columnNames(table int64, list string) []string {
	place, ok := c.places[table]
	if list = strings.Trim(list, "{}"); !ok || list == "" {
		return nil
	}
	names := make([]string, 0, 1+strings.Count(list, ","))
	for text := range strings.SplitSeq(list, ",") {
		number, _ := strconv.Atoi(text)
		if i := slices.Index(c.numbers[place], number); i >= 0 {
			names = append(names, c.tables[place].Columns[i].Name)
		}
	}
	return names
}

// referenced reads off the definition of a foreign key which table, one that is
// not read, and which columns it refers to.
func (c *catalogue) referenced(text string) (table string, columns []string) {
	tokens := tokenize(text)
	i := slices.IndexFunc(tokens, func(t token) bool { return t.is("REFERENCES") })
	if i < 0 {
		return "", nil
	}
	p := constraintParser{sql: text, tokens: tokens[i+1:], d: &columnDef{}}
	k := p.reference("")
	return c.name(splitName(k.RefTable)), k.RefColumns
}
