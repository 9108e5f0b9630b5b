package postgres

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// TestOffendingRows: what stands in the way of a change is counted, some of it is
// named, and all stays as it was.
func TestOffendingRows(t *testing.T) {
	raw := func(name, typ string) op.Column { return op.Column{Name: name, Type: op.Raw(typ)} }
	notNull := func(c op.Column) op.Column { c.NotNull = true; return c }
	alter := func(from, to op.Column) op.List { return op.List{op.AlterColumn{Table: "t", From: from, To: to}} }
	to := func(typ string) op.List { return alter(raw("a", "text"), raw("a", typ)) }
	using := func(typ, expr string) op.List {
		return op.List{op.AlterColumn{Table: "t", From: raw("a", "text"), To: raw("a", typ), Using: expr}}
	}
	number := func(typ string) op.List { return alter(raw("b", "bigint"), raw("b", typ)) }
	unique := func(options string) op.List {
		return op.List{op.AddUnique{Table: "t", Unique: op.Unique{Name: "u", Columns: op.Columns("a", "b"), Options: options}}}
	}
	check := func(expr string) op.List {
		return op.List{op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: expr}}}
	}
	index := func(x op.Index) op.List {
		x.Name, x.Unique = "i", true
		return op.List{op.CreateIndex{Table: "t", Index: x}}
	}
	refer := func(k op.ForeignKey) op.List {
		k.Name, k.RefTable = "f", "p"
		return op.List{op.AddForeignKey{Table: "t", ForeignKey: k}}
	}
	own := func(text string) op.List { return op.List{op.Exec{SQL: text}} }
	key := op.List{op.AddPrimaryKey{Table: "t", Columns: op.Columns("a")}}
	const plain = "id bigint PRIMARY KEY, a text, b bigint"
	for _, test := range []struct {
		name, columns, rows string
		ops                 op.List
		want                string
	}{
		{"no whole number", plain, "(1, '5', 1), (2, 'five', 2), (3, NULL, 3), (4, '', 4), (5, '99999999999999999999', 5)", to("bigint"),
			`3 rows of table "t" have values in column "a" that do not fit bigint (id 2, 4, 5); mend or delete these rows first, for example with op.Exec at the head of the revision, or let the operation say what their values become (Using): ERROR: invalid input syntax`},
		{"many of them", plain, "(1, 'a', 1), (2, 'a', 2), (3, 'a', 3), (4, 'a', 4), (5, 'a', 5), (6, 'a', 6), (7, '7', 7)", to("bigint"),
			`6 rows of table "t" have values in column "a" that do not fit bigint (id 1, 2, 3, 4, 5, …)`},
		{"no date", plain, "(1, '2020-02-29', 1), (2, '2021-02-29', 2), (3, 'soon', 3)", to("date"), `2 rows of table "t" have values in column "a" that do not fit date (id 2, 3)`},
		{"no time", plain, "(1, '2020-02-29 12:00', 1), (2, '2021-02-28 25:00', 2)", to("timestamptz(3)"), `do not fit timestamptz(3) (id 2)`},
		{"no bool", plain, "(1, 'yes', 1), (2, 'perhaps', 2)", to("boolean"), `1 row of table "t" has values in column "a" that do not fit boolean (id 2)`},
		{"no uuid", plain, "(1, '7c9e6679-7425-40de-944b-e07fc1f90ae7', 1), (2, '7c9e', 2)", to("uuid"), `do not fit uuid (id 2)`},
		{"no json", plain, "(1, '{}', 1), (2, '{', 2)", to("jsonb"), `do not fit jsonb (id 2)`},
		{"no fraction", plain, "(1, '1.5', 1), (2, '1,5', 2), (3, '12345', 3)", to("numeric(5,2)"), `do not fit numeric(5,2) (id 2, 3)`},
		{"no address", plain, "(1, '10.0.0.1', 1), (2, '10.0.0.256', 2)", to("inet"), `do not fit inet (id 2)`},
		{"bytes that are no text", "id bigint PRIMARY KEY, a bytea", `(1, 'x'), (2, '\xff')`, alter(raw("a", "bytea"), raw("a", "text")), `do not fit text (id 2)`},
		{"too long", plain, "(1, 'äöü', 1), (2, 'abcd', 2)", to("varchar(3)"), `1 row of table "t" has values in column "a" that do not fit varchar(3) (id 2)`},
		{"blanks are cut off", plain, "(1, 'abc  ', 1), (2, 'abcd', 2)", to("varchar(3)"), `1 row of table "t" has values in column "a" that do not fit varchar(3) (id 2)`},
		{"too large", plain, "(1, 'x', 32767), (2, 'x', 32768), (3, 'x', -32769)", number("smallint"), `2 rows of table "t" have values in column "b" that do not fit smallint (id 2, 3)`},
		{"too many digits", plain, "(1, 'x', 99), (2, 'x', 100)", number("numeric(4,2)"), `do not fit numeric(4,2) (id 2)`},
		{"by an expression", plain, "(1, 'n5', 1), (2, 'x', 2)", using("bigint", "substr(t.a, 2)::bigint -- behind a letter"), `1 row of table "t" has values in column "a" that do not fit bigint (id 2)`},
		{"by an expression over others", plain, "(1, 'x', 0), (2, 'x', 4)", using("bigint", "8 / b"), `do not fit bigint (id 1)`},
		{"no value of an enum", plain, "(1, 'new', 1), (2, 'New', 2)", append(op.List{op.CreateEnum{Name: "state", Values: []string{"new", "old"}}},
			op.AlterColumn{Table: "t", From: raw("a", "text"), To: op.Column{Name: "a", Type: op.EnumType("state", "new", "old")}}), `do not fit "state" (id 2)`},
		{"after another step", plain, "(1, 'x', 1), (2, 'y', 2), (3, '3', 3)", append(own("UPDATE t SET a = '1' WHERE id = 1"), append(op.List{op.RenameColumn{Table: "t", From: "a", To: "n"}}, alter(raw("n", "text"), raw("n", "bigint"))...)...),
			`1 row of table "t" has values in column "n" that do not fit bigint (id 2)`},
		{"of a table with a strange name", "id bigint PRIMARY KEY, a text); ALTER TABLE t RENAME TO \"T \"\"1\" --", "", op.List{op.AlterColumn{Table: `T "1`, From: raw("a", "text"), To: raw("a", "bigint")}},
			`1 row of table "T \"1" has values in column "a" that do not fit bigint (id 7)`},
		{"nulls", plain, "(1, 'x', 1), (2, NULL, 2)", alter(raw("a", "text"), notNull(raw("a", "text"))), `1 row of table "t" has no value in column "a", which is NOT NULL (id 2); mend or delete these rows first, for example with op.Exec at the head of the revision, or let the operation say what they get (Backfill): ERROR`},
		{"nulls without a key", "a text, b int", "('x', 1), (NULL, 2)", alter(raw("a", "text"), notNull(raw("a", "text"))), `1 row of table "t" has no value in column "a", which is NOT NULL (ctid '(0,2)')`},
		{"nulls under a key of two", "a text, b int, c text, PRIMARY KEY (c, b)", "(NULL, 1, 'it''s'), (NULL, 2, '1234567890123456789012345678901234567890123')", alter(raw("a", "text"), notNull(raw("a", "text"))),
			`(c, b ('12345678901234567890123456789012345678…, 2), ('it''s', 1))`},
		{"added", plain, "(1, 'x', 1), (2, 'x', 1)", op.List{op.AddColumn{Table: "t", Column: notNull(raw("n", "text"))}}, `2 rows of table "t" have no value in column "n", which is NOT NULL (id 1, 2)`},
		{"unique", plain, "(1, 'x', 1), (2, 'x', 1), (3, 'x', 2), (4, NULL, 1), (5, NULL, 1)", unique(""),
			`2 rows of table "t" have values in (a, b) that others have too, against unique constraint "u" (id 1, 2); mend`},
		{"unique, nulls too", plain, "(1, 'x', 1), (2, 'x', 2), (4, NULL, 1), (5, NULL, 1)", unique("NULLS NOT DISTINCT"), `2 rows of table "t" have values in (a, b) that others have too, against unique constraint "u" (id 4, 5)`},
		{"unique index", plain, "(1, 'x', 1), (2, 'x', 1), (3, 'x', -2)", index(op.Index{Columns: op.Columns("a"), Where: "t.b > 0"}), `2 rows of table "t" have values in (a) that others have too, against index "i" (id 1, 2)`},
		{"unique expression", plain, "(1, 'x', 1), (2, 'X', 1), (3, NULL, 1), (4, NULL, 1)", index(op.Index{Columns: []op.KeyPart{{Expr: "lower(a)"}, {Column: "b", Desc: true}}}), `against index "i" (id 1, 2)`},
		{"check", plain, "(1, 'x', 1), (2, 'x', -1), (3, 'x', NULL)", check("t.b > 0 -- always"), `1 row of table "t" has values that the check "k" (t.b > 0) does not allow (id 2)`},
		{"check that was not validated", plain, "(1, 'x', 1), (2, 'x', -1)", append(op.List{op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "b > 0", Options: "NOT VALID"}}}, own("ALTER TABLE t VALIDATE CONSTRAINT k")...),
			`1 row of table "t" has values that the check "k" ((b > 0)) does not allow (id 2)`},
		{"key", "a text, b int", "('x', 1), ('x', 2), ('y', 3)", key, `2 rows of table "t" have values in (a) that others have too, against the primary key (ctid '(0,1)', '(0,2)')`},
		{"null in a key", "a text, b int", "('x', 1), (NULL, 2)", key, `1 row of table "t" has no value in column "a", which is NOT NULL (ctid '(0,2)')`},
		{"orphans", plain, "(1, 'x', 7), (2, 'x', 1), (3, 'x', NULL), (4, 'x', 8)", refer(op.ForeignKey{Columns: []string{"b"}, RefColumns: []string{"id"}}),
			`2 rows of table "t" refer by (b) to rows of "p" that do not exist (id 1, 4); mend`},
		{"orphans of the key", plain, "(1, 'x', 7), (2, 'x', 1)", refer(op.ForeignKey{Columns: []string{"b"}}), `1 row of table "t" refers by (b) to rows of "p" that do not exist (id 1)`},
		{"orphans by two columns", "id bigint PRIMARY KEY, a int, b int", "(1, 1, 2), (2, 1, 3), (3, 9, NULL)", refer(op.ForeignKey{Columns: []string{"a", "b"}, RefColumns: []string{"id", "n"}}), `1 row of table "t" refers by (a, b) to rows of "p" that do not exist (id 2)`},
		{"orphans by two columns as a whole", "id bigint PRIMARY KEY, a int, b int", "(1, 1, 2), (2, 1, 3), (3, 1, NULL), (4, NULL, NULL)", refer(op.ForeignKey{Columns: []string{"a", "b"}, RefColumns: []string{"id", "n"}, Match: "FULL"}), `2 rows of table "t" refer by (a, b) to rows of "p" that do not exist (id 2, 3)`},
		{"orphans that were not validated", plain, "(1, 'x', 7)", append(refer(op.ForeignKey{Columns: []string{"b"}, Deferrable: "NOT VALID"}), own("ALTER TABLE t VALIDATE CONSTRAINT f")...), `1 row of table "t" refers by (b) to rows of "p" that do not exist (id 1)`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			db := open(t)
			run(t, db.conn, "CREATE TABLE p (id bigint PRIMARY KEY, n int, UNIQUE (id, n))", "INSERT INTO p VALUES (1, 2)", "CREATE TABLE t ("+strings.TrimSuffix(test.columns+")", "--)"))
			if test.rows == "" {
				run(t, db.conn, `INSERT INTO "T ""1" VALUES (7, 'x')`)
			} else {
				run(t, db.conn, "INSERT INTO t VALUES "+test.rows)
			}
			before := dump(t, db.dsn)
			rows := rowsOf(t, db.conn, "SELECT query_to_xml('SELECT * FROM ' || oid::regclass, true, false, '')::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname")
			settings := rowsOf(t, db.conn, "SELECT name, setting FROM pg_settings WHERE name IN ('statement_timeout', 'transaction_read_only')")
			_, err := migrate(db.conn, test.ops...)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error:\n%v\nwant:\n%s", err, test.want)
			}
			if diff := cmp.Diff(before, dump(t, db.dsn)) +
				cmp.Diff(rows, rowsOf(t, db.conn, "SELECT query_to_xml('SELECT * FROM ' || oid::regclass, true, false, '')::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname")) +
				cmp.Diff(settings, rowsOf(t, db.conn, "SELECT name, setting FROM pg_settings WHERE name IN ('statement_timeout', 'transaction_read_only')")); diff != "" {
				t.Errorf("not as before:\n%s", diff)
			}
		})
	}
}

