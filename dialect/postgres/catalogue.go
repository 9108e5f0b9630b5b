package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// catalogue is what was read of the relations of some schemas.
type catalogue struct {
	// home is the schema whose tables have plain names.
	home    string
	schemas []string
	tables  []op.Table
	places  map[int64]int // from the oid of a relation
	// numbers are those of the columns of each table.
	numbers [][]int
	// counters are the sequences of columns, by relation and number.
	counters map[columnID][]counter
	enums    []op.Enum
	enumAt   map[int64]int // from the oid of a type
	// localTypes are the names of the enums of the home schema.
	localTypes []string
}

type columnID struct {
	relation int64
	number   int
}

// counter is a sequence that belongs to a column.
type counter struct {
	name       string
	isIdentity bool
	options    string
}

// candidates is the query for the tables that may be read: ordinary and
// partitioned ones that are no partition.
func (c *catalogue) candidates() string {
	return `SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname IN (` + quoteStrings(c.schemas) + `)`
}

// wanted is the query for those that are: they neither inherit nor belong to an
// extension. That is asked for once; what other queries bring of the few tables
// more is not taken.
func (c *catalogue) wanted() string {
	return c.candidates() + `
		AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid)
		AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND ` + ofExtension("pg_class") + `)`
}

// ofExtension is the condition for a row d of pg_depend that makes something of
// a catalogue the member of an extension. What it refers to leads there by an
// index; without it the server looks through all rows, some thousand in a
// database without a table.
func ofExtension(catalogue string) string {
	return `d.classid = 'pg_catalog.` + catalogue + `'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'`
}

// firstOwn is the first oid that a server gives to what its users make:
// FirstNormalObjectId.
const firstOwn = "16384"

// askedTables is the query for the temporary tables that ask made.
const askedTables = `SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname LIKE 'limbeck\_ask\_%'`

