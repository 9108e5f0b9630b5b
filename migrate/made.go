package migrate

import (
	"slices"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// withoutRows returns the statements of a step that is about to run, and says which
// of them find no rows: those about tables that this runner has made, where
// nothing but planned statements has run since.
func (r *runner) withoutRows(step ddl.Step) []ddl.Statement {
	none := !r.hooked
	for _, o := range step.Ops {
		if !r.isMade(o) { // which keeps count, so that each one is asked about
			none = false
		}
	}
	if !none {
		return step.Statements
	}
	statements := slices.Clone(step.Statements)
	for i := range statements {
		statements[i].NoRows = true
	}
	return statements
}

// isMade reports whether an operation is about nothing but tables that were
// made, and keeps count of them.
func (r *runner) isMade(o op.Operation) bool {
	switch o := o.(type) {
	case op.CreateTable:
		if r.made == nil {
			r.made = map[string]bool{}
		}
		r.made[o.Name] = true
		return true
	case op.RenameTable:
		r.made = nil // another table may have one of the names
	case op.CreateIndex:
		return r.made[o.Table]
	case op.AddForeignKey:
		return r.made[o.Table]
	case op.AddUnique:
		return r.made[o.Table]
	case op.AddCheck:
		return r.made[o.Table]
	case op.AddPrimaryKey:
		return r.made[o.Table]
	}
	return false
}
