package mysql

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// together returns how many operations at the head of the list are one change.
// Where a key, an index or a check goes and comes back changed, one statement
// does that and what stands between: a failure half way would leave the table
// without it.
func (p planner) together(ops op.List) (n int, err error) {
	n = 1
	table := tableOf(ops[0])
	var columns []string
	for i, o := range ops {
		if table == "" || tableOf(o) != table {
			break
		}
		fits, err := p.fitsChange(o)
		if err != nil {
			return 0, err
		}
		column := fold(columnOf(o))
		if !fits || column != "" && slices.Contains(columns, column) {
			break
		}
		columns = append(columns, column)
		if slices.ContainsFunc(ops[:min(n, i)], func(before op.Operation) bool { return bringsBack(before, o) }) {
			n = i + 1
		}
	}
	return n, nil
}

// bringsBack reports whether the second operation makes what the first one
// takes away.
func bringsBack(first, second op.Operation) bool {
	switch first := first.(type) {
	case op.DropPrimaryKey:
		_, ok := second.(op.AddPrimaryKey)
		return ok
	case op.DropIndex:
		return makesKey(second, first.Name)
	case op.DropUnique:
		return makesKey(second, first.Name)
	case op.DropCheck:
		add, ok := second.(op.AddCheck)
		return ok && sameName(add.Check.Name, first.Name)
	}
	return false
}

func makesKey(o op.Operation, name string) bool {
	switch o := o.(type) {
	case op.CreateIndex:
		return sameName(o.Index.Name, name)
	case op.AddUnique:
		return sameName(o.Unique.Name, name)
	}
	return false
}

// fitsChange reports whether the operation can be a part of a change with
// others. Columns that have to be made anew or that foreign keys tie to others
// are changes of their own. So is an index with options that ALTER TABLE knows
// in another place only.
func (p planner) fitsChange(o op.Operation) (bool, error) {
	switch o := o.(type) {
	case op.AlterColumn:
		if p.computes(o.From) != p.computes(o.To) {
			return false, nil
		}
		bonds, err := p.bonds(o)
		return len(bonds) == 0, err
	case op.CreateIndex:
		options := strings.ToUpper(o.Index.Options)
		return !strings.Contains(options, "ALGORITHM") && !strings.Contains(options, "LOCK"), nil
	}
	return tableOf(o) != "", nil
}

// tableOf returns the table of an operation that a change can include, or "".
func tableOf(o op.Operation) string {
	switch o := o.(type) {
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
	case op.CreateIndex:
		return o.Table
	case op.DropIndex:
		return o.Table
	case op.AddUnique:
		return o.Table
	case op.DropUnique:
		return o.Table
	case op.AddCheck:
		return o.Table
	case op.DropCheck:
		return o.Table
	}
	return ""
}

// columnOf returns the column that the operation makes, changes or drops.
func columnOf(o op.Operation) string {
	switch o := o.(type) {
	case op.AddColumn:
		return o.Column.Name
	case op.AlterColumn:
		return o.To.Name
	case op.DropColumn:
		return o.Column
	}
	return ""
}
