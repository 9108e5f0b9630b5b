package render_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/internal/golden"
	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
)

// column has everything that a column can have.
var column = op.Column{
	Name:          "price",
	Type:          op.Decimal(12, 2).On("mysql", "decimal(12,2) unsigned").On("sqlite", "real"),
	NotNull:       true,
	Default:       op.Expr("round(0)").On("postgres", `'0'::"numeric"`),
	AutoIncrement: true,
	Generated:     op.Generated{Expr: "net * 1.2", Stored: true},
	Collate:       "NOCASE",
	Comment:       "with `tax`",
}

// parts have everything that the parts of a key can have.
var parts = []op.KeyPart{
	{Column: "title", Desc: true, Nulls: "last", Collate: "NOCASE", Length: 10},
	{Expr: "lower(\"name\")"},
}

// replacements and enumColumns are what the verbs about enums have in common.
var (
	replacements = []op.Replacement{{From: "it's", To: "draft"}, {From: "lost", To: "draft"}}
	enumColumns  = []op.ColumnRef{{Table: "books", Column: "stage"}, {Table: "drafts", Column: "stage"}}
)

// verbs are the richest and the smallest form of each built-in operation.
var verbs = []struct{ rich, minimal op.Operation }{
	{
		op.CreateTable{
			Name: "books",
			Columns: []op.Column{
				{Name: "id", Type: op.Int(64), AutoIncrement: true},
				{Name: "author_id", Type: op.Uint(32), NotNull: true},
				{Name: "open", Type: op.Bool(), Default: op.Literal(true)},
				{Name: "rating", Type: op.Float(64), Default: op.Literal(0.5)},
				{Name: "top", Type: op.Uint(64), Default: op.Literal(uint64(18446744073709551615))},
				{Name: "discount", Type: op.Decimal(5), Default: op.Default{Kind: op.DefaultNumber, Text: "1.50"}},
				{Name: "state", Type: op.String(100), Default: op.Literal("draft")},
				{Name: "isbn", Type: op.KeyText(), Default: op.DatabaseDefault()},
				{Name: "cover", Type: op.Bytes()},
				{Name: "hash", Type: op.Bytes(32)},
				{Name: "body", Type: op.Text().On("mysql", "longtext")},
				{Name: "created_at", Type: op.Time(), Default: op.Expr("now()")},
				{Name: "second", Type: op.Time(0)},
				{Name: "shape", Type: op.Raw("enum('a','b')")},
				{Name: "stage", Type: op.EnumType("stage", "draft", `"out"`), Default: op.Literal("draft")},
				column,
			},
			PrimaryKey:     op.Columns("id", "author_id"),
			PrimaryKeyName: "pk_books",
			Uniques: []op.Unique{
				{Name: "uni_books_isbn", Columns: op.Columns("isbn")},
				{Columns: parts},
			},
			Indexes: []op.Index{
				{Name: "idx_books_state", Columns: op.Columns("state")},
				{
					Name: "idx_books_body", Unique: true, Columns: parts, Where: "open = 1", Class: "FULLTEXT",
					Method: "gin", Options: "WITH PARSER ngram", Comment: "search",
				},
			},
			ForeignKeys: []op.ForeignKey{
				{Columns: []string{"author_id"}, RefTable: "authors"},
				{
					Name: "fk_books_authors", Columns: []string{"author_id", "id"}, RefTable: "authors", RefColumns: []string{"id", "no"},
					OnDelete: "SET NULL", OnUpdate: "CASCADE", Deferrable: "DEFERRABLE INITIALLY DEFERRED",
				},
			},
			Checks:  []op.Check{{Expr: "price > 0"}, {Name: "chk_state", Expr: "state <> 'x\"y'"}},
			Comment: "what is read",
			Options: "STRICT, WITHOUT ROWID",
		},
		op.CreateTable{Name: "books"},
	},
	{op.DropTable{Name: "books"}, op.DropTable{}},
	{op.RenameTable{From: "books", To: "novels"}, op.RenameTable{}},
	{
		op.SetTableComment{Table: "books", From: "what is read", To: "what is\nwritten"},
		op.SetTableComment{Table: "books"},
	},
	{
		op.AddColumn{Table: "books", Column: column, Backfill: op.Literal("")},
		op.AddColumn{Table: "books", Column: op.Column{Name: "isbn"}},
	},
	{op.DropColumn{Table: "books", Column: "isbn"}, op.DropColumn{}},
	{op.RenameColumn{Table: "books", From: "name", To: "title", As: `"title"`}, op.RenameColumn{}},
	{
		op.AlterColumn{Table: "books", From: op.Column{Name: "price", Type: op.Float(64)}, To: column, Backfill: op.Literal(0), Using: "net * 2", Replace: replacements},
		op.AlterColumn{Table: "books", From: op.Column{Name: "isbn"}, To: op.Column{Name: "isbn", NotNull: true}},
	},
	{
		op.CreateIndex{Table: "books", Index: op.Index{Name: "idx_books", Unique: true, Columns: parts, Where: "price > 0"}, Concurrently: true},
		op.CreateIndex{Table: "books", Index: op.Index{Name: "idx_books", Columns: op.Columns("title")}},
	},
	{op.DropIndex{Table: "books", Name: "idx_books", Concurrently: true}, op.DropIndex{}},
	{op.RenameIndex{Table: "books", From: "idx_a", To: "idx_b"}, op.RenameIndex{}},
	{
		op.AddUnique{Table: "books", Unique: op.Unique{Name: "uni_books", Columns: op.Columns("title", "author_id")}},
		op.AddUnique{Table: "books"},
	},
	{op.DropUnique{Table: "books", Name: "uni_books"}, op.DropUnique{}},
	{
		op.AddForeignKey{Table: "books", ForeignKey: op.ForeignKey{
			Name: "fk_books_authors", Columns: []string{"author_id"}, RefTable: "authors", RefColumns: []string{"id"},
			OnDelete: "SET NULL", OnUpdate: "CASCADE", Deferrable: "DEFERRABLE",
		}},
		op.AddForeignKey{Table: "books", ForeignKey: op.ForeignKey{Columns: []string{"a"}, RefTable: "b"}},
	},
	{op.DropForeignKey{Table: "books", Name: "fk_books_authors"}, op.DropForeignKey{}},
	{
		op.AddCheck{Table: "books", Check: op.Check{Name: "chk_price", Expr: "price > 0 AND state <> \"\\\""}},
		op.AddCheck{Table: "books"},
	},
	{op.DropCheck{Table: "books", Name: "chk_price"}, op.DropCheck{}},
	{op.RenameConstraint{Table: "books", From: "uni_a", To: "uni_b"}, op.RenameConstraint{}},
	{
		op.AddPrimaryKey{Table: "books", Columns: parts, Name: "pk_books", AutoIncrement: true},
		op.AddPrimaryKey{Table: "books", Columns: op.Columns("id")},
	},
	{op.DropPrimaryKey{Table: "books", Name: "pk_books", Nullable: []string{"id"}}, op.DropPrimaryKey{}},
	{
		op.CreateEnum{Name: "stage", Values: []string{"draft", "it's", "日本 \"x\""}},
		op.CreateEnum{Name: "stage"},
	},
	{op.DropEnum{Name: "stage"}, op.DropEnum{}},
	{op.RenameEnum{From: "stage", To: "phase"}, op.RenameEnum{}},
	{
		op.AddEnumValue{Enum: "stage", Value: "out", Before: "lost", After: "draft", In: enumColumns},
		op.AddEnumValue{Enum: "stage", Value: "out"},
	},
	{
		op.RenameEnumValue{Enum: "stage", From: "out", To: "published", In: enumColumns},
		op.RenameEnumValue{Enum: "stage", From: "out", To: "published"},
	},
	{
		op.AlterEnum{
			Name: "stage", From: []string{"draft", "it's", "lost", "gone"}, To: []string{"draft", "out"},
			Replace: replacements, In: enumColumns,
		},
		op.AlterEnum{Name: "stage", From: []string{"b", "a"}, To: []string{"a", "b"}},
	},
	{
		op.CreateView{Name: "open_books", SQL: "SELECT id, title\nFROM books\nWHERE stage <> 'it''s \"out\"'", Materialized: true},
		op.CreateView{Name: "open_books", SQL: "SELECT id FROM books"},
	},
	{op.DropView{Name: "open_books", Materialized: true}, op.DropView{}},
	{
		op.AlterView{
			From: op.View{Name: "open_books", SQL: "SELECT id FROM books"},
			To:   op.View{Name: "open_books", SQL: "SELECT id, title FROM books", Materialized: true},
		},
		op.AlterView{From: op.View{Name: "v", SQL: "SELECT 1"}, To: op.View{Name: "v", SQL: "SELECT 2"}},
	},
	{
		op.Exec{SQL: "UPDATE books\nSET title = 'it''s \"new\"';\n\nDELETE FROM authors;\n"},
		op.Exec{SQL: "SELECT 1"},
	},
}

