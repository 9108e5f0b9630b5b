package mysql

import (
	"context"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// CheckDependents returns a *[ddl.DependentsError] where the operations rename or
// drop a table or column that views or triggers of the user's use: Plan would
// refuse that. It only reads. What comes after SQL of the user's that does more
// than change rows, and may take them out of the way, is left to Plan.
func (Dialect) CheckDependents(ctx context.Context, q ddl.Querier, ops op.List) error {
	s, err := askServer(ctx, q)
	if err != nil {
		return err
	}
	s.known = newKnownDependents() // nothing changes meanwhile
	p := planner{server: s, ctx: ctx, q: q}
	// What the operations have renamed, by its name at that point, with the live
	// one; "" where they have made it.
	tables, columns := map[string]string{}, map[[2]string]string{}
	live := func(table, column string) (string, string) {
		if old, ok := columns[[2]string{table, column}]; ok {
			column = old
		}
		if old, ok := tables[table]; ok {
			table = old
		}
		return table, column
	}
	var gone []string
	var altered []op.View
	var found ddl.DependentsError
	check := func(table, column string, among ...string) error {
		oldTable, oldColumn := live(table, column)
		if oldTable == "" || column != "" && oldColumn == "" {
			return nil
		}
		broken, err := p.dependents(oldTable, oldColumn, gone, among...)
		if err != nil || len(broken) == 0 {
			return err
		}
		changed := fmt.Sprintf("table %q", oldTable)
		if oldColumn != "" {
			changed = fmt.Sprintf("column %q of table %q", oldColumn, oldTable)
		}
		found.Changed = append(found.Changed, changed)
		for _, name := range broken {
			if !slices.Contains(found.Dependents, name) {
				found.Dependents = append(found.Dependents, name)
			}
		}
		return nil
	}
	for _, o := range ops {
		err = nil
		switch o := o.(type) {
		case op.DropView:
			gone = append(gone, o.Name)
		case op.AlterView:
			altered = append(altered, o.To)
		case op.DropTable:
			kept := gone
			for _, v := range altered {
				if !op.Reads(v.SQL, o.Name) {
					gone = append(gone, v.Name)
				}
			}
			err = check(o.Name, "", onlyViews)
			gone = kept
		case op.CreateTable:
			tables[o.Name] = ""
		case op.AddColumn:
			columns[[2]string{o.Table, o.Column.Name}] = ""
		case op.DropColumn:
			err = check(o.Table, o.Column)
		case op.RenameColumn:
			err = check(o.Table, o.From)
			_, columns[[2]string{o.Table, o.To}] = live(o.Table, o.From)
		case op.RenameTable:
			err = check(o.From, "")
			tables[o.To], _ = live(o.From, "")
			for at, old := range columns {
				if at[0] == o.From {
					columns[[2]string{o.To, at[1]}] = old
				}
			}
		case op.Exec:
			if !s.changesRows(o.SQL) {
				return orNil(found)
			}
		case op.Custom:
			return orNil(found)
		}
		if err != nil {
			return err
		}
	}
	return orNil(found)
}

func orNil(found ddl.DependentsError) error {
	if len(found.Dependents) == 0 {
		return nil
	}
	return &found
}
