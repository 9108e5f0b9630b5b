package postgres

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// liveEnum is an enum as it stands.
type liveEnum struct {
	oid, arrayOID int64
	values        []string
	comment       string
}

// liveEnum reads an enum of the schema that its name states, or of the current
// one: no other of the search path, since in a rehearsal that is live.
func (p *planner) liveEnum(name string) (e liveEnum, err error) {
	schema, bare := splitName(name)
	var values string
	err = p.q.QueryRowContext(p.ctx, `SELECT t.oid::bigint, t.typarray::bigint, coalesce(obj_description(t.oid, 'pg_type'), ''),
			coalesce((SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid), '[]')
		FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
		WHERE t.typtype = 'e' AND t.typname = $1::text AND n.nspname = coalesce(nullif($2::text, ''), current_schema()::text)`, bare, schema).
		Scan(&e.oid, &e.arrayOID, &e.comment, &values)
	if errors.Is(err, sql.ErrNoRows) {
		return e, fmt.Errorf("enum %q is not there; the database is not as the revisions left it, `check` shows the difference", name)
	}
	if err == nil {
		err = json.Unmarshal([]byte(values), &e.values)
	}
	if err != nil {
		return e, fmt.Errorf("reading enum %q: %w", name, err)
	}
	return e, nil
}

// enumColumn is a live column of an enum, or of an array of it.
type enumColumn struct {
	table, column string // as SQL
	name          string // for people
	key           string // the column to show rows by, as SQL, or ""
	isArray       bool
	def           string // the default as SQL
	value         string // the default's value where it is a constant
	isConstant    bool
}

func (p *planner) enumColumns(e liveEnum) ([]enumColumn, error) {
	var list []enumColumn
	err := each(p.ctx, p.q, "the columns of the enum", fmt.Sprintf(`SELECT a.attrelid::regclass::text, a.attname::text, c.relname || '.' || a.attname, a.atttypid <> %[1]d,
			coalesce(pg_get_expr(d.adbin, d.adrelid), ''),
			coalesce((SELECT quote_ident(k.attname) FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = i.indkey[0]
				WHERE i.indrelid = c.oid AND i.indisprimary AND i.indnkeyatts = 1), '')
		FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
		LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated = ''
		WHERE a.atttypid IN (%[1]d, %[2]d) AND NOT a.attisdropped AND a.attinhcount = 0 ORDER BY 1, a.attnum`, e.oid, e.arrayOID), func(rows *sql.Rows) error {
		var c enumColumn
		if err := rows.Scan(&c.table, &c.column, &c.name, &c.isArray, &c.def, &c.key); err != nil {
			return err
		}
		c.column = quoteName(c.column)
		if c.value, _, c.isConstant = constant(c.def); c.isArray {
			c.isConstant = false
		}
		list = append(list, c)
		return nil
	})
	return list, err
}

// replaceEnum puts a type with other values in the place of the old one. What
// the server cannot carry over by itself, because its text names the type, is
// taken away before and put back afterwards: defaults, checks, indexes with
// expressions or conditions, and foreign keys between columns of the type.
func (p *planner) replaceEnum(name string, to []string, replace []op.Replacement) error {
	if err := checkEnum(op.Enum{Name: name, Values: to}); err != nil {
		return err
	}
	e, err := p.liveEnum(name)
	if err != nil {
		return err
	}
	columns, err := p.enumColumns(e)
	if err != nil {
		return err
	}
	if err := p.refuseRemoved(name, columns, e.values, to, replace); err != nil {
		return err
	}
	drops, adds, err := p.standingOn(e)
	if err != nil {
		return err
	}
	schema, _ := splitName(name)
	const old = "limbeck_old_enum"
	p.texts = append(p.texts, drops...)
	p.add("ALTER TYPE " + quoteTable(name) + " RENAME TO " + old)
	p.add(createEnum(name, to))
	for _, c := range columns {
		p.texts = append(p.texts, "ALTER TABLE "+c.table+" "+c.become(quoteTable(name), to, replace))
	}
	p.add("DROP TYPE " + qualified(schema, old))
	if e.comment != "" {
		p.add(commentOn("TYPE "+quoteTable(name), e.comment))
	}
	p.texts = append(p.texts, adds...)
	return nil
}