func revisionOf(verb struct{ rich, minimal op.Operation }) op.Revision {
	return op.Revision{
		ID:      verb.rich.Kind(),
		Parents: []string{"8d2e44b1a90c", "3f9a1c07b2d4"},
		Created: "2026-11-23T10:15:02Z",
		Message: verb.rich.String(),
		Up:      op.List{verb.rich, verb.minimal},
		Down:    op.List{verb.minimal},
	}
}

// TestVerbsAreComplete fails when op has a verb that is not in the table, or
// when a rich form leaves a field out.
func TestVerbsAreComplete(t *testing.T) {
	kinds := map[string]bool{}
	for _, verb := range verbs {
		kind := verb.rich.Kind()
		kinds[kind] = true
		if verb.minimal.Kind() != kind {
			t.Errorf("%s stands beside %s", kind, verb.minimal.Kind())
		}
		for v, i := reflect.ValueOf(verb.rich), 0; i < v.NumField(); i++ {
			if v.Field(i).IsZero() && (kind != "drop_table" || i > 0) {
				t.Errorf("the rich form of %s has no %s", kind, v.Type().Field(i).Name)
			}
		}
	}
	files, err := os.ReadDir("../op")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		kind, ok := kindOfFile(file.Name())
		if ok && !kinds[kind] {
			t.Errorf("there is no %s in the table of verbs", kind)
		}
	}
}

