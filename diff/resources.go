package diff

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// resource is something that operations create, need, let go or remove.
type resource struct {
	kind        resourceKind
	table, name string
}

type resourceKind int

const (
	aTable resourceKind = iota
	aColumn
	// aKey is a unique set of columns, which foreign keys refer to.
	aKey
	// aLead is an index that begins with a column. MySQL wants one below each
	// foreign key.
	aLead
	// aShape is a column's definition, which changes under what stands on it.
	aShape
	// aKeyShape is the same for the primary key, which an auto-increment column
	// needs in its turn: MySQL numbers rows of a key only.
	aKeyShape
	aPrimaryKey
	// aRelation is a name in the one namespace that SQLite and Postgres have
	// for tables, indexes and unique constraints.
	aRelation
	// aConstraint is the name of a foreign key or check. MySQL has one
	// namespace for each of them.
	aConstraint
	// anEnum is an enum, and aValue one of its values; aSet is all of them,
	// which change under the columns and texts that use the enum.
	anEnum
	aValue
	aSet
	// aView is a view, and aGround what it stands on, which may not change under
	// it.
	aView
	aGround
)

// isExclusive reports whether there can be one such thing only, so that the old
// one has to go before the new one comes.
func (r resource) isExclusive() bool {
	return r.kind == aPrimaryKey || r.kind == aRelation || r.kind == aConstraint
}

// footprint is what an operation has to do with resources. Who creates runs
// before who needs; who lets go runs before who removes.
type footprint struct {
	creates, needs, letsGo, removes []resource
}

// footprint looks up in the schemas on both sides what the operation does not
// say itself.
func (c *changer) footprint(o op.Operation) footprint {
	var f footprint
	switch o := o.(type) {
	case op.CreateTable:
		t := op.Table(o)
		f.creates = insides(&t)
		f.needs = c.enumsIn(&t)
		for _, key := range t.ForeignKeys {
			if !c.made.loose[keyOf(t.Name, key)] {
				f.needs = append(f.needs, reference(key, c.to)...)
			}
		}
	case op.DropTable:
		t := c.from[o.Name]
		f.removes = insides(t)
		f.letsGo = c.enumsIn(t)
		for _, key := range t.ForeignKeys {
			if k := keyOf(t.Name, key); !c.gone.split[k] && !c.gone.loose[k] {
				f.letsGo = append(f.letsGo, reference(key, c.from)...)
			}
		}
	case op.AddColumn:
		f.creates = []resource{{aColumn, o.Table, o.Column.Name}}
		f.needs = append(columnsIn(c.to[o.Table], o.Column.Generated.Expr), c.enumOf(o.Column.Type)...)
	case op.DropColumn:
		old := c.from[o.Table].Column(o.Column)
		f.removes = []resource{{aColumn, o.Table, o.Column}}
		f.letsGo = append(columnsIn(c.from[o.Table], old.Generated.Expr), c.enumOf(old.Type)...)
	case op.AlterColumn:
		f = c.alterColumn(o)
	case op.AddPrimaryKey:
		f.creates = primaryKey(c.to[o.Table])
		f.needs = keyColumns(o.Table, o.Columns, aColumn, aKeyShape)
	case op.DropPrimaryKey:
		f.removes = primaryKey(c.from[o.Table])
		f.letsGo = keyColumns(o.Table, c.from[o.Table].PrimaryKey, aColumn, aKeyShape)
	case op.AddUnique:
		f.creates = unique(o.Table, o.Unique)
		f.needs = keyColumns(o.Table, o.Unique.Columns, aColumn, aShape)
	case op.DropUnique:
		u := uniques().get(c.from[o.Table].Uniques, o.Name)
		f.removes = unique(o.Table, u)
		f.letsGo = keyColumns(o.Table, u.Columns, aColumn, aShape)
	case op.CreateIndex:
		f.creates = index(o.Table, o.Index)
		f.needs = append(indexed(c.to[o.Table], o.Index), c.sets(c.to[o.Table])...)
	case op.DropIndex:
		x := *c.from[o.Table].Index(o.Name)
		f.removes = index(o.Table, x)
		f.letsGo = append(indexed(c.from[o.Table], x), c.sets(c.from[o.Table])...)
	case op.AddForeignKey:
		f.creates = constraint(o.ForeignKey.Name)
		f.needs = slices.Concat(reference(o.ForeignKey, c.to), ownSide(o.Table, o.ForeignKey), c.sets(c.to[o.Table]))
	case op.DropForeignKey:
		key := foreignKeys().get(c.from[o.Table].ForeignKeys, o.Name)
		f.removes = constraint(key.Name)
		f.letsGo = slices.Concat(reference(key, c.from), ownSide(o.Table, key), c.sets(c.from[o.Table]))
	case op.AddCheck:
		f.creates = constraint(o.Check.Name)
		f.needs = append(shapesIn(c.to[o.Table], o.Check.Expr), c.sets(c.to[o.Table])...)
	case op.DropCheck:
		check := checks().get(c.from[o.Table].Checks, o.Name)
		f.removes = constraint(check.Name)
		f.letsGo = append(shapesIn(c.from[o.Table], check.Expr), c.sets(c.from[o.Table])...)
	case op.CreateView, op.DropView, op.AlterView:
		return c.viewFootprint(o)
	default:
		return c.enumFootprint(o)
	}
	return f
}

