package mysql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// addColumn adds a column. Rows that are there already get the backfill: by a
// default that goes again, where it is a constant, since that touches no rows
// and so fires no ON UPDATE of other columns.
func (p planner) addColumn(o op.AddColumn) ([]string, error) {
	c := o.Column
	if err := p.checkNames(o.Table, named{"column", c.Name}); err != nil {
		return nil, err
	}
	name := quoteName(c.Name)
	switch {
	case c.AutoIncrement:
		return p.addNumbered(o)
	case o.Backfill.IsZero() || !c.NotNull || !c.Default.IsZero() || !c.Generated.IsZero():
		return []string{alter(o.Table, "ADD COLUMN "+name+" "+p.spellColumn(c))}, nil
	case isLiteral(o.Backfill):
		filled := c
		filled.Default = o.Backfill
		return []string{
			alter(o.Table, "ADD COLUMN "+name+" "+p.spellColumn(filled)),
			alter(o.Table, "ALTER COLUMN "+name+" DROP DEFAULT"),
		}, nil
	}
	nullable := c
	nullable.NotNull = false
	fill, err := p.fill(o.Table, c, o.Backfill)
	if err != nil {
		return nil, err
	}
	return []string{
		alter(o.Table, "ADD COLUMN "+name+" "+p.spellColumn(nullable)),
		fill,
		alter(o.Table, "MODIFY COLUMN "+name+" "+p.spellColumn(c)),
	}, nil
}

// addNumbered adds an AUTO_INCREMENT column with a key, without which there can
// be none. The primary key that follows takes its place.
func (p planner) addNumbered(o op.AddColumn) ([]string, error) {
	text := "ADD COLUMN " + quoteName(o.Column.Name) + " " + p.spellColumn(o.Column)
	if !p.bringsKey(o.Column) {
		text += ", ADD UNIQUE INDEX " + quoteName(autoKey) + " (" + quoteName(o.Column.Name) + ")"
	}
	return []string{alter(o.Table, text)}, nil
}

// bringsKey reports whether the text of the type makes the column a key.
func (s server) bringsKey(c op.Column) bool {
	tokens, err := s.tokenize(Dialect{}.SpellType(c.Type))
	return err == nil && slices.ContainsFunc(tokens, func(t token) bool { return t.isAny("KEY", "UNIQUE", "SERIAL") })
}

// fill writes the statement that replaces nulls. Columns with ON UPDATE keep
// what they have: nobody has touched the rows.
func (p planner) fill(table string, c op.Column, value op.Default) (string, error) {
	d, err := p.read(table)
	if err != nil {
		return "", err
	}
	if text, ok := value.SpelledOn(Name); ok {
		value = op.Expr(text)
	}
	if value.Kind == op.DefaultString {
		normal, _ := p.normalType(Dialect{}.SpellType(c.Type))
		value.Text = withoutOffset(value.Text, normal)
	}
	name := quoteName(c.Name)
	text := "UPDATE " + quoteTable(table) + " SET " + name + " = " + p.spellDefaultText(value)
	for _, other := range d.updated {
		if !sameName(other, c.Name) {
			text += ", " + quoteName(other) + " = " + quoteName(other)
		}
	}
	return text + " WHERE " + name + " IS NULL", nil
}

// alterColumn states the whole column anew.
func (p planner) alterColumn(o op.AlterColumn) ([]string, error) {
	d, err := p.read(o.Table)
	if err != nil {
		return nil, err
	}
	if d.table.Column(o.To.Name) == nil && d.columns[fold(o.To.Name)] == "" {
		return nil, fmt.Errorf("altering column %q of table %q: there is no such column", o.To.Name, o.Table)
	}
	if o.From.Generated != o.To.Generated {
		if list := p.alterGenerated(d, o); list != nil {
			return list, nil
		}
	}
	modify := alter(o.Table, "MODIFY COLUMN "+quoteName(o.To.Name)+" "+p.spellColumn(o.To))
	// A column gets its key in the statement that makes it number the rows, and
	// loses it in the one that stops that.
	if o.To.AutoIncrement && !d.hasKeyFrom(o.To.Name) {
		modify += ", ADD UNIQUE INDEX " + quoteName(autoKey) + " (" + quoteName(o.To.Name) + ")"
	}
	if x := d.table.Index(autoKey); !o.To.AutoIncrement && x != nil && leads(x.Columns, []string{o.To.Name}) {
		modify += ", DROP INDEX " + quoteName(autoKey)
	}
	list := []string{modify}
	if o.To.NotNull && !o.Backfill.IsZero() {
		fill, err := p.fill(o.Table, o.From, o.Backfill)
		if err != nil {
			return nil, err
		}
		if isLiteral(o.Backfill) && !o.From.Type.Equal(o.To.Type) {
			// The value is one of the new type; the old one may not hold it.
			nullable := o.To
			nullable.NotNull = false
			list = []string{alter(o.Table, "MODIFY COLUMN "+quoteName(o.To.Name)+" "+p.spellColumn(nullable)), fill, modify}
		} else {
			list = []string{fill, modify}
		}
	}
	return list, nil
}