func TestVerbsAsGo(t *testing.T) {
	for _, verb := range verbs {
		var b bytes.Buffer
		if err := render.Go(&b, revisionOf(verb)); err != nil {
			t.Errorf("%s: %v", verb.rich.Kind(), err)
			continue
		}
		golden.Check(t, "testdata/verbs/"+verb.rich.Kind()+".golden", b.Bytes())
	}
}

// TestGoldensRun compiles the golden files into one program, which prints what
// they hold.
func TestGoldensRun(t *testing.T) {
	files := map[string]string{"main.go": printJSON}
	want := map[string]string{}
	for _, verb := range verbs {
		r := revisionOf(verb)
		text, err := os.ReadFile("testdata/verbs/" + r.ID + ".golden")
		if err != nil {
			t.Fatal(err)
		}
		files["migrations/"+r.ID+".go"] = string(text)
		r.File = r.ID + ".go"
		want[r.ID] = asJSON(t, r)
	}
	var printed []json.RawMessage
	if err := json.Unmarshal(run(t, files), &printed); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, text := range printed {
		var head struct{ ID string }
		if err := json.Unmarshal(text, &head); err != nil {
			t.Fatal(err)
		}
		got[head.ID] = string(text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the compiled files hold something else (-want +got):\n%s", diff)
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// kindOfFile returns the kind whose verb a file of package op holds.
func kindOfFile(name string) (kind string, ok bool) {
	name, ok = strings.CutPrefix(name, "op_")
	if !ok || strings.HasSuffix(name, "_test.go") {
		return "", false
	}
	return strings.CutSuffix(name, ".go")
}
