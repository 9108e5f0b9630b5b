package diff_test

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// backfillQuestion asks about columns, with what speaks against their zero
// behind them: t.c, and unique constraint "u" lets no two rows be alike.
func backfillQuestion(columns ...string) []diff.Question {
	var list []diff.Question
	for _, text := range columns {
		about, _, _ := strings.Cut(text, ",")
		list = append(list, diff.Question{
			About:   about,
			Text:    `Column "` + about + `" may not be null and has no default` + strings.TrimPrefix(text, about) + `: which value do existing rows get?`,
			Answers: []string{"--backfill " + about + "=<SQL literal or expression>"},
		})
	}
	return list
}

func TestBackfills(t *testing.T) {
	base := entity("t")
	withDefault := op.Column{Name: "c", Type: op.Text(), NotNull: true, Default: op.Literal("x")}
	byDatabase := op.Column{Name: "c", Type: op.Time(), NotNull: true, Default: op.DatabaseDefault()}
	byExpr := op.Column{Name: "c", Type: op.Int(64), NotNull: true, Default: op.Expr("random()")}
	computed := op.Column{Name: "c", Type: op.Text(), NotNull: true, Generated: op.Generated{Expr: "lower(id)"}}
	born := notNull("born", op.Time())

	run(t, []comparison{
		{
			name:    "new columns get the zero value of their type",
			current: schema(base),
			desired: schema(entity("t", notNull("b", op.Bool()), notNull("i", op.Int(64)), notNull("u", op.Uint(8)), notNull("f", op.Float(64)),
				notNull("d", op.Decimal(9, 2)), notNull("s", op.String(9)), notNull("x", op.Text()), notNull("k", op.KeyText()), notNull("y", op.Bytes()))),
			up: []string{
				"add column t.b (bool, not null), existing rows get false",
				"add column t.i (int(64), not null), existing rows get 0",
				"add column t.u (uint(8), not null), existing rows get 0",
				"add column t.f (float(64), not null), existing rows get 0",
				"add column t.d (decimal(9, 2), not null), existing rows get 0",
				"add column t.s (string(9), not null), existing rows get ''",
				"add column t.x (text, not null), existing rows get ''",
				"add column t.k (key_text, not null), existing rows get ''",
				"add column t.y (bytes, not null), existing rows get x''",
			},
			down: []string{
				"drop column t.b", "drop column t.i", "drop column t.u", "drop column t.f", "drop column t.d",
				"drop column t.s", "drop column t.x", "drop column t.k", "drop column t.y",
			},
		},
		{
			name:    "a new column of the key is asked about, though its model does not say not null",
			current: schema(table("t", notNull("a", op.Int(64)), primary("a"))), desired: schema(table("t", notNull("a", op.Int(64)), col("b", op.Int(64)), primary("a", "b"))),
			up:        []string{"drop primary key on t", "add column t.b (int(64))", "add primary key on t (a, b)"},
			down:      []string{"drop primary key on t", "drop column t.b", "add primary key on t (a)"},
			questions: backfillQuestion("t.b, and the primary key lets no two rows be alike"),
		},
		{
			name:    "a check may refuse the zero value, but for one",
			current: schema(base),
			desired: schema(entity("t", notNull("s", op.Text()), notNull("i", op.Int(64)), check("chk_s", "s <> ''"), check("chk_i", "i >= 0"))),
			up: []string{
				"add column t.s (text, not null)", "add column t.i (int(64), not null), existing rows get 0",
				"add check chk_i on t (i >= 0)", "add check chk_s on t (s <> '')",
			},
			down:      []string{"drop check chk_i on t", "drop check chk_s on t", "drop column t.s", "drop column t.i"},
			questions: backfillQuestion(`t.s, and check "chk_s" may refuse ''`),
		},
		{
			name:    "that of a raw type is what the models tell",
			current: schema(base), desired: schema(entity("t", notNull("r", op.Raw("mediumint")), notNull("s", op.Raw("mediumint")))),
			options:   diff.Options{Zeros: map[string]op.Default{"t.r": op.Literal(0)}},
			up:        []string{"add column t.r (mediumint, not null), existing rows get 0", "add column t.s (mediumint, not null)"},
			down:      []string{"drop column t.r", "drop column t.s"},
			questions: backfillQuestion("t.s"),
		},
		{
			name:    "none with a default",
			current: schema(base), desired: schema(entity("t", withDefault)),
			up:   []string{"add column t.c (text, not null, default 'x')"},
			down: []string{"drop column t.c"},
		},
		{
			name:    "none for a computed column",
			current: schema(base), desired: schema(entity("t", computed)),
			up:   []string{"add column t.c (text, not null, generated as (lower(id)))"},
			down: []string{"drop column t.c"},
		},
		{
			name:    "a default that the models leave to the database is none yet",
			current: schema(base), desired: schema(entity("t", byDatabase)),
			up:        []string{"add column t.c (time, not null, default set by the database)"},
			down:      []string{"drop column t.c"},
			questions: backfillQuestion("t.c"),
		},
		{
			name:    "nulls become the column's own default",
			current: schema(entity("t", col("c", op.Text()))), desired: schema(entity("t", withDefault)),
			up:   []string{"alter column t.c: not null, default none → 'x', nulls become 'x'"},
			down: []string{"alter column t.c: nullable, default 'x' → none"},
		},
		{
			name:    "an expression is not taken for all rows at once",
			current: schema(entity("t", col("c", op.Int(64)))), desired: schema(entity("t", byExpr)),
			up:   []string{"alter column t.c: not null, default none → random(), nulls become 0"},
			down: []string{"alter column t.c: nullable, default random() → none"},
		},
		{
			name:    "no honest zero",
			current: schema(entity("t", col("seen", op.Time()))),
			desired: schema(entity("t", notNull("seen", op.Time()), born, notNull("doc", op.Raw("json")))),
			up: []string{
				"add column t.born (time, not null)", "add column t.doc (json, not null)", "alter column t.seen: not null",
			},
			down:      []string{"alter column t.seen: nullable", "drop column t.born", "drop column t.doc"},
			questions: backfillQuestion("t.born", "t.doc", "t.seen"),
		},
		{
			name:    "answered",
			current: schema(entity("t", col("seen", op.Time()))), desired: schema(entity("t", notNull("seen", op.Time()), born)),
			options: diff.Options{Backfills: map[string]op.Default{"t.born": op.Literal("1970-01-01"), "t.seen": op.Expr("now()"), "t.id": op.Literal(1)}},
			up: []string{
				"add column t.born (time, not null), existing rows get '1970-01-01'", "alter column t.seen: not null, nulls become now()",
			},
			down: []string{"alter column t.seen: nullable", "drop column t.born"},
		},
		{
			name:    "not in keys",
			current: schema(base),
			desired: schema(entity("t", notNull("fk", op.Int(64)), notNull("uni", op.Text()), notNull("idx", op.Text()), notNull("plain", op.Text()),
				ref("fk", "fk", "t"), unique("uni", "uni"), uniqueIndex("idx", "idx"), index("plain", "plain"))),
			up: []string{
				"add column t.fk (int(64), not null)", "add column t.uni (text, not null)", "add column t.idx (text, not null)",
				"add column t.plain (text, not null), existing rows get ''",
				"add unique constraint uni on t (uni)", "create unique index idx on t (idx)", "create index plain on t (plain)",
				"add foreign key fk on t (fk) references t (id)",
			},
			down: []string{
				"drop foreign key fk on t", "drop index idx on t", "drop index plain on t", "drop unique constraint uni on t",
				"drop column t.fk", "drop column t.uni", "drop column t.idx", "drop column t.plain",
			},
			questions: backfillQuestion(`t.fk, and foreign key "fk" needs a row for each value`, `t.idx, and unique index "idx" lets no two rows be alike`,
				`t.uni, and unique constraint "uni" lets no two rows be alike`),
		},
		{
			name: "down asks nobody",
			current: schema(entity("t", born, notNull("code", op.Text()), unique("uni", "code"), notNull("price", op.Raw("numeric(10,2)")),
				notNull("doc", op.Raw("jsonb")), notNull("at", op.Raw("timestamptz")), notNull("kind", op.Raw("citext")))),
			desired: schema(base),
			up: []string{
				"drop unique constraint uni on t", "drop column t.born", "drop column t.code", "drop column t.price",
				"drop column t.doc", "drop column t.at", "drop column t.kind",
			},
			down: []string{
				"add column t.born (time, not null), existing rows get '0001-01-01 00:00:00+00:00'",
				"add column t.code (text, not null), existing rows get ''",
				"add column t.price (numeric(10,2), not null), existing rows get 0",
				"add column t.doc (jsonb, not null), existing rows get '{}'",
				"add column t.at (timestamptz, not null), existing rows get '0001-01-01 00:00:00+00:00'",
				"add column t.kind (citext, not null), existing rows get ''",
				"add unique constraint uni on t (code)",
			},
		},
	})
}
