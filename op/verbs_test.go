package op_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// library is the schema that the verbs are tried on.
func library() op.Schema {
	return op.Schema{Tables: []op.Table{
		{
			Name:       "authors",
			Columns:    []op.Column{{Name: "id", Type: op.Int(64)}, {Name: "name", Type: op.Text()}},
			PrimaryKey: op.Columns("id"),
		},
		{
			Name: "books",
			Columns: []op.Column{
				{Name: "id", Type: op.Int(64)},
				{Name: "author_id", Type: op.Int(64)},
				{Name: "title", Type: op.String(100).On("mysql", "varchar(100)"), Default: op.Literal("").On("mysql", "('')")},
				{Name: "price", Type: op.Decimal(12, 2)},
				{Name: "spare", Type: op.Text()},
			},
			PrimaryKey:     op.Columns("id"),
			PrimaryKeyName: "pk_books",
			Uniques:        []op.Unique{{Name: "uni_title", Columns: op.Columns("title")}},
			Indexes:        []op.Index{{Name: "idx_price", Columns: op.Columns("price")}, {Name: "idx_both", Columns: op.Columns("title", "price")}},
			ForeignKeys:    []op.ForeignKey{{Name: "fk_author", Columns: []string{"author_id"}, RefTable: "authors", RefColumns: []string{"id"}}},
			Checks:         []op.Check{{Name: "chk_price", Expr: "price > 0"}},
			Comment:        "what is read",
		},
		{Name: "notes", Columns: []op.Column{{Name: "text", Type: op.Text()}}},
	}}
}

// shop is a schema with an enum in use, one that is not, and a view.
func shop() op.Schema {
	return op.Schema{
		Tables: []op.Table{{Name: "orders", Columns: []op.Column{
			{Name: "state", Type: op.EnumType("state", "new", "paid", "lost"), Default: op.Literal("lost")},
			{Name: "text", Type: op.Text(), Default: op.Literal("lost")},
		}}},
		Enums: []op.Enum{{Name: "state", Values: []string{"new", "paid", "lost"}}, {Name: "size", Values: []string{"s", "m"}}},
		Views: []op.View{{Name: "open", SQL: "SELECT 1"}},
	}
}

// shopWith returns the shop with other values of its enum in use.
func shopWith(state string, fallback string, values ...string) op.Schema {
	s := shop()
	s.Enums[0] = op.Enum{Name: state, Values: values}
	s.Tables[0].Columns[0].Type = op.EnumType(state, values...)
	s.Tables[0].Columns[0].Default = op.Literal(fallback)
	return s
}

// changed returns the library after a change to its table of books.
func changed(change func(books *op.Table)) op.Schema {
	s := library()
	change(s.Table("books"))
	return s
}

// applyCase is what a verb does to a schema, the library where there is no
// other. Without a want, the verb conflicts with it, and the error says the
// words in conflict.
type applyCase struct {
	o        op.Operation
	want     op.Schema
	conflict string
	in       func() op.Schema
}

func (c applyCase) schema() op.Schema {
	if c.in == nil {
		return library()
	}
	return c.in()
}

