package diff_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// A name that expressions quote, and one that they do not, lead to each other,
// in memory too.
func TestRenameToANameInQuotes(t *testing.T) {
	named := func(column, written string) op.Schema {
		return schema(entity("t", col(column, op.Int(64)), col("b", op.Int(64)), check("chk", written+" > 0 AND b <> 'a'"),
			op.Column{Name: "g", Type: op.Int(64), Generated: op.Generated{Expr: written + " * 2"}},
			op.Index{Name: "idx", Columns: []op.KeyPart{{Expr: "abs(" + written + ")"}}, Where: written + " > 1"}))
	}
	for _, test := range []struct {
		to, written, as, back string
	}{
		{"order", `"order"`, `"order"`, "a"},
		{"order", "`order`", "`order`", "a"},
		{"order", "[order]", "[order]", "a"},
		{"c", "c", "", ""},
		{"C", "c", "", ""},
	} {
		a, b := named("a", "a"), named(test.to, test.written)
		plan, err := diff.Compare(a, b, diff.Options{Owned: a, Renames: []diff.Rename{{Table: "t", From: "a", To: test.to}}})
		if err != nil {
			t.Fatal(err)
		}
		same(t, test.written, op.List{op.RenameColumn{Table: "t", From: "a", To: test.to, As: test.as}}, plan.Up[:1])
		same(t, test.written, op.List{op.RenameColumn{Table: "t", From: test.to, To: "a", As: test.back}}, plan.Down[len(plan.Down)-1:])
		after, err := plan.Up.Apply(a)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "up "+test.written, b, after)
		back, err := plan.Down.Apply(after)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "down "+test.written, a, back)
		if test.as != "" {
			same(t, test.written, 1, len(plan.Up))
		}
	}
}
