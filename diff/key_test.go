package diff_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

func TestPrimaryKeys(t *testing.T) {
	a, b := notNull("a", op.Int(64)), notNull("b", op.Int(64))
	named := table("t", a, b, primary("a"))
	named.PrimaryKeyName = "pk_t"

	run(t, []comparison{
		{
			name:    "replaced",
			current: schema(table("t", a, b, primary("a"))), desired: schema(table("t", a, b, primary("a", "b"))),
			up:   []string{"drop primary key on t", "add primary key on t (a, b)"},
			down: []string{"drop primary key on t", "add primary key on t (a)"},
		},
		{
			name:    "order of the columns counts",
			current: schema(table("t", a, b, primary("a", "b"))), desired: schema(table("t", a, b, primary("b", "a"))),
			up:   []string{"drop primary key on t", "add primary key on t (b, a)"},
			down: []string{"drop primary key on t", "add primary key on t (a, b)"},
		},
		{
			name:    "added and dropped",
			current: schema(table("t", a), table("u", a, primary("a"))), desired: schema(table("t", a, primary("a")), table("u", a)),
			up:   []string{"drop primary key on u", "add primary key on t (a)"},
			down: []string{"drop primary key on t", "add primary key on u (a)"},
		},
		{
			name:    "a name that the models do not state",
			current: schema(named), desired: schema(table("t", a, b, primary("a"))),
		},
		{
			name:    "moves to a new column",
			current: schema(table("t", a, primary("a"))), desired: schema(table("t", b, a, primary("b"))),
			up: []string{
				"drop primary key on t", "add column t.b (int(64), not null)", "add primary key on t (b)",
			},
			down: []string{
				"drop primary key on t", "drop column t.b", "add primary key on t (a)",
			},
			questions: backfillQuestion("t.b, and the primary key lets no two rows be alike"),
		},
		{
			name:    "what may be null is filled before it joins",
			current: schema(table("t", a, col("c", op.Int(64)), primary("a"))), desired: schema(table("t", a, col("c", op.Int(64)), primary("a", "c"))),
			up: []string{
				"drop primary key on t", "alter column t.c: not null", "add primary key on t (a, c)",
			},
			down: []string{
				"drop primary key on t", "alter column t.c: nullable", "add primary key on t (a)",
			},
			questions: backfillQuestion("t.c, and the primary key lets no two rows be alike"),
		},
		{
			name:    "filled as was answered",
			current: schema(table("t", col("c", op.Text()))), desired: schema(table("t", col("c", op.Text()), primary("c"))),
			options: diff.Options{Backfills: map[string]op.Default{"t.c": op.Expr("uuid()")}},
			up:      []string{"alter column t.c: not null, nulls become uuid()", "add primary key on t (c)"},
			down:    []string{"drop primary key on t", "alter column t.c: nullable"},
		},
		{
			name:    "a new column that leaves NOT NULL to its key",
			current: schema(table("t", a, primary("a"))), desired: schema(table("t", a, col("c", op.Int(64)), primary("a", "c"))),
			up: []string{
				"drop primary key on t", "add column t.c (int(64))", "add primary key on t (a, c)",
			},
			down: []string{
				"drop primary key on t", "drop column t.c", "add primary key on t (a)",
			},
			questions: backfillQuestion("t.c, and the primary key lets no two rows be alike"),
		},
		{
			name:    "down makes such a column with the zero value",
			current: schema(table("t", a, col("c", op.Int(64)), primary("a", "c"))), desired: schema(table("t", a, primary("a"))),
			options: diff.Options{Owned: schema(table("t", a, col("c", op.Int(64)), primary("a", "c")))},
			up: []string{
				"drop primary key on t", "drop column t.c", "add primary key on t (a)",
			},
			down: []string{
				"drop primary key on t", "add column t.c (int(64)), existing rows get 0", "add primary key on t (a, c)",
			},
		},
		{
			name:    "what leaves the key had no nulls",
			current: schema(table("t", col("a", op.Int(64)), b, primary("a"))), desired: schema(table("t", a, b, primary("b"))),
			up:   []string{"drop primary key on t", "alter column t.a: not null", "add primary key on t (b)"},
			down: []string{"drop primary key on t", "alter column t.a: nullable", "add primary key on t (a)"},
		},
		{
			name:    "the key says of its columns that they are not null",
			current: schema(table("t", a, b, primary("a", "b"))), desired: schema(table("t", col("a", op.Int(64)), col("b", op.Int(64)), primary("a", "b"))),
		},
		{
			name:      "nulls go before the key comes, numbers after it",
			current:   schema(table("t", col("a", op.Int(64)))),
			desired:   schema(table("t", op.Column{Name: "a", Type: op.Int(64), AutoIncrement: true}, primary("a"))),
			up:        []string{"alter column t.a: not null", "add primary key on t (a)", "alter column t.a: auto-increment"},
			down:      []string{"alter column t.a: nullable, no auto-increment", "drop primary key on t"},
			questions: backfillQuestion("t.a, and the primary key lets no two rows be alike"),
		},
		{
			name:    "auto-increment only while there is a key",
			current: schema(table("t", notNull("a", op.Int(64)))),
			desired: schema(table("t", op.Column{Name: "a", Type: op.Int(64), NotNull: true, AutoIncrement: true}, primary("a"))),
			up:      []string{"add primary key on t (a)", "alter column t.a: auto-increment"},
			down:    []string{"alter column t.a: no auto-increment", "drop primary key on t"},
		},
	})
}