// each runs a query without arguments and calls fn for each of its rows.
func each(ctx context.Context, q ddl.Querier, what, query string, fn func(rows *sql.Rows) error) error {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("reading %s: %w", what, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return fmt.Errorf("reading %s: %w", what, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading %s: %w", what, err)
	}
	return nil
}

// read reads the tables with all that belongs to them, in seven queries. The
// search path must be empty, so that names in texts have their schemas.
//
// The server sorts and joins no more than it must: in catalogues of thousands
// of tables, of whose size it has no statistics, it easily chooses a way that
// takes several times as long.
func read(ctx context.Context, q ddl.Querier, home string, schemas []string) (*catalogue, error) {
	c := &catalogue{home: home, schemas: schemas}
	if err := c.readEnums(ctx, q, schemas); err != nil {
		return nil, err
	}
	if err := c.readTables(ctx, q, c.wanted()); err != nil {
		return nil, err
	}
	within := `JOIN pg_catalog.pg_class c ON c.oid = %s JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname IN (` + quoteStrings(schemas) + `)`
	if err := each(ctx, q, "the sequences", `SELECT o.refobjid::bigint, o.refobjsubid, o.objid::regclass::text, o.deptype = 'i', concat_ws(' ',
			CASE WHEN p.seqstart <> p.seqmin THEN 'START WITH ' || p.seqstart END,
			CASE WHEN p.seqincrement <> 1 THEN 'INCREMENT BY ' || p.seqincrement END,
			CASE WHEN p.seqcache <> 1 THEN 'CACHE ' || p.seqcache END,
			CASE WHEN p.seqcycle THEN 'CYCLE' END)
		FROM pg_catalog.pg_sequence p JOIN pg_catalog.pg_depend o ON o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = p.seqrelid
			AND o.refclassid = 'pg_catalog.pg_class'::regclass AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i') `+fmt.Sprintf(within, "o.refobjid"), c.counter); err != nil {
		return nil, err
	}
	if err := c.readColumns(ctx, q, c.candidates()); err != nil {
		return nil, err
	}
	if err := each(ctx, q, "the comments", `SELECT d.objoid::bigint, d.objsubid, d.description FROM pg_catalog.pg_description d `+
		fmt.Sprintf(within, "d.objoid")+` WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid >= `+firstOwn, c.comment); err != nil {
		return nil, err
	}
	if err := c.readConstraints(ctx, q, c.candidates()); err != nil {
		return nil, err
	}
	if err := each(ctx, q, "the indexes", `SELECT i.indrelid::bigint, x.relname::text, pg_get_indexdef(i.indexrelid), i.indisvalid
		FROM (`+c.candidates()+`) t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid AND NOT i.indisprimary AND NOT i.indisexclusion
		JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid`, c.index); err != nil {
		return nil, err
	}
	for i := range c.tables {
		slices.SortStableFunc(c.tables[i].Indexes, func(a, b op.Index) int { return strings.Compare(a.Name, b.Name) })
	}
	return c, nil
}

// readAnswers reads the tables that ask made. They have the enums of the live
// ones.
func (c *catalogue) readAnswers(ctx context.Context, q ddl.Querier) ([]op.Table, error) {
	answers := &catalogue{home: c.home, enums: c.enums, enumAt: c.enumAt, localTypes: c.localTypes}
	err := answers.readTables(ctx, q, askedTables)
	if err == nil {
		err = answers.readColumns(ctx, q, askedTables)
	}
	if err == nil {
		err = answers.readConstraints(ctx, q, askedTables)
	}
	return answers.tables, err
}

func (c *catalogue) readTables(ctx context.Context, q ddl.Querier, which string) error {
	c.places = map[int64]int{}
	return each(ctx, q, "the tables", `SELECT t.oid::bigint, CASE r.relpersistence WHEN 't' THEN '' ELSE n.nspname::text END, r.relname::text,
			coalesce(array_to_json(r.reloptions)::text, ''), CASE r.relkind WHEN 'p' THEN pg_get_partkeydef(t.oid) ELSE '' END,
			coalesce(s.spcname::text, ''), coalesce(m.amname::text, 'heap'), r.relnatts
		FROM (`+which+`) t JOIN pg_catalog.pg_class r ON r.oid = t.oid JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
		LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = r.reltablespace LEFT JOIN pg_catalog.pg_am m ON m.oid = r.relam
		ORDER BY 2, 3`, c.table)
}

func (c *catalogue) readColumns(ctx context.Context, q ddl.Querier, which string) error {
	err := each(ctx, q, "the columns", `SELECT a.attrelid::bigint, a.attnum, a.attname::text, a.atttypid::bigint, format_type(a.atttypid, a.atttypmod), a.attnotnull,
			coalesce(pg_get_expr(d.adbin, d.adrelid), ''), a.attgenerated::text, a.attidentity::text,
			CASE WHEN a.attcollation <> 0 AND a.attcollation <> y.typcollation THEN
				(SELECT CASE WHEN cn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(cn.nspname) || '.' END || quote_ident(co.collname)
				FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = a.attcollation) ELSE '' END
		FROM (`+which+`) t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
		JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
		LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum`, c.column)
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

func (c *catalogue) readConstraints(ctx context.Context, q ddl.Querier, which string) error {
	err := each(ctx, q, "the constraints", `SELECT k.conrelid::bigint, k.conname::text, k.contype::text, coalesce(k.conkey::text, ''),
			coalesce(rn.nspname::text, ''), coalesce(r.relname::text, ''), k.confrelid::bigint, coalesce(k.confkey::text, ''),
			coalesce(pg_get_expr(k.conbin, k.conrelid), ''), CASE WHEN k.contype IN ('f', 'x') THEN pg_get_constraintdef(k.oid) ELSE '' END,
			k.confdeltype::text, k.confupdtype::text, k.confmatchtype::text,
			k.condeferrable, k.condeferred, k.convalidated, k.connoinherit AND k.contype = 'c'
		FROM (`+which+`) t JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conparentid = 0
		LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace`, c.constraint)
	for i := range c.tables {
		t := &c.tables[i]
		slices.SortStableFunc(t.Uniques, func(a, b op.Unique) int { return strings.Compare(a.Name, b.Name) })
		slices.SortStableFunc(t.ForeignKeys, func(a, b op.ForeignKey) int { return strings.Compare(a.Name, b.Name) })
		slices.SortStableFunc(t.Checks, func(a, b op.Check) int { return strings.Compare(a.Name, b.Name) })
	}
	return err
}

// name returns the name of a table as it stands in words.
func (c *catalogue) name(schema, table string) string {
	if schema == "" || schema == c.home {
		return table
	}
	return schema + "." + table
}

func (c *catalogue) table(rows *sql.Rows) error {
	var oid int64
	var schema, name, storage, partition, space, method string
	var columns int // with those that were dropped
	if err := rows.Scan(&oid, &schema, &name, &storage, &partition, &space, &method, &columns); err != nil {
		return err
	}
	var with []string
	if storage != "" {
		if err := json.Unmarshal([]byte(storage), &with); err != nil {
			return err
		}
	}
	var options []string
	if partition != "" {
		options = append(options, "PARTITION BY "+partition)
	}
	if method != "heap" {
		options = append(options, "USING "+quoteIdentifier(method))
	}
	if len(with) > 0 {
		options = append(options, "WITH ("+strings.Join(with, ", ")+")")
	}
	if space != "" {
		options = append(options, "TABLESPACE "+quoteIdentifier(space))
	}
	c.places[oid] = len(c.tables)
	c.tables = append(c.tables, op.Table{
		Name: c.name(schema, name), Options: strings.Join(options, " "),
		Columns: slices.Grow([]op.Column(nil), columns),
	})
	c.numbers = append(c.numbers, make([]int, 0, columns))
	return nil
}

func (c *catalogue) counter(rows *sql.Rows) error {
	var id columnID
	var s counter
	if err := rows.Scan(&id.relation, &id.number, &s.name, &s.isIdentity, &s.options); err != nil {
		return err
	}
	if c.counters == nil {
		c.counters = map[columnID][]counter{}
	}
	c.counters[id] = append(c.counters[id], s)
	return nil
}

// isSerial reports whether a default takes the next value of a sequence of the
// column's own.
func isSerial(own []counter, expr string) bool {
	return slices.ContainsFunc(own, func(s counter) bool {
		return !s.isIdentity && expr == "nextval('"+strings.ReplaceAll(s.name, "'", "''")+"'::regclass)"
	})
}

func (c *catalogue) comment(rows *sql.Rows) error {
	var id columnID
	var text string
	if err := rows.Scan(&id.relation, &id.number, &text); err != nil {
		return err
	}
	place, ok := c.places[id.relation]
	if !ok {
		return nil
	}
	t := &c.tables[place]
	if id.number == 0 {
		t.Comment = text
	} else if i := slices.Index(c.numbers[place], id.number); i >= 0 {
		t.Columns[i].Comment = text
	}
	return nil
}

func (c *catalogue) column(rows *sql.Rows) error {
	var id columnID
	var typeOID int64
	var col op.Column
	var typ, expr, generated, identity, collate string
	if err := rows.Scan(&id.relation, &id.number, &col.Name, &typeOID, &typ, &col.NotNull, &expr, &generated, &identity, &collate); err != nil {
		return err
	}
	place, ok := c.places[id.relation]
	if !ok {
		return nil // it was made in between, or is not wanted
	}
	enum, isEnum := c.enum(typeOID)
	own := c.counters[id]
	switch {
	case identity != "":
		typ += " GENERATED " + map[string]string{"a": "ALWAYS", "d": "BY DEFAULT"}[identity] + " AS IDENTITY"
		if i := slices.IndexFunc(own, func(s counter) bool { return s.isIdentity && s.options != "" }); i >= 0 {
			typ += " (" + own[i].options + ")"
		}
	case generated != "":
		col.Generated = op.Generated{Expr: c.local(unwrapped(expr)), Stored: generated == "s"}
	case expr != "" && isSerial(own, expr):
		col.AutoIncrement = true
	case expr != "":
		col.Default = readDefault(typ, expr)
		if value, cast, ok := constant(expr); isEnum && ok && cast == typ {
			col.Default = op.Literal(value)
		}
		if col.Default.Kind == op.DefaultExpr {
			col.Default.Text = c.local(col.Default.Text)
		}
	}
	if col.Type, col.Collate = op.Raw(c.localType(typ)), collate; isEnum {
		col.Type = op.EnumType(enum.Name, enum.Values...)
	}
	c.tables[place].Columns = append(c.tables[place].Columns, col)
	c.numbers[place] = append(c.numbers[place], id.number)
	return nil
}

func (c *catalogue) constraint(rows *sql.Rows) error {
	var oid, refOID int64
	var name, kind, columnList, refSchema, refTable, refList, expr, text, onDelete, onUpdate, match string
	var deferrable, deferred, valid, noInherit bool
	err := rows.Scan(&oid, &name, &kind, &columnList, &refSchema, &refTable, &refOID, &refList, &expr, &text, &onDelete, &onUpdate, &match,
		&deferrable, &deferred, &valid, &noInherit)
	if err != nil {
		return err
	}
	place, ok := c.places[oid]
	if !ok {
		return nil // it was made in between, or is not wanted
	}
	t := &c.tables[place]
	columns := c.columnNames(oid, columnList)
	clause := ""
	if deferrable {
		clause = "DEFERRABLE"
	}
	if deferred {
		clause += " INITIALLY DEFERRED"
	}
	switch kind {
	case "p":
		t.PrimaryKey = op.Columns(columns...)
		if _, table := splitName(t.Name); name != chosenName(table, "", "pkey") {
			t.PrimaryKeyName = name
		}
	case "u":
		t.Uniques = append(t.Uniques, op.Unique{Name: name, Columns: op.Columns(columns...), Options: clause})
	case "x":
		// Not modelled; said as an index that is like no other.
		t.Indexes = append(t.Indexes, op.Index{Name: name, Columns: []op.KeyPart{{Expr: c.local(text)}}, Method: op.Exclusion})
	case "f":
		refColumns := c.columnNames(refOID, refList)
		if len(refColumns) == 0 { // of a table that is not read
			refColumns = referencedColumns(text)
		}
		k := op.ForeignKey{
			Name: name, Columns: columns, RefTable: c.name(refSchema, refTable), RefColumns: refColumns,
			OnDelete: actions[onDelete], OnUpdate: actions[onUpdate], Deferrable: clause,
			Match: map[string]string{"f": "FULL", "p": "PARTIAL"}[match],
		}
		// SET NULL (columns), of version 15.
		if _, after, ok := strings.Cut(text, "ON DELETE "+k.OnDelete+" ("); ok && k.OnDelete != "" {
			list, _, _ := strings.Cut(after, ")")
			k.OnDelete += " (" + list + ")"
		}
		if !valid {
			k.Deferrable = strings.TrimSpace(k.Deferrable + " NOT VALID")
		}
		t.ForeignKeys = append(t.ForeignKeys, k)
	case "c":
		var options []string
		if noInherit {
			options = append(options, "NO INHERIT")
		}
		if !valid {
			options = append(options, "NOT VALID")
		}
		t.Checks = append(t.Checks, op.Check{Name: name, Expr: c.local(unwrapped(expr)), Options: strings.Join(options, " ")})
	}
	return nil
}

// actions are the letters of pg_constraint. The default, NO ACTION, is "".
var actions = map[string]string{"r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}

// invalidIndex stands in the options of an index that a concurrent build left
// when it failed: no query uses it, so that it equals none in words.
const invalidIndex = "INVALID"

func (c *catalogue) index(rows *sql.Rows) error {
	var oid int64
	var name, text string
	var valid bool
	if err := rows.Scan(&oid, &name, &text, &valid); err != nil {
		return err
	}
	place, ok := c.places[oid]
	if !ok {
		return nil // it was made in between, or is not wanted
	}
	t := &c.tables[place]
	x, ok := plainIndex(text)
	if !ok {
		x = parseIndex(c.local(text))
	}
	x.name = name
	// The index of a constraint has its name.
	if i := slices.IndexFunc(t.Uniques, func(u op.Unique) bool { return u.Name == name }); i >= 0 {
		t.Uniques[i].Options = strings.TrimSpace(x.options() + " " + t.Uniques[i].Options)
		return nil
	}
	index := x.index()
	if !valid {
		index.Options = strings.TrimSpace(index.Options + " " + invalidIndex)
	}
	t.Indexes = append(t.Indexes, index)
	return nil
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

// referencedColumns reads them off the definition of a foreign key.
func referencedColumns(text string) []string {
	tokens := tokenize(text)
	i := slices.IndexFunc(tokens, func(t token) bool { return t.is("REFERENCES") })
	if i < 0 {
		return nil
	}
	p := constraintParser{sql: text, tokens: tokens[i+1:], d: &columnDef{}}
	return p.reference("").RefColumns
}
