package mysql

import (
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// convert fills a column of another type by an expression over the old values,
// for which the server has no clause: the new values stand in a column beside it
// while it is empty and changes. Keys, checks and computed columns that use it
// stay where they are; nulls trouble none of them but a primary key.
func (c *change) convert(o op.AlterColumn) error {
	if hasPart(c.d.table.PrimaryKey, o.To.Name) {
		return fmt.Errorf("altering column %q of table %q: %w on %s: an expression for a column of the primary key, whose rows would have no value while it becomes of the other type; write a revision with op.Exec steps that fill a column beside it and put that into the key", o.To.Name, o.Table, ddl.ErrUnsupported, c.server)
	}
	name, kept := quoteName(o.To.Name), quoteName("limbeck_kept")
	bare := func(column op.Column) string {
		column.NotNull, column.AutoIncrement, column.Default = false, false, op.Default{}
		return c.spellColumn(column)
	}
	update := func(set string) string {
		return "UPDATE " + quoteTable(o.Table) + " SET " + set + c.d.keepUpdated(o.To.Name)
	}
	c.before = append(c.before,
		alter(o.Table, "ADD COLUMN "+kept+" "+bare(o.To)),
		update(kept+" = ("+c.trimmed(o.Using)+")"),
		alter(o.Table, "MODIFY COLUMN "+name+" "+bare(o.From)),
		update(name+" = NULL"),
		alter(o.Table, "MODIFY COLUMN "+name+" "+bare(o.To)),
		update(name+" = "+kept),
		alter(o.Table, "DROP COLUMN "+kept))
	return nil
}

func hasPart(parts []op.KeyPart, column string) bool {
	for _, p := range parts {
		if sameName(p.Column, column) {
			return true
		}
	}
	return false
}
