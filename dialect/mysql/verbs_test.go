package mysql

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// library is a schema with something of everything, under names that have to
// be quoted.
func library() op.Schema {
	return op.Schema{Tables: []op.Table{
		{
			Name:       "authors",
			Columns:    []op.Column{{Name: "id", Type: op.Int(64), NotNull: true, AutoIncrement: true}, {Name: "name", Type: op.String(50), NotNull: true}, {Name: "touched", Type: op.Time(), Default: op.Expr("NULL ON UPDATE CURRENT_TIMESTAMP(3)")}},
			PrimaryKey: op.Columns("id"),
			Uniques:    []op.Unique{{Name: "uni_authors_name", Columns: op.Columns("name")}},
			Comment:    `who "writes" it's \ not clear`,
		},
		{
			Name: "bo`ok 'table\"",
			Columns: []op.Column{
				{Name: "id", Type: op.Int(64), NotNull: true, AutoIncrement: true},
				{Name: "select", Type: op.String(100), Default: op.Literal(`it's a "draft" \ ok`), Comment: `a 'comment' \ "quoted"`},
				{Name: "au`thor", Type: op.Int(64)},
				{Name: "price", Type: op.Decimal(10, 2), NotNull: true, Default: op.Literal(1.5)},
				{Name: "made", Type: op.Time(), Default: op.Expr("CURRENT_TIMESTAMP")},
				{Name: "loud", Type: op.String(200), Generated: op.Generated{Expr: "upper(`select`)", Stored: true}},
				{Name: "body", Type: op.Text()},
				{Name: "Größe", Type: op.Int(32)},
			},
			PrimaryKey: op.Columns("id"),
			Uniques:    []op.Unique{{Name: "uni`que", Columns: op.Columns("select")}},
			Indexes: []op.Index{
				{Name: "idx price", Columns: []op.KeyPart{{Column: "price", Desc: true}, {Column: "select", Length: 7}}, Comment: "for 'sorting'"},
				{Name: "idx_where", Columns: op.Columns("Größe"), Where: "price > 1"},
				{Name: "idx_full", Class: "FULLTEXT", Columns: op.Columns("body")},
			},
			ForeignKeys: []op.ForeignKey{{Name: "fk'author", Columns: []string{"au`thor"}, RefTable: "authors", RefColumns: []string{"id"}, OnDelete: "CASCADE"}},
			Checks:      []op.Check{{Name: "chk price", Expr: "price > 0 AND `select` <> 'a''b\\\\'"}},
		},
	}}
}

const book = "bo`ok 'table\""

// start makes the library with rows in it.
func start(t *testing.T) (s op.Schema, run func(ops ...op.Operation) []string) {
	t.Helper()
	_, conn := open(t)
	s = library()
	for _, table := range s.Tables {
		mustMigrate(t, conn, op.CreateTable(table))
	}
	same(t, "created", s, inspect(t, conn, s))
	exec(t, conn, "INSERT INTO authors (id, name) VALUES (1, 'A'), (2, 'B')",
		"INSERT INTO "+quoteName(book)+" (`select`, `au``thor`, body) VALUES ('x', 1, 'b'), ('y', 2, NULL), (NULL, NULL, NULL)")
	return s, func(ops ...op.Operation) []string {
		t.Helper()
		before := shown(t, conn)
		var statements []string
		for rest := op.List(ops); len(rest) > 0; {
			step, err := Dialect{}.Plan(t.Context(), conn, rest)
			if err != nil {
				t.Fatal(err)
			}
			now, err := step.Ops.Apply(s)
			if err != nil {
				t.Fatal(err)
			}
			statements = append(statements, mustMigrate(t, conn, step.Ops...)...)
			if drop, ok := rest[0].(op.DropPrimaryKey); ok && len(drop.Nullable) > 0 {
				now.Table(drop.Table).Column("id").NotNull = false // whatever Apply does about it
			}
			same(t, fmt.Sprint(step.Ops), now, inspect(t, conn, now))
			s, rest = now, rest[len(step.Ops):]
		}
		if len(ops) < 4 && cmp.Equal(before, shown(t, conn)) {
			t.Errorf("nothing has changed: %v", ops)
		}
		if rows := dump(t, conn, "SELECT (SELECT COUNT(*) FROM authors), (SELECT COUNT(*) FROM "+quoteTable(s.Tables[1].Name)+")"); rows[0] != "2|3" {
			t.Errorf("rows: %v", rows)
		}
		if touched := dump(t, conn, "SELECT DISTINCT touched FROM authors"); len(touched) != 1 || touched[0] != "<null>" {
			t.Errorf("ON UPDATE has fired: %v", touched)
		}
		return statements
	}
}

