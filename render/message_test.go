package render_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
	"github.com/go-limbeck/limbeck/render/testdata/steps"
)

func addColumn(table, name string) op.Operation {
	return op.AddColumn{Table: table, Column: op.Column{Name: name}}
}

func TestMessage(t *testing.T) {
	create := func(name string) op.Operation { return op.CreateTable{Name: name} }
	for _, test := range []struct {
		up   op.List
		want string
	}{
		{nil, ""},
		{op.List{create("books")}, "create books"},
		{op.List{create("authors"), create("books")}, "create authors and books"},
		{op.List{create("a"), create("b"), create("c")}, "create a, b and c"},
		{op.List{create("a"), create("b"), create("c"), create("d")}, "create a, b and 2 more tables"},
		{op.List{create("authors"), create("books"), create("c"), create("d"), create("e")}, "create authors, books and 3 more tables"},
		{op.List{op.DropTable{Name: "a"}, op.DropTable{Name: "b"}}, "drop a and b"},
		{op.List{op.RenameTable{From: "books", To: "novels"}}, "rename books to novels"},
		{op.List{addColumn("books", "isbn")}, "add isbn to books"},
		{op.List{addColumn("books", "isbn"), addColumn("books", "pages")}, "add isbn and pages to books"},
		{
			op.List{addColumn("books", "a"), addColumn("books", "b"), addColumn("books", "c"), addColumn("books", "d")},
			"add a, b and 2 more columns to books",
		},
		{op.List{addColumn("books", "a"), addColumn("authors", "a")}, "add a to books and add a to authors"},
		{op.List{op.DropColumn{Table: "books", Column: "x"}}, "drop x from books"},
		{op.List{op.RenameColumn{Table: "users", From: "name", To: "full_name"}}, "rename name to full_name on users"},
		{op.List{op.AlterColumn{Table: "books", To: op.Column{Name: "price"}}}, "alter price on books"},
		{op.List{op.CreateIndex{Table: "books", Index: op.Index{Name: "idx_books_title"}}}, "create index idx_books_title on books"},
		{op.List{op.DropIndex{Table: "books", Name: "i"}}, "drop index i from books"},
		{op.List{op.RenameIndex{Table: "books", From: "i", To: "j"}}, "rename index i to j on books"},
		{op.List{op.AddUnique{Table: "books", Unique: op.Unique{Name: "u"}}}, "add unique constraint u to books"},
		{op.List{op.AddUnique{Table: "books"}}, "add unique constraint to books"},
		{op.List{op.DropUnique{Table: "books", Name: "u"}}, "drop unique constraint u from books"},
		{op.List{op.AddForeignKey{Table: "books", ForeignKey: op.ForeignKey{Name: "k"}}}, "add foreign key k to books"},
		{op.List{op.DropForeignKey{Table: "books", Name: "k"}}, "drop foreign key k from books"},
		{op.List{op.AddCheck{Table: "books", Check: op.Check{Name: "c"}}}, "add check c to books"},
		{op.List{op.DropCheck{Table: "books", Name: "c"}}, "drop check c from books"},
		{op.List{op.RenameConstraint{Table: "books", From: "c", To: "d"}}, "rename constraint c to d on books"},
		{op.List{op.AddPrimaryKey{Table: "books"}}, "add primary key to books"},
		{op.List{op.DropPrimaryKey{Table: "books"}}, "drop primary key from books"},
		{op.List{op.CreateEnum{Name: "state"}, op.CreateEnum{Name: "size"}}, "create state and size"},
		{op.List{op.DropEnum{Name: "state"}}, "drop state"},
		{op.List{op.RenameEnum{From: "state", To: "status"}}, "rename state to status"},
		{op.List{op.AddEnumValue{Enum: "state", Value: "sent"}, op.AddEnumValue{Enum: "state", Value: "lost"}}, "add sent and lost to state"},
		{op.List{op.RenameEnumValue{Enum: "state", From: "a", To: "b"}}, "rename a to b in state"},
		{op.List{op.AlterEnum{Name: "state"}}, "alter state"},
		{op.List{op.CreateView{Name: "a"}, op.AlterView{To: op.View{Name: "b"}}, op.DropView{Name: "c"}}, "create a, alter b and 1 more change"},
		{op.List{op.SetTableComment{Table: "books"}}, "comment on books"},
		{op.List{op.Exec{SQL: "UPDATE books\nSET x = 1"}}, "exec UPDATE books SET x = 1"},
		{op.List{steps.Fill{Table: "books"}}, "fill books"},

		// The most important first, two of them, and the rest counted.
		{op.List{op.DropIndex{Table: "a", Name: "i"}, addColumn("a", "x")}, "add x to a and drop index i from a"},
		{
			op.List{op.DropIndex{Table: "a", Name: "i"}, addColumn("a", "x"), create("b"), addColumn("a", "y")},
			"create b, add x and y to a and 1 more change",
		},
		{
			op.List{op.DropColumn{Table: "a", Column: "x"}, op.DropColumn{Table: "a", Column: "y"}, create("b"), addColumn("a", "z")},
			"create b, add z to a and 2 more changes",
		},
		// What happens to a table that is made or dropped goes without saying.
		{
			op.List{create("books"), op.AddForeignKey{Table: "books"}, op.CreateIndex{Table: "books"}, op.SetTableComment{Table: "books"}},
			"create books",
		},
		{op.List{op.DropForeignKey{Table: "books", Name: "k"}, op.DropTable{Name: "books"}}, "drop books"},
		{op.List{op.DropTable{Name: "books"}, create("books")}, "create books and drop books"},

		// Never empty, never more than a line.
		{op.List{create("")}, "create"},
		{op.List{op.Exec{}}, "exec"},
		{op.List{create("a\n\x1b[31mb")}, "create a [31mb"},
		{op.List{nil}, "change the schema"},
		{op.List{op.CreateTable{Name: "a"}, nil}, "create a"},
	} {
		if got := render.Message(test.up); got != test.want {
			t.Errorf("%v:\ngot  %q\nwant %q", test.up, got, test.want)
		}
	}
}

func TestMessagesAreOneLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		up := op.List(rapid.SliceOfN(anyOperation, 1, 6).Draw(t, "up"))
		got := render.Message(up)
		if got == "" || strings.ContainsAny(got, "\n\r\x00\x1b") || strings.TrimSpace(got) != got {
			t.Fatalf("%q", got)
		}
		if again := render.Message(up); again != got {
			t.Fatalf("%q, then %q", got, again)
		}
	})
}
