package diff_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

func TestIndexes(t *testing.T) {
	a := func(parts ...any) op.Table { return entity("a", append([]any{col("x", op.Text())}, parts...)...) }
	b := func(parts ...any) op.Table { return entity("b", append([]any{col("x", op.Text())}, parts...)...) }
	partial := index("idx", "x")
	partial.Where = "x IS NOT NULL"
	computed := op.Index{Name: "idx", Columns: []op.KeyPart{{Expr: "lower(y)"}}}

	run(t, []comparison{
		{
			name:    "added, changed and dropped",
			current: schema(a(index("idx", "x"), index("idx_old", "id"))),
			desired: schema(a(partial, uniqueIndex("idx_new", "id"))),
			up: []string{
				"drop index idx on a", "drop index idx_old on a",
				"create index idx on a (x) where x IS NOT NULL", "create unique index idx_new on a (id)",
			},
			down: []string{
				"drop index idx on a", "drop index idx_new on a",
				"create index idx on a (x)", "create index idx_old on a (id)",
			},
		},
		{
			name:    "a name moves to a table that sorts before",
			current: schema(a(), b(index("idx", "x"))), desired: schema(a(index("idx", "x")), b()),
			up:   []string{"drop index idx on b", "create index idx on a (x)"},
			down: []string{"drop index idx on a", "create index idx on b (x)"},
		},
		{
			name:    "a name moves from a table that is dropped to a new one",
			current: schema(b(index("idx", "x"))), desired: schema(entity("a", col("y", op.Text()), index("idx", "y"))),
			up:        []string{"drop table b", "create table a"},
			down:      []string{"drop table a", "create table b"},
			questions: tableQuestion("b", "a"),
		},
		{
			name:    "names change places",
			current: schema(a(index("i", "x")), b(index("j", "x"))), desired: schema(a(index("j", "x")), b(index("i", "x"))),
			up:   []string{"rename index i on a to limbeck_swap", "rename index j on b to i", "rename index limbeck_swap on a to j"},
			down: []string{"rename index j on a to limbeck_swap", "rename index i on b to j", "rename index limbeck_swap on a to i"},
		},
		{
			name:    "names that more than these use",
			current: schema(a(index("i", "x")), b(index("j", "x"), unique("k", "x"))), desired: schema(a(index("j", "x")), b(index("k", "x"))),
			up: []string{
				"drop index i on a", "drop index j on b", "drop unique constraint k on b", "create index k on b (x)",
				"create index j on a (x)",
			},
			down: []string{
				"drop index j on a", "create index i on a (x)",
				"drop index k on b", "add unique constraint k on b (x)", "create index j on b (x)",
			},
		},
		{
			name:    "an expression on a new column",
			current: schema(a()), desired: schema(a(col("y", op.Text()), computed)),
			up:   []string{"add column a.y (text)", "create index idx on a ((lower(y)))"},
			down: []string{"drop index idx on a", "drop column a.y"},
		},
	})
}
