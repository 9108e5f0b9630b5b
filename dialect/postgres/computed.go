package postgres

import (
	"fmt"
	"slices"
	"strings"
)

// standing is what goes with a column that is dropped, and comes back with it.
type standing struct{ drops, adds []string }

// standsOn reads the indexes and constraints over a column. What refers to its
// keys goes first and comes back last.
func (p *planner) standsOn(table, column string) (standing, error) {
	var list standing
	var references []string
	fail := func(err error) (standing, error) {
		return standing{}, fmt.Errorf("reading what uses column %q of table %q: %w", column, table, err)
	}
	rows, err := p.q.QueryContext(p.ctx, `WITH col AS (
			SELECT attrelid, attnum FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass($1::text) AND attname = $2::text)
		SELECT 'CREATE', '', pg_get_indexdef(i.indexrelid) FROM pg_catalog.pg_index i JOIN col ON i.indrelid = col.attrelid
			WHERE EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
				AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = col.attrelid AND d.refobjsubid = col.attnum)
			AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
		UNION ALL
		SELECT c.conrelid::regclass::text, c.conname::text, pg_get_constraintdef(c.oid) FROM pg_catalog.pg_constraint c JOIN col
			ON c.conrelid = col.attrelid AND col.attnum = ANY (c.conkey) OR c.confrelid = col.attrelid AND col.attnum = ANY (c.confkey)
			WHERE c.contype IN ('p', 'u', 'f', 'c', 'x')
		ORDER BY 1, 2, 3`, quoteTable(table), column)
	if err != nil {
		return fail(err)
	}
	defer rows.Close()
	for rows.Next() {
		var owner, name, text string
		if err := rows.Scan(&owner, &name, &text); err != nil {
			return fail(err)
		}
		if owner == "CREATE" {
			list.adds = append(list.adds, text)
			continue
		}
		drop, add := "ALTER TABLE "+owner+" DROP CONSTRAINT "+quoteName(name), "ALTER TABLE "+owner+" ADD CONSTRAINT "+quoteName(name)+" "+text
		if strings.HasPrefix(text, "FOREIGN KEY") {
			list.drops, references = slices.Insert(list.drops, 0, drop), append(references, add)
		} else {
			list.drops, list.adds = append(list.drops, drop), append(list.adds, add)
		}
	}
	if err := rows.Err(); err != nil {
		return fail(err)
	}
	list.adds = append(list.adds, references...)
	return list, nil
}

// computed is a column that the server computes, as it stands.
type computed struct{ name, definition, comment string }

// stepAside drops the columns that are computed from one whose type changes,
// which the server refuses otherwise, and returns the statements that put them
// back. Their values are computed, so none is lost.
func (p *planner) stepAside(table, column string) (back []string, err error) {
	list, err := p.computedFrom(table, column)
	if err != nil {
		return nil, err
	}
	alter := "ALTER TABLE " + quoteTable(table)
	for _, c := range list {
		stood, err := p.standsOn(table, c.name)
		if err != nil {
			return nil, err
		}
		p.texts = append(p.texts, stood.drops...)
		p.alter(table, "DROP COLUMN "+quoteName(c.name))
		back = append(back, alter+" ADD COLUMN "+quoteName(c.name)+" "+c.definition)
		if c.comment != "" {
			back = append(back, "COMMENT ON COLUMN "+quoteTable(table)+"."+quoteName(c.name)+" IS "+quoteString(c.comment))
		}
		back = append(back, stood.adds...)
	}
	return back, nil
}

func (p *planner) computedFrom(table, column string) (list []computed, err error) {
	fail := func(err error) ([]computed, error) {
		return nil, fmt.Errorf("reading what is computed from column %q of table %q: %w", column, table, err)
	}
	// Servers before version 15 keep the dependency with the column, later ones
	// with its expression, which also depends on the column that it fills.
	rows, err := p.q.QueryContext(p.ctx, `SELECT a.attname::text,
			format_type(a.atttypid, a.atttypmod) || coalesce(' COLLATE ' || nullif(a.attcollation, t.typcollation)::regcollation::text, '')
				|| ' GENERATED ALWAYS AS (' || pg_get_expr(x.adbin, x.adrelid) || ') STORED' || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
			coalesce(col_description(a.attrelid, a.attnum), '')
		FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
		JOIN pg_catalog.pg_attrdef x ON x.adrelid = a.attrelid AND x.adnum = a.attnum
		JOIN pg_catalog.pg_attribute of ON of.attrelid = a.attrelid AND of.attname = $2::text
		WHERE a.attrelid = to_regclass($1::text) AND a.attgenerated = 's' AND a.attnum <> of.attnum AND EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
			WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = of.attnum
			AND (d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = a.attrelid AND d.objsubid = a.attnum
				OR d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = x.oid))
		ORDER BY a.attnum`, quoteTable(table), column)
	if err != nil {
		return fail(err)
	}
	defer rows.Close()
	for rows.Next() {
		var c computed
		if err := rows.Scan(&c.name, &c.definition, &c.comment); err != nil {
			return fail(err)
		}
		list = append(list, c)
	}
	if err := rows.Err(); err != nil {
		return fail(err)
	}
	return list, nil
}