func TestConstraints(t *testing.T) {
	users := func(parts ...any) op.Table {
		return entity("users", append([]any{col("email", op.Text()), col("age", op.Int(64))}, parts...)...)
	}
	run(t, []comparison{
		{
			name:    "unique constraint",
			current: schema(users(unique("uni_a", "email"), unique("uni_b", "age"))),
			desired: schema(users(unique("uni_b", "email", "age"), unique("uni_c", "age"))),
			up: []string{
				"rename constraint uni_b on users to uni_c",
				"drop unique constraint uni_a on users", "add unique constraint uni_b on users (email, age)",
			},
			down: []string{
				"drop unique constraint uni_b on users", "add unique constraint uni_a on users (email)",
				"rename constraint uni_c on users to uni_b",
			},
		},
		{
			name:    "check",
			current: schema(users(check("chk", "age > 1"))), desired: schema(users(check("chk", "age > 2"))),
			up:   []string{"drop check chk on users", "add check chk on users (age > 2)"},
			down: []string{"drop check chk on users", "add check chk on users (age > 1)"},
		},
		{
			name:    "without a name it is the one with that definition",
			current: schema(users(unique("", "email"), check("", "age > 1"), ref("", "age", "users"))),
			desired: schema(users(unique("uni", "email"), check("chk", "age > 1"), ref("fk", "age", "users"))),
		},
		{
			name:    "without a name and a counterpart it is ours if a revision made it",
			current: schema(users(unique("", "email"), check("", "age > 1"), check("", "age > 2"), ref("", "age", "users"))),
			desired: schema(users(check("chk", "age > 1"), ref("fk", "email", "users"))),
			up: []string{
				"drop foreign key (age) references users (id) on users", "drop check (age > 2) on users", "drop unique constraint (email) on users",
				"add foreign key fk on users (email) references users (id)",
			},
			down: []string{
				"drop foreign key fk on users", "add unique constraint on users (email)", "add check on users (age > 2)",
				"add foreign key on users (age) references users (id)",
			},
		},
		{
			name: "without a name and a counterpart it is not ours otherwise", isForeign: true,
			current:   schema(users(unique("", "email"), check("", "age > 1"), check("", "age > 1"))),
			desired:   schema(users(check("chk", "age > 1"))),
			unmanaged: []string{"unique constraint (email) on users", "check (age > 1) on users"},
		},
		{
			name:    "without a name none can be added",
			current: schema(users()), desired: schema(users(check("", "age > 1"))),
			incomparable: []string{`table "users" should have the check (age > 1), which has no name: give it one`},
		},
		{
			name:    "a name for another kind of thing",
			current: schema(users(unique("email", "email"))), desired: schema(users(uniqueIndex("email", "email"))),
			up:   []string{"drop unique constraint email on users", "create unique index email on users (email)"},
			down: []string{"drop index email on users", "add unique constraint email on users (email)"},
		},
	})
}

