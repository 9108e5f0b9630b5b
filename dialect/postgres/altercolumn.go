package postgres

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// columnState is how a column of the live table stands.
type columnState struct {
	notNull, inKey, hasDefault bool
	identity, generated        string
	// sequence is the sequence that belongs to the column and its default, as
	// SQL; "" where there is none.
	sequence string
	// numbering is the sequence of a column with an identity, likewise, and last
	// the number that either has given last.
	numbering string
	last      int64
}

func (p *planner) state(table, column string) (columnState, error) {
	var s columnState
	// The expression of a generated column counts as a default there.
	err := p.q.QueryRowContext(p.ctx, `SELECT a.attnotnull, a.attidentity::text, a.attgenerated::text, a.atthasdef AND a.attgenerated = '',
		EXISTS (SELECT 1 FROM pg_catalog.pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'p' AND a.attnum = ANY (c.conkey)),
		coalesce((SELECT d.objid::regclass::text FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
			WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'a'
			AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum ORDER BY EXISTS (SELECT 1 FROM pg_catalog.pg_attrdef e
				JOIN pg_catalog.pg_depend u ON u.classid = 'pg_catalog.pg_attrdef'::regclass AND u.objid = e.oid AND u.refobjid = d.objid
				WHERE e.adrelid = a.attrelid AND e.adnum = a.attnum) DESC, d.objid LIMIT 1), ''),
		coalesce((SELECT d.objid::regclass::text FROM pg_catalog.pg_depend d
			WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'i'
			AND a.attidentity <> '' AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum LIMIT 1), ''),
		coalesce(pg_sequence_last_value(pg_get_serial_sequence($1::text, $2::text)::regclass), 0)
		FROM pg_catalog.pg_attribute a WHERE a.attrelid = to_regclass($1::text) AND a.attname = $2::text AND NOT a.attisdropped`,
		quoteTable(table), column).Scan(&s.notNull, &s.identity, &s.generated, &s.hasDefault, &s.inKey, &s.sequence, &s.numbering, &s.last)
	if errors.Is(err, sql.ErrNoRows) {
		return s, fmt.Errorf("column %q of table %q is not there; the database is not as the revisions left it, `check` shows the difference", column, table)
	}
	if err != nil {
		return s, fmt.Errorf("reading column %q of table %q: %w", column, table, err)
	}
	return s, nil
}

// alterColumn changes a column in an order in which each statement finds what
// it needs: what numbers or fills the column gives way before its type changes,
// nulls are replaced before they are forbidden, and the new default comes last.
func (p *planner) alterColumn(o op.AlterColumn) error {
	s, err := p.state(o.Table, o.To.Name)
	if err != nil {
		return err
	}
	from, to := define(o.Table, o.From), define(o.Table, o.To)
	change := func(text string) { p.alter(o.Table, "ALTER COLUMN "+quoteName(o.To.Name)+" "+text) }
	retyped := isRetyped(from, to)

	p.dropBrought(o.Table, from.brought, to.brought)
	if !to.generated.IsZero() {
		if s.generated == "" || retyped || isReplaced(from, to) {
			return p.replaceColumn(o.Table, to)
		}
	} else if s.generated != "" {
		change("DROP EXPRESSION")
	}
	if s.identity != "" && to.identity == "" {
		change("DROP IDENTITY")
		s.identity = ""
	}
	numbered := s.sequence != "" && s.hasDefault && from.serial
	if numbered && !to.serial {
		change("DROP DEFAULT")
		p.add("DROP SEQUENCE " + s.sequence)
		s.hasDefault = false
	}
	if isKept := numbered && to.serial; s.hasDefault && !isKept && (to.def == "" && !to.serial || retyped || o.Using != "") {
		change("DROP DEFAULT")
		s.hasDefault = false
	}
	if retyped || o.Using != "" {
		using := " USING " + trimmed(o.Using)
		if o.Using == "" {
			if using, err = p.using(o.To.Name, from.typ, to.typ); err != nil {
				return err
			}
		}
		back, err := p.stepAside(o.Table, o.To.Name)
		if err != nil {
			return err
		}
		change("TYPE " + to.typeSQL() + using)
		p.texts = append(p.texts, back...)
		if numbered && to.serial {
			p.add("ALTER SEQUENCE " + s.sequence + " AS " + to.typ)
		}
	}
	switch {
	case to.notNull && !s.notNull:
		if fill := spellFill(to.typ, o.Backfill); fill != "" {
			p.add("UPDATE %s SET %s = %s WHERE %s IS NULL", quoteTable(o.Table), quoteName(o.To.Name), fill, quoteName(o.To.Name))
		}
		change("SET NOT NULL")
	case !to.notNull && s.notNull && !s.inKey:
		change("DROP NOT NULL")
	}
	switch {
	case to.identity != "" && s.identity == "":
		change("ADD " + to.identitySQL())
		p.startAfterRows(o.Table, o.To.Name, fmt.Sprintf("pg_get_serial_sequence(%s, %s)", quoteString(quoteTable(o.Table)), quoteString(o.To.Name)), s.last)
	case to.identity != "":
		if from.identity != to.identity {
			change("SET GENERATED " + to.identity)
		}
		if options := identityChanges(from.identityOptions, to.identityOptions); len(options) > 0 {
			change(strings.Join(options, " "))
		}
	case to.serial && !numbered:
		if err := p.makeSerial(o.Table, to, s); err != nil {
			return err
		}
	case to.def != "" && (to.def != from.def || !s.hasDefault):
		change("SET DEFAULT " + to.def)
	}
	p.addBrought(o.Table, from.brought, to.brought)
	if o.From.Comment != o.To.Comment {
		p.commentColumn(o.Table, o.To)
	}
	return nil
}

