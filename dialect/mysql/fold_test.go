package mysql

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// TestNamesOfTablesKeepTheirCase has two tables that differ by letter case only,
// where the server keeps them apart, with columns, which it does not. Where it
// folds them too, one of each has the words' case.
func TestNamesOfTablesKeepTheirCase(t *testing.T) {
	_, conn := open(t)
	table := func(name string, typ op.Type, keys ...op.ForeignKey) op.Table {
		return op.Table{Name: name, Columns: []op.Column{{Name: "Id", Type: typ, NotNull: true}, {Name: "Up", Type: typ}}, PrimaryKey: op.Columns("Id"), ForeignKeys: keys,
			Checks: []op.Check{{Name: "chk_" + name, Expr: "Up > 0"}}}
	}
	schema := op.Schema{Tables: []op.Table{
		table("Books", op.Int(64)), table("books", op.Int(32)),
		table("pages", op.Int(32), op.ForeignKey{Name: "fk_small", Columns: []string{"Up"}, RefTable: "books", RefColumns: []string{"Id"}}),
		table("Pages", op.Int(64), op.ForeignKey{Name: "fk_large", Columns: []string{"Up"}, RefTable: "Books", RefColumns: []string{"Id"}}),
	}}
	folds := dump(t, conn, "SELECT @@lower_case_table_names")[0] != "0"
	if folds {
		schema.Tables = []op.Table{schema.Tables[0], schema.Tables[3]}
	}
	for _, t1 := range schema.Tables {
		mustMigrate(t, conn, op.CreateTable(t1))
	}
	same(t, "created", schema, inspect(t, conn, schema))
	nothing := func(words op.Schema) {
		t.Helper()
		if plan, err := diff.Compare(inspect(t, conn, words), words, diff.Options{}); err != nil || !plan.Empty() {
			t.Errorf("%v, %v", plan.Up, err)
		}
	}
	nothing(schema)
	if folds {
		return
	}
	// Columns in other case are the same; a table in other case is another one.
	words := schema.Clone()
	words.Tables[2].Columns[1].Name = "UP"
	words.Tables[2].ForeignKeys[0].Columns[0] = "up"
	words.Tables[2].ForeignKeys[0].RefColumns[0] = "ID"
	live := inspect(t, conn, words)
	got := live.Table("pages")
	if got.Columns[1].Name != "UP" || got.ForeignKeys[0].Columns[0] != "UP" {
		t.Errorf("%+v", got)
	}
	words = op.Schema{Tables: []op.Table{table("BOOKS", op.Int(64))}}
	reading, err := Dialect{}.Inspect(t.Context(), conn, ddl.Inquiry{Words: []op.Schema{words}})
	if err != nil || reading.Schema.Table("BOOKS") != nil || reading.Schema.Table("books") == nil {
		t.Errorf("%v, %v", reading.Schema, err)
	}
}

// TestFoldedNamesOfTables reads what a server with lower_case_table_names = 1
// stores, in the words' own case.
func TestFoldedNamesOfTables(t *testing.T) {
	for _, test := range []struct {
		ignores bool
		name    string
		want    string
	}{{false, "Books", "Books"}, {true, "Books", "books"}} {
		if got := (server{ignoresCase: test.ignores}).foldTable(test.name); got != test.want {
			t.Errorf("%v: %s", test.ignores, got)
		}
	}
	s := newServer("8.0.36", "")
	s.database, s.ignoresCase = "Here", true
	live := op.ForeignKey{Columns: []string{"a"}, RefTable: "p", RefColumns: []string{"id"}}
	for target, want := range map[string]bool{"P": true, "here.P": true, "there.p": false, "q": false} {
		word := live
		word.RefTable = target
		if got := s.sameForeignKey(live, word); got != want {
			t.Errorf("%s: %v", target, got)
		}
	}
	if s.ignoresCase = false; s.sameForeignKey(live, op.ForeignKey{Columns: live.Columns, RefTable: "P", RefColumns: live.RefColumns}) {
		t.Error("another table is taken for the same")
	}
	r := s.rules()
	if diff := cmp.Diff([]string{"id", "Id"}, []string{r.Fold("Id"), r.FoldTable("Id")}); diff != "" {
		t.Error(diff)
	}
}
