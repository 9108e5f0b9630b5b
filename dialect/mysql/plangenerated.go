package mysql

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// keptColumn has the values of a column while it is made anew.
const keptColumn = "limbeck_kept"

// generated returns how the column is computed now, nothing for an ordinary one.
func (d definition) generated(column string) op.Generated {
	for _, c := range d.table.Columns {
		if sameName(c.Name, column) {
			return c.Generated
		}
	}
	return op.Generated{}
}

// computes returns how a column in words is computed, also where that stands in
// the text of its type, as GORM's tag type has it.
func (s server) computes(column op.Column) op.Generated {
	if !column.Generated.IsZero() {
		return column.Generated
	}
	c, err := newCursor(s.mode, quoteName(column.Name)+" "+Dialect{}.SpellType(column.Type))
	if err != nil {
		return op.Generated{}
	}
	d := definition{columns: map[string]string{}}
	if err := s.parseColumn(&d, c); err != nil {
		return op.Generated{} // the server says what is wrong with it
	}
	return d.table.Columns[0].Generated
}

// mustRemake reports whether MODIFY cannot make the change: a column that is
// computed on reading becomes one that is in the rows, or the other way round
// (error 1907 on MariaDB, 3106 on MySQL).
func (s server) mustRemake(d definition, o op.AlterColumn) bool {
	isVirtual := func(g op.Generated) bool { return !g.IsZero() && !g.Stored }
	return isVirtual(d.generated(o.To.Name)) != isVirtual(s.computes(o.To))
}

// remakeColumn drops the column and adds it in its new form, in its place, in
// one statement. What it computes is computed again; where it becomes an
// ordinary one, its values are copied beside it first. Keys and checks over it
// and the columns that are computed from it go and come back in the same
// statement.
func (p planner) remakeColumn(d definition, o op.AlterColumn) []string {
	name := quoteName(o.To.Name)
	others := d.computedFrom(o.To.Name)
	remade := append([]string{o.To.Name}, others...)
	drop, add := p.standingOn(d, remade)
	for _, c := range slices.Backward(remade) {
		drop = append(drop, "DROP COLUMN "+quoteName(c))
	}
	var before []string
	column := "ADD COLUMN " + name
	if p.computes(o.To).IsZero() {
		before = p.keepValues(d, o)
		column = "CHANGE COLUMN " + quoteName(keptColumn) + " " + name
	}
	columns := []string{column + " " + p.spellColumn(o.To) + d.placeOf(o.To.Name, others)}
	for i, c := range others {
		place := d.placeOf(c, others[i:])
		if d.indexOf(c) < d.indexOf(o.To.Name) {
			place = " AFTER " + quoteName(remade[i])
		}
		columns = append(columns, "ADD COLUMN "+quoteName(c)+" "+d.columns[fold(c)]+place)
	}
	return append(before, alter(o.Table, strings.Join(slices.Concat(drop, columns, add), ", ")))
}

// keepValues copies what the column computes. A run that failed after the first
// statement finds the copy there.
func (p planner) keepValues(d definition, o op.AlterColumn) []string {
	kept := o.To
	kept.Name, kept.NotNull, kept.AutoIncrement = keptColumn, false, false
	var list []string
	if d.table.Column(keptColumn) == nil {
		list = append(list, alter(o.Table, "ADD COLUMN "+quoteName(keptColumn)+" "+p.spellColumn(kept)))
	}
	list = append(list, "UPDATE "+quoteTable(o.Table)+" SET "+quoteName(keptColumn)+" = "+quoteName(o.To.Name)+d.keepUpdated(keptColumn))
	if o.To.NotNull && !o.Backfill.IsZero() {
		list = append(list, p.fill(d, kept, o.Backfill))
	}
	return list
}

// computedFrom returns the columns that are computed from one, also through
// others, in the order of the table: the server takes a column that is computed
// from others of this kind only behind these.
func (d definition) computedFrom(column string) []string {
	found := []string{column}
	for i := 0; i < len(found); i++ {
		for _, c := range d.table.Columns {
			isNew := !slices.ContainsFunc(found, func(name string) bool { return sameName(name, c.Name) })
			if isNew && op.Mentions(c.Generated.Expr, found[i]) {
				found = append(found, c.Name)
			}
		}
	}
	slices.SortFunc(found[1:], func(a, b string) int { return d.indexOf(a) - d.indexOf(b) })
	return found[1:]
}

func (d definition) indexOf(column string) int {
	return slices.IndexFunc(d.table.Columns, func(c op.Column) bool { return sameName(c.Name, column) })
}

// standingOn lists the drops of keys and checks over the columns, and what adds
// them again.
func (p planner) standingOn(d definition, columns []string) (drop, add []string) {
	for _, x := range d.table.Indexes {
		if slices.ContainsFunc(x.Columns, func(part op.KeyPart) bool {
			return slices.ContainsFunc(columns, func(name string) bool { return sameName(name, part.Column) || op.Mentions(part.Expr, name) })
		}) {
			drop = append(drop, "DROP INDEX "+quoteName(x.Name))
			add = append(add, "ADD "+d.keys[fold(x.Name)])
		}
	}
	for _, k := range d.table.Checks {
		if slices.ContainsFunc(columns, func(name string) bool { return op.Mentions(k.Expr, name) }) {
			drop = append(drop, p.dropCheck(k.Name))
			add = append(add, "ADD "+d.constraints[fold(k.Name)])
		}
	}
	return drop, add
}

// placeOf returns the words that put a column where it stands: behind the last
// one before it that does not wait to be added itself.
func (d definition) placeOf(column string, waiting []string) string {
	for at := d.indexOf(column) - 1; at >= 0; at-- {
		name := d.table.Columns[at].Name
		if !slices.ContainsFunc(waiting, func(other string) bool { return sameName(other, name) }) {
			return " AFTER " + quoteName(name)
		}
	}
	return " FIRST"
}