// TestExplainLeavesTheTransaction usable, as it was before the statement: where
// the caller goes on with it, all but that statement is there.
func TestExplainLeavesTheTransaction(t *testing.T) {
	db := open(t)
	run(t, db.conn, "CREATE TABLE t (a text)", "INSERT INTO t VALUES ('x')", "BEGIN", "CREATE TABLE kept (a int)")
	err := ddl.Run(t.Context(), db.conn, Dialect{}, ddl.Planned("ALTER TABLE t ALTER COLUMN a TYPE bigint USING a::bigint"))
	if err == nil || !strings.Contains(err.Error(), "(ctid '(0,1)')") {
		t.Errorf("error %v", err)
	}
	run(t, db.conn, "INSERT INTO kept VALUES (1)", "COMMIT")
	if got := rowsOf(t, db.conn, "SELECT * FROM kept"); len(got) != 1 {
		t.Errorf("left: %v", got)
	}
}

// TestExplainKeepsTheDetail that the server gives, and its code.
func TestExplainKeepsTheDetail(t *testing.T) {
	db := open(t)
	run(t, db.conn, "CREATE TABLE t (id int PRIMARY KEY, a text)", "INSERT INTO t VALUES (1, 'x'), (2, 'x')")
	_, err := migrate(db.conn, op.CreateIndex{Table: "t", Index: op.Index{Name: "i", Unique: true, Columns: op.Columns("a")}})
	if err == nil || sqlState(err) != uniqueViolation || !strings.Contains(err.Error(), "detail: Key (a)=(x) is duplicated.") || !strings.Contains(err.Error(), "(id 1, 2)") {
		t.Errorf("error %v", err)
	}
}

