package diff

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// changeViews emits what leads from the views of one schema to those of
// another. It comes last: a view over a table that changes under it is dropped
// before and made again after, and with it those that read it.
func (c *changer) changeViews() {
	again := c.disturbed()
	for _, name := range c.viewNames {
		before, after := c.fromViews[name], c.toViews[name]
		switch {
		case before == nil:
			c.emit(op.CreateView(*after))
		case after == nil:
			c.emit(op.DropView{Name: name, Materialized: before.Materialized})
		case again[name]:
			c.emit(op.DropView{Name: name, Materialized: before.Materialized})
			c.emit(op.CreateView(*after))
		case *before != *after:
			c.emit(op.AlterView{From: *before, To: *after})
		}
	}
}

// views finds the views of a schema by name.
type views map[string]*op.View

func viewsOf(s op.Schema) views {
	m := make(views, len(s.Views))
	for i := range s.Views {
		m[s.Views[i].Name] = &s.Views[i]
	}
	return m
}

// bothNames returns the names of the views of both sides, in order.
func bothNames(from, to op.Schema) []string {
	var list []string
	for _, s := range []op.Schema{from, to} {
		for _, v := range s.Views {
			list = append(list, v.Name)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// disturbed returns the views of both sides that cannot stay while the rest
// changes.
func (c *changer) disturbed() map[string]bool {
	again := map[string]bool{}
	names := c.viewNames
	for _, name := range names {
		before, after := c.fromViews[name], c.toViews[name]
		if before == nil || after == nil {
			continue
		}
		// A view whose tables have other names by now has a text that says
		// nothing of what it stands on.
		isStrange := c.fill.renamed && *before != *after
		again[name] = isStrange || slices.ContainsFunc(c.ops, func(o op.Operation) bool { return disturbs(o, before.SQL) || disturbs(o, after.SQL) })
	}
	// A view that goes, or gets other columns, takes those along that read it.
	for grown := true; grown; {
		grown = false
		for _, name := range names {
			before, after := c.fromViews[name], c.toViews[name]
			if before == nil || after == nil || again[name] {
				continue
			}
			for _, other := range names {
				was := c.fromViews[other]
				isChanged := again[other] || was != nil && (c.toViews[other] == nil || *was != *c.toViews[other])
				if other != name && isChanged && was != nil && op.Reads(before.SQL, other) {
					again[name], grown = true, true
				}
			}
		}
	}
	return again
}

// disturbs reports whether an operation changes what a query stands on:
// PostgreSQL refuses that while a view does, and a * means the columns of the
// moment in which the view is made.
func disturbs(o op.Operation, query string) bool {
	uses := func(table, column string) bool {
		return op.Reads(query, table) && (op.Mentions(query, column) || strings.Contains(query, "*"))
	}
	switch o := o.(type) {
	case op.AddColumn:
		return op.Reads(query, o.Table) && strings.Contains(query, "*")
	case op.DropColumn:
		return uses(o.Table, o.Column)
	case op.AlterColumn:
		isSame := o.From.Type.Equal(o.To.Type) && o.From.Generated == o.To.Generated && o.From.Collate == o.To.Collate
		return !isSame && uses(o.Table, o.To.Name)
	case op.DropPrimaryKey: // GROUP BY can rest on it
		return op.Reads(query, o.Table)
	case op.AlterEnum:
		return slices.ContainsFunc(o.In, func(r op.ColumnRef) bool { return uses(r.Table, r.Column) })
	case op.AddEnumValue: // which may be carried out like that
		return slices.ContainsFunc(o.In, func(r op.ColumnRef) bool { return uses(r.Table, r.Column) })
	}
	return false
}

// viewFootprint is the footprint of an operation on a view.
func (c *changer) viewFootprint(o op.Operation) (f footprint) {
	switch o := o.(type) {
	case op.CreateView:
		f.creates = []resource{{aView, "", o.Name}, {aRelation, "", o.Name}}
		f.needs = append(c.needs(o.Name, o.SQL), resource{aGround, "", o.Name})
	case op.DropView:
		f.removes = []resource{{aView, "", o.Name}, {aRelation, "", o.Name}}
		f.letsGo = append(c.reads(o.Name, c.from, c.fromViews, c.fromViews[o.Name].SQL), resource{aGround, "", o.Name})
	case op.AlterView:
		f.creates = []resource{{aView, "", o.To.Name}}
		f.removes = []resource{{aView, "", o.To.Name}}
		f.needs = c.needs(o.To.Name, o.To.SQL)
		f.letsGo = c.reads(o.To.Name, c.from, c.fromViews, o.From.SQL)
	}
	return f
}

// grounds are those of the views that an operation disturbs.
func (c *changer) grounds(o op.Operation) []resource {
	var list []resource
	for _, name := range c.viewNames {
		for _, side := range []views{c.fromViews, c.toViews} {
			if v := side[name]; v != nil && disturbs(o, v.SQL) {
				list = append(list, resource{aGround, "", name})
				break
			}
		}
	}
	return list
}

// needs is what has to be there before a view is made: what it reads, and the
// primary keys, on which a GROUP BY can rest.
func (c *changer) needs(view, query string) []resource {
	list := c.reads(view, c.to, c.toViews, query)
	for _, r := range slices.Clone(list) {
		if r.kind == aTable {
			list = append(list, resource{aPrimaryKey, r.table, ""})
		}
	}
	return list
}

// reads is what a query uses of one side. What changes in columns and keys
// without disturbing the view is none of it.
func (c *changer) reads(view string, side tables, others views, query string) []resource {
	var list []resource
	for _, name := range c.names {
		t := side[name]
		if t == nil || !op.Reads(query, name) {
			continue
		}
		list = append(list, resource{aTable, name, ""})
		hasAll := strings.Contains(query, "*")
		for _, column := range t.Columns {
			if hasAll || op.Mentions(query, column.Name) {
				list = append(list, resource{aColumn, name, column.Name})
			}
		}
	}
	for _, other := range c.viewNames {
		if other != view && others[other] != nil && op.Reads(query, other) {
			list = append(list, resource{aView, "", other})
		}
	}
	return list
}
