package diff

import (
	"maps"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// enumFootprint is the footprint of an operation on an enum.
func (c *changer) enumFootprint(o op.Operation) (f footprint) {
	switch o := o.(type) {
	case op.CreateEnum:
		f.creates = []resource{{anEnum, "", o.Name}, {aSet, "", o.Name}, {aRelation, "", o.Name}}
	case op.DropEnum:
		f.removes = []resource{{anEnum, "", o.Name}, {aSet, "", o.Name}, {aRelation, "", o.Name}}
	case op.AddEnumValue:
		f.creates = []resource{{aSet, "", o.Enum}, {aValue, o.Enum, o.Value}}
		f.needs = []resource{{aValue, o.Enum, o.Before}, {aValue, o.Enum, o.After}}
		f.removes = []resource{{aSet, "", o.Enum}}
	case op.AlterEnum:
		f.creates = []resource{{aSet, "", o.Name}}
		f.removes = []resource{{aSet, "", o.Name}}
	}
	return f
}

// enumOf returns what a column uses of the enums that its type names.
func (c *changer) enumOf(t op.Type) []resource {
	var list []resource
	for _, name := range slices.Sorted(maps.Keys(c.enums)) {
		if mentionsEnum(t, name) {
			list = append(list, resource{anEnum, "", name}, resource{aSet, "", name})
		}
	}
	return list
}

// enumLeft returns what a column uses no more of the enum that it was of. The
// values only where it becomes something else than an enum: two columns could
// exchange their enums while both of these change.
func (c *changer) enumLeft(o op.AlterColumn) []resource {
	return slices.DeleteFunc(c.enumOf(o.From.Type), func(r resource) bool {
		return mentionsEnum(o.To.Type, r.name) || r.kind == aSet && o.To.Type.Word == op.WordEnum
	})
}

func (c *changer) enumsIn(t *op.Table) []resource {
	var list []resource
	for _, column := range t.Columns {
		list = append(list, c.enumOf(column.Type)...)
	}
	return list
}

// sets returns what the texts of a table may use of its columns' enums: their
// values.
func (c *changer) sets(t *op.Table) []resource {
	return slices.DeleteFunc(c.enumsIn(t), func(r resource) bool { return r.kind != aSet })
}