func TestForeignKeys(t *testing.T) {
	toCode := op.ForeignKey{Name: "fk", Columns: []string{"code"}, RefTable: "a", RefColumns: []string{"code"}}
	cascade := ref("fk", "a_id", "a")
	cascade.OnDelete = "CASCADE"
	a := func(parts ...any) op.Table { return entity("a", append([]any{col("code", op.Text())}, parts...)...) }
	b := func(parts ...any) op.Table {
		return entity("b", append([]any{col("a_id", op.Int(64)), col("code", op.Text())}, parts...)...)
	}
	run(t, []comparison{
		{
			name:    "changed",
			current: schema(a(), b(ref("fk", "a_id", "a"))), desired: schema(a(), b(cascade)),
			up:   []string{"drop foreign key fk on b", "add foreign key fk on b (a_id) references a (id) on delete cascade"},
			down: []string{"drop foreign key fk on b", "add foreign key fk on b (a_id) references a (id)"},
		},
		{
			name:    "added after the key that it needs",
			current: schema(a(), b()), desired: schema(a(uniqueIndex("z", "code")), b(toCode)),
			up:   []string{"create unique index z on a (code)", "add foreign key fk on b (code) references a (code)"},
			down: []string{"drop foreign key fk on b", "drop index z on a"},
		},
		{
			name:    "a new table waits for the key that it needs",
			current: schema(a()), desired: schema(a(unique("z", "code")), b(toCode)),
			up:   []string{"add unique constraint z on a (code)", "create table b"},
			down: []string{"drop table b", "drop unique constraint z on a"},
		},
		{
			name:    "steps aside while its ground is replaced",
			current: schema(a(unique("u", "code")), b(toCode)), desired: schema(a(uniqueIndex("i", "code")), b(toCode)),
			up: []string{
				"drop foreign key fk on b", "drop unique constraint u on a",
				"create unique index i on a (code)", "add foreign key fk on b (code) references a (code)",
			},
			down: []string{
				"drop foreign key fk on b", "drop index i on a",
				"add unique constraint u on a (code)", "add foreign key fk on b (code) references a (code)",
			},
		},
		{
			name:    "stays where another key goes",
			current: schema(a(uniqueIndex("i", "id")), b(ref("fk", "a_id", "a"))), desired: schema(a(), b(ref("fk", "a_id", "a"))),
			up:   []string{"drop index i on a"},
			down: []string{"create unique index i on a (id)"},
		},
		{
			name:    "goes before its table, column and index",
			current: schema(a(), b(ref("fk", "a_id", "a"), index("idx", "a_id"))), desired: schema(entity("b", col("code", op.Text()))),
			up: []string{"drop foreign key fk on b", "drop index idx on b", "drop column b.a_id", "drop table a"},
			down: []string{
				"create table a", "add column b.a_id (int(64))", "create index idx on b (a_id)",
				"add foreign key fk on b (a_id) references a (id)",
			},
		},
		{
			name: "of the primary key by default",
			current: schema(table("a", notNull("x", op.Int(64)), notNull("y", op.Int(64)), primary("x")),
				table("b", col("x", op.Int(64)), op.ForeignKey{Name: "fk", Columns: []string{"x"}, RefTable: "a"})),
			desired: schema(table("a", notNull("x", op.Int(64)), notNull("y", op.Int(64)), primary("y")),
				table("b", col("x", op.Int(64)), op.ForeignKey{Name: "fk", Columns: []string{"x"}, RefTable: "a"})),
			up: []string{
				"drop foreign key fk on b", "drop primary key on a",
				"add primary key on a (y)", "add foreign key fk on b (x) references a",
			},
			down: []string{
				"drop foreign key fk on b", "drop primary key on a",
				"add primary key on a (x)", "add foreign key fk on b (x) references a",
			},
		},
	})
}