// TestExplainConcurrently: a statement outside of transactions is explained in one
// of its own.
func TestExplainConcurrently(t *testing.T) {
	db := open(t)
	run(t, db.conn, "CREATE TABLE t (id int PRIMARY KEY, a text)", "INSERT INTO t VALUES (1, 'x'), (2, 'x')")
	_, err := carryOut(t.Context(), db.conn, op.CreateIndex{Table: "t", Index: op.Index{Name: "i", Unique: true, Columns: op.Columns("a")}, Concurrently: true})
	if err == nil || !strings.Contains(err.Error(), `against index "i" (id 1, 2)`) {
		t.Errorf("error %v", err)
	}
	if inside, err := begin(t.Context(), db.conn, "here"); err != nil || inside {
		t.Errorf("inside a transaction: %v, %v", inside, err)
	}
}

// TestExplainHurried: where there is no time to count them all, the first that
// were found are named.
func TestExplainHurried(t *testing.T) {
	db := open(t)
	run(t, db.conn, "CREATE TABLE t (id int PRIMARY KEY, a text)", "INSERT INTO t SELECT i, 'x' FROM generate_series(1, 9) i", "SET statement_timeout = '300ms'")
	_, err := migrate(db.conn, op.Exec{SQL: "ALTER TABLE t ALTER COLUMN a TYPE bigint USING CASE WHEN id < 9 THEN a::bigint ELSE length(pg_sleep(3600)::text) END"})
	if err == nil || !strings.Contains(err.Error(), `at least 5 rows of table "t" have values in column "a" that do not fit bigint (id 1, 2, 3, 4, 5, …); mend`) {
		t.Errorf("error %v", err)
	}
}

