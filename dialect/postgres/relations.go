package postgres

import (
	"cmp"
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

// keepHome keeps the current schema for [catalogue.readRelations] until the end
// of the transaction, while the search path is empty.
const keepHome = `SELECT pg_catalog.set_config('limbeck.home', coalesce(pg_catalog.current_schema()::pg_catalog.text, ''), true)`

// relation is a row of the first query. What stands in it depends on its kind.
type relation struct {
	kind   string
	oid    int64
	number int
	schema string
	name   string
	text   string
}

// The kinds of relations. Those of sequences are what pg_depend has for them.
const (
	kindHome     = "home"    // the current schema: name
	kindSpace    = "space"   // a schema that is there: oid
	kindEnum     = "enum"    // oid, schema, name; the values as JSON: text
	kindTable    = "table"   // oid, number of columns, schema, name; the options: text
	kindSerial   = "a"       // the oid of a table, the number of a column; the sequence's name; its options: text
	kindIdentity = "i"       // as kindSerial
	kindComment  = "comment" // the oid of a table, the number of a column or 0; text
)

// firstOwn is the first oid that a server gives to what its users make:
// FirstNormalObjectId.
const firstOwn = "16384"

// heap is the oid of the ordinary access method: HEAP_TABLE_AM_OID.
const heap = "2"

// relationsQuery is the query for the tables that are read and what is little
// beside them. Tables are ordinary and partitioned ones that are no partition,
// inherit from none and belong to no extension. That is asked for once; what
// other queries bring of the few tables more is not taken. $schemas are those
// that words name.
//
// The names of what belongs to an extension are not looked for in all of
// pg_depend, some thousand rows in a database without a table: what they refer
// to leads there by an index.
const relationsQuery = `WITH n AS MATERIALIZED (SELECT oid, nspname::text AS name FROM pg_catalog.pg_namespace
		WHERE nspname IN (current_setting('limbeck.home'), $schemas))
	SELECT 'home', 0::bigint, 0::int, '', current_setting('limbeck.home'), ''
	UNION ALL SELECT 'space', n.oid::bigint, 0, '', '', '' FROM n
	UNION ALL SELECT 'enum', t.oid::bigint, 0, n.name, t.typname::text,
		coalesce((SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid), '[]')
		FROM n JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid WHERE t.typtype = 'e'
		AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.objid = t.oid AND d.classid = 'pg_catalog.pg_type'::regclass
			AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e')
	UNION ALL SELECT 'table', c.oid::bigint, c.relnatts, n.name, c.relname::text, concat_ws(' ',
		CASE c.relkind WHEN 'p' THEN 'PARTITION BY ' || pg_get_partkeydef(c.oid) END,
		CASE WHEN c.relam NOT IN (0, ` + heap + `) THEN (SELECT 'USING ' || quote_ident(m.amname) FROM pg_catalog.pg_am m WHERE m.oid = c.relam) END,
		'WITH (' || array_to_string(c.reloptions, ', ') || ')',
		CASE WHEN c.reltablespace <> 0 THEN (SELECT 'TABLESPACE ' || quote_ident(s.spcname) FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace) END)
		FROM n JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
		AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid)
		AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_catalog.pg_class'::regclass
			AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e')
	UNION ALL SELECT o.deptype::text, o.refobjid::bigint, o.refobjsubid, '', quote_ident(n.name) || '.' || quote_ident(c.relname), concat_ws(' ',
		CASE WHEN p.seqstart <> p.seqmin THEN 'START WITH ' || p.seqstart END,
		CASE WHEN p.seqincrement <> 1 THEN 'INCREMENT BY ' || p.seqincrement END,
		CASE WHEN p.seqcache <> 1 THEN 'CACHE ' || p.seqcache END,
		CASE WHEN p.seqcycle THEN 'CYCLE' END)
		FROM n JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind = 'S' JOIN pg_catalog.pg_sequence p ON p.seqrelid = c.oid
		JOIN pg_catalog.pg_depend o ON o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = c.oid
			AND o.refclassid = 'pg_catalog.pg_class'::regclass AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i')
	UNION ALL SELECT 'comment', d.objoid::bigint, d.objsubid, '', '', d.description
		FROM pg_catalog.pg_description d JOIN pg_catalog.pg_class c ON c.oid = d.objoid JOIN n ON n.oid = c.relnamespace
		WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid >= ` + firstOwn

// readRelations reads the schemas and their tables, with the sequences, the enum
// types and the comments. The latter are returned, since they are of columns, too.
func (c *catalogue) readRelations(ctx context.Context, q ddl.Querier, said []op.Schema) (comments []relation, err error) {
	var r relation
	var enums, tables []relation
	query := strings.Replace(relationsQuery, "$schemas", quoteStrings(schemasOf("", said)), 1)
	err = each(ctx, q, "the tables", query, func(rows *sql.Rows) error {
		if err := rows.Scan(&r.kind, &r.oid, &r.number, &r.schema, &r.name, &r.text); err != nil {
			return err
		}
		switch r.kind {
		case kindHome:
			c.home = r.name
		case kindSpace:
			if c.spaces != "" {
				c.spaces += ", "
			}
			c.spaces += strconv.FormatInt(r.oid, 10)
		case kindEnum:
			enums = append(enums, r)
		case kindTable:
			tables = append(tables, r)
		case kindSerial, kindIdentity:
			if c.counters == nil {
				c.counters = map[columnID][]counter{}
			}
			id := columnID{r.oid, r.number}
			c.counters[id] = append(c.counters[id], counter{r.name, r.kind == kindIdentity, r.text})
		case kindComment:
			comments = append(comments, r)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	c.schemas = schemasOf(c.home, said)
	c.addTables(tables)
	return comments, c.addEnums(enums)
}

// bySchema sorts relations by their schemas, and there by their names.
func bySchema(a, b relation) int {
	return cmp.Or(strings.Compare(a.schema, b.schema), strings.Compare(a.name, b.name))
}

func (c *catalogue) addTables(rows []relation) {
	slices.SortFunc(rows, bySchema)
	c.places = make(map[int64]int, len(rows))
	for i, r := range rows {
		c.places[r.oid] = i
		// The number is that of all columns, with those that were dropped.
		c.tables = append(c.tables, op.Table{Name: c.name(r.schema, r.name), Options: r.text, Columns: slices.Grow([]op.Column(nil), r.number)})
		c.numbers = append(c.numbers, make([]int, 0, r.number))
	}
}

func (c *catalogue) addEnums(rows []relation) error {
	slices.SortFunc(rows, bySchema)
	c.enumAt = make(map[int64]int, len(rows))
	for i, r := range rows {
		enum := op.Enum{Name: c.name(r.schema, r.name)}
		if err := json.Unmarshal([]byte(r.text), &enum.Values); err != nil {
			return fmt.Errorf("reading the values of the enum type %q: %w", enum.Name, err)
		}
		c.enumAt[r.oid] = i
		c.enums = append(c.enums, enum)
		if r.schema == c.home {
			c.localTypes = append(c.localTypes, r.name)
		}
	}
	return nil
}

// comment puts a comment on its table or column.
func (c *catalogue) comment(r relation) {
	place, ok := c.places[r.oid]
	if !ok {
		return
	}
	t := &c.tables[place]
	if r.number == 0 {
		t.Comment = r.text
	} else if i := slices.Index(c.numbers[place], r.number); i >= 0 {
		t.Columns[i].Comment = r.text
	}
}
