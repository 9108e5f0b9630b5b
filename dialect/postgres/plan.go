package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// Plan plans the operation at the head of the list. Where the statements depend
// on how the table stands (the name of its primary key, the sequence of a
// column), it reads that from q, so a step must have run before the next one is
// planned.
func (Dialect) Plan(ctx context.Context, q ddl.Querier, ops op.List) (ddl.Step, error) {
	if len(ops) == 0 {
		return ddl.Step{}, nil
	}
	if r, ok := q.(rehearsal); ok {
		return r.plan(ctx, ops)
	}
	p := planner{ctx: ctx, q: q, rest: ops[1:]}
	step := ddl.Step{Ops: ops[:1]}
	if text, ok, err := ddl.UserSQL(ops[0], Name); ok {
		if err == nil {
			step.Statements, err = splitStatements(text)
		}
		return step, err
	}
	if err := p.plan(ops[0]); err != nil {
		return ddl.Step{}, err
	}
	step.Statements = ddl.Planned(p.texts...)
	return step, nil
}

// planner collects the statements of one operation.
type planner struct {
	ctx   context.Context
	q     ddl.Querier
	texts []string
	// rest are the operations that follow in the same transaction.
	rest op.List
}

func (p *planner) add(format string, args ...any) {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	p.texts = append(p.texts, format)
}

// alter adds a change of a table.
func (p *planner) alter(table, change string) {
	p.texts = append(p.texts, "ALTER TABLE "+quoteTable(table)+" "+change)
}

func (p *planner) plan(o op.Operation) error {
	switch o := o.(type) {
	case op.CreateTable:
		return p.createTable(op.Table(o))
	case op.DropTable:
		p.add("DROP TABLE " + quoteTable(o.Name))
	case op.RenameTable:
		return p.renameTable(o)
	case op.SetTableComment:
		p.add(commentOn("TABLE "+quoteTable(o.Table), o.To))
	case op.AddColumn:
		return p.addColumn(o)
	case op.DropColumn:
		p.alter(o.Table, "DROP COLUMN "+quoteName(o.Column))
	case op.RenameColumn:
		return p.renameColumn(o)
	case op.AlterColumn:
		return p.alterColumn(o)
	case op.CreateIndex:
		first := len(p.texts)
		if err := p.createIndex(o.Table, o.Index); err != nil || !o.Concurrently {
			return err
		}
		// CREATE INDEX and CREATE UNIQUE INDEX.
		p.texts[first] = strings.Replace(p.texts[first], "INDEX ", "INDEX CONCURRENTLY ", 1)
	case op.DropIndex:
		return p.dropIndex(o)
	case op.RenameIndex:
		schema, _ := splitName(o.Table)
		p.add("ALTER INDEX " + qualified(schema, o.From) + " RENAME TO " + quoteName(o.To))
		return checkNames("index", o.To)
	case op.AddUnique:
		p.alter(o.Table, "ADD "+spellUnique(o.Unique))
		return checkNames("unique constraint", o.Unique.Name)
	case op.AddForeignKey:
		p.alter(o.Table, "ADD "+spellForeignKey(o.ForeignKey))
		return checkNames("foreign key", o.ForeignKey.Name)
	case op.AddCheck:
		p.alter(o.Table, "ADD "+spellCheck(o.Check))
		return checkNames("check", o.Check.Name)
	case op.DropUnique:
		return p.dropUnique(o)
	case op.DropForeignKey:
		p.alter(o.Table, "DROP CONSTRAINT "+quoteName(o.Name))
	case op.DropCheck:
		p.alter(o.Table, "DROP CONSTRAINT "+quoteName(o.Name))
	case op.RenameConstraint:
		p.alter(o.Table, "RENAME CONSTRAINT "+quoteName(o.From)+" TO "+quoteName(o.To))
		return checkNames("constraint", o.To)
	case op.AddPrimaryKey:
		p.alter(o.Table, "ADD "+spellPrimaryKey(o.Name, o.Columns))
		return checkNames("primary key", o.Name)
	case op.DropPrimaryKey:
		return p.dropPrimaryKey(o)
	case op.CreateEnum:
		return p.createEnum(op.Enum(o))
	case op.DropEnum:
		p.add("DROP TYPE " + quoteTable(o.Name))
	case op.RenameEnum:
		return p.renameEnum(o)
	case op.AddEnumValue:
		return p.addEnumValue(o)
	case op.RenameEnumValue:
		p.add("ALTER TYPE " + quoteTable(o.Enum) + " RENAME VALUE " + quoteString(o.From) + " TO " + quoteString(o.To))
		return checkNames("value", o.To)
	case op.CreateView:
		return p.createView(op.View(o))
	case op.DropView:
		return p.dropView(o)
	case op.AlterView:
		return p.alterView(o)
	case op.AlterEnum:
		return p.replaceEnum(o.Name, o.To, o.Replace)
	default:
		return ddl.UnknownOperation(o, Name)
	}
	return nil
}

