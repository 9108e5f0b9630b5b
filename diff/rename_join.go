package diff

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// joinColumns returns the renames of columns in join tables that follow from
// those of the models which are joined: GORM calls user_id account_id when User
// becomes Account, and nobody can say that in a tag, since GORM makes the
// struct. What shows that the two are one is the foreign key: on either side
// the only one that differs leads to the same columns of the renamed table.
// current is the schema after the renames.
func joinColumns(current, desired op.Schema, a answers, joinTables []string) op.List {
	moved := map[string]bool{}
	for _, step := range a.renames {
		switch r := step.(type) {
		case op.RenameTable:
			moved[r.To] = true
		case op.RenameColumn: // of a key, whose name GORM takes over as well
			moved[r.Table] = true
		}
	}
	before, after := tablesOf(current), tablesOf(desired)
	var steps op.List
	for _, name := range slices.Compact(slices.Sorted(slices.Values(joinTables))) {
		from, to := before[name], after[name]
		if from == nil || to == nil {
			continue
		}
		for _, n := range joinRenames(from, to, moved) {
			if !a.drops[place{n.Table, n.From}] {
				steps = append(steps, op.RenameColumn{Table: n.Table, From: n.From, To: n.To})
			}
		}
	}
	return steps
}

// joinRenames returns the renames in one join table.
func joinRenames(from, to *op.Table, moved map[string]bool) []Rename {
	gone, made := changedKeys(from, to, moved), changedKeys(to, from, moved)
	var list []Rename
	for _, old := range gone {
		isLike := func(k op.ForeignKey) bool {
			return k.RefTable == old.RefTable && slices.Equal(k.RefColumns, old.RefColumns) && len(k.Columns) == len(old.Columns)
		}
		fits := keep(made, isLike)
		if len(fits) != 1 || len(keep(gone, isLike)) != 1 {
			continue
		}
		for i, column := range old.Columns {
			before, after := from.Column(column), to.Column(fits[0].Columns[i])
			if before != nil && after != nil && to.Column(before.Name) == nil && from.Column(after.Name) == nil && before.Type.Equal(after.Type) {
				list = append(list, Rename{Table: to.Name, From: before.Name, To: after.Name})
			}
		}
	}
	return list
}

// changedKeys returns the foreign keys of a table to renamed tables for which
// the other form of it has none on the same columns.
func changedKeys(t, other *op.Table, moved map[string]bool) []op.ForeignKey {
	return keep(t.ForeignKeys, func(k op.ForeignKey) bool {
		return moved[k.RefTable] && !slices.ContainsFunc(other.ForeignKeys, func(o op.ForeignKey) bool {
			return o.RefTable == k.RefTable && slices.Equal(o.Columns, k.Columns)
		})
	})
}
