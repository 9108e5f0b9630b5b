package mysql

import (
	"context"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Plan plans the first operation of the list, or the first few where they
// change columns that a foreign key ties together, or where something goes and
// comes back changed: then nothing is lost by a failure between. It reads from q how the table
// stands now, so a step must have run before the next one is planned.
func (Dialect) Plan(ctx context.Context, q ddl.Querier, ops op.List) (ddl.Step, error) {
	if len(ops) == 0 {
		return ddl.Step{}, nil
	}
	if r, ok := q.(rehearsal); ok {
		if err := r.refuse(ops[0]); err != nil {
			return ddl.Step{}, err
		}
	}
	asked := q
	if u, ok := q.(ddl.Unseen); ok {
		asked = u.Server
	}
	s, err := askServer(ctx, asked)
	if err != nil {
		return ddl.Step{}, err
	}
	p := planner{server: s, ctx: ctx, q: q}
	step := ddl.Step{Ops: ops[:1]}
	if text, ok, err := ddl.UserSQL(ops[0], Name); ok {
		if err == nil {
			step.Statements, err = s.splitStatements(text)
		}
		return step, err
	}
	if _, ok := ops[0].(op.AlterColumn); ok {
		n, texts, err := p.alterColumns(ops)
		return ddl.Step{Ops: ops[:max(n, 1)], Statements: ddl.Planned(s.strictly(texts)...)}, err
	}
	if n, err := p.together(ops); n > 1 || err != nil {
		if err != nil {
			return ddl.Step{}, err
		}
		texts, err := p.change(tableOf(ops[0]), ops[:n])
		return ddl.Step{Ops: ops[:n], Statements: ddl.Planned(s.strictly(texts)...)}, err
	}
	texts, err := p.plan(ops[0])
	step.Statements = ddl.Planned(texts...)
	return step, err
}

// strictly returns statements that change columns with rows in them for a
// session which would cut off what does not fit, and say so in a warning that
// nobody reads: in strict mode the server refuses. The release of the lock sets
// the mode back where one of them fails.
func (s server) strictly(texts []string) []string {
	if s.strict || len(texts) == 0 {
		return texts
	}
	list := []string{"SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES')"}
	return append(append(list, texts...), "SET SESSION sql_mode = '"+s.modes+"'")
}

// planner plans one operation.
type planner struct {
	server
	ctx context.Context
	q   ddl.Querier
}

func (p planner) plan(o op.Operation) ([]string, error) {
	switch o := o.(type) {
	case op.CreateTable:
		return p.planCreate(op.Table(o))
	case op.DropTable:
		defer p.known.forgetTriggers()
		if err := p.refuseDependents(fmt.Sprintf("dropping table %q", o.Name), o.Name, "", onlyViews); err != nil {
			return nil, err
		}
		return p.one(o.Name, "DROP TABLE "+quoteTable(o.Name))
	case op.RenameTable:
		defer p.known.forgetTriggers()
		if err := p.checkNames(o.From, named{"table", o.To}); err != nil {
			return nil, err
		}
		if err := p.refuseDependents(fmt.Sprintf("renaming table %q", o.From), o.From, ""); err != nil {
			return nil, err
		}
		return p.one(o.To, "RENAME TABLE "+quoteTable(o.From)+" TO "+quoteTable(o.To))
	case op.SetTableComment:
		return p.one(o.Table, alter(o.Table, "COMMENT = "+p.quoteString(o.To)))
	case op.DropColumn:
		if err := p.refuseDropped(o); err != nil {
			return nil, err
		}
		return p.one(o.Table, alter(o.Table, "DROP COLUMN "+quoteName(o.Column)))
	case op.RenameColumn:
		return p.renameColumn(o)
	case op.RenameIndex:
		return p.renameIndex(o.Table, o.From, o.To)
	case op.AddForeignKey:
		return p.addForeignKey(o)
	case op.DropForeignKey:
		return p.dropForeignKey(o)
	case op.DropCheck:
		return p.one(o.Table, alter(o.Table, p.dropCheck(o.Name)))
	case op.RenameConstraint:
		return p.renameConstraint(o)
	case op.AddColumn, op.AddPrimaryKey, op.DropPrimaryKey, op.AddUnique, op.DropUnique, op.CreateIndex, op.DropIndex, op.AddCheck:
		return p.change(tableOf(o), op.List{o})
	case op.CreateEnum, op.DropEnum, op.RenameEnum, op.AddEnumValue, op.RenameEnumValue, op.AlterEnum:
		return p.planEnum(o)
	case op.CreateView, op.DropView, op.AlterView:
		return p.planView(o)
	default:
		return nil, ddl.UnknownOperation(o, p.server.String())
	}
}

func alter(table, what string) string { return "ALTER TABLE " + quoteTable(table) + " " + what }

// dropCheck is one of the places where the two servers part.
func (s server) dropCheck(name string) string {
	if s.isMaria {
		return "DROP CONSTRAINT " + quoteName(name)
	}
	return "DROP CHECK " + quoteName(name)
}

// one returns one statement about a table whose name can be written.
func (p planner) one(table, text string) ([]string, error) {
	if _, _, err := splitName(table); err != nil {
		return nil, err
	}
	return []string{text}, nil
}

type named struct{ what, name string }

// checkNames checks the table's name and those of new things.
func (p planner) checkNames(table string, list ...named) error {
	if _, _, err := splitName(table); err != nil {
		return err
	}
	for _, n := range list {
		if n.name == "" {
			continue
		}
		if n.what == "table" {
			if _, _, err := splitName(n.name); err != nil {
				return err
			}
		}
		if err := checkName(n.what, n.name); err != nil {
			return err
		}
	}
	return nil
}

func (p planner) planCreate(t op.Table) ([]string, error) {
	list := append(make([]named, 0, 1+len(t.Columns)+len(t.Indexes)+len(t.Uniques)+len(t.ForeignKeys)+len(t.Checks)), named{"table", t.Name})
	for _, c := range t.Columns {
		list = append(list, named{"column", c.Name})
	}
	for _, x := range t.Indexes {
		list = append(list, named{"index", x.Name})
	}
	for _, u := range t.Uniques {
		list = append(list, named{"unique constraint", u.Name})
	}
	for _, k := range t.ForeignKeys {
		list = append(list, named{"foreign key", k.Name})
	}
	for _, c := range t.Checks {
		list = append(list, named{"check", c.Name})
	}
	if err := p.checkNames(t.Name, list...); err != nil {
		return nil, fmt.Errorf("creating table %q: %w", t.Name, err)
	}
	text, err := p.createTable(t)
	if err != nil {
		return nil, err
	}
	return []string{text}, nil
}

// read reads how a table stands now.
func (p planner) read(table string) (definition, error) {
	return readDefinition(p.ctx, p.q, p.server, table)
}
