package sqlite_test

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/dialect/sqlite"
	"github.com/go-limbeck/limbeck/op"
)

// SQLite takes DEFAULT (now()) and fails each INSERT afterwards.
func TestUnknownDefaultFunction(t *testing.T) {
	pool := atlasDB(t, "CREATE TABLE books (id integer PRIMARY KEY, made text)")
	column := func(d op.Default) op.Column { return op.Column{Name: "made", Type: op.Text(), Default: d} }
	for _, test := range []struct {
		name string
		d    op.Default
		ok   bool
	}{
		{"unknown function", op.Expr("now()"), false},
		{"unknown function in parentheses", op.Expr("(uuid())"), false},
		{"unknown only elsewhere", op.Expr("now()").On("sqlite", "CURRENT_TIMESTAMP"), true},
		{"unknown here", op.Expr("CURRENT_TIMESTAMP").On("sqlite", "now()"), false},
		{"known function", op.Expr("(datetime('now'))"), true},
		{"keyword", op.Expr("CURRENT_TIMESTAMP"), true},
		{"literal that looks like one", op.Literal("now()"), true},
		{"null", op.Expr("null"), true},
	} {
		for _, o := range []op.Operation{
			op.CreateTable{Name: "t", Columns: []op.Column{column(test.d)}},
			op.AddColumn{Table: "books", Column: op.Column{Name: "other", Type: op.Text(), Default: test.d}},
			op.AlterColumn{Table: "books", From: column(op.Default{}), To: column(test.d)},
		} {
			_, err := sqlite.Dialect{}.Plan(t.Context(), pool, op.List{o})
			if test.ok && err != nil {
				t.Errorf("%s, %s: %v", test.name, o.Kind(), err)
			}
			if !test.ok && (err == nil || !strings.Contains(err.Error(), "no such function")) {
				t.Errorf("%s, %s: error %v, want one about the function", test.name, o.Kind(), err)
			}
		}
	}
	// What is there already may go on.
	bad := column(op.Expr("now()"))
	loose := bad
	loose.Comment = "said"
	o := op.AlterColumn{Table: "books", From: bad, To: loose}
	if _, err := (sqlite.Dialect{}).Plan(t.Context(), pool, op.List{o}); err != nil {
		t.Errorf("a default that is left as it is: %v", err)
	}
}
