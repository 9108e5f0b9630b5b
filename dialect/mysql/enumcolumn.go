package mysql

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// enumColumn is a live column of an enum.
type enumColumn struct {
	planner
	op.ColumnRef
	d definition
	// isEnum is false where the column has another type here; there is only
	// text to replace then.
	isEnum bool
	// values are those that are there, to those that shall be.
	values, to []string
	// rest is what stands behind the type in the column's definition, without
	// its default.
	rest       string
	def        string
	hasDefault bool
}

func (p planner) enumColumn(ref op.ColumnRef) (enumColumn, error) {
	d, err := p.read(ref.Table)
	if err != nil {
		return enumColumn{}, err
	}
	return p.enumColumnOf(d, ref)
}

func (p planner) enumColumnOf(d definition, ref op.ColumnRef) (enumColumn, error) {
	e := enumColumn{planner: p, ColumnRef: ref, d: d}
	line, ok := d.columns[fold(ref.Column)]
	if !ok {
		return e, fmt.Errorf("column %q is not there; the database is not as the revisions left it, `check` shows the difference", ref)
	}
	shown := p.mode
	if p.isMaria {
		shown = mode{} // as readDefinition asks for it
	}
	c, err := newCursor(shown, line)
	if err != nil {
		return e, fmt.Errorf("reading column %q: %w", ref, err)
	}
	if e.isEnum = c.accept("enum"); !e.isEnum {
		return e, nil
	}
	values, err := c.group()
	if err != nil {
		return e, fmt.Errorf("reading column %q: %w", ref, err)
	}
	for _, t := range values.tokens {
		if t.kind == tokenString {
			e.values = append(e.values, c.value(t))
		}
	}
	from := c.at
	for !c.done() {
		at := c.at
		if c.accept("DEFAULT") && c.peek().kind == tokenString {
			e.rest = c.text(from, at)
			e.def, e.hasDefault = c.value(c.next()), true
			from = c.at
			continue
		}
		c.next()
	}
	e.rest = strings.TrimSpace(e.rest + " " + c.text(from, c.at))
	return e, nil
}

// modify writes the column with other values.
func (e enumColumn) modify(values []string, replace []op.Replacement) string {
	parts := []string{e.spellEnum(values)}
	if e.rest != "" {
		parts = append(parts, e.rest)
	}
	if e.hasDefault {
		def := e.def
		for _, r := range replace {
			if r.From == def {
				def = r.To
				break
			}
		}
		// A default that is no value any more goes; the step that gives the
		// column another one follows.
		if slices.Contains(values, def) {
			parts = append(parts, "DEFAULT "+e.quoteString(def))
		}
	}
	return alter(e.Table, "MODIFY COLUMN "+quoteName(e.Column)+" "+strings.Join(parts, " "))
}

func (m mode) spellEnum(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = m.quoteString(v)
	}
	return "enum(" + strings.Join(quoted, ",") + ")"
}

// replace replaces values in rows. The column has those of both sides for the
// moment.
func (e enumColumn) replace(list []op.Replacement) []string {
	if len(list) == 0 {
		return nil
	}
	both := slices.Clone(e.values)
	for _, v := range e.to {
		if !slices.Contains(both, v) {
			both = append(both, v)
		}
	}
	var texts []string
	if e.isEnum && len(both) > len(e.values) {
		texts = append(texts, e.modify(both, nil))
	}
	name := quoteName(e.Column)
	text, from := "UPDATE "+quoteTable(e.Table)+" SET "+name+" = CASE "+name, []string{}
	for _, r := range list {
		text += " WHEN " + e.quoteString(r.From) + " THEN " + e.quoteString(r.To)
		from = append(from, e.quoteString(r.From))
	}
	return append(texts, text+" END"+e.d.keepUpdated(e.Column)+" WHERE "+name+" IN ("+strings.Join(from, ", ")+")")
}

// removed describes the rows that hold values which go and have no replacement.
// In a lax sql_mode the server would empty them.
func (e enumColumn) removed(replace []op.Replacement) (found []string, err error) {
	for _, value := range e.values {
		isReplaced := slices.ContainsFunc(replace, func(r op.Replacement) bool { return r.From == value })
		if slices.Contains(e.to, value) || isReplaced {
			continue
		}
		text, err := e.holders(e.d, e.ColumnRef, value)
		if err != nil {
			return nil, err
		}
		if text != "" {
			found = append(found, text)
		}
	}
	return found, nil
}

// holders counts the rows that hold a value in a column and names some of them,
// or returns "" where none does.
func (p planner) holders(d definition, in op.ColumnRef, value string) (string, error) {
	where := " FROM " + quoteTable(in.Table) + " WHERE " + quoteName(in.Column) + " = " + p.quoteString(value)
	var count int
	if err := p.q.QueryRowContext(p.ctx, "SELECT COUNT(*)"+where).Scan(&count); err != nil {
		return "", fmt.Errorf("looking for rows of %q that hold %q: %w", in.Table, value, err)
	}
	if count == 0 {
		return "", nil
	}
	text := fmt.Sprintf("%q in %d of %q", value, count, in.String())
	if len(d.table.PrimaryKey) != 1 {
		return text, nil
	}
	key := d.table.PrimaryKey[0].Column
	var keys sql.NullString
	err := p.q.QueryRowContext(p.ctx, "SELECT GROUP_CONCAT(k ORDER BY k SEPARATOR ', ') FROM (SELECT "+quoteName(key)+" AS k"+where+" ORDER BY 1 LIMIT 5) x").Scan(&keys)
	if err != nil {
		return "", fmt.Errorf("looking for rows of %q that hold %q: %w", in.Table, value, err)
	}
	return text + fmt.Sprintf(" (%s %s)", key, keys.String), nil
}
