package diff

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// changeEnums emits what leads from the enums of one schema to those of
// another. Values go by name: one that both sides have stays in the rows.
func (c *changer) changeEnums(from, to op.Schema) {
	for _, name := range enumNames(from, to) {
		before, after := from.Enum(name), to.Enum(name)
		switch {
		case before == nil:
			c.emit(op.CreateEnum(*after))
		case after == nil:
			c.emit(op.DropEnum{Name: name})
		default:
			for _, o := range valueSteps(*before, *after, c.fill.replace[name], c.columnsOf(name)) {
				c.emit(o)
			}
		}
	}
}

// columnsOf returns the columns that are of the enum before and after.
func (c *changer) columnsOf(enum string) []op.ColumnRef {
	var list []op.ColumnRef
	for _, name := range c.names {
		from, to := c.from[name], c.to[name]
		if from == nil || to == nil {
			continue
		}
		for _, column := range to.Columns {
			old := from.Column(column.Name)
			if old != nil && isOf(old.Type, enum) && isOf(column.Type, enum) {
				list = append(list, op.ColumnRef{Table: name, Column: column.Name})
			}
		}
	}
	return list
}

func isOf(t op.Type, enum string) bool { return t.Word == op.WordEnum && t.Text == enum }

// valueSteps returns the operations that give an enum its new values: one for
// each value where there are only more of them, and one for all otherwise.
func valueSteps(from, to op.Enum, replace []op.Replacement, in []op.ColumnRef) op.List {
	if slices.Equal(from.Values, to.Values) {
		return nil
	}
	kept := slices.DeleteFunc(slices.Clone(to.Values), func(v string) bool { return !slices.Contains(from.Values, v) })
	if !slices.Equal(kept, from.Values) || slices.Contains(from.Values, "") {
		return op.List{op.AlterEnum{Name: to.Name, From: from.Values, To: to.Values, Replace: replace, In: in}}
	}
	var list op.List
	left := len(kept) // that stand after the place where we are
	for i, value := range to.Values {
		step := op.AddEnumValue{Enum: to.Name, Value: value, In: in}
		switch {
		case slices.Contains(from.Values, value):
			left--
			continue
		case left == 0: // last
		case i == 0:
			step.Before = kept[0]
		default:
			step.After = to.Values[i-1]
		}
		list = append(list, step)
	}
	return list
}

// afterEnums returns a column as it is when its enum has been changed, which is
// done for all of its columns at once.
func (c *changer) afterEnums(from, to op.Column) op.Column {
	enum := to.Type.Text
	if !isOf(to.Type, enum) || !isOf(from.Type, enum) || !c.enums[enum] {
		return from
	}
	from.Type.Values = to.Type.Values
	for _, r := range c.fill.replace[enum] {
		if from.Default.Kind == op.DefaultString && from.Default.Text == r.From {
			from.Default.Text = r.To
			break
		}
	}
	return from
}

// enumNames returns the names of the enums of both schemas, in order.
func enumNames(a, b op.Schema) []string {
	var list []string
	for _, s := range []op.Schema{a, b} {
		for _, e := range s.Enums {
			list = append(list, e.Name)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// mentionsEnum reports whether a column's type is the enum, or an array of it.
func mentionsEnum(t op.Type, enum string) bool {
	if t.Word != op.WordRaw {
		return isOf(t, enum)
	}
	if _, isMySQLs := t.EnumValues(); isMySQLs {
		return false // whose values are strings, not names
	}
	return op.Mentions(t.Text, enum[strings.LastIndexByte(enum, '.')+1:])
}