// become writes the change of a column to the new type.
func (c enumColumn) become(typ string, to []string, replace []op.Replacement) string {
	var changes []string
	alter := "ALTER COLUMN " + c.column + " "
	if c.def != "" {
		changes = append(changes, alter+"DROP DEFAULT")
	}
	using, cast := c.column+"::text", "text"
	if c.isArray {
		using, cast, typ = c.column+"::text[]", "text[]", typ+"[]"
	}
	for i := 0; i < len(replace) && c.isArray; i++ {
		using = "array_replace(" + using + ", " + quoteString(replace[i].From) + ", " + quoteString(replace[i].To) + ")"
	}
	if len(replace) > 0 && !c.isArray {
		using = "CASE " + c.column + "::" + cast
		for _, r := range replace {
			using += " WHEN " + quoteString(r.From) + " THEN " + quoteString(r.To)
		}
		using = "(" + using + " ELSE " + c.column + "::" + cast + " END)"
	}
	changes = append(changes, alter+"TYPE "+typ+" USING "+using+"::"+typ)
	def := c.def
	if c.isConstant {
		value := c.value
		for _, r := range replace {
			if r.From == value {
				value = r.To
				break
			}
		}
		// A default that is no value any more goes; the step that gives the
		// column another one follows.
		if def = ""; slices.Contains(to, value) {
			def = quoteString(value)
		}
	}
	if def != "" {
		changes = append(changes, alter+"SET DEFAULT "+def)
	}
	return strings.Join(changes, ", ")
}

// refuseRemoved returns an error where rows hold values that go and have no
// replacement, before anything has changed.
func (p *planner) refuseRemoved(enum string, columns []enumColumn, from, to []string, replace []op.Replacement) error {
	var removed []string
	for _, v := range from {
		isReplaced := slices.ContainsFunc(replace, func(r op.Replacement) bool { return r.From == v })
		if !slices.Contains(to, v) && !isReplaced {
			removed = append(removed, v)
		}
	}
	if len(removed) == 0 {
		return nil
	}
	var found []string
	for _, c := range columns {
		value, from := c.column+"::text", c.table
		if c.isArray {
			value, from = "u.v", c.table+", LATERAL (SELECT DISTINCT unnest("+c.column+"::text[])) u (v)"
		}
		key := "NULL::text"
		if c.key != "" {
			key = c.table + "." + c.key
		}
		err := each(p.ctx, p.q, "the rows that hold values which go", `SELECT `+value+`, count(*), coalesce(array_to_string((array_agg(`+key+` ORDER BY `+key+`))[1:5], ', '), '')
			FROM `+from+` WHERE `+value+` IN (`+quoteStrings(removed)+`) GROUP BY 1 ORDER BY 1`, func(rows *sql.Rows) error {
			var value, keys string
			var count int
			if err := rows.Scan(&value, &count, &keys); err != nil {
				return err
			}
			text := fmt.Sprintf("%q in %d of %q", value, count, c.name)
			if keys != "" {
				text += fmt.Sprintf(" (%s %s)", c.key, keys)
			}
			found = append(found, text)
			return nil
		})
		if err != nil {
			return err
		}
	}
	if len(found) == 0 {
		return nil
	}
	return fmt.Errorf("changing enum %q: rows hold values that go: %s; change these rows first, or name in Replace (--backfill %s.value='other') what they get", enum, strings.Join(found, "; "), enum)
}

// standingOn returns the statements that drop what names the type in its text,
// and those that put it back.
func (p *planner) standingOn(e liveEnum) (drops, adds []string, err error) {
	// A constant of the type, or a call with one, makes a check or an index
	// depend on the type itself; a foreign key depends on its columns only.
	err = each(p.ctx, p.q, "what names the enum", fmt.Sprintf(`WITH named AS (SELECT DISTINCT d.classid, d.objid FROM pg_catalog.pg_depend d
			WHERE d.refclassid = 'pg_catalog.pg_type'::regclass AND d.refobjid IN (%[1]d, %[2]d))
		SELECT 2, 'ALTER TABLE ' || k.conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(k.conname),
				'ALTER TABLE ' || k.conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
			FROM pg_catalog.pg_constraint k JOIN named n ON n.classid = 'pg_catalog.pg_constraint'::regclass AND n.objid = k.oid
			WHERE k.conrelid <> 0 AND k.coninhcount = 0
		UNION ALL
		SELECT 3, 'DROP INDEX ' || x.oid::regclass, pg_get_indexdef(x.oid)
			FROM pg_catalog.pg_class x JOIN named n ON n.classid = 'pg_catalog.pg_class'::regclass AND n.objid = x.oid
			WHERE x.relkind IN ('i', 'I') AND NOT x.relispartition
		UNION ALL
		SELECT 4, 'ALTER TABLE ' || k.conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(k.conname),
				'ALTER TABLE ' || k.conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
			FROM pg_catalog.pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0
			AND EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND a.atttypid IN (%[1]d, %[2]d))
		ORDER BY 1, 2`, e.oid, e.arrayOID), func(rows *sql.Rows) error {
		var rank int
		var drop, add string
		err := rows.Scan(&rank, &drop, &add)
		drops, adds = append(drops, drop), append(adds, add)
		return err
	})
	slices.Reverse(drops) // foreign keys before what they rest on
	return drops, adds, err
}