// createTable makes the table, and before it the schema that its name states,
// where there is none. Nothing of ours drops that schema again: it may have been
// there before on another database, and others may use it by then.
func (p *planner) createTable(t op.Table) error {
	err := errors.Join(checkTableName(t.Name), checkColumns(t.Columns), checkNames("primary key", t.PrimaryKeyName))
	for _, u := range t.Uniques {
		err = errors.Join(err, checkNames("unique constraint", u.Name))
	}
	for _, k := range t.ForeignKeys {
		err = errors.Join(err, checkNames("foreign key", k.Name))
	}
	for _, c := range t.Checks {
		err = errors.Join(err, checkNames("check", c.Name))
	}
	if err != nil {
		return fmt.Errorf("creating table %q: %w", t.Name, err)
	}
	if err := p.createSchemaOf(t.Name); err != nil {
		return err
	}
	// A reference to the table itself may rest on a unique index of it.
	var later []op.ForeignKey
	first := t
	first.ForeignKeys = nil
	for _, k := range t.ForeignKeys {
		if k.RefTable == t.Name && len(k.RefColumns) > 0 && len(t.Indexes) > 0 {
			later = append(later, k)
		} else {
			first.ForeignKeys = append(first.ForeignKeys, k)
		}
	}
	var uniques []op.Unique
	first.Uniques, uniques = apart(t)
	p.add(createTable(first))
	for _, u := range uniques {
		p.alter(t.Name, "ADD "+spellUnique(u))
	}
	for _, x := range t.Indexes {
		if err := p.createIndex(t.Name, x); err != nil {
			return err
		}
	}
	for _, k := range later {
		p.alter(t.Name, "ADD "+spellForeignKey(k))
	}
	if t.Comment != "" {
		p.add(commentOn("TABLE "+quoteTable(t.Name), t.Comment))
	}
	for _, c := range t.Columns {
		if c.Comment != "" {
			p.commentColumn(t.Name, c)
		}
	}
	return nil
}

// createSchemaOf makes the schema that a name states, where there is none.
func (p *planner) createSchemaOf(name string) error {
	schema, _ := splitName(name)
	if schema == "" {
		return nil
	}
	// Even IF NOT EXISTS asks for a privilege that it does not need then.
	var there bool
	if err := p.q.QueryRowContext(p.ctx, "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1::text)", schema).Scan(&there); err != nil {
		return fmt.Errorf("looking for schema %q: %w", schema, err)
	}
	if !there {
		p.add("CREATE SCHEMA IF NOT EXISTS " + quoteName(schema))
	}
	return nil
}

func (p *planner) commentColumn(table string, c op.Column) {
	p.add(commentOn("COLUMN "+quoteTable(table)+"."+quoteName(c.Name), c.Comment))
}

func (p *planner) createIndex(table string, x op.Index) error {
	if err := checkNames("index", x.Name); err != nil {
		return err
	}
	text, err := createIndex(table, x)
	if err != nil {
		return err
	}
	p.texts = append(p.texts, text)
	return nil
}

// primaryKeyName returns the name of a table's primary key, "" where there is
// none.
func (p *planner) primaryKeyName(table string) (string, error) {
	var name string
	err := p.q.QueryRowContext(p.ctx, `SELECT coalesce((SELECT conname::text FROM pg_catalog.pg_constraint
		WHERE contype = 'p' AND conrelid = to_regclass($1::text)), '')`, quoteTable(table)).Scan(&name)
	if err != nil {
		return "", fmt.Errorf("looking for the primary key of table %q: %w", table, err)
	}
	return name, nil
}