// TestExplainSilent: where nothing more can be said, or not in time, the server's
// words stand.
func TestExplainSilent(t *testing.T) {
	const retype = "ALTER TABLE t ALTER COLUMN a TYPE bigint USING a::bigint"
	for _, test := range []struct {
		name      string
		before    []string
		statement string
		cancelled bool
	}{
		{name: "no language", before: []string{"DROP EXTENSION plpgsql"}, statement: retype},
		{name: "no temporary functions", before: []string{
			"CREATE ROLE poor_%s", "REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC", "ALTER TABLE t OWNER TO poor_%s",
			"GRANT CREATE ON SCHEMA public TO poor_%s", "SET ROLE poor_%s",
		}, statement: retype},
		{name: "too slow", before: []string{"SET statement_timeout = '300ms'"}, statement: "ALTER TABLE t ALTER COLUMN a TYPE bigint USING CASE WHEN id = 1 THEN a::bigint ELSE length(pg_sleep(3600)::text) END"},
		{name: "with a side effect", before: []string{"CREATE SEQUENCE s"}, statement: "ALTER TABLE t ALTER COLUMN a TYPE bigint USING CASE WHEN id = 1 THEN a::bigint ELSE nextval('s') END"},
		{name: "no rows", statement: "ALTER TABLE t ADD COLUMN n int DEFAULT 'x'"},
		{name: "two changes", statement: "ALTER TABLE t ALTER COLUMN a TYPE bigint USING a::bigint, ALTER COLUMN id TYPE bigint"},
		{name: "against a check of before", before: []string{"ALTER TABLE t ADD CHECK (id < 9)"}, statement: "ALTER TABLE t ALTER COLUMN id TYPE bigint USING id + 10"},
		{name: "a command about rows", statement: "INSERT INTO t VALUES (1, 'again')"},
		{name: "another error", statement: "ALTER TABLE t ALTER COLUMN none TYPE bigint"},
		{name: "cancelled", statement: retype, cancelled: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			db := open(t)
			run(t, db.conn, "CREATE TABLE t (id int PRIMARY KEY, a text)", "INSERT INTO t VALUES (1, 'x'), (2, 'y')")
			name := rowsOf(t, db.conn, "SELECT current_database()")[0]
			for _, text := range test.before {
				run(t, db.conn, strings.ReplaceAll(text, "%s", name))
			}
			run(t, db.conn, "BEGIN")
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			release := Dialect{}.Guard(ctx, db.conn, test.statement)
			_, cause := db.conn.ExecContext(ctx, test.statement)
			if cause == nil {
				release()
				t.Fatal("it has worked")
			}
			if test.cancelled {
				cancel()
			}
			if err := (Dialect{}).Explain(ctx, db.conn, test.statement, cause); err != cause {
				t.Errorf("error %v\nwant  %v", err, cause)
			}
		})
	}
}

