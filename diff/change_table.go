package diff

import (
	"cmp"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// changeTable emits what leads from one form of a table to another.
func (c *changer) changeTable(from, to *op.Table) {
	if from.Comment != to.Comment {
		c.emit(op.SetTableComment{Table: to.Name, From: from.Comment, To: to.Comment})
	}
	c.changeColumns(from, to)
	if !samePrimaryKey(from, to) {
		if len(from.PrimaryKey) > 0 {
			c.emit(op.DropPrimaryKey{Table: to.Name, Name: from.PrimaryKeyName, Nullable: nullableWithout(from, to)})
		}
		if len(to.PrimaryKey) > 0 {
			c.emit(op.AddPrimaryKey{Table: to.Name, Columns: to.PrimaryKey, Name: to.PrimaryKeyName, AutoIncrement: staysNumbered(from, to)})
		}
	}
	changeParts(c, uniques(), to.Name, from.Uniques, to.Uniques, stays)
	foreign := cmp.Or(c.foreign[to.Name], &op.Table{})
	changeParts(c, indexes(), to.Name, from.Indexes, to.Indexes, func(x op.Index) bool {
		return indexes().has(foreign.Indexes, x) || !c.rereads(from, to, expressionsOf(x)...)
	})
	changeParts(c, foreignKeys(), to.Name, from.ForeignKeys, to.ForeignKeys, func(key op.ForeignKey) bool {
		return c.keepsGround(key) && (foreignKeys().has(foreign.ForeignKeys, key) ||
			!c.retypes(from, to, key.Columns) && !c.retypes(c.from[key.RefTable], c.to[key.RefTable], key.RefColumns))
	})
	changeParts(c, checks(), to.Name, from.Checks, to.Checks, func(x op.Check) bool {
		return checks().has(foreign.Checks, x) || !c.rereads(from, to, x.Expr)
	})
}

// staysNumbered reports whether the only column of the new key numbers the rows
// on both sides, so that no change of the column says so.
func staysNumbered(from, to *op.Table) bool {
	if len(to.PrimaryKey) != 1 {
		return false
	}
	before, after := from.Column(to.PrimaryKey[0].Column), to.Column(to.PrimaryKey[0].Column)
	return before != nil && after != nil && before.AutoIncrement && after.AutoIncrement
}

// nullableWithout returns the columns of a key that goes which only the key
// kept from nulls.
func nullableWithout(from, to *op.Table) []string {
	var list []string
	for _, part := range from.PrimaryKey {
		inNew := slices.ContainsFunc(to.PrimaryKey, func(p op.KeyPart) bool { return p.Column == part.Column })
		if column := to.Column(part.Column); column != nil && !column.NotNull && !inNew {
			list = append(list, part.Column)
		}
	}
	return list
}

func (c *changer) changeColumns(from, to *op.Table) {
	before := make(map[string]op.Column, len(from.Columns))
	for _, column := range from.Columns {
		before[column.Name] = column
	}
	after := make(map[string]bool, len(to.Columns))
	for _, column := range to.Columns {
		after[column.Name] = true
		old, ok := before[column.Name]
		old = c.afterEnums(old, column)
		switch {
		case !ok:
			c.emit(op.AddColumn{Table: to.Name, Column: column, Backfill: c.fill.forNew(from, to, column)})
		case !old.Same(&column):
			if joinsKeyNumbered(from, old, column) {
				// The numbers come after the key, and the key takes no nulls.
				filled := old
				filled.NotNull = true
				c.emit(op.AlterColumn{Table: to.Name, From: old, To: filled, Backfill: c.fill.forAltered(from, to, old, filled)})
				old = filled
			}
			c.emit(op.AlterColumn{
				Table: to.Name, From: old, To: column,
				Using: c.convert.using(to.Name, old, column), Backfill: c.fill.forAltered(from, to, old, column),
				Replace: c.fill.replace[to.Name+"."+column.Name],
			})
		}
	}
	for _, column := range from.Columns {
		if !after[column.Name] {
			c.emit(op.DropColumn{Table: to.Name, Column: column.Name})
		}
	}
}

// joinsKeyNumbered reports whether a column that may be null becomes one that
// the database numbers, which it does for keys only.
func joinsKeyNumbered(from *op.Table, old, column op.Column) bool {
	return !old.NotNull && column.NotNull && !old.AutoIncrement && column.AutoIncrement && !hasColumn(from.PrimaryKey, column.Name)
}

// changeParts emits drops and adds for the parts of one kind. A part that both
// sides have alike is left where stays says so. One without a name, which SQLite
// has, is dropped by its definition.
func changeParts[T any](c *changer, f facet[T], table string, from, to []T, stays func(T) bool) {
	for _, old := range from {
		if f.name(old) == "" {
			if !f.hasUnnamed(to, old) {
				c.emit(f.drop(table, f.text(old)))
			}
			continue
		}
		kept := f.find(to, f.name(old))
		if kept == nil || !f.equal(*kept, old) || !stays(old) {
			c.emit(f.drop(table, f.name(old)))
		}
	}
	for _, part := range to {
		if f.name(part) == "" {
			if !f.hasUnnamed(from, part) {
				c.emit(f.add(table, part))
			}
			continue
		}
		old := f.find(from, f.name(part))
		if old == nil || !f.equal(*old, part) || !stays(*old) {
			c.emit(f.add(table, part))
		}
	}
}

func stays[T any](T) bool { return true }

// keepsGround reports whether a foreign key can stay while the table that it
// refers to changes. Where the key that it rests on is replaced it has to step
// aside for the moment.
func (c *changer) keepsGround(key op.ForeignKey) bool {
	from, to := c.from[key.RefTable], c.to[key.RefTable]
	return from == nil || to == nil || !losesKey(from, to, refColumns(key, from))
}

// retypes reports whether one of the columns gets another type. Its foreign key
// steps aside for the moment: between the changes of its two sides the types do
// not fit each other, and Postgres and MySQL refuse that.
func (c *changer) retypes(from, to *op.Table, columns []string) bool {
	if from == nil || to == nil {
		return false
	}
	return slices.ContainsFunc(columns, func(name string) bool {
		before, after := from.Column(name), to.Column(name)
		return before != nil && after != nil && !c.afterEnums(*before, *after).Type.Equal(after.Type)
	})
}