func isRetyped(from, to columnDef) bool {
	return !sameTypeText(from.typ, to.typ) || from.collate != to.collate
}

// isReplaced reports whether a generated column becomes another one.
func isReplaced(from, to columnDef) bool {
	return !to.generated.IsZero() &&
		(from.generated.Stored != to.generated.Stored || normalSQL(from.generated.Expr) != normalSQL(to.generated.Expr))
}

func sameTypeText(a, b string) bool {
	storedA, knownA := storedType(a)
	storedB, knownB := storedType(b)
	if knownA && knownB {
		return storedA == storedB
	}
	return normalSQL(a) == normalSQL(b)
}

// makeSerial gives a column a sequence of its own, as the serial types do, that
// goes on after the largest value which is there or was given. That of an
// identity is gone by then, and its name free.
func (p *planner) makeSerial(table string, d columnDef, s columnState) error {
	schema, plain := splitName(table)
	base, name := chosenName(plain, d.word.Name, "seq"), ""
	for i := 0; name == ""; i++ {
		candidate := base
		if i > 0 {
			candidate = chosenName(plain, d.word.Name, fmt.Sprintf("seq%d", i))
		}
		var taken bool
		if err := p.q.QueryRowContext(p.ctx, "SELECT coalesce(to_regclass($1::text) <> to_regclass(nullif($2::text, '')), to_regclass($1::text) IS NOT NULL)",
			qualified(schema, candidate), s.numbering).Scan(&taken); err != nil {
			return fmt.Errorf("looking for a name for the sequence of column %q of table %q: %w", d.word.Name, table, err)
		}
		if !taken {
			name = candidate
		}
	}
	sequence := qualified(schema, name)
	p.add("CREATE SEQUENCE " + sequence + " AS " + d.typ + " OWNED BY " + quoteTable(table) + "." + quoteName(d.word.Name))
	p.startAfterRows(table, d.word.Name, quoteString(sequence), s.last)
	p.alter(table, "ALTER COLUMN "+quoteName(d.word.Name)+" SET DEFAULT nextval("+quoteString(sequence)+"::regclass)")
	return nil
}

// startAfterRows lets a sequence go on after the largest number in the rows, and
// after the last one that was given, which may belong to a row that is gone.
func (p *planner) startAfterRows(table, column, sequence string, last int64) {
	p.add("SELECT setval(%s, greatest(max(%s), %d) + 1, false) FROM %s", sequence, quoteName(column), max(last, 0), quoteTable(table))
}

