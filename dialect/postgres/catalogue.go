package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// catalogue is what was read of the relations of some schemas.
type catalogue struct {
	// home is the schema whose tables have plain names.
	home   string
	tables []op.Table
	places map[int64]int // from the oid of a relation
	enums  []op.Enum
	enumAt map[int64]int // from the oid of a type
	// localTypes are the names of the enums of the home schema.
	localTypes []string
}

// wanted is the condition on pg_class that picks the tables to be read:
// ordinary and partitioned ones that neither are a partition, nor inherit, nor
// belong to an extension. Temporary tables are those that ask made.
func wanted(schemas []string) string {
	return `SELECT c.oid, c.relname, c.relnamespace, c.relpersistence FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
		AND (n.nspname IN (` + quoteStrings(schemas) + `) OR c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname LIKE 'limbeck\_ask\_%')
		AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid)
		AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')`
}

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

// read reads the tables with all that belongs to them, in five queries. The
// search path must be empty, so that names in texts have their schemas.
func read(ctx context.Context, q ddl.Querier, home string, schemas []string) (*catalogue, error) {
	c := &catalogue{home: home, places: map[int64]int{}}
	if err := c.readEnums(ctx, q, schemas); err != nil {
		return nil, err
	}
	from := "(" + wanted(schemas) + ") t"
	err := each(ctx, q, "the tables", `SELECT t.oid::bigint, CASE t.relpersistence WHEN 't' THEN '' ELSE n.nspname::text END, t.relname::text,
			coalesce(obj_description(t.oid, 'pg_class'), ''), coalesce(array_to_json(r.reloptions)::text, '[]'),
			coalesce(pg_get_partkeydef(t.oid), ''), coalesce(s.spcname::text, ''), t.relpersistence = 'u', coalesce(m.amname::text, 'heap')
		FROM `+from+` JOIN pg_catalog.pg_class r ON r.oid = t.oid JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
		LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = r.reltablespace LEFT JOIN pg_catalog.pg_am m ON m.oid = r.relam
		ORDER BY 2, 3`, c.table)
	if err != nil {
		return nil, err
	}
	if err := each(ctx, q, "the columns", `SELECT t.oid::bigint, a.attname::text, a.atttypid::bigint, format_type(a.atttypid, a.atttypmod), a.attnotnull,
			coalesce(pg_get_expr(d.adbin, d.adrelid), ''), a.attgenerated::text, a.attidentity::text, coalesce(col_description(t.oid, a.attnum), ''),
			coalesce(pg_get_expr(d.adbin, d.adrelid) = 'nextval(''' || replace(s.oid::regclass::text, '''', '''''') || '''::regclass)', false),
			CASE WHEN a.attidentity = '' THEN '' ELSE concat_ws(' ',
				CASE WHEN p.seqstart <> p.seqmin THEN 'START WITH ' || p.seqstart END,
				CASE WHEN p.seqincrement <> 1 THEN 'INCREMENT BY ' || p.seqincrement END,
				CASE WHEN p.seqcache <> 1 THEN 'CACHE ' || p.seqcache END,
				CASE WHEN p.seqcycle THEN 'CYCLE' END) END,
			CASE WHEN a.attcollation <> 0 AND a.attcollation <> y.typcollation THEN
				CASE WHEN cn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(cn.nspname) || '.' END || quote_ident(co.collname) ELSE '' END
		FROM `+from+` JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
		JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
		LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
		LEFT JOIN LATERAL (SELECT o.objid AS oid FROM pg_catalog.pg_depend o WHERE o.refclassid = 'pg_catalog.pg_class'::regclass AND o.refobjid = t.oid AND o.refobjsubid = a.attnum
			AND o.classid = 'pg_catalog.pg_class'::regclass AND o.deptype IN ('a', 'i')
			AND EXISTS (SELECT 1 FROM pg_catalog.pg_sequence q WHERE q.seqrelid = o.objid)
			ORDER BY o.deptype = 'i' DESC, EXISTS (SELECT 1 FROM pg_catalog.pg_depend u WHERE u.classid = 'pg_catalog.pg_attrdef'::regclass AND u.objid = d.oid AND u.refobjid = o.objid) DESC, o.objid
			LIMIT 1) s ON a.atthasdef OR a.attidentity <> ''
		LEFT JOIN pg_catalog.pg_sequence p ON p.seqrelid = s.oid
		LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
		ORDER BY t.oid, a.attnum`, c.column); err != nil {
		return nil, err
	}
	if err := each(ctx, q, "the constraints", `SELECT t.oid::bigint, k.conname::text, k.contype::text,
			coalesce((SELECT json_agg(a.attname ORDER BY u.n)::text FROM unnest(k.conkey) WITH ORDINALITY u(num, n) JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num), '[]'),
			coalesce(rn.nspname::text, ''), coalesce(r.relname::text, ''),
			coalesce((SELECT json_agg(a.attname ORDER BY u.n)::text FROM unnest(k.confkey) WITH ORDINALITY u(num, n) JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num), '[]'),
			coalesce(pg_get_expr(k.conbin, k.conrelid), ''), pg_get_constraintdef(k.oid), k.confdeltype::text, k.confupdtype::text, k.confmatchtype::text,
			k.condeferrable, k.condeferred, k.convalidated, k.connoinherit AND k.contype = 'c'
		FROM `+from+` JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
		LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
		ORDER BY t.oid, k.conname`, c.constraint); err != nil {
		return nil, err
	}
	if err := each(ctx, q, "the indexes", `SELECT t.oid::bigint, x.relname::text, pg_get_indexdef(i.indexrelid), i.indisvalid, coalesce(k.contype::text, '')
		FROM `+from+` JOIN pg_catalog.pg_index i ON i.indrelid = t.oid JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
		LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = t.oid AND k.contype IN ('p', 'u', 'x')
		ORDER BY t.oid, x.relname`, c.index); err != nil {
		return nil, err
	}
	return c, nil
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
	var schema, name, comment, storage, partition, space, method string
	var unlogged bool
	if err := rows.Scan(&oid, &schema, &name, &comment, &storage, &partition, &space, &unlogged, &method); err != nil {
		return err
	}
	var with []string
	if err := json.Unmarshal([]byte(storage), &with); err != nil {
		return err
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
	c.tables = append(c.tables, op.Table{Name: c.name(schema, name), Comment: comment, Options: strings.Join(options, " ")})
	return nil
}

func (c *catalogue) column(rows *sql.Rows) error {
	var oid, typeOID int64
	var col op.Column
	var typ, expr, generated, identity, sequence, collate string
	var serial bool
	if err := rows.Scan(&oid, &col.Name, &typeOID, &typ, &col.NotNull, &expr, &generated, &identity, &col.Comment, &serial, &sequence, &collate); err != nil {
		return err
	}
	enum, isEnum := c.enum(typeOID)
	switch {
	case identity != "":
		typ += " GENERATED " + map[string]string{"a": "ALWAYS", "d": "BY DEFAULT"}[identity] + " AS IDENTITY"
		if sequence != "" {
			typ += " (" + sequence + ")"
		}
	case generated != "":
		col.Generated = op.Generated{Expr: c.local(unwrapped(expr)), Stored: generated == "s"}
	case serial:
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
	t := &c.tables[c.places[oid]]
	t.Columns = append(t.Columns, col)
	return nil
}

func (c *catalogue) constraint(rows *sql.Rows) error {
	var oid int64
	var name, kind, columnList, refSchema, refTable, refList, expr, text, onDelete, onUpdate, match string
	var deferrable, deferred, valid, noInherit bool
	err := rows.Scan(&oid, &name, &kind, &columnList, &refSchema, &refTable, &refList, &expr, &text, &onDelete, &onUpdate, &match,
		&deferrable, &deferred, &valid, &noInherit)
	if err != nil {
		return err
	}
	var columns, refColumns []string
	if err := json.Unmarshal([]byte(columnList), &columns); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(refList), &refColumns); err != nil {
		return err
	}
	t := &c.tables[c.places[oid]]
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
	var name, text, kind string
	var valid bool
	if err := rows.Scan(&oid, &name, &text, &valid, &kind); err != nil {
		return err
	}
	t := &c.tables[c.places[oid]]
	x := parseIndex(c.local(text))
	x.name = name
	switch kind {
	case "p", "x":
	case "u":
		if i := slices.IndexFunc(t.Uniques, func(u op.Unique) bool { return u.Name == name }); i >= 0 {
			t.Uniques[i].Options = strings.TrimSpace(x.options() + " " + t.Uniques[i].Options)
		}
	default:
		index := x.index()
		if !valid {
			index.Options = strings.TrimSpace(index.Options + " " + invalidIndex)
		}
		t.Indexes = append(t.Indexes, index)
	}
	return nil
}
