package diff

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// renameInDatabase returns the schema after the renames, which were checked
// before, as a database leaves it. Databases also rewrite the SQL in checks,
// predicates and generated columns, which op.RenameColumn does not. Without
// that, Down would add a check on the old name of a column that has the new one.
func renameInDatabase(s op.Schema, renames op.List) op.Schema {
	s = s.Clone()
	for _, step := range renames {
		if err := step.Apply(&s); err != nil {
			continue // not reached: readAnswers looked for both names
		}
		if r, ok := step.(op.RenameColumn); ok {
			renameInTexts(s.Table(r.Table), r.From, r.To)
		}
	}
	return s
}

func renameInTexts(t *op.Table, from, to string) {
	for i := range t.Columns {
		t.Columns[i].Generated.Expr = renameIn(t.Columns[i].Generated.Expr, from, to)
	}
	for i := range t.Checks {
		t.Checks[i].Expr = renameIn(t.Checks[i].Expr, from, to)
	}
	for i := range t.Indexes {
		x := &t.Indexes[i]
		x.Where = renameIn(x.Where, from, to)
		for j := range x.Columns {
			x.Columns[j].Expr = renameIn(x.Columns[j].Expr, from, to)
		}
	}
}

// renameOwned follows the renames in what revisions made. A step that does not
// fit renames something that no revision made, which stays so.
func renameOwned(s op.Schema, renames op.List) op.Schema {
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
		}
	}
	return list
}
