package diff

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// changes returns the operations that lead from one schema to another, in
// order. Both are canonical. What the second one lacks is dropped: whether it
// may be is not asked here. Foreign has what is not ours, by table.
func changes(from, to op.Schema, foreign tables, fill *filler, convert *converter) (op.List, error) {
	c := changer{
		from: tablesOf(from), to: tablesOf(to), enums: map[string]bool{}, foreign: foreign, fill: fill, convert: convert,
		fromViews: viewsOf(from), toViews: viewsOf(to), viewNames: bothNames(from, to),
	}
	c.made = cut(missingIn(to, c.from))
	c.gone = cut(missingIn(from, c.to))

	list := append(names(from), names(to)...)
	slices.Sort(list)
	c.names = slices.Compact(list)
	for _, name := range enumNames(from, to) {
		c.enums[name] = true
	}
	c.changeEnums(from, to)
	for _, name := range c.names {
		switch before, after := c.from[name], c.to[name]; {
		case before == nil:
			c.createTable(*after)
		case after == nil:
			c.dropTable(*before)
		default:
			c.changeTable(before, after)
		}
	}
	c.changeViews()
	return c.ordered()
}

// changer collects the operations, table by table.
type changer struct {
	from, to tables
	names    []string
	enums    map[string]bool
	// fromViews and toViews are the views of both sides.
	fromViews, toViews views
	viewNames          []string
	// foreign has what does not step aside for a change of type: no revision made
	// it, and where the revisions are all there is, the step would fail.
	foreign tables
	fill    *filler
	convert *converter
	// made and gone are the foreign keys that do not go with the tables they
	// belong to, because these refer to each other in circles.
	made, gone cuts
	ops        op.List
}

func (c *changer) emit(o op.Operation) { c.ops = append(c.ops, o) }

// missingIn returns the tables of s that others has not.
func missingIn(s op.Schema, others tables) []op.Table {
	var list []op.Table
	for _, t := range s.Tables {
		if others[t.Name] == nil {
			list = append(list, t)
		}
	}
	return list
}

func (c *changer) createTable(t op.Table) {
	t = t.Clone()
	keys := t.ForeignKeys
	t.ForeignKeys = nil
	var later []op.ForeignKey
	for _, key := range keys {
		if c.made.split[keyOf(t.Name, key)] {
			later = append(later, key)
		} else {
			t.ForeignKeys = append(t.ForeignKeys, key)
		}
	}
	c.emit(op.CreateTable(t))
	for _, key := range later {
		c.emit(op.AddForeignKey{Table: t.Name, ForeignKey: key})
	}
}

func (c *changer) dropTable(t op.Table) {
	for _, key := range t.ForeignKeys {
		if c.gone.split[keyOf(t.Name, key)] {
			c.emit(op.DropForeignKey{Table: t.Name, Name: key.Name})
		}
	}
	c.emit(op.DropTable{Name: t.Name})
}
