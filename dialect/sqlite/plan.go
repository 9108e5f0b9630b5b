package sqlite

import (
	"context"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Plan plans the operations at the head of the list that belong together: one
// operation, or a run of changes to one table. It reads from q how the table
// stands now, so a step must have run before the next one is planned. The
// result names the operations it covers.
func (Dialect) Plan(ctx context.Context, q ddl.Querier, ops op.List) (ddl.Step, error) {
	if len(ops) == 0 {
		return ddl.Step{}, nil
	}
	if table, ok := changes(ops[0]); ok {
		n := 1
		for n < len(ops) {
			if next, ok := changes(ops[n]); !ok || next != table {
				break
			}
			n++
		}
		for _, o := range ops[:n] {
			if err := checkDefaults(ctx, q, newDefaults(o)...); err != nil {
				return ddl.Step{Ops: ops[:n]}, err
			}
		}
		statements, err := planTable(ctx, q, table, ops[:n])
		if err != nil && n > 1 {
			err = fmt.Errorf("changing table %q: %w", table, err)
		}
		return ddl.Step{Ops: ops[:n], Statements: statements}, err
	}
	if err := checkDefaults(ctx, q, newDefaults(ops[0])...); err != nil {
		return ddl.Step{Ops: ops[:1]}, err
	}
	switch o := ops[0].(type) {
	case op.CreateEnum, op.DropEnum, op.RenameEnum, op.AddEnumValue, op.RenameEnumValue, op.AlterEnum:
		statements, err := planEnum(ctx, q, o)
		return ddl.Step{Ops: ops[:1], Statements: statements}, err
	case op.CreateView, op.DropView, op.AlterView:
		statements, err := planView(ctx, q, ops)
		return ddl.Step{Ops: ops[:1], Statements: statements}, err
	}
	place, err := readPlace(ctx, q, existing(ops[0]))
	if err != nil {
		return ddl.Step{Ops: ops[:1]}, err
	}
	statements, err := place.planAlone(ops[0])
	return ddl.Step{Ops: ops[:1], Statements: statements}, err
}

// changes returns the table that an operation changes in place, for those that
// a rebuild can do.
func changes(o op.Operation) (table string, ok bool) {
	switch o := o.(type) {
	case op.AddColumn:
		return o.Table, true
	case op.DropColumn:
		return o.Table, true
	case op.AlterColumn:
		return o.Table, true
	case op.CreateIndex:
		return o.Table, true
	case op.DropIndex:
		return o.Table, true
	case op.RenameIndex:
		return o.Table, true
	case op.AddUnique:
		return o.Table, true
	case op.DropUnique:
		return o.Table, true
	case op.AddForeignKey:
		return o.Table, true
	case op.DropForeignKey:
		return o.Table, true
	case op.AddCheck:
		return o.Table, true
	case op.DropCheck:
		return o.Table, true
	case op.RenameConstraint:
		return o.Table, true
	case op.AddPrimaryKey:
		return o.Table, true
	case op.DropPrimaryKey:
		return o.Table, true
	}
	return "", false
}

// existing returns the table that has to be there for an operation that
// [changes] leaves out, or "".
func existing(o op.Operation) string {
	switch o := o.(type) {
	case op.DropTable:
		return o.Name
	case op.RenameTable:
		return o.From
	case op.RenameColumn:
		return o.Table
	}
	return ""
}

// planAlone plans the operations that are one statement each, or what the user
// wrote.
func (p place) planAlone(o op.Operation) ([]ddl.Statement, error) {
	switch o := o.(type) {
	case op.CreateTable:
		texts := []string{createTable(op.Table(o))}
		for _, x := range o.Indexes {
			text, err := createIndex(o.Name, x)
			if err != nil {
				return nil, err
			}
			texts = append(texts, named(text, "INDEX", string(p)))
		}
		return ddl.Planned(texts...), nil
	case op.DropTable:
		return ddl.Planned("DROP TABLE " + p.name(o.Name)), nil
	case op.RenameTable:
		return ddl.Planned(p.renameTable(o.From, o.To)...), nil
	case op.RenameColumn:
		return ddl.Planned("ALTER TABLE " + p.name(o.Table) + " RENAME COLUMN " + quoteName(o.From) + " TO " + quoteName(o.To)), nil
	case op.SetTableComment:
		return nil, nil // SQLite stores no comments
	}
	text, ok, err := ddl.UserSQL(o, Name)
	if !ok {
		err = ddl.UnknownOperation(o, Name)
	}
	if err != nil {
		return nil, err
	}
	return splitStatements(text)
}

// renameTable goes through a third name where only the letter case changes:
// SQLite takes that for a table which is there already.
func (p place) renameTable(from, to string) []string {
	rename := func(from, to string) string {
		return "ALTER TABLE " + p.name(from) + " RENAME TO " + quoteName(to)
	}
	if from != to && sameName(from, to) {
		return []string{rename(from, oldPrefix+from), rename(oldPrefix+from, to)}
	}
	return []string{rename(from, to)}
}

// planTable plans changes to one table: by plain statements where SQLite has
// one for each of them, and by one rebuild otherwise.
func planTable(ctx context.Context, q ddl.Querier, table string, ops op.List) ([]ddl.Statement, error) {
	s, err := readTable(ctx, q, table)
	if err != nil {
		return nil, err
	}
	var plain []string
	rebuild := false
	for _, o := range ops {
		if o, ok := o.(op.AlterColumn); ok {
			if err := s.checkValues(ctx, q, o); err != nil {
				return nil, err
			}
		}
		texts, ok, err := s.edit(o)
		if err != nil {
			return nil, err
		}
		plain = append(plain, texts...)
		rebuild = rebuild || !ok
	}
	if rebuild {
		return ddl.Planned(s.rebuild()...), nil
	}
	return ddl.Planned(plain...), nil
}