// TestVerbs runs each verb over rows, and compares what is there with what
// Apply says in memory.
func TestVerbs(t *testing.T) {
	change := func(c op.Column, change func(*op.Column)) op.Column { change(&c); return c }
	column := func(name string) op.Column { return *library().Tables[1].Column(name) }
	alter := func(name string, to func(*op.Column)) op.AlterColumn {
		return op.AlterColumn{Table: book, From: column(name), To: change(column(name), to)}
	}
	for name, ops := range map[string]op.List{
		"create and drop table":    {op.CreateTable{Name: "new", Columns: []op.Column{{Name: "a", Type: op.Bool(), Default: op.Literal(true)}}, Comment: "c"}, op.AddCheck{Table: "new", Check: op.Check{Name: "k", Expr: "a"}}},
		"rename table":             {op.RenameTable{From: book, To: "books"}},
		"table comment":            {op.SetTableComment{Table: "authors", From: "x", To: `o'ther \ "one"`}},
		"no table comment":         {op.SetTableComment{Table: "authors", From: "x"}},
		"add column":               {op.AddColumn{Table: book, Column: op.Column{Name: "n`ew", Type: op.Uint(16), NotNull: true, Default: op.Literal(3), Comment: "c"}}},
		"add column, constant":     {op.AddColumn{Table: "authors", Column: op.Column{Name: "new", Type: op.String(9), NotNull: true}, Backfill: op.Literal(`o'k \`)}},
		"add text column":          {op.AddColumn{Table: "authors", Column: op.Column{Name: "new", Type: op.Text(), NotNull: true}, Backfill: op.Literal("")}},
		"add time column":          {op.AddColumn{Table: "authors", Column: op.Column{Name: "new", Type: op.Time(), NotNull: true}, Backfill: op.Literal("1970-01-01 00:00:00+00:00")}},
		"add zero times":           {addZero("a", op.Time()), addZero("b", op.Raw("datetime")), addZero("c", op.Raw("date")), addZero("e", op.Raw("timestamp")), addZero("d", op.Time(6).On("sqlite", "text"))},
		"not null time":            {op.AlterColumn{Table: book, From: column("made"), To: op.Column{Name: "made", Type: op.Time(), NotNull: true}, Backfill: op.Literal("0001-01-01 00:00:00+00:00")}},
		"add bytes":                {op.AddColumn{Table: "authors", Column: op.Column{Name: "new", Type: op.Bytes(), NotNull: true}, Backfill: op.Expr("x''")}},
		"add bytes literally":      {op.AddColumn{Table: "authors", Column: op.Column{Name: "new", Type: op.Bytes(), NotNull: true}, Backfill: op.Literal([]byte{0, 0xff})}},
		"add column, expression":   {op.AddColumn{Table: "authors", Column: op.Column{Name: "new", Type: op.String(60), NotNull: true}, Backfill: op.Expr("concat(name, '!')")}},
		"add generated column":     {op.AddColumn{Table: "authors", Column: op.Column{Name: "new", Type: op.Int(64), Generated: op.Generated{Expr: "length(name)"}}}},
		"drop column":              {op.DropColumn{Table: book, Column: "loud"}},
		"rename column":            {op.RenameColumn{Table: book, From: "Größe", To: "si`ze"}},
		"alter type":               {alter("select", func(c *op.Column) { c.Type = op.String(150) })},
		"alter default":            {alter("select", func(c *op.Column) { c.Default = op.Expr("(uuid())") })},
		"drop default":             {alter("price", func(c *op.Column) { c.Default = op.Default{} })},
		"alter comment":            {alter("select", func(c *op.Column) { c.Comment = `\` })},
		"alter collation":          {alter("select", func(c *op.Column) { c.Collate = "utf8mb4_bin" })},
		"not null with backfill":   {op.AlterColumn{Table: book, From: column("body"), To: change(column("body"), func(c *op.Column) { c.NotNull = true }), Backfill: op.Literal(`it's \`)}},
		"not null and new type":    {op.AlterColumn{Table: book, From: column("Größe"), To: op.Column{Name: "Größe", Type: op.String(20), NotNull: true}, Backfill: op.Literal("none")}},
		"nullable":                 {alter("price", func(c *op.Column) { c.NotNull = false })},
		"stored becomes virtual":   {alter("loud", func(c *op.Column) { c.Generated.Stored = false })},
		"stored becomes plain":     {alter("loud", func(c *op.Column) { c.Generated = op.Generated{} })},
		"generated otherwise":      {alter("loud", func(c *op.Column) { c.Generated.Expr = "lower(`select`)" })},
		"plain becomes generated":  {alter("Größe", func(c *op.Column) { c.Generated = op.Generated{Expr: "floor(price) * 2"}; c.Type = op.Int(64) })},
		"virtual becomes plain":    {alter("loud", func(c *op.Column) { c.Generated.Stored = false }), alter("loud", func(c *op.Column) { c.Generated = op.Generated{} })},
		"create index":             {op.CreateIndex{Table: book, Index: op.Index{Name: "new", Unique: true, Columns: op.Columns("select", "price"), Comment: `c'\`}}},
		"create index of a key":    {op.CreateIndex{Table: book, Index: op.Index{Name: "new", Columns: op.Columns("au`thor", "id")}}, op.DropIndex{Table: book, Name: "new"}, op.DropForeignKey{Table: book, Name: "fk'author"}},
		"drop index":               {op.DropIndex{Table: book, Name: "idx price"}},
		"rename index":             {op.RenameIndex{Table: book, From: "idx price", To: "idx`new"}},
		"add unique":               {op.AddUnique{Table: "authors", Unique: op.Unique{Name: "u", Columns: op.Columns("name", "id")}}},
		"drop unique":              {op.DropUnique{Table: book, Name: "uni`que"}},
		"rename unique":            {op.RenameConstraint{Table: book, From: "uni`que", To: "u2"}},
		"rename foreign key":       {op.RenameConstraint{Table: book, From: "fk'author", To: "fk2"}, op.DropForeignKey{Table: book, Name: "fk2"}},
		"rename check":             {op.RenameConstraint{Table: book, From: "chk price", To: "chk2"}},
		"drop foreign key":         {op.DropForeignKey{Table: book, Name: "fk'author"}},
		"two foreign keys":         {op.AddForeignKey{Table: book, ForeignKey: op.ForeignKey{Name: "fk_2", Columns: []string{"au`thor"}, RefTable: "authors", RefColumns: []string{"id"}}}, op.DropForeignKey{Table: book, Name: "fk'author"}, op.DropForeignKey{Table: book, Name: "fk_2"}},
		"add check":                {op.AddCheck{Table: book, Check: op.Check{Name: "k`", Expr: "price < 100 -- cheap"}}},
		"drop check":               {op.DropCheck{Table: book, Name: "chk price"}},
		"primary key":              {alterNumbered(false), op.DropPrimaryKey{Table: book}, op.AddPrimaryKey{Table: book, Columns: op.Columns("price", "id")}},
		"longer primary key":       {op.DropPrimaryKey{Table: book}, op.AddPrimaryKey{Table: book, Columns: op.Columns("id", "price")}},
		"nullable without its key": {alterNumbered(false), op.DropPrimaryKey{Table: book, Nullable: []string{"id"}}},
		"numbers go":               {alterNumbered(false)},
		"numbers come":             {alterNumbered(false), op.DropPrimaryKey{Table: book}, op.AddPrimaryKey{Table: book, Columns: op.Columns("id")}, op.AlterColumn{Table: book, From: numbered(false), To: numbered(true)}},
		"new numbered primary key": {op.DropColumn{Table: book, Column: "id"}},
		"types of a foreign key":   {op.AlterColumn{Table: "authors", From: op.Column{Name: "id", Type: op.Int(64), NotNull: true, AutoIncrement: true}, To: op.Column{Name: "id", Type: op.Uint(64), NotNull: true, AutoIncrement: true}}, alter("au`thor", func(c *op.Column) { c.Type = op.Uint(64) })},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "new numbered primary key" {
				ops = op.List{op.DropPrimaryKey{Table: book}, op.DropColumn{Table: book, Column: "id"},
					op.AddColumn{Table: book, Column: op.Column{Name: "nr", Type: op.Uint(32), NotNull: true, AutoIncrement: true}}, op.AddPrimaryKey{Table: book, Columns: op.Columns("nr")}}
			}
			_, run := start(t)
			for _, s := range run(ops...) {
				t.Log(s)
			}
		})
	}
}

func numbered(on bool) op.Column {
	return op.Column{Name: "id", Type: op.Int(64), NotNull: true, AutoIncrement: on}
}

func alterNumbered(on bool) op.AlterColumn {
	return op.AlterColumn{Table: book, From: numbered(!on), To: numbered(on)}
}

// addZero adds a column in which rows get the zero time, as it is generated.
func addZero(name string, typ op.Type) op.AddColumn {
	return op.AddColumn{Table: "authors", Column: op.Column{Name: name, Type: typ, NotNull: true}, Backfill: op.Literal("0001-01-01 00:00:00+00:00")}
}
