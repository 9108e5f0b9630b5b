package diff

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// renamed returns the schema after the renames. A step that does not fit, in
// what revisions made, renames something that no revision made, which stays so.
func renamed(s op.Schema, renames op.List) op.Schema {
	s = s.Clone()
	for _, step := range renames {
		if err := step.Apply(&s); err != nil {
			continue
		}
	}
	return s
}

// inverseRenames returns the steps that undo the renames.
func inverseRenames(renames op.List) op.List {
	var list op.List
	for _, step := range slices.Backward(renames) {
		switch r := step.(type) {
		case op.RenameTable:
			list = append(list, op.RenameTable{From: r.To, To: r.From})
		case op.RenameColumn:
			list = append(list, op.RenameColumn{Table: r.Table, From: r.To, To: r.From})
		case op.RenameIndex:
			list = append(list, op.RenameIndex{Table: r.Table, From: r.To, To: r.From})
		case op.RenameConstraint:
			list = append(list, op.RenameConstraint{Table: r.Table, From: r.To, To: r.From})
		default:
			list = append(list, inverse(step))
		}
	}
	return list
}
