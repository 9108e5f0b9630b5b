package diff_test

import (
	"reflect"
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

func TestColumns(t *testing.T) {
	draft := op.Column{Name: "state", Type: op.Text(), Default: op.Literal("draft")}
	byDatabase := op.Column{Name: "state", Type: op.Text(), Default: op.DatabaseDefault()}
	longer := op.Column{Name: "state", Type: op.String(10), Default: op.DatabaseDefault()}
	slug := op.Column{Name: "slug", Type: op.Text(), Generated: op.Generated{Expr: "lower(title)"}}
	slugOfName := op.Column{Name: "slug", Type: op.Text(), Generated: op.Generated{Expr: "lower(name)"}}

	run(t, []comparison{
		{
			name:    "order is no difference",
			current: schema(table("t", col("a", op.Text()), col("b", op.Text()))),
			desired: schema(table("t", col("b", op.Text()), col("a", op.Text()))),
		},
		{
			name:    "added in the order of the model",
			current: schema(table("t", col("m", op.Text()))),
			desired: schema(table("t", col("z", op.Text()), col("m", op.Text()), col("a", op.Int(64)))),
			up:      []string{"add column t.z (text)", "add column t.a (int(64))"},
			down:    []string{"drop column t.z", "drop column t.a"},
		},
		{
			name:    "all replaced, never none",
			current: schema(table("t", col("a", op.Text()))),
			desired: schema(table("t", col("b", op.Text()))),
			options: diff.Options{Drops: []string{"t.a"}},
			up:      []string{"add column t.b (text)", "drop column t.a"},
			down:    []string{"add column t.a (text)", "drop column t.b"},
		},
		{
			name:    "everything in one step",
			current: schema(table("t", op.Column{Name: "c", Type: op.Text(), NotNull: true, Default: op.Literal("a"), Collate: "NOCASE"})),
			desired: schema(table("t", op.Column{Name: "c", Type: op.Int(64), Default: op.Literal(1), Comment: "x"})),
			up:      []string{`alter column t.c: type text → int(64), nullable, default 'a' → 1, collation NOCASE → none, comment "" → "x"`},
			down:    []string{`alter column t.c: type int(64) → text, not null, default 1 → 'a', collation none → NOCASE, comment "x" → "", nulls become 'a'`},
		},
		{
			name:    "a default that the database sets equals any",
			current: schema(table("t", draft)), desired: schema(table("t", byDatabase)),
		},
		{
			name:    "and stays when something else changes",
			current: schema(table("t", draft)), desired: schema(table("t", longer)),
			up:   []string{"alter column t.state: type text → string(10)"},
			down: []string{"alter column t.state: type string(10) → text"},
		},
		{
			name:    "computed column comes after what it is computed from",
			current: schema(table("t", col("id", op.Int(64)))),
			desired: schema(table("t", slug, col("title", op.Text()), col("id", op.Int(64)))),
			up:      []string{"add column t.title (text)", "add column t.slug (text, generated as (lower(title)))"},
			down:    []string{"drop column t.slug", "drop column t.title"},
		},
		{
			name:    "computed column changes between",
			current: schema(table("t", col("title", op.Text()), slug)),
			desired: schema(table("t", col("name", op.Text()), slugOfName)),
			options: diff.Options{Drops: []string{"t.title"}},
			up: []string{
				"add column t.name (text)",
				"alter column t.slug: generated as (lower(title)) → as (lower(name))",
				"drop column t.title",
			},
			down: []string{
				"add column t.title (text)",
				"alter column t.slug: generated as (lower(name)) → as (lower(title))",
				"drop column t.name",
			},
		},
		{
			name:    "type of a column that keys use: they step aside",
			current: schema(table("a", notNull("id", op.Int(32)), primary("id")), table("b", col("a_id", op.Int(32)), ref("fk", "a_id", "a"))),
			desired: schema(table("a", notNull("id", op.Int(64)), primary("id")), table("b", col("a_id", op.Int(64)), ref("fk", "a_id", "a"))),
			up: []string{
				"drop foreign key fk on b",
				"alter column b.a_id: type int(32) → int(64)", "alter column a.id: type int(32) → int(64)",
				"add foreign key fk on b (a_id) references a (id)",
			},
			down: []string{
				"drop foreign key fk on b",
				"alter column b.a_id: type int(64) → int(32)", "alter column a.id: type int(64) → int(32)",
				"add foreign key fk on b (a_id) references a (id)",
			},
		},
		{
			name:    "altered between what goes and what comes on it",
			current: schema(table("t", col("c", op.Text()), index("idx_old", "c"), check("chk_old", "length(c) > 1"))),
			desired: schema(table("t", col("c", op.Int(64)), uniqueIndex("idx_new", "c"), check("chk_new", "c > 1"))),
			up: []string{
				"drop check chk_old on t", "drop index idx_old on t",
				"alter column t.c: type text → int(64)",
				"create unique index idx_new on t (c)", "add check chk_new on t (c > 1)",
			},
			down: []string{
				"drop check chk_new on t", "drop index idx_new on t",
				"alter column t.c: type int(64) → text",
				"create index idx_old on t (c)", "add check chk_old on t (length(c) > 1)",
			},
		},
	})
}

// Law 5 for whatever package op adds: a field that differs is a difference.
func TestEveryFieldCounts(t *testing.T) {
	t.Run("column", func(t *testing.T) {
		eachField(t, op.Column{Name: "c"}, func(c op.Column) op.Table { return table("t", c) })
	})
	t.Run("index", func(t *testing.T) {
		eachField(t, index("i", "c"), func(x op.Index) op.Table { return table("t", col("c", op.Text()), x) })
	})
	t.Run("unique", func(t *testing.T) {
		eachField(t, unique("u", "c"), func(u op.Unique) op.Table { return table("t", col("c", op.Text()), u) })
	})
	t.Run("foreign key", func(t *testing.T) {
		eachField(t, ref("k", "c", "x"), func(k op.ForeignKey) op.Table { return table("t", col("c", op.Text()), k) })
	})
	t.Run("check", func(t *testing.T) {
		eachField(t, check("k", "c > 1"), func(k op.Check) op.Table { return table("t", col("c", op.Text()), k) })
	})
	t.Run("table", func(t *testing.T) {
		eachField(t, table("t", col("c", op.Text()), col("id", op.Int(64))), func(t op.Table) op.Table {
			if len(t.PrimaryKey) == 0 && t.PrimaryKeyName != "" {
				t.PrimaryKey = primary("id")
			}
			return t
		})
	})
}

// eachField changes one field after the other and expects that it is noticed.
func eachField[T any](t *testing.T, base T, in func(T) op.Table) {
	t.Helper()
	typ := reflect.TypeFor[T]()
	for i := range typ.NumField() {
		field := typ.Field(i).Name
		changed := base
		v := reflect.ValueOf(&changed).Elem().Field(i)
		switch {
		case v.Kind() == reflect.String:
			v.SetString("other")
		case v.Kind() == reflect.Bool:
			v.SetBool(!v.Bool())
		case field == "Type":
			v.Set(reflect.ValueOf(op.Int(8)))
		case field == "Default":
			v.Set(reflect.ValueOf(op.Literal(1)))
		case field == "Generated":
			v.Set(reflect.ValueOf(op.Generated{Expr: "1"}))
		case v.Type().Elem() == reflect.TypeFor[string]():
			v.Set(reflect.ValueOf([]string{"other"}))
		case v.Type().Elem() == reflect.TypeFor[op.KeyPart]():
			v.Set(reflect.ValueOf(op.Columns("id")).Convert(v.Type()))
		default: // the parts of a table, which have tests of their own
			part := reflect.New(v.Type().Elem()).Elem()
			part.FieldByName("Name").SetString("other")
			v.Set(reflect.Append(v, part))
		}
		a, b := in(base), in(changed)
		plan, err := diff.Compare(schema(a), schema(b), diff.Options{Owned: schema(a)})
		if err != nil {
			t.Fatalf("%s: %v", field, err)
		}
		if plan.Empty() && len(plan.Incomparable) == 0 {
			t.Errorf("%s: the difference is not found", field)
		}
	}
}
