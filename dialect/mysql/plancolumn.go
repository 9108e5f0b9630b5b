package mysql

import (
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// addColumn adds a column. Rows that are there already get the backfill: by a
// default that goes again, where it is a constant, since that touches no rows
// and so fires no ON UPDATE of other columns. The column's own default comes
// after them.
func (c *change) addColumn(o op.AddColumn) error {
	if err := c.checkNames(o.Table, named{"column", o.Column.Name}); err != nil {
		return err
	}
	name := quoteName(o.Column.Name)
	add := func(column op.Column) string { return "ADD COLUMN " + name + " " + c.spellColumn(column) }
	modify := "MODIFY COLUMN " + name + " " + c.spellColumn(o.Column)
	hasDefault := !o.Column.Default.IsZero() && o.Column.Default.Kind != op.DefaultDatabase
	switch {
	case o.Column.AutoIncrement:
		c.numbered = append(c.numbered, o.Column.Name)
		if c.bringsKey(o.Column) {
			c.added = append(c.added, op.Index{Columns: op.Columns(o.Column.Name)})
		}
		c.clauses = append(c.clauses, add(o.Column))
	case o.Backfill.IsZero() || !o.Column.Generated.IsZero():
		c.clauses = append(c.clauses, add(o.Column))
	case isLiteral(o.Backfill):
		filled := o.Column
		filled.Default = o.Backfill
		c.before = append(c.before, alter(o.Table, add(filled)))
		if hasDefault || !o.Column.NotNull { // without a default it would not be null either
			c.clauses = append(c.clauses, modify)
		} else {
			c.clauses = append(c.clauses, "ALTER COLUMN "+name+" DROP DEFAULT")
		}
	default:
		nullable := o.Column
		nullable.NotNull, nullable.Default = false, op.Default{}
		c.before = append(c.before, alter(o.Table, add(nullable)))
		if !c.isNull(o.Backfill) {
			c.before = append(c.before, c.fill(c.d, o.Column, o.Backfill))
		}
		c.clauses = append(c.clauses, modify)
	}
	return nil
}

// bringsKey reports whether the text of the type makes the column a key.
func (s server) bringsKey(c op.Column) bool {
	tokens, err := s.tokenize(Dialect{}.SpellType(c.Type))
	return err == nil && slices.ContainsFunc(tokens, func(t token) bool { return t.isAny("KEY", "UNIQUE", "SERIAL") })
}

// fill writes the statement that replaces nulls. Columns with ON UPDATE keep
// what they have: nobody has touched the rows.
func (s server) fill(d definition, c op.Column, value op.Default) string {
	if text, ok := value.SpelledOn(Name); ok {
		value = op.Expr(text)
	}
	if value.Kind == op.DefaultString {
		normal, _ := s.normalType(Dialect{}.SpellType(c.Type))
		value.Text = withoutOffset(value.Text, normal)
	}
	name := quoteName(c.Name)
	return "UPDATE " + quoteTable(d.table.Name) + " SET " + name + " = " + s.spellDefaultText(value) +
		d.keepUpdated(c.Name) + " WHERE " + name + " IS NULL"
}

// keepUpdated assigns the columns with ON UPDATE to themselves, but for the one
// that is set.
func (d definition) keepUpdated(set string) string {
	text := ""
	for _, c := range d.updated {
		if !sameName(c, set) {
			text += ", " + quoteName(c) + " = " + quoteName(c)
		}
	}
	return text
}

// alterColumn plans the change of one column.
func (p planner) alterColumn(o op.AlterColumn) ([]string, error) {
	if p.computes(o.From) != p.computes(o.To) {
		d, err := p.read(o.Table)
		if err != nil {
			return nil, err
		}
		if p.mustRemake(d, o) {
			return p.remakeColumn(d, o), nil
		}
	}
	return p.change(o.Table, op.List{o})
}

// alterColumn states the whole column anew.
func (c *change) alterColumn(o op.AlterColumn) error {
	if c.d.table.Column(o.To.Name) == nil && c.d.columns[fold(o.To.Name)] == "" {
		return fmt.Errorf("altering column %q of table %q: there is no such column", o.To.Name, o.Table)
	}
	replaced, err := c.enumSteps(c.d, o)
	if err != nil {
		return err
	}
	named, err := c.byName(o)
	if err != nil {
		return err
	}
	c.before = append(append(c.before, replaced...), named...)
	c.numbered = slices.DeleteFunc(c.numbered, func(name string) bool { return sameName(name, o.To.Name) })
	if o.To.AutoIncrement {
		c.numbered = append(c.numbered, o.To.Name)
	}
	modify := func(column op.Column) string {
		return "MODIFY COLUMN " + quoteName(o.To.Name) + " " + c.spellColumn(column)
	}
	filled := o.From
	if o.Using != "" {
		if err := c.convert(o); err != nil {
			return err
		}
		filled = o.To
	}
	if o.To.NotNull && !o.Backfill.IsZero() {
		wasGenerated := !c.d.generated(o.To.Name).IsZero()
		if wasGenerated || o.Using == "" && isLiteral(o.Backfill) && !o.From.Type.Equal(o.To.Type) {
			// The value is one of the new type, which the old one may not hold; nor
			// does a column that is computed.
			nullable := o.To
			nullable.NotNull = false
			c.before = append(c.before, alter(o.Table, modify(nullable)))
		}
		c.before = append(c.before, c.fill(c.d, filled, o.Backfill))
	}
	c.clauses = append(c.clauses, modify(o.To))
	return nil
}