// coded is an error of a server.
type coded string

func (c coded) Error() string    { return "it failed" }
func (c coded) SQLState() string { return string(c) }

// TestExplainHelps where nothing can be asked too: help is for the rows that are there, not for those that a statement brings.
func TestExplainHelps(t *testing.T) {
	const (
		nulls = "rows have no value; mend or delete these rows first, for example with op.Exec at the head of the revision, or let the operation say what they get (Backfill): it failed"
		twice = "rows have values that others have too; mend or delete these rows first, for example with op.Exec at the head of the revision: it failed"
		plain = "it failed"
	)
	for _, test := range []struct {
		statement string
		cause     coded
		want      string
	}{
		{`ALTER TABLE "t" ALTER COLUMN "c" SET NOT NULL`, notNullViolation, nulls},
		{`ALTER TABLE "t" ADD PRIMARY KEY ("c")`, uniqueViolation, twice},
		{`CREATE UNIQUE INDEX "i" ON "t" ("c")`, uniqueViolation, twice},
		{`create unique index concurrently "i" ON "t" ("c")`, uniqueViolation, twice},
		{`INSERT INTO t VALUES (1)`, uniqueViolation, plain},
		{`UPDATE t SET c = NULL`, notNullViolation, plain},
		{`ALTER TABLE "t" ADD CHECK (c > 0)`, checkViolation, plain},
	} {
		got := (Dialect{}).Explain(t.Context(), (*sql.DB)(nil), test.statement, test.cause)
		if got.Error() != test.want {
			t.Errorf("%s: got  %v\nwant %s", test.statement, got, test.want)
		}
		if sqlState(got) != string(test.cause) || !strings.HasSuffix(got.Error(), test.cause.Error()) {
			t.Errorf("%s: the cause is lost", test.statement)
		}
	}
}