func (p *planner) dropPrimaryKey(o op.DropPrimaryKey) error {
	name, err := p.primaryKeyName(o.Table)
	if err != nil {
		return err
	}
	if o.Name != "" || name == "" {
		name = o.Name
	}
	if name == "" {
		_, table := splitName(o.Table)
		name = chosenName(table, "", "pkey") // for the server to say that it is not there
	}
	p.alter(o.Table, "DROP CONSTRAINT "+quoteName(name))
	for _, column := range o.Nullable {
		s, err := p.state(o.Table, column)
		if err != nil {
			return err
		}
		if s.notNull && s.identity == "" && s.sequence == "" {
			p.alter(o.Table, "ALTER COLUMN "+quoteName(column)+" DROP NOT NULL")
		}
	}
	return nil
}

// addColumn adds a column. The value for the rows that are there stands as a
// default while it is added, which the server keeps beside the table instead of
// rewriting it where the value is a constant. A value made from other columns
// cannot be a default.
func (p *planner) addColumn(o op.AddColumn) error {
	if err := checkNames("column", o.Column.Name); err != nil {
		return err
	}
	d := define(o.Table, o.Column)
	fill := spellFill(d.typ, o.Backfill)
	filled := fill != "" && !d.serial && d.identity == "" && d.generated.IsZero() && !strings.Contains(strings.ToUpper(d.rest), "DEFAULT")
	fromRow, err := false, error(nil)
	if filled {
		if fromRow, err = p.mentionsColumn(o.Table, fill); err != nil {
			return err
		}
	}
	column := "ALTER COLUMN " + quoteName(o.Column.Name)
	switch first := d; {
	case fromRow:
		first.word.NotNull = false
		p.alter(o.Table, "ADD COLUMN "+first.sql())
		p.add("UPDATE %s SET %s = %s", quoteTable(o.Table), quoteName(o.Column.Name), fill)
		if d.notNull {
			p.alter(o.Table, column+" SET NOT NULL")
		}
	case filled:
		first.word.Default = op.Expr(fill)
		p.alter(o.Table, "ADD COLUMN "+first.sql())
		p.alter(o.Table, column+setDefault(d.def))
	default:
		p.alter(o.Table, "ADD COLUMN "+d.sql())
	}
	if o.Column.Comment != "" {
		p.commentColumn(o.Table, o.Column)
	}
	return nil
}

// mentionsColumn reports whether an expression can refer to a column of the
// table as it stands.
func (p *planner) mentionsColumn(table, sql string) (bool, error) {
	if len(tokenize(sql)) == 1 && !tokenize(sql)[0].isIdentifier() {
		return false, nil // a constant
	}
	rows, err := p.q.QueryContext(p.ctx, `SELECT attname::text FROM pg_catalog.pg_attribute
		WHERE attrelid = to_regclass($1::text) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`, quoteTable(table))
	if err != nil {
		return false, fmt.Errorf("reading the columns of table %q: %w", table, err)
	}
	defer rows.Close()
	mentions := false
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return false, fmt.Errorf("reading the columns of table %q: %w", table, err)
		}
		mentions = mentions || op.Mentions(sql, name)
	}
	if err := rows.Err(); err != nil {
		return false, fmt.Errorf("reading the columns of table %q: %w", table, err)
	}
	return mentions, nil
}

// spellFill writes the value that rows which are there get. Revisions that were
// written before [op.Literal] took bytes have the expression x'00' for them,
// which is a bit string here.
func spellFill(typ string, d op.Default) string {
	text := spellDefault(d)
	if stored, _ := storedType(typ); stored == "bytea" && len(text) > 2 && strings.EqualFold(text[:2], "x'") {
		return "decode(" + text[1:] + ", 'hex')"
	}
	return text
}

// dropIndex drops an index, or the exclusion constraint that has it: the server
// drops none from under its constraint.
func (p *planner) dropIndex(o op.DropIndex) error {
	var isExclusion bool
	err := p.q.QueryRowContext(p.ctx, `SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint
		WHERE contype = 'x' AND conrelid = to_regclass($1::text) AND conname = $2::text)`, quoteTable(o.Table), o.Name).Scan(&isExclusion)
	if err != nil {
		return fmt.Errorf("looking for index %q of table %q: %w", o.Name, o.Table, err)
	}
	if isExclusion {
		p.alter(o.Table, "DROP CONSTRAINT "+quoteName(o.Name))
		return nil
	}
	schema, _ := splitName(o.Table)
	concurrently := ""
	if o.Concurrently {
		concurrently = "CONCURRENTLY "
	}
	p.add("DROP INDEX " + concurrently + qualified(schema, o.Name))
	return nil
}

func setDefault(text string) string {
	if text == "" {
		return " DROP DEFAULT"
	}
	return " SET DEFAULT " + text
}
