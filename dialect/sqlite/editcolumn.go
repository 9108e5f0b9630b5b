package sqlite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// columnFrom takes a column in the vocabulary of op apart as SQLite would
// store it.
func columnFrom(c op.Column) (columnDef, error) {
	cursor, err := newCursor(spellColumn(c, false))
	if err != nil {
		return columnDef{}, fmt.Errorf("writing column %q: %w", c.Name, err)
	}
	d, err := cursor.columnDef()
	if err != nil {
		return columnDef{}, fmt.Errorf("writing column %q: %w", c.Name, err)
	}
	return d, nil
}

func (s *tableState) addColumn(o op.AddColumn) (plain []string, ok bool, err error) {
	if s.def.column(o.Column.Name) != nil {
		return nil, false, fmt.Errorf("table %q has a column %q already", s.def.name, o.Column.Name)
	}
	d, err := columnFrom(o.Column)
	if err != nil {
		return nil, false, err
	}
	s.def.columns = append(s.def.columns, d)
	s.auto[fold(d.name)] = o.Column.AutoIncrement
	if !o.Backfill.IsZero() && d.constraint(generatedConstraint) == nil {
		s.source[fold(d.name)] = spellValue(o.Backfill)
		return nil, false, nil
	}
	return []string{"ALTER TABLE " + s.place.name(s.def.name) + " ADD COLUMN " + d.text}, canBeAdded(d), nil
}

// canBeAdded reports whether ALTER TABLE ADD COLUMN takes the column, by the
// list at https://sqlite.org/lang_altertable.html#altertabaddcol.
func canBeAdded(d columnDef) bool {
	notNull, hasDefault := false, false
	for _, x := range d.constraints {
		switch x.kind {
		case primaryKeyConstraint, uniqueConstraint, foreignKeyConstraint, checkConstraint:
			return false
		case generatedConstraint:
			if x.stored {
				return false
			}
		case notNullConstraint:
			notNull = true
		case defaultConstraint:
			value := strings.ToUpper(x.expr)
			if strings.HasPrefix(value, "(") || strings.HasPrefix(value, "CURRENT_") {
				return false
			}
			hasDefault = value != "NULL"
		}
	}
	return !notNull || hasDefault
}

// spellValue writes a default's value as an expression in a query, where
// double quotes would name a column.
func spellValue(d op.Default) string {
	if _, ok := d.SpelledOn(Name); !ok && d.Kind == op.DefaultString {
		return quoteString(d.Text)
	}
	return spellDefault(d)
}

func (s *tableState) dropColumn(o op.DropColumn) (plain []string, ok bool, err error) {
	i := slices.IndexFunc(s.def.columns, func(c columnDef) bool { return sameName(c.name, o.Column) })
	if i < 0 {
		return nil, false, fmt.Errorf("table %q has no column %q", s.def.name, o.Column)
	}
	plainly := !s.watched && !s.mentions(o.Column) && !s.def.hasComments()
	s.def.columns = slices.Delete(s.def.columns, i, i+1)
	delete(s.source, fold(o.Column))
	return []string{"ALTER TABLE " + s.place.name(s.def.name) + " DROP COLUMN " + quoteName(o.Column)}, plainly, nil
}

// alterColumn edits what differs between the two forms and leaves the rest of
// the stored definition as it is.
func (s *tableState) alterColumn(o op.AlterColumn) (plain []string, ok bool, err error) {
	c := s.def.column(o.To.Name)
	if c == nil {
		return nil, false, fmt.Errorf("table %q has no column %q", s.def.name, o.To.Name)
	}
	from, err := columnFrom(o.From)
	if err != nil {
		return nil, false, err
	}
	to, err := columnFrom(o.To)
	if err != nil {
		return nil, false, err
	}
	s.fillAdded(c)
	changed, wasGenerated := false, c.constraint(generatedConstraint) != nil
	if normalType(from.typeText) != normalType(to.typeText) {
		if source := quoteName(c.name); s.source[fold(c.name)] == source && affinityOf(c.typeText).hasFractions() && affinityOf(to.typeText) == textAffinity {
			s.source[fold(c.name)] = exactText(source)
		}
		c.typeText, changed = to.typeText, true
	}
	for _, kind := range []constraintKind{notNullConstraint, defaultConstraint, collateConstraint, generatedConstraint} {
		before, after := from.constraint(kind), to.constraint(kind)
		if constraintText(before) == constraintText(after) {
			continue
		}
		c.replace(kind, after)
		changed = true
	}
	if c.exchange(from.loose(), to.loose()) {
		changed = true
	}
	if changed && c.constraint(notNullConstraint) != nil {
		c.replace(nullConstraint, nil)
	}
	if o.From.AutoIncrement != o.To.AutoIncrement {
		renumbered, err := s.setAutoIncrement(c, o.To.AutoIncrement)
		if err != nil {
			return nil, false, err
		}
		changed = changed || renumbered
	}
	// The definition counts and not op.Column.Generated: a raw type may bring
	// the clause along. Nothing can be written to a column that is computed;
	// what it had computed stays when it becomes an ordinary one.
	isGenerated := c.constraint(generatedConstraint) != nil
	switch {
	case isGenerated:
		delete(s.source, fold(c.name))
	case wasGenerated && s.stored.column(c.name) != nil:
		s.source[fold(c.name)] = quoteName(c.name)
	}
	if o.Using != "" && !isGenerated {
		s.source[fold(c.name)], changed = "("+trimmed(o.Using)+")", true
	}
	if !o.Backfill.IsZero() && !isGenerated {
		source, ok := s.source[fold(c.name)]
		if !ok {
			source = "NULL"
		}
		s.source[fold(c.name)] = "ifnull(" + source + ", " + spellValue(o.Backfill) + ")"
		changed = true
	}
	if changed {
		c.text = ""
	}
	return nil, !changed, nil
}

