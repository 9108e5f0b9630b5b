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

// inverseRenames returns the steps that undo the renames. wrote is how
// expressions wrote old names, where that differs from the new ones.
func inverseRenames(renames op.List, wrote map[op.RenameColumn]string) op.List {
	var list op.List
	for _, step := range slices.Backward(renames) {
		switch r := step.(type) {
		case op.RenameTable:
			list = append(list, op.RenameTable{From: r.To, To: r.From})
		case op.RenameColumn:
			list = append(list, op.RenameColumn{Table: r.Table, From: r.To, To: r.From, As: wrote[r]})
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

// viewsGoFirst drops views at the beginning of a list, before things are renamed
// under them: MariaDB does not follow that.
func viewsGoFirst(list op.List) op.List {
	var drops, rest op.List
	for _, o := range list {
		if _, ok := o.(op.DropView); ok {
			drops = append(drops, o)
		} else {
			rest = append(rest, o)
		}
	}
	return slices.Concat(drops, rest)
}

// viewsLast makes views at the end of a list: their queries have the names that
// the renames before leave.
func viewsLast(list op.List) op.List {
	var before, after op.List
	for _, o := range list {
		switch o := o.(type) {
		case op.CreateView:
			after = append(after, o)
		case op.AlterView:
			before = append(before, op.DropView{Name: o.From.Name, Materialized: o.From.Materialized})
			after = append(after, op.CreateView(o.To))
		default:
			before = append(before, o)
		}
	}
	return slices.Concat(before, after)
}
