package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// ordered returns the operations in an order in which each of them can run.
// Where there is a choice, neighbours work on one table (SQLite rebuilds a
// table once for a run of them), and then rank and the tables' names decide.
// Operations that wait for each other are an error; the way that they are made
// leaves none.
func (c *changer) ordered() (op.List, error) {
	groups := map[string]int{}
	nodes := make([]node, len(c.ops))
	for i, o := range c.ops {
		table := tableOf(o)
		if _, ok := groups[table]; !ok {
			groups[table] = len(groups)
		}
		nodes[i] = node{group: groups[table], rank: rank(o)}
	}
	g := newGraph(nodes)
	c.connect(g)

	order, stuck := g.sort()
	if len(stuck) > 0 {
		var texts []string
		for _, i := range stuck {
			texts = append(texts, c.ops[i].String())
		}
		return nil, fmt.Errorf("ordering operations: these wait for each other (a bug, please report it): %s", strings.Join(texts, "; "))
	}
	var list op.List
	for _, i := range order {
		list = append(list, c.ops[i])
	}
	c.tellNumbered(list)
	return list, nil
}

// tellNumbered marks the keys whose column was added to number the rows, but not
// in the run of steps on their table that ends with the key. SQLite, which does
// such a run at once, forgets that at the end of it (see [op.AddPrimaryKey]).
func (c *changer) tellNumbered(list op.List) {
	begin := 0
	for i, o := range list {
		if i > 0 && tableOf(o) != tableOf(list[i-1]) {
			begin = i
		}
		key, ok := o.(op.AddPrimaryKey)
		if !ok || len(key.Columns) != 1 {
			continue
		}
		adds := func(o op.Operation) bool {
			add, ok := o.(op.AddColumn)
			return ok && add.Table == key.Table && add.Column.Name == key.Columns[0].Column && add.Column.AutoIncrement
		}
		if slices.ContainsFunc(list[:begin], adds) {
			key.AutoIncrement = true
			list[i] = key
		}
	}
}

// connect adds an edge for each pair of operations that meet at a resource.
func (c *changer) connect(g *graph) {
	c.keepColumns(g)
	for _, m := range c.meetings() {
		allBefore(g, m.creates, m.needs)
		allBefore(g, m.letsGo, m.removes)
		if m.resource.isExclusive() {
			allBefore(g, m.removes, m.creates)
		}
		if m.resource.kind == aKey {
			// A reference that comes back may not choose the key that goes.
			allBefore(g, m.removes, m.needs)
		}
	}
}

func allBefore(g *graph, first, second []int) {
	for _, a := range first {
		for _, b := range second {
			g.mustRun(a, b)
		}
	}
}

// rank is the usual place of an operation among those of its table: away with
// what is in the way, then columns, then what stands on them. Tables and columns
// are made before others are dropped, so that no table is ever without columns
// and a person can put a step between that saves what is in the old ones.
func rank(o op.Operation) int {
	switch o.(type) {
	case op.DropView:
		return -1
	case op.CreateEnum, op.AddEnumValue, op.AlterEnum, op.CreateTable:
		return 0
	case op.DropForeignKey:
		return 1
	case op.DropCheck:
		return 2
	case op.DropIndex:
		return 3
	case op.DropUnique:
		return 4
	case op.DropPrimaryKey:
		return 5
	case op.AddColumn:
		return 6
	case op.AlterColumn:
		return 7
	case op.DropColumn:
		return 8
	case op.AddPrimaryKey:
		return 9
	case op.AddUnique:
		return 10
	case op.CreateIndex:
		return 11
	case op.AddCheck:
		return 12
	case op.AddForeignKey:
		return 13
	case op.SetTableComment:
		return 14
	case op.CreateView, op.AlterView:
		return 16
	default: // op.DropTable, op.DropEnum
		return 15
	}
}

// enumGroup and viewGroup set the groups of enums and views apart from those of
// tables.
const (
	enumGroup = "enum "
	viewGroup = "view "
)

// tableOf returns the name of the table, or the group of the enum or view, that the
// operation works on.
func tableOf(o op.Operation) string {
	switch o := o.(type) {
	case op.CreateTable:
		return o.Name
	case op.DropTable:
		return o.Name
	case op.SetTableComment:
		return o.Table
	case op.AddColumn:
		return o.Table
	case op.AlterColumn:
		return o.Table
	case op.DropColumn:
		return o.Table
	case op.AddPrimaryKey:
		return o.Table
	case op.DropPrimaryKey:
		return o.Table
	case op.AddUnique:
		return o.Table
	case op.DropUnique:
		return o.Table
	case op.CreateIndex:
		return o.Table
	case op.DropIndex:
		return o.Table
	case op.AddForeignKey:
		return o.Table
	case op.DropForeignKey:
		return o.Table
	case op.AddCheck:
		return o.Table
	case op.DropCheck:
		return o.Table
	case op.CreateEnum:
		return enumGroup + o.Name
	case op.DropEnum:
		return enumGroup + o.Name
	case op.AddEnumValue:
		return enumGroup + o.Enum
	case op.AlterEnum:
		return enumGroup + o.Name
	case op.CreateView:
		return viewGroup + o.Name
	case op.DropView:
		return viewGroup + o.Name
	case op.AlterView:
		return viewGroup + o.To.Name
	default:
		return ""
	}
}

// keepColumns makes sure that a table which gets all of its columns anew is
// never without one, which SQLite and MySQL do not allow: an ordinary new one
// comes before the old ones go.
func (c *changer) keepColumns(g *graph) {
	first := map[string]int{}
	dropped := map[string][]int{}
	for i, o := range c.ops {
		switch o := o.(type) {
		case op.AddColumn:
			if _, ok := first[o.Table]; !ok && o.Column.Generated.IsZero() {
				first[o.Table] = i
			}
		case op.DropColumn:
			dropped[o.Table] = append(dropped[o.Table], i)
		}
	}
	for i, o := range c.ops {
		add, ok := o.(op.AddColumn)
		if ok && first[add.Table] == i && len(dropped[add.Table]) == len(c.from[add.Table].Columns) {
			allBefore(g, []int{i}, dropped[add.Table])
		}
	}
}
