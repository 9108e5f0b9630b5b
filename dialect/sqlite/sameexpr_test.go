package sqlite

import (
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// TestSameExpr: what two texts have to agree in to be the same beyond doubt.
func TestSameExpr(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"a > 0", "A>0", true},
		{"a > 0", "((a) > 0)", false},
		{"a > 0", "((a > 0))", true},
		{"(a) > (0)", "a > 0", false},
		{"a > 0", "a > 0 -- so", true},
		{"a > 0 /* it's */", "a > 0", true},
		{"a > 0", "a >= 0", false},
		{"a > 1", "a > 10", false},
		{"a IN (1,2)", "a in ( 1 , 2 )", true},
		{"`a` > 0", "a > 0", true},
		{"`a` > 0", "[A] > 0", true},
		{"`a b` > 0", "[A b] > 0", true},
		{"`a b` > 0", `"a b" > 0`, true},
		{`"a" > 0`, "A > 0", true},
		{`"a" > 0`, `"A" > 0`, false}, // which may be texts
		{`a <> "x"`, `a <> 'x'`, false},
		{"`true` > 0", "true > 0", false},
		{"a <> 'A'", "a <> 'a'", false},
		{"a <> 'x  y'", "a <> 'x y'", false},
		{"a <> '-- x'", "a <> '' -- x'", false},
		{"a <> '/* x */'", "a <> ''", false},
		{"a <> 'it''s'", "a <> 'it' 's'", false},
		{"a <> x'00ff'", "a <> 'x00ff'", false},
		{"a < -1", "a <- 1", true},
		{"a <> 'open", "a <>  'open", false}, // no SQL at all
	} {
		if got := sameExpr(test.a, test.b); got != test.same {
			t.Errorf("%s and %s: %v", test.a, test.b, got)
		}
		if got := sameExpr(test.b, test.a); got != test.same {
			t.Errorf("%s and %s: %v", test.b, test.a, got)
		}
	}
}

// TestViewsOfOtherColumns: a view in words is what is there only with its
// columns, whose names a program reads.
func TestViewsOfOtherColumns(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE t (a int)", "CREATE VIEW v AS SELECT a+1, a AS b FROM t")
	for sql, same := range map[string]bool{
		"SELECT a+1, a AS b FROM t":          true,
		"select A+1,\na as b from T -- all":  false, // the first is called A+1
		"select a+1,\na as b from T -- all":  true,
		"SELECT a + 1, a AS b FROM t":        false,
		"SELECT a+1, a AS B FROM t":          false,
		"SELECT a+1, a AS b FROM t WHERE no": false,
	} {
		view := op.View{Name: "v", SQL: sql}
		reading, err := Dialect{}.Inspect(t.Context(), conn, ddl.Inquiry{Words: []op.Schema{{Views: []op.View{view}}}})
		if err != nil {
			t.Fatal(err)
		}
		if got := reading.Schema.Views[0] == view; got != same {
			t.Errorf("%s: %v", sql, got)
		}
	}
}