// using returns the USING clause that a change of type needs, or "". Where the
// server converts by itself it is left to do so: it refuses what does not fit,
// and a cast would cut it off.
func (p *planner) using(column, from, to string) (string, error) {
	var same bool
	var cast, category, target string
	err := p.q.QueryRowContext(p.ctx, `SELECT coalesce(s.oid = t.oid, false), coalesce(c.castcontext::text, ''), coalesce(s.typcategory::text, ''), coalesce(t.typcategory::text, '')
		FROM (SELECT to_regtype($1::text) a, to_regtype($2::text) b) x
		LEFT JOIN pg_catalog.pg_type s ON s.oid = x.a LEFT JOIN pg_catalog.pg_type t ON t.oid = x.b
		LEFT JOIN pg_catalog.pg_cast c ON c.castsource = x.a AND c.casttarget = x.b`, from, to).Scan(&same, &cast, &category, &target)
	if err != nil {
		return "", fmt.Errorf("looking for a cast from %q to %q: %w", from, to, err)
	}
	name := quoteName(column)
	storedFrom, _ := storedType(from)
	storedTo, _ := storedType(to)
	switch {
	case same, cast == "a", cast == "i":
		return "", nil
	case cast == "e":
		return " USING " + name + "::" + to, nil
	case storedFrom == "bytea" && target == "S":
		return " USING convert_from(" + name + ", 'UTF8')", nil
	case storedFrom == "bytea":
		return " USING convert_from(" + name + ", 'UTF8')::" + to, nil
	case storedTo == "bytea":
		return " USING convert_to(" + name + "::text, 'UTF8')", nil
	case target == "S":
		return "", nil
	case category == "B" && target == "N":
		return " USING " + name + "::integer::" + to, nil
	case category == "N" && target == "B":
		return " USING " + name + " <> 0", nil
	case category == "S":
		return " USING " + name + "::" + to, nil
	default:
		return " USING " + name + "::text::" + to, nil
	}
}

// replaceColumn drops a column and adds it again, since the server cannot give
// a column another expression before version 17. Its values are computed, so
// none is lost; indexes and keys that go with it are put back.
func (p *planner) replaceColumn(table string, d columnDef) error {
	stood, err := p.standsOn(table, d.word.Name)
	if err != nil {
		return err
	}
	p.texts = append(p.texts, stood.drops...)
	p.alter(table, "DROP COLUMN "+quoteName(d.word.Name))
	p.alter(table, "ADD COLUMN "+d.sql())
	p.texts = append(p.texts, stood.adds...)
	if d.word.Comment != "" {
		p.commentColumn(table, d.word)
	}
	return nil
}

// dropBrought drops the constraints that stood in the text of the old type and
// stand no more in that of the new one.
func (p *planner) dropBrought(table string, from, to op.Table) {
	for _, k := range from.ForeignKeys {
		if to.ForeignKey(k.Name) == nil {
			p.alter(table, "DROP CONSTRAINT "+quoteName(k.Name))
		}
	}
	for _, u := range from.Uniques {
		if to.Unique(u.Name) == nil {
			p.alter(table, "DROP CONSTRAINT "+quoteName(u.Name))
		}
	}
	for _, c := range from.Checks {
		if other := to.Check(c.Name); other == nil || *other != c {
			p.alter(table, "DROP CONSTRAINT "+quoteName(c.Name))
		}
	}
}

func (p *planner) addBrought(table string, from, to op.Table) {
	for _, u := range to.Uniques {
		if from.Unique(u.Name) == nil {
			p.alter(table, "ADD "+spellUnique(u))
		}
	}
	for _, c := range to.Checks {
		if other := from.Check(c.Name); other == nil || *other != c {
			p.alter(table, "ADD "+spellCheck(c))
		}
	}
	for _, k := range to.ForeignKeys {
		if from.ForeignKey(k.Name) == nil {
			p.alter(table, "ADD "+spellForeignKey(k))
		}
	}
}
