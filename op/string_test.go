package op_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-limbeck/limbeck/op"
)

func TestString(t *testing.T) {
	parts := []op.KeyPart{{Column: "a", Desc: true, Nulls: "last", Collate: "NOCASE", Length: 10}, {Expr: "lower(b)"}}
	described := map[string]bool{}
	for _, test := range []struct {
		o    op.Operation
		want string
	}{
		{op.CreateTable{Name: "books"}, "create table books"},
		{op.DropTable{Name: "books"}, "drop table books"},
		{op.RenameTable{From: "books", To: "novels"}, "rename table books to novels"},
		{op.SetTableComment{Table: "books", To: "what is\nread"}, `set the comment of table books to "what is\nread"`},
		{op.SetTableComment{Table: "books", From: "x"}, "remove the comment of table books"},
		{
			op.AddColumn{
				Table: "books",
				Column: op.Column{
					Name: "price", Type: op.Decimal(12, 2), NotNull: true, AutoIncrement: true, Default: op.Literal("a"),
					Generated: op.Generated{Expr: "net * 2", Stored: true},
				},
				Backfill: op.Literal(0),
			},
			"add column books.price (decimal(12, 2), not null, auto-increment, default 'a', generated as (net * 2) stored), existing rows get 0",
		},
		{op.AddColumn{Table: "books", Column: op.Column{Name: "isbn", Type: op.Text()}}, "add column books.isbn (text)"},
		{op.DropColumn{Table: "books", Column: "isbn"}, "drop column books.isbn"},
		{op.RenameColumn{Table: "books", From: "name", To: "title"}, "rename column books.name to title"},
		{
			op.AlterColumn{
				Table: "books",
				From:  op.Column{Name: "x", Type: op.Int(32), Generated: op.Generated{Expr: "1"}, Comment: "old"},
				To: op.Column{
					Name: "x", Type: op.Int(64), NotNull: true, Default: op.Literal(0), AutoIncrement: true, Collate: "C", Comment: "new",
				},
				Backfill: op.Literal(7),
			},
			`alter column books.x: type int(32) → int(64), not null, default none → 0, auto-increment, ` +
				`generated as (1) → none, collation none → C, comment "old" → "new", nulls become 7`,
		},
		{
			op.AlterColumn{
				Table: "books",
				From:  op.Column{Name: "x", NotNull: true, AutoIncrement: true, Collate: "C"},
				To:    op.Column{Name: "x", Generated: op.Generated{Expr: "1", Stored: true}},
			},
			"alter column books.x: nullable, no auto-increment, generated none → as (1) stored, collation C → none",
		},
		{
			op.CreateIndex{Table: "books", Index: op.Index{Name: "i", Unique: true, Columns: parts, Where: "a > 0"}},
			"create unique index i on books (a(10) collate NOCASE desc nulls last, (lower(b))) where a > 0",
		},
		{op.CreateIndex{Table: "books", Index: op.Index{Name: "i", Columns: op.Columns("a", "b")}}, "create index i on books (a, b)"},
		{
			op.CreateIndex{Table: "books", Index: op.Index{Name: "i", Class: "FULLTEXT", Columns: op.Columns("a"), Method: "gin", Where: "a > 0", Options: "WITH (fillfactor = 70)", Comment: "said"}},
			`create fulltext index i on books (a) using gin where a > 0 WITH (fillfactor = 70), comment "said"`,
		},
		{op.DropIndex{Table: "books", Name: "i"}, "drop index i on books"},
		{op.RenameIndex{Table: "books", From: "i", To: "j"}, "rename index i on books to j"},
		{op.AddUnique{Table: "books", Unique: op.Unique{Name: "u", Columns: op.Columns("a")}}, "add unique constraint u on books (a)"},
		{
			op.AddUnique{Table: "books", Unique: op.Unique{Name: "u", Columns: op.Columns("a"), Options: "NULLS NOT DISTINCT"}},
			"add unique constraint u on books (a) NULLS NOT DISTINCT",
		},
		{op.DropUnique{Table: "books", Name: "u"}, "drop unique constraint u on books"},
		{
			op.AddForeignKey{Table: "books", ForeignKey: op.ForeignKey{
				Name: "k", Columns: []string{"a", "b"}, RefTable: "authors", RefColumns: []string{"c", "d"},
				OnDelete: "SET NULL", OnUpdate: "CASCADE", Deferrable: "DEFERRABLE INITIALLY DEFERRED",
			}},
			"add foreign key k on books (a, b) references authors (c, d) on delete set null on update cascade deferrable initially deferred",
		},
		{
			op.AddForeignKey{Table: "books", ForeignKey: op.ForeignKey{Name: "k", Columns: []string{"a"}, RefTable: "authors"}},
			"add foreign key k on books (a) references authors",
		},
		{op.DropForeignKey{Table: "books", Name: "k"}, "drop foreign key k on books"},
		{op.AddCheck{Table: "books", Check: op.Check{Name: "c", Expr: "a > 0"}}, "add check c on books (a > 0)"},
		{op.AddCheck{Table: "books", Check: op.Check{Name: "c", Expr: "a > 0", Options: "NOT VALID"}}, "add check c on books (a > 0) NOT VALID"},
		{op.DropCheck{Table: "books", Name: "c"}, "drop check c on books"},
		{op.RenameConstraint{Table: "books", From: "c", To: "d"}, "rename constraint c on books to d"},
		{op.AddPrimaryKey{Table: "books", Columns: op.Columns("a", "b")}, "add primary key on books (a, b)"},
		{op.DropPrimaryKey{Table: "books", Name: "pk"}, "drop primary key on books"},
		{op.CreateEnum{Name: "state", Values: []string{"new", "paid"}}, "create enum state (new, paid)"},
		{op.DropEnum{Name: "state"}, "drop enum state"},
		{op.RenameEnum{From: "state", To: "status"}, "rename enum state to status"},
		{op.AddEnumValue{Enum: "state", Value: "sent"}, `add value "sent" to enum state`},
		{op.AddEnumValue{Enum: "state", Value: "sent", Before: "paid"}, `add value "sent" to enum state before "paid"`},
		{
			op.AddEnumValue{Enum: "state", Value: "sent", After: "paid", In: []op.ColumnRef{{Table: "orders", Column: "state"}, {Table: "audit", Column: "old"}}},
			`add value "sent" to enum state after "paid" in orders.state, audit.old`,
		},
		{op.RenameEnumValue{Enum: "state", From: "paid", To: "done"}, `rename value "paid" of enum state to "done"`},
		{
			op.AlterEnum{Name: "state", From: []string{"new", "lost"}, To: []string{"new"}, Replace: []op.Replacement{{From: "lost", To: "new"}}},
			`alter enum state: (new, lost) → (new), "lost" becomes "new"`,
		},
		{
			op.AlterColumn{
				Table: "orders", From: op.Column{Name: "state", Type: op.Raw("enum('a')")}, To: op.Column{Name: "state", Type: op.Raw("enum('b')")},
				Replace: []op.Replacement{{From: "a", To: "b"}},
			},
			`alter column orders.state: type enum('a') → enum('b'), "a" becomes "b"`,
		},
		{op.CreateView{Name: "open_orders", SQL: "SELECT 1"}, "create view open_orders"},
		{op.CreateView{Name: "open_orders", Materialized: true}, "create materialized view open_orders"},
		{op.DropView{Name: "open_orders"}, "drop view open_orders"},
		{op.DropView{Name: "open_orders", Materialized: true}, "drop materialized view open_orders"},
		{op.AlterView{From: op.View{Name: "v", SQL: "SELECT 1"}, To: op.View{Name: "v", SQL: "SELECT 2"}}, "alter view v"},
		{op.AlterView{From: op.View{Name: "v"}, To: op.View{Name: "v", Materialized: true}}, "alter view v to a materialized view"},
		{op.Exec{SQL: "  UPDATE books\n\tSET a = 1 "}, "exec UPDATE books SET a = 1"},
		{op.Exec{SQL: strings.Repeat("ä", 60)}, "exec " + strings.Repeat("ä", 60)},
		{op.Exec{SQL: strings.Repeat("ä", 61)}, "exec " + strings.Repeat("ä", 59) + "…"},
	} {
		described[test.o.Kind()] = true
		if got := test.o.String(); got != test.want {
			t.Errorf("%T:\ngot  %s\nwant %s", test.o, got, test.want)
		} else if !utf8.ValidString(got) {
			t.Errorf("%q is not UTF-8", got)
		}
	}
	for _, kind := range kinds(t) {
		if !described[kind] {
			t.Errorf("no %s is described here", kind)
		}
	}
}

func TestGeneratedString(t *testing.T) {
	for want, g := range map[string]op.Generated{
		"none":          {},
		"as (a)":        {Expr: "a"},
		"as (a) stored": {Expr: "a", Stored: true},
	} {
		if got := g.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if g.IsZero() != (want == "none") {
			t.Errorf("%q is zero: %v", want, g.IsZero())
		}
	}
}