func (d definition) hasKeyFrom(column string) bool {
	return leads(d.table.PrimaryKey, []string{column}) ||
		slices.ContainsFunc(d.table.Indexes, func(x op.Index) bool { return x.Class == "" && leads(x.Columns, []string{column}) })
}

// alterGenerated plans what MODIFY cannot do: a computed column that is not in
// the rows becomes one that is, or the other way round. What it computes is
// lost with it and computed again; only its keys have to be put back. Where a
// virtual column becomes an ordinary one its values are kept. It returns nothing
// where MODIFY will do.
func (p planner) alterGenerated(d definition, o op.AlterColumn) []string {
	isVirtual := func(g op.Generated) bool { return !g.IsZero() && !g.Stored }
	becomes := !o.To.Generated.IsZero()
	live := o.From.Generated
	for _, c := range d.table.Columns {
		if sameName(c.Name, o.To.Name) {
			live = c.Generated
		}
	}
	if isVirtual(live) == isVirtual(o.To.Generated) {
		return nil
	}
	name := quoteName(o.To.Name)
	place := " FIRST"
	for i, c := range d.table.Columns {
		if i > 0 && sameName(c.Name, o.To.Name) {
			place = " AFTER " + quoteName(d.table.Columns[i-1].Name)
		}
	}
	var drop, add []string
	for _, x := range d.table.Indexes {
		if slices.ContainsFunc(x.Columns, func(part op.KeyPart) bool { return sameName(part.Column, o.To.Name) }) {
			drop = append(drop, "DROP INDEX "+quoteName(x.Name))
			add = append(add, "ADD "+d.keys[fold(x.Name)])
		}
	}
	var list []string
	if len(drop) > 0 {
		list = append(list, alter(o.Table, strings.Join(drop, ", ")))
	}
	if becomes {
		list = append(list, alter(o.Table, "DROP COLUMN "+name), alter(o.Table, "ADD COLUMN "+name+" "+p.spellColumn(o.To)+place))
	} else {
		kept := quoteName("limbeck_kept")
		list = append(list,
			alter(o.Table, "ADD COLUMN "+kept+" "+p.spellColumn(o.To)+place),
			"UPDATE "+quoteTable(o.Table)+" SET "+kept+" = "+name+keep(d.updated),
			alter(o.Table, "DROP COLUMN "+name),
			alter(o.Table, "CHANGE COLUMN "+kept+" "+name+" "+p.spellColumn(o.To)))
	}
	if len(add) > 0 {
		list = append(list, alter(o.Table, strings.Join(add, ", ")))
	}
	return list
}

// keep assigns columns with ON UPDATE to themselves.
func keep(columns []string) string {
	text := ""
	for _, c := range columns {
		text += ", " + quoteName(c) + " = " + quoteName(c)
	}
	return text
}

// renameColumn restates the column's definition, as it is shown, where the
// server has no other way.
func (p planner) renameColumn(o op.RenameColumn) ([]string, error) {
	if err := p.checkNames(o.Table, named{"column", o.To}); err != nil {
		return nil, err
	}
	if p.renamesColumns() {
		return []string{alter(o.Table, "RENAME COLUMN "+quoteName(o.From)+" TO "+quoteName(o.To))}, nil
	}
	d, err := p.read(o.Table)
	if err != nil {
		return nil, err
	}
	line, ok := d.columns[fold(o.From)]
	if !ok {
		return nil, fmt.Errorf("renaming column %q of table %q: there is no such column", o.From, o.Table)
	}
	return []string{alter(o.Table, "CHANGE COLUMN "+quoteName(o.From)+" "+quoteName(o.To)+" "+line)}, nil
}
