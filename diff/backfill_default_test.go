package diff_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// A default that a new column brings along is in all rows at once.
func TestDefaultsInKeys(t *testing.T) {
	const twice = ` lets no two rows be alike: which value do existing rows get?`
	with := func(c op.Column, d op.Default) op.Column {
		c.Default = d
		return c
	}
	x := with(notNull("c", op.Text()), op.Literal("x"))
	y := with(notNull("d", op.Text()), op.Literal("y"))
	maybeX, maybeY := with(col("c", op.Text()), op.Literal("x")), with(col("d", op.Text()), op.Literal("y"))
	number, maybeNumber := with(notNull("c", op.Int(64)), op.Literal(1)), with(col("c", op.Int(64)), op.Literal(1))
	partial := func(where string) op.Index {
		i := uniqueIndex("i", "c")
		i.Where = where
		return i
	}
	onLower := op.Index{Name: "i", Unique: true, Columns: []op.KeyPart{{Expr: "lower(c)"}}}
	pair := op.ForeignKey{Name: "fk", Columns: []string{"c", "d"}, RefTable: "u", RefColumns: []string{"a", "b"}}
	notDistinct := op.Unique{Name: "u", Columns: op.Columns("c"), Options: "NULLS NOT DISTINCT"}
	fillIn := func(columns ...string) (answers []string) {
		for _, c := range columns {
			answers = append(answers, "--backfill t."+c+"=<SQL literal or expression>")
		}
		return answers
	}
	asks := func(value, key, end string, answers ...string) []diff.Question {
		return []diff.Question{{
			About: "t.c", Answers: answers,
			Text: `Column "t.c" has the default ` + value + `, which existing rows without a value would get, and ` + key + end,
		}}
	}
	const needs = " needs a row for each value: which value do existing rows get?"

	for _, test := range []struct {
		name string
		// altered are the parts that are there, parts those that shall be.
		altered, parts []any
		options        diff.Options
		// step is what is done about column c.
		step      string
		questions []diff.Question
	}{
		{name: "in no key", parts: []any{x}, step: "add column t.c (text, not null, default 'x')"},
		{
			name: "unique constraint", parts: []any{x, unique("u", "c")}, step: "add column t.c (text, not null, default 'x')",
			questions: asks("'x'", `unique constraint "u"`, twice, fillIn("c")...),
		},
		{
			name: "unique constraint, answered", parts: []any{x, unique("u", "c")}, options: diff.Options{Backfills: map[string]op.Default{"t.c": op.Expr("id")}},
			step: "add column t.c (text, not null, default 'x'), existing rows get id",
		},
		{
			name: "unique index", parts: []any{x, uniqueIndex("i", "c")}, step: "add column t.c (text, not null, default 'x')",
			questions: asks("'x'", `unique index "i"`, twice, fillIn("c")...),
		},
		{
			name: "unique index on an expression", parts: []any{x, onLower}, step: "add column t.c (text, not null, default 'x')",
			questions: asks("'x'", `unique index "i"`, twice, fillIn("c")...),
		},
		{
			name: "partial index of other rows", parts: []any{x, partial("old IS NULL")}, step: "add column t.c (text, not null, default 'x')",
			questions: asks("'x'", `unique index "i"`, twice, fillIn("c")...),
		},
		{name: "partial index that may leave the default out", parts: []any{x, partial("c <> 'x'")}, step: "add column t.c (text, not null, default 'x')"},
		{name: "with an old column", parts: []any{x, unique("u", "c", "id")}, step: "add column t.c (text, not null, default 'x')"},
		{
			name: "with another new one", parts: []any{x, y, unique("u", "d", "c")}, step: "add column t.c (text, not null, default 'x')",
			questions: asks("'x'", `unique constraint "u"`, twice, fillIn("c", "d")...),
		},
		{
			name: "with another new one, which is answered", parts: []any{x, y, unique("u", "c", "d")},
			options: diff.Options{Backfills: map[string]op.Default{"t.d": op.Expr("id")}}, step: "add column t.c (text, not null, default 'x')",
		},
		{name: "with another new one that may be null", parts: []any{x, maybeY, unique("u", "c", "d")}, step: "add column t.c (text, not null, default 'x')"},
		{name: "with another new one that is null", parts: []any{x, col("d", op.Text()), unique("u", "c", "d")}, step: "add column t.c (text, not null, default 'x')"},
		{
			name: "may be null", parts: []any{maybeX, unique("u", "c")}, step: "add column t.c (text, default 'x'), existing rows get NULL",
		},
		{
			name: "may be null, answered", parts: []any{maybeX, unique("u", "c")}, options: diff.Options{Backfills: map[string]op.Default{"t.c": op.Expr("id")}},
			step: "add column t.c (text, default 'x'), existing rows get id",
		},
		{
			name: "may be null, but only once", parts: []any{maybeX, notDistinct}, step: "add column t.c (text, default 'x')",
			questions: asks("'x'", `unique constraint "u"`, twice, append([]string{"--backfill t.c=NULL"}, fillIn("c")...)...),
		},
		{name: "may be null, with an old column", parts: []any{maybeX, unique("u", "c", "id")}, step: "add column t.c (text, default 'x')"},
		{name: "may be null, with another new one", parts: []any{maybeX, y, unique("u", "c", "d")}, step: "add column t.c (text, default 'x'), existing rows get NULL"},

		{name: "another value for each row", parts: []any{with(x, op.Expr("gen_random_uuid()")), unique("u", "c")}, step: "add column t.c (text, not null, default gen_random_uuid())"},
		{name: "numbers", parts: []any{with(x, op.Expr("nextval('s'::regclass)")), unique("u", "c")}, step: "add column t.c (text, not null, default nextval('s'::regclass))"},
		{name: "another value for each row, may be null", parts: []any{with(maybeX, op.Expr("(uuid())")), unique("u", "c")}, step: "add column t.c (text, default (uuid()))"},
		{
			name: "the time", parts: []any{with(x, op.Expr("now()")), unique("u", "c")}, step: "add column t.c (text, not null, default now())",
			questions: asks("now()", `unique constraint "u"`, twice, fillIn("c")...),
		},
		{
			name: "the time with a precision", parts: []any{with(x, op.Expr("CURRENT_TIMESTAMP(3)")), unique("u", "c")}, step: "add column t.c (text, not null, default CURRENT_TIMESTAMP(3))",
			questions: asks("CURRENT_TIMESTAMP(3)", `unique constraint "u"`, twice, fillIn("c")...),
		},
		{
			name: "a value in SQL", parts: []any{with(x, op.Expr("('it''s f(x)'::text)")), unique("u", "c")}, step: "add column t.c (text, not null, default ('it''s f(x)'::text))",
			questions: asks("('it''s f(x)'::text)", `unique constraint "u"`, twice, fillIn("c")...),
		},
		{name: "null, may be null", parts: []any{with(maybeX, op.Expr("NULL")), unique("u", "c")}, step: "add column t.c (text, default NULL)"},

		{
			name: "foreign key", parts: []any{number, ref("fk", "c", "t")}, step: "add column t.c (int(64), not null, default 1)",
			questions: asks("1", `foreign key "fk"`, needs, append([]string{"--backfill t.c=1"}, fillIn("c")...)...),
		},
		{
			name: "foreign key, may be null", parts: []any{maybeNumber, ref("fk", "c", "t")}, step: "add column t.c (int(64), default 1)",
			questions: asks("1", `foreign key "fk"`, needs, append([]string{"--backfill t.c=1", "--backfill t.c=NULL"}, fillIn("c")...)...),
		},
		{
			name: "foreign key, answered", parts: []any{maybeNumber, ref("fk", "c", "t")}, options: diff.Options{Backfills: map[string]op.Default{"t.c": op.Expr("NULL")}},
			step: "add column t.c (int(64), default 1), existing rows get NULL",
		},
		{name: "foreign key with a null beside it", parts: []any{x, col("d", op.Text()), pair}, step: "add column t.c (text, not null, default 'x')"},
		{
			name: "foreign key with an answer of null beside it", parts: []any{x, maybeY, pair}, options: diff.Options{Backfills: map[string]op.Default{"t.d": op.Expr("NULL")}},
			step: "add column t.c (text, not null, default 'x')",
		},
		{name: "foreign key, null", parts: []any{with(maybeNumber, op.Expr("null")), ref("fk", "c", "t")}, step: "add column t.c (int(64), default null)"},

		{
			name: "nulls that become the default", altered: []any{col("c", op.Text()), unique("u", "c")}, parts: []any{x, unique("u", "c")},
			step:      "alter column t.c: not null, default none → 'x'",
			questions: asks("'x'", `unique constraint "u"`, twice, fillIn("c")...),
		},
		{
			name: "nulls that become the default, with another column", altered: []any{col("c", op.Text()), unique("u", "c", "old")}, parts: []any{x, unique("u", "c", "old")},
			step:      "alter column t.c: not null, default none → 'x'",
			questions: asks("'x'", `unique constraint "u"`, twice, append([]string{`--backfill 't.c='\''x'\'''`}, fillIn("c")...)...),
		},
		{
			name: "nulls that become the default, of a reference", altered: []any{col("c", op.Int(64)), ref("fk", "c", "t")}, parts: []any{number, ref("fk", "c", "t")},
			step:      "alter column t.c: not null, default none → 1",
			questions: asks("1", `foreign key "fk"`, needs, append([]string{"--backfill t.c=1"}, fillIn("c")...)...),
		},
		{
			name: "nulls that become the default, answered", altered: []any{col("c", op.Text()), unique("u", "c")}, parts: []any{x, unique("u", "c")},
			options: diff.Options{Backfills: map[string]op.Default{"t.c": op.Expr("old")}}, step: "alter column t.c: not null, default none → 'x', nulls become old",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			made := table("u", notNull("a", op.Text()), notNull("b", op.Text()), primary("a", "b"))
			before := entity("t", append([]any{col("old", op.Text())}, test.altered...)...)
			after := entity("t", append([]any{col("old", op.Text())}, test.parts...)...)
			test.options.Owned = schema(before, made)
			plan, err := diff.Compare(schema(before, made), schema(after, made), test.options)
			if err != nil {
				t.Fatal(err)
			}
			var got string
			for _, o := range plan.Up {
				switch o := o.(type) {
				case op.AddColumn:
					if o.Column.Name == "c" {
						got = o.String()
					}
				case op.AlterColumn:
					got = o.String()
				}
			}
			if got != test.step {
				t.Errorf("up has %q, want %q", got, test.step)
			}
			same(t, "questions", test.questions, plan.Questions)
		})
	}
}
