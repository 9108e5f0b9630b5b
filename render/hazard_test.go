package render

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

func TestHazard(t *testing.T) {
	for _, test := range []struct {
		o    op.Operation
		want string
	}{
		{op.DropTable{Name: "books"}, "Data is lost: the rows of table books."},
		{op.DropColumn{Table: "books", Column: "isbn"}, "Data is lost: the values of column books.isbn."},
		{
			op.AlterColumn{From: op.Column{Type: op.Text()}, To: op.Column{Type: op.String(100)}},
			"Values may not fit: string(100) is narrower than text.",
		},
		{
			op.AlterColumn{From: op.Column{Type: op.String(5)}, To: op.Column{Type: op.Bool()}},
			"Values are converted, which may fail or lose some: string(5) becomes bool.",
		},
		{op.AlterColumn{From: op.Column{Type: op.Text()}, To: op.Column{Type: op.Text(), NotNull: true}}, ""},
		{
			op.AlterColumn{Table: "books", From: op.Column{Name: "n", Type: op.Text()}, To: op.Column{Name: "n", Type: op.Int(64), Generated: op.Generated{Expr: "1"}}},
			"Data is lost: the values of column books.n give way to what it computes.",
		},
		{op.AlterColumn{From: op.Column{Type: op.Text(), Generated: op.Generated{Expr: "a"}}, To: op.Column{Type: op.Text()}}, ""},
		{op.CreateTable{Name: "books"}, ""},
		{op.DropIndex{Table: "books", Name: "i"}, ""},
		{op.Exec{SQL: "DROP TABLE books"}, ""},
		{
			op.AlterEnum{From: []string{"a", "b", "c"}, To: []string{"a"}, Replace: []op.Replacement{{From: "c", To: "a"}}},
			`Refused where rows hold a value that goes: "b".`,
		},
		{op.AlterEnum{From: []string{"a", "b"}, To: []string{"b", "c", "a"}}, ""},
		{
			op.AlterColumn{From: op.Column{Type: op.Raw("enum('a','b')")}, To: op.Column{Type: op.Raw("enum('a')")}},
			`Refused where rows hold a value that goes: "b".`,
		},
		{nil, ""},
	} {
		if got := hazard(test.o); got != test.want {
			t.Errorf("hazard(%#v) = %q, want %q", test.o, got, test.want)
		}
	}
}

func TestTypeHazard(t *testing.T) {
	const safe, narrow, convert = "", "Values may not fit", "Values are converted"
	for _, test := range []struct {
		from, to op.Type
		want     string
	}{
		{op.Int(32), op.Int(32), safe},
		{op.Int(32), op.Int(64), safe},
		{op.Int(64), op.Int(32), narrow},
		{op.Uint(8), op.Uint(16), safe},
		{op.Uint(16), op.Uint(8), narrow},
		{op.Uint(32), op.Int(64), safe},
		{op.Uint(64), op.Int(64), narrow},
		{op.Int(8), op.Uint(64), narrow},
		{op.Int(64), op.Float(64), convert},
		{op.Bool(), op.Int(8), convert},
		{op.Float(32), op.Float(64), safe},
		{op.Float(64), op.Float(32), narrow},
		{op.Float(64), op.Decimal(10, 2), convert},
		{op.Decimal(10, 2), op.Decimal(12, 2), safe},
		{op.Decimal(10, 2), op.Decimal(12, 4), safe},
		{op.Decimal(10, 2), op.Decimal(10, 4), narrow}, // fewer digits before the point
		{op.Decimal(10, 2), op.Decimal(12, 1), narrow},
		{op.Decimal(10, 2), op.Decimal(10), narrow},
		{op.Decimal(10), op.Decimal(12, 2), safe},
		{op.String(10), op.String(20), safe},
		{op.String(20), op.String(10), narrow},
		{op.String(20), op.Text(), safe},
		{op.Text(), op.String(1000), narrow},
		{op.Text(), op.KeyText(), narrow},
		{op.KeyText(), op.Text(), safe},
		{op.KeyText(), op.String(191), narrow},
		{op.String(191), op.KeyText(), safe},
		{op.String(192), op.KeyText(), narrow},
		{op.Text(), op.Bytes(), convert},
		{op.Bytes(16), op.Bytes(), safe},
		{op.Bytes(), op.Bytes(16), narrow},
		{op.Time(3), op.Time(6), safe},
		{op.Time(6), op.Time(3), narrow},
		{op.Time(3), op.Time(), safe},
		{op.Time(), op.Time(0), narrow},
		{op.Time(), op.Text(), convert},
		{op.Raw("citext"), op.Text(), convert},
		{op.Raw("a"), op.Raw("b"), convert},
		{op.Raw("a"), op.Raw("a"), safe},
		{op.Text(), op.Text().On("mysql", "varchar(5)"), convert},
		{op.Type{}, op.Text(), convert},
	} {
		got := typeHazard(test.from, test.to, nil)
		if len(got) < len(test.want) || got[:len(test.want)] != test.want || (test.want == "") != (got == "") {
			t.Errorf("%s to %s: %q, want %q", test.from, test.to, got, test.want)
		}
	}
}

// TestDownDropsWithoutWarning: that a Down drops what its Up made goes without
// saying; that values may not fit any more does not.
func TestDownDropsWithoutWarning(t *testing.T) {
	text, err := File{Package: "m", Variable: "R", Revision: op.Revision{
		ID: "a",
		Up: op.List{op.DropColumn{Table: "a", Column: "b"}},
		Down: op.List{
			op.DropTable{Name: "c"},
			op.AlterColumn{Table: "t", From: op.Column{Type: op.Text()}, To: op.Column{Type: op.String(1)}},
		},
	}}.source()
	if err != nil {
		t.Fatal(err)
	}
	const want = `package m

import "github.com/go-limbeck/limbeck/op"

// Revision a.
func init() {
	R.Add(op.Revision{
		ID: "a",
		Up: op.List{
			// Data is lost: the values of column a.b.
			op.DropColumn{Table: "a", Column: "b"},
		},
		Down: op.List{
			op.DropTable{Name: "c"},
			// Values may not fit: string(1) is narrower than text.
			op.AlterColumn{
				Table: "t",
				From:  op.Column{Type: op.Text()},
				To:    op.Column{Type: op.String(1)},
			},
		},
	})
}
`
	if string(text) != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

// TestGofmtShowsTheSource: the error of a printer that is wrong has all that a
// report needs.
func TestGofmtShowsTheSource(t *testing.T) {
	_, err := gofmt([]byte("package x\n\nfunc {\n"))
	const want = "   1\tpackage x\n   2\t\n   3\tfunc {\n"
	if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "please report") {
		t.Errorf("error %v, want the source with line numbers", err)
	}
}