// alterColumn stands between the drops and the adds of what uses the column,
// and between the columns that the old and the new form are computed from.
func (c *changer) alterColumn(o op.AlterColumn) footprint {
	shape := resource{aShape, o.Table, o.To.Name}
	keyShape := resource{aKeyShape, o.Table, o.To.Name}
	f := footprint{
		creates: []resource{shape},
		needs:   append(columnsIn(c.to[o.Table], o.To.Generated.Expr), resource{aColumn, o.Table, o.To.Name}),
		letsGo:  columnsIn(c.from[o.Table], o.From.Generated.Expr),
		removes: []resource{shape},
	}
	f.needs = append(f.needs, c.enumOf(o.To.Type)...)
	f.letsGo = append(f.letsGo, c.enumLeft(o)...)
	if o.To.AutoIncrement && !o.From.AutoIncrement {
		f.needs = append(f.needs, resource{aPrimaryKey, o.Table, ""})
	} else {
		f.creates = append(f.creates, keyShape)
	}
	if o.From.AutoIncrement && !o.To.AutoIncrement {
		f.letsGo = append(f.letsGo, resource{aPrimaryKey, o.Table, ""})
	} else {
		f.removes = append(f.removes, keyShape)
	}
	return f
}

// insides are the resources that come and go with a table.
func insides(t *op.Table) []resource {
	list := []resource{{aTable, t.Name, ""}, {aRelation, "", t.Name}}
	for _, column := range t.Columns {
		list = append(list, resource{aColumn, t.Name, column.Name}, resource{aShape, t.Name, column.Name})
	}
	list = append(list, primaryKey(t)...)
	for _, u := range t.Uniques {
		list = append(list, unique(t.Name, u)...)
	}
	for _, x := range t.Indexes {
		list = append(list, index(t.Name, x)...)
	}
	for _, key := range t.ForeignKeys {
		list = append(list, constraint(key.Name)...)
	}
	for _, check := range t.Checks {
		list = append(list, constraint(check.Name)...)
	}
	return list
}

func constraint(name string) []resource {
	if name == "" {
		return nil
	}
	return []resource{{aConstraint, "", name}}
}

func relation(name string) []resource {
	if name == "" {
		return nil
	}
	return []resource{{aRelation, "", name}}
}

func primaryKey(t *op.Table) []resource {
	if len(t.PrimaryKey) == 0 {
		return nil
	}
	list := append(relation(t.PrimaryKeyName), resource{aPrimaryKey, t.Name, ""})
	return append(list, key(t.Name, t.PrimaryKey)...)
}

func unique(table string, u op.Unique) []resource {
	return append(relation(u.Name), key(table, u.Columns)...)
}

func index(table string, x op.Index) []resource {
	list := append(relation(x.Name), lead(table, x.Columns)...)
	if x.Unique && x.Where == "" {
		list = append(list, key(table, x.Columns)...)
	}
	return list
}

func key(table string, parts []op.KeyPart) []resource {
	list := lead(table, parts)
	if columns, ok := plain(parts); ok {
		list = append(list, resource{aKey, table, columnSet(columns)})
	}
	return list
}

func lead(table string, parts []op.KeyPart) []resource {
	if len(parts) == 0 || parts[0].Column == "" {
		return nil
	}
	return []resource{{aLead, table, parts[0].Column}}
}

// reference is what a foreign key uses of the table that it refers to. That may
// be its own table, which then does not wait for itself: the graph leaves out
// edges from a node to itself.
func reference(k op.ForeignKey, side tables) []resource {
	columns := refColumns(k, side[k.RefTable])
	list := []resource{{aTable, k.RefTable, ""}, {aKey, k.RefTable, columnSet(columns)}}
	for _, column := range columns {
		list = append(list, resource{aColumn, k.RefTable, column}, resource{aShape, k.RefTable, column})
	}
	return list
}

// ownSide is what a foreign key uses of the table that it belongs to.
func ownSide(table string, k op.ForeignKey) []resource {
	list := []resource{{aTable, table, ""}}
	for i, column := range k.Columns {
		list = append(list, resource{aColumn, table, column}, resource{aShape, table, column})
		if i == 0 {
			list = append(list, resource{aLead, table, column})
		}
	}
	return list
}

func keyColumns(table string, parts []op.KeyPart, kinds ...resourceKind) []resource {
	var list []resource
	for _, part := range parts {
		for _, kind := range kinds {
			if part.Column != "" {
				list = append(list, resource{kind, table, part.Column})
			}
		}
	}
	return list
}

// indexed is what an index uses of its table.
func indexed(t *op.Table, x op.Index) []resource {
	list := append(keyColumns(t.Name, x.Columns, aColumn, aShape), shapesIn(t, x.Where)...)
	for _, part := range x.Columns {
		list = append(list, shapesIn(t, part.Expr)...)
	}
	return list
}

// columnsIn returns the table's columns that an expression mentions.
func columnsIn(t *op.Table, sql string) []resource {
	var list []resource
	if sql == "" {
		return nil
	}
	for _, column := range t.Columns {
		if op.Mentions(sql, column.Name) {
			list = append(list, resource{aColumn, t.Name, column.Name})
		}
	}
	return list
}

// shapesIn returns them and their shapes.
func shapesIn(t *op.Table, sql string) []resource {
	list := columnsIn(t, sql)
	for _, column := range slices.Clone(list) {
		list = append(list, resource{aShape, t.Name, column.name})
	}
	return list
}