func constraintText(x *constraintDef) string {
	if x == nil {
		return ""
	}
	return x.text
}

// replace puts a constraint in the place of the one of its kind, at the end if
// there was none, or takes that one away if it is nil.
func (c *columnDef) replace(kind constraintKind, by *constraintDef) {
	i := slices.IndexFunc(c.constraints, func(x constraintDef) bool { return x.kind == kind })
	switch {
	case i < 0 && by != nil:
		c.constraints = append(c.constraints, *by)
	case i >= 0 && by == nil:
		c.constraints = slices.Delete(c.constraints, i, i+1)
	case i >= 0:
		lead := c.constraints[i].lead
		c.constraints[i] = *by
		c.constraints[i].lead = lead
	}
}

// loose returns the constraints that a column may have several of, or that
// only the text of a raw type brings along.
func (c *columnDef) loose() []constraintDef {
	var list []constraintDef
	for _, x := range c.constraints {
		switch x.kind {
		case notNullConstraint, nullConstraint, defaultConstraint, collateConstraint, generatedConstraint:
		default:
			list = append(list, x)
		}
	}
	return list
}

// exchange takes away what is in from and not in to, adds what is in to and not
// in from, and says whether there was any of that.
func (c *columnDef) exchange(from, to []constraintDef) (changed bool) {
	in := func(list []constraintDef, x constraintDef) int {
		return slices.IndexFunc(list, func(y constraintDef) bool { return normalSQL(x.text) == normalSQL(y.text) })
	}
	for _, x := range from {
		if i := in(c.constraints, x); i >= 0 && in(to, x) < 0 {
			c.constraints, changed = slices.Delete(c.constraints, i, i+1), true
		}
	}
	for _, x := range to {
		if in(from, x) < 0 && in(c.constraints, x) < 0 {
			c.constraints, changed = append(c.constraints, x), true
		}
	}
	return changed
}

// fillAdded says what rows have in a column that an operation before this one
// has added: its default as it was then, or nothing.
func (s *tableState) fillAdded(c *columnDef) {
	if _, ok := s.source[fold(c.name)]; ok || c.constraint(generatedConstraint) != nil {
		return
	}
	x := c.constraint(defaultConstraint)
	if x == nil {
		s.source[fold(c.name)] = "NULL"
		return
	}
	value := x.expr
	if tokens, err := tokenize(value); err == nil && len(tokens) == 1 && isTextDefault(tokens[0]) {
		value = quoteString(tokens[0].value())
	}
	s.source[fold(c.name)] = value
}

// setAutoIncrement turns AUTOINCREMENT on or off where the column is the whole
// primary key, and says whether that changed the definition. Elsewhere SQLite
// has none, and the wish is kept for when the key changes.
func (s *tableState) setAutoIncrement(c *columnDef, on bool) (bool, error) {
	s.auto[fold(c.name)] = on
	t := s.def.table()
	if len(t.PrimaryKey) != 1 || !sameName(t.PrimaryKey[0].Column, c.name) {
		return false, nil
	}
	if t.Column(c.name).AutoIncrement == on || on && normalType(c.typeText) != "integer" {
		return false, nil
	}
	if err := s.dropPrimaryKey(); err != nil {
		return false, err
	}
	return true, s.addPrimaryKey(op.AddPrimaryKey{Table: s.def.name, Columns: op.Columns(c.name), Name: t.PrimaryKeyName})
}