// applyCases are what each verb does.
var applyCases = []applyCase{
	{o: op.CreateTable{Name: "shops", Columns: []op.Column{{Name: "id"}}}, want: op.Schema{
		Tables: append(library().Tables, op.Table{Name: "shops", Columns: []op.Column{{Name: "id"}}}),
	}},
	{o: op.CreateTable{Name: "books"}, conflict: `table "books" is there already`},

	{o: op.DropTable{Name: "notes"}, want: op.Schema{Tables: library().Tables[:2]}},
	{o: op.DropTable{Name: "shops"}, conflict: `there is no table "shops"`},

	{o: op.RenameTable{From: "authors", To: "writers"}, want: func() op.Schema {
		s := changed(func(books *op.Table) { books.ForeignKeys[0].RefTable = "writers" })
		s.Table("authors").Name = "writers"
		return s
	}()},
	{o: op.RenameTable{From: "notes", To: "memos"}, want: func() op.Schema {
		s := library() // whose foreign keys refer to another table
		s.Table("notes").Name = "memos"
		return s
	}()},
	{o: op.RenameTable{From: "shops", To: "x"}, conflict: `no table "shops"`},
	{o: op.RenameTable{From: "authors", To: "books"}, conflict: `table "books" is there already`},

	{o: op.SetTableComment{Table: "books", To: "x"}, want: changed(func(books *op.Table) { books.Comment = "x" })},
	{o: op.SetTableComment{Table: "books"}, want: changed(func(books *op.Table) { books.Comment = "" })},
	{o: op.SetTableComment{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.AddColumn{Table: "books", Column: op.Column{Name: "isbn", NotNull: true}, Backfill: op.Literal("")}, want: changed(func(books *op.Table) {
		books.Columns = append(books.Columns, op.Column{Name: "isbn", NotNull: true})
	})},
	{o: op.AddColumn{Table: "books", Column: op.Column{Name: "title"}}, conflict: `column "books.title" is there already`},
	{o: op.AddColumn{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.DropColumn{Table: "books", Column: "spare"}, want: changed(func(books *op.Table) { books.Columns = books.Columns[:4] })},
	{o: op.DropColumn{Table: "books", Column: "isbn"}, conflict: `no column "books.isbn"`},
	{o: op.DropColumn{Table: "books", Column: "id"}, conflict: `the primary key still uses column "books.id"`},
	{o: op.DropColumn{Table: "books", Column: "title"}, conflict: `unique "uni_title" still uses column "books.title"`},
	{o: op.DropColumn{Table: "books", Column: "price"}, conflict: `index "idx_price" still uses column "books.price"`},
	{o: op.DropColumn{Table: "books", Column: "author_id"}, conflict: `foreign key "fk_author" still uses column "books.author_id"`},
	{o: op.DropColumn{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.RenameColumn{Table: "books", From: "title", To: "name"}, want: changed(func(books *op.Table) {
		books.Columns[2].Name = "name"
		books.Uniques[0].Columns[0].Column = "name"
		books.Indexes[1].Columns[0].Column = "name"
	})},
	{o: op.RenameColumn{Table: "books", From: "id", To: "no"}, want: changed(func(books *op.Table) {
		books.Columns[0].Name = "no"
		books.PrimaryKey[0].Column = "no"
	})},
	{o: op.RenameColumn{Table: "books", From: "author_id", To: "by"}, want: changed(func(books *op.Table) {
		books.Columns[1].Name = "by"
		books.ForeignKeys[0].Columns[0] = "by"
	})},
	{o: op.RenameColumn{Table: "authors", From: "id", To: "no"}, want: func() op.Schema {
		s := changed(func(books *op.Table) { books.ForeignKeys[0].RefColumns[0] = "no" })
		s.Table("authors").Columns[0].Name = "no"
		s.Table("authors").PrimaryKey[0].Column = "no"
		return s
	}()},
	{o: op.RenameColumn{Table: "books", From: "isbn", To: "x"}, conflict: `no column "books.isbn"`},
	{o: op.RenameColumn{Table: "books", From: "id", To: "title"}, conflict: `column "books.title" is there already`},
	{o: op.RenameColumn{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.AlterColumn{Table: "books", From: library().Tables[1].Columns[4], To: op.Column{Name: "spare", Type: op.Bool()}}, want: changed(func(books *op.Table) {
		books.Columns[4] = op.Column{Name: "spare", Type: op.Bool()}
	})},
	{o: op.AlterColumn{Table: "books", To: op.Column{Name: "isbn"}}, conflict: `no column "books.isbn"`},
	{o: op.AlterColumn{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.CreateIndex{Table: "books", Index: op.Index{Name: "i", Columns: op.Columns("id")}}, want: changed(func(books *op.Table) {
		books.Indexes = append(books.Indexes, op.Index{Name: "i", Columns: op.Columns("id")})
	})},
	{o: op.CreateIndex{Table: "books", Index: op.Index{Name: "idx_price"}}, conflict: `index "idx_price" is there already`},
	{o: op.CreateIndex{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.DropIndex{Table: "books", Name: "idx_price"}, want: changed(func(books *op.Table) { books.Indexes = books.Indexes[1:] })},
	{o: op.DropIndex{Table: "books", Name: "i"}, conflict: `no index "i"`},
	{o: op.DropIndex{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.RenameIndex{Table: "books", From: "idx_price", To: "i"}, want: changed(func(books *op.Table) { books.Indexes[0].Name = "i" })},
	{o: op.RenameIndex{Table: "books", From: "i", To: "j"}, conflict: `no index "i"`},
	{o: op.RenameIndex{Table: "books", From: "idx_price", To: "idx_both"}, conflict: `index "idx_both" is there already`},
	{o: op.RenameIndex{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.AddUnique{Table: "books", Unique: op.Unique{Name: "u", Columns: op.Columns("spare")}}, want: changed(func(books *op.Table) {
		books.Uniques = append(books.Uniques, op.Unique{Name: "u", Columns: op.Columns("spare")})
	})},
	{o: op.AddUnique{Table: "books", Unique: op.Unique{Name: "uni_title"}}, conflict: `unique constraint "uni_title" is there already`},
	{o: op.AddUnique{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.DropUnique{Table: "books", Name: "uni_title"}, want: changed(func(books *op.Table) { books.Uniques = nil })},
	{o: op.DropUnique{Table: "books", Name: "u"}, conflict: `no unique constraint "u"`},
	{o: op.DropUnique{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.AddForeignKey{Table: "notes", ForeignKey: op.ForeignKey{Name: "k", Columns: []string{"text"}, RefTable: "books"}}, want: func() op.Schema {
		s := library()
		s.Table("notes").ForeignKeys = []op.ForeignKey{{Name: "k", Columns: []string{"text"}, RefTable: "books"}}
		return s
	}()},
	{o: op.AddForeignKey{Table: "books", ForeignKey: op.ForeignKey{Name: "fk_author"}}, conflict: `foreign key "fk_author" is there already`},
	{o: op.AddForeignKey{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.DropForeignKey{Table: "books", Name: "fk_author"}, want: changed(func(books *op.Table) { books.ForeignKeys = nil })},
	{o: op.DropForeignKey{Table: "books", Name: "k"}, conflict: `no foreign key "k"`},
	{o: op.DropForeignKey{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.AddCheck{Table: "books", Check: op.Check{Name: "c", Expr: "1"}}, want: changed(func(books *op.Table) {
		books.Checks = append(books.Checks, op.Check{Name: "c", Expr: "1"})
	})},
	{o: op.AddCheck{Table: "books", Check: op.Check{Name: "chk_price"}}, conflict: `check "chk_price" is there already`},
	{o: op.AddCheck{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.DropCheck{Table: "books", Name: "chk_price"}, want: changed(func(books *op.Table) { books.Checks = nil })},
	{o: op.DropCheck{Table: "books", Name: "c"}, conflict: `no check "c"`},
	{o: op.DropCheck{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.RenameConstraint{Table: "books", From: "uni_title", To: "x"}, want: changed(func(books *op.Table) { books.Uniques[0].Name = "x" })},
	{o: op.RenameConstraint{Table: "books", From: "fk_author", To: "x"}, want: changed(func(books *op.Table) { books.ForeignKeys[0].Name = "x" })},
	{o: op.RenameConstraint{Table: "books", From: "chk_price", To: "x"}, want: changed(func(books *op.Table) { books.Checks[0].Name = "x" })},
	{o: op.RenameConstraint{Table: "books", From: "c", To: "x"}, conflict: `no constraint "c"`},
	{o: op.RenameConstraint{Table: "books", From: "uni_title", To: "chk_price"}, conflict: `constraint "chk_price" is there already`},
	{o: op.RenameConstraint{Table: "books", From: "uni_title", To: "fk_author"}, conflict: `constraint "fk_author" is there already`},
	{o: op.RenameConstraint{Table: "books", From: "chk_price", To: "uni_title"}, conflict: `constraint "uni_title" is there already`},
	{o: op.RenameConstraint{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.AddPrimaryKey{Table: "notes", Columns: op.Columns("text"), Name: "pk"}, want: func() op.Schema {
		s := library()
		s.Table("notes").PrimaryKey, s.Table("notes").PrimaryKeyName = op.Columns("text"), "pk"
		return s
	}()},
	{o: op.AddPrimaryKey{Table: "books", Columns: op.Columns("title")}, conflict: `primary key of table "books" is there already`},
	{o: op.AddPrimaryKey{Table: "shops"}, conflict: `no table "shops"`},

	{o: op.DropPrimaryKey{Table: "books"}, want: changed(func(books *op.Table) { books.PrimaryKey, books.PrimaryKeyName = nil, "" })},
	{o: op.DropPrimaryKey{Table: "notes"}, conflict: `no primary key of table "notes"`},
	{o: op.DropPrimaryKey{Table: "shops"}, conflict: `no table "shops"`},

	{in: shop, o: op.CreateEnum{Name: "mood", Values: []string{"ok"}}, want: func() op.Schema {
		s := shop()
		s.Enums = append(s.Enums, op.Enum{Name: "mood", Values: []string{"ok"}})
		return s
	}()},
	{in: shop, o: op.CreateEnum{Name: "size"}, conflict: `enum "size" is there already`},
	{in: shop, o: op.DropEnum{Name: "size"}, want: func() op.Schema { s := shop(); s.Enums = s.Enums[:1]; return s }()},
	{in: shop, o: op.DropEnum{Name: "mood"}, conflict: `there is no enum "mood"`},
	{in: shop, o: op.DropEnum{Name: "state"}, conflict: `column "orders.state" still has the type "state"`},
	{in: shop, o: op.RenameEnum{From: "state", To: "status"}, want: shopWith("status", "lost", "new", "paid", "lost")},
	{in: shop, o: op.RenameEnum{From: "mood", To: "status"}, conflict: `there is no enum "mood"`},
	{in: shop, o: op.RenameEnum{From: "state", To: "size"}, conflict: `enum "size" is there already`},
	{in: shop, o: op.AddEnumValue{Enum: "state", Value: "sent"}, want: shopWith("state", "lost", "new", "paid", "lost", "sent")},
	{in: shop, o: op.AddEnumValue{Enum: "state", Value: "sent", After: "paid"}, want: shopWith("state", "lost", "new", "paid", "sent", "lost")},
	{in: shop, o: op.AddEnumValue{Enum: "state", Value: "sent", Before: "new"}, want: shopWith("state", "lost", "sent", "new", "paid", "lost")},
	{in: shop, o: op.AddEnumValue{Enum: "state", Value: "paid"}, conflict: `value "state.paid" is there already`},
	{in: shop, o: op.AddEnumValue{Enum: "state", Value: "sent", After: "x"}, conflict: `no value "state.x"`},
	{in: shop, o: op.AddEnumValue{Enum: "state", Value: "sent", Before: "x"}, conflict: `no value "state.x"`},
	{in: shop, o: op.AddEnumValue{Enum: "mood", Value: "x"}, conflict: `there is no enum "mood"`},
	{in: shop, o: op.RenameEnumValue{Enum: "state", From: "lost", To: "gone"}, want: shopWith("state", "gone", "new", "paid", "gone")},
	{in: shop, o: op.RenameEnumValue{Enum: "state", From: "x", To: "gone"}, conflict: `no value "state.x"`},
	{in: shop, o: op.RenameEnumValue{Enum: "state", From: "lost", To: "paid"}, conflict: `value "state.paid" is there already`},
	{in: shop, o: op.RenameEnumValue{Enum: "mood", From: "lost", To: "paid"}, conflict: `there is no enum "mood"`},
	{
		in: shop, o: op.AlterEnum{
			Name: "state", From: []string{"new", "paid", "lost"}, To: []string{"paid", "new"},
			Replace: []op.Replacement{{From: "lost", To: "new"}, {From: "new", To: "paid"}},
		},
		want: shopWith("state", "new", "paid", "new"),
	},
	{in: shop, o: op.AlterEnum{Name: "state", From: []string{"new"}, To: []string{"x"}}, conflict: `enum "state" has the values (new, paid, lost)`},
	{in: shop, o: op.AlterEnum{Name: "mood", To: []string{"x"}}, conflict: `there is no enum "mood"`},

	{in: shop, o: op.CreateView{Name: "all", SQL: "SELECT 2", Materialized: true}, want: func() op.Schema {
		s := shop()
		s.Views = append(s.Views, op.View{Name: "all", SQL: "SELECT 2", Materialized: true})
		return s
	}()},
	{in: shop, o: op.CreateView{Name: "open"}, conflict: `view "open" is there already`},
	{in: shop, o: op.CreateView{Name: "orders"}, conflict: `table "orders" is there already`},
	{in: shop, o: op.DropView{Name: "open"}, want: func() op.Schema { s := shop(); s.Views = nil; return s }()},
	{in: shop, o: op.DropView{Name: "all"}, conflict: `no view "all"`},
	{in: shop, o: op.DropView{Name: "open", Materialized: true}, conflict: `no materialized view "open"`},
	{in: shop, o: op.AlterView{To: op.View{Name: "open", SQL: "SELECT 2"}}, want: func() op.Schema { s := shop(); s.Views[0].SQL = "SELECT 2"; return s }()},
	{in: shop, o: op.AlterView{To: op.View{Name: "all"}}, conflict: `no view "all"`},

	{o: op.Exec{SQL: "DROP TABLE books"}, want: library()},
}

func TestApply(t *testing.T) {
	done, refused := map[string]bool{"exec": true}, map[string]bool{"exec": true}
	for _, test := range applyCases {
		before := test.schema()
		after, err := op.List{test.o}.Apply(before)
		if diff := cmp.Diff(test.schema(), before); diff != "" {
			t.Errorf("%s changed its input:\n%s", test.o, diff)
		}
		if test.conflict != "" {
			refused[test.o.Kind()] = true
			if !errors.Is(err, op.ErrConflict) || !strings.Contains(err.Error(), test.conflict) {
				t.Errorf("%s: error %v, want a conflict that says %s", test.o, err, test.conflict)
			}
			direct := test.schema()
			if err := test.o.Apply(&direct); !errors.Is(err, op.ErrConflict) {
				t.Errorf("%s: error %v, want a conflict", test.o, err)
			}
			if diff := cmp.Diff(test.schema(), direct); diff != "" {
				t.Errorf("%s conflicts and yet changed the schema:\n%s", test.o, diff)
			}
			continue
		}
		done[test.o.Kind()] = true
		if err != nil {
			t.Errorf("%s: %v", test.o, err)
		} else if diff := cmp.Diff(test.want, after, equateEmpty); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.o, diff)
		}
	}
	for _, kind := range kinds(t) {
		if !done[kind] || !refused[kind] {
			t.Errorf("%s: tried with success %v, with a conflict %v", kind, done[kind], refused[kind])
		}
	}
}

// TestStepsDoNotRunTwice: a step that ran conflicts with what it made, so that
// running it again is noticed.
func TestStepsDoNotRunTwice(t *testing.T) {
	for _, test := range applyCases {
		if test.conflict != "" {
			continue
		}
		switch test.o.(type) {
		case op.SetTableComment, op.AlterColumn, op.AlterView, op.Exec:
			continue // these say what there is afterwards
		}
		if _, err := (op.List{test.o, test.o}).Apply(test.schema()); !errors.Is(err, op.ErrConflict) {
			t.Errorf("%s, twice: error %v, want a conflict", test.o, err)
		}
	}
}

// kinds returns the kinds of all verbs, read off the names of the files that
// hold one each.
func kinds(t *testing.T) []string {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, file := range files {
		name, isVerb := strings.CutPrefix(file.Name(), "op_")
		if isVerb && !strings.HasSuffix(name, "_test.go") {
			list = append(list, strings.TrimSuffix(name, ".go"))
		}
	}
	if len(list) == 0 || !slices.Contains(list, "create_table") {
		t.Fatalf("the files of the verbs were not found: %v", list)
	}
	return list
}
