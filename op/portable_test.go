package op_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

func TestBound(t *testing.T) {
	column := func(c op.Column) op.List {
		c.Name = "c"
		return op.List{op.Exec{SQL: "anything"}, op.CreateTable{Name: "t", Columns: []op.Column{{Name: "id", Type: op.Int(64)}, c}}}
	}
	for _, test := range []struct {
		name string
		list op.List
		step int
		what string
	}{
		{"nothing", nil, 0, ""},
		{"portable words", column(op.Column{Type: op.String(10), Default: op.Literal("x")}), 0, ""},
		{"standard expressions", column(op.Column{Type: op.Time(), Default: op.Expr("current_timestamp")}), 0, ""},
		{"a null", column(op.Column{Type: op.Time(), Default: op.Expr("null")}), 0, ""},
		{"another spelling somewhere", column(op.Column{Type: op.Text().On("mysql", "varchar(9)")}), 0, ""},
		{"a raw type", column(op.Column{Type: op.Raw("jsonb")}), 2, `column "c" has the raw type jsonb`},
		{"a raw type that all take", column(op.Column{Type: op.Raw("VARCHAR(180)")}), 0, ""},
		{"another one", column(op.Column{Type: op.Raw("numeric(10, 2)")}), 0, ""},
		{"one with more to it", column(op.Column{Type: op.Raw("varchar(180) COLLATE nocase")}), 2, `column "c" has the raw type varchar(180) COLLATE nocase`},
		{"an expression", column(op.Column{Type: op.Time(), Default: op.Expr("now()")}), 2, `column "c" has the expression now()`},
		{"a generated column", column(op.Column{Type: op.Int(8), Generated: op.Generated{Expr: "a + 1"}}), 2, `column "c" is generated as a + 1`},
		{"a new column", op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "c", Type: op.Raw("x")}}}, 1, `column "c" has the raw type x`},
		{"a backfill", op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "c", Type: op.Text()}, Backfill: op.Expr("b::text")}}, 1, `column "c" is filled with b::text`},
		{"a portable backfill", op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "c", Type: op.Text()}, Backfill: op.Expr("lower(b)")}}, 0, ""},
		{"a portable stored column", column(op.Column{Type: op.Int(8), Generated: op.Generated{Expr: "a + 1", Stored: true}}), 0, ""},
		{"a check", op.List{op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "a ~ 'x'"}}}, 1, `check "k" has the condition a ~ 'x'`},
		{"a portable check", op.List{op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "a > 0"}}}, 0, ""},
		{"a check of a table", op.List{op.CreateTable{Name: "t", Checks: []op.Check{{Name: "j", Expr: "a > 0"}, {Name: "k", Expr: "a == 1"}}}}, 1, `check "k" has the condition a == 1`},
		{"an index over an expression", op.List{op.CreateIndex{Table: "t", Index: op.Index{Name: "x", Columns: []op.KeyPart{{Column: "a"}, {Expr: "b || c"}}}}}, 1, `index "x" has the expression b || c`},
		{"a partial index", op.List{op.CreateIndex{Table: "t", Index: op.Index{Name: "x", Columns: op.Columns("a"), Where: "b::int = 1"}}}, 1, `index "x" has the condition b::int = 1`},
		{"a portable partial index", op.List{op.CreateTable{Name: "t", Indexes: []op.Index{{Name: "x", Columns: op.Columns("a"), Where: "b IS NULL"}}}}, 0, ""},
		{"a backfill of bytes", op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "c", Type: op.Bytes()}, Backfill: op.Literal([]byte{})}}, 0, ""},
		{"a plain backfill", op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "c", Type: op.Int(8)}, Backfill: op.Expr("0")}}, 0, ""},
		{"a changed column", op.List{op.AlterColumn{Table: "t", From: op.Column{Name: "c", Type: op.Text()}, To: op.Column{Name: "c", Type: op.Raw("x")}}}, 1, `column "c" has the raw type x`},
		{"what values become", op.List{op.AlterColumn{Table: "t", To: op.Column{Name: "c", Type: op.Time()}, Using: "to_timestamp(c)"}}, 1, `column "c" is filled with to_timestamp(c)`},
		{"what values become anywhere", op.List{op.AlterColumn{Table: "t", To: op.Column{Name: "c", Type: op.Int(64)}, Using: "c + 1"}}, 0, ""},
		{"what goes", op.List{op.AlterColumn{Table: "t", From: op.Column{Name: "c", Type: op.Raw("x")}, To: op.Column{Name: "c", Type: op.Text()}}}, 0, ""},
	} {
		step, what := test.list.Bound()
		if step != test.step || what != test.what {
			t.Errorf("%s: step %d, %q; want step %d, %q", test.name, step, what, test.step, test.what)
		}
	}
}
