package sqlite

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// TestOffendingRows: what does not fit the new table is counted, some of it is
// named, and all stays as it was.
func TestOffendingRows(t *testing.T) {
	raw := func(name, typ string) op.Column { return op.Column{Name: name, Type: op.Raw(typ)} }
	notNull := func(c op.Column) op.Column { c.NotNull = true; return c }
	alter := func(from, to op.Column) op.List { return op.List{op.AlterColumn{Table: "t", From: from, To: to}} }
	unique := op.List{op.AddUnique{Table: "t", Unique: op.Unique{Name: "u", Columns: op.Columns("a", "b")}}}
	check := func(expr string) op.List {
		return op.List{op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: expr}}}
	}
	key := op.List{op.AddPrimaryKey{Table: "t", Columns: op.Columns("a")}}
	const plain = "id integer PRIMARY KEY, a text, b int"
	for _, test := range []struct {
		name, columns, rows string
		ops                 op.List
		want                string
	}{
		{"nulls", plain, "(1, 'x', 1), (2, NULL, 2)", alter(raw("a", "text"), notNull(raw("a", "text"))),
			`1 row of table "t" has no value in column "a", which is NOT NULL (id 2); mend`},
		{"many nulls", plain, "(1, NULL, 1), (2, NULL, 2), (3, NULL, 3), (4, NULL, 4), (5, NULL, 4), (6, NULL, 4), (7, 'x', 4)", alter(raw("a", "text"), notNull(raw("a", "text"))),
			`6 rows of table "t" have no value in column "a", which is NOT NULL (id 1, 2, 3, 4, 5, …)`},
		{"nulls by rowid", "a text, b int", "('x', 1), (NULL, 2)", alter(raw("a", "text"), notNull(raw("a", "text"))), `(rowid 2)`},
		{"nulls with a column named rowid", "rowid text, a text", "('x', 'x'), ('y', NULL)", alter(raw("a", "text"), notNull(raw("a", "text"))),
			`1 row of table "t" has no value in column "a", which is NOT NULL; mend`},
		{"nulls under a key of two", "a text, b int, c text, PRIMARY KEY (b, c)", "(NULL, 1, 'it''s'), (NULL, 2, '1234567890123456789012345678901234567890123')", alter(raw("a", "text"), notNull(raw("a", "text"))),
			`(b, c (1, 'it''s'), (2, '12345678901234567890123456789012345678…))`},
		{"without rowid", "a text PRIMARY KEY, b int) WITHOUT ROWID --", "('x', NULL), ('y', 1)", alter(raw("b", "int"), notNull(raw("b", "int"))), `1 row of table "t" has no value in column "b", which is NOT NULL (a 'x')`},
		{"added", plain, "(1, 'x', 1)", op.List{op.AddColumn{Table: "t", Column: notNull(raw("n", "text"))}}, `1 row of table "t" has no value in column "n"`},
		{"unique", plain, "(1, 'x', 1), (2, 'x', 1), (3, 'x', 2), (4, NULL, 1), (5, NULL, 1)", unique,
			`2 rows of table "t" have values in (a, b) that others have too, against unique constraint "u" (id 1, 2); mend`},
		{"unique by collation", plain, "(1, 'x', 1), (2, 'X', 1)", append(alter(raw("a", "text"), op.Column{Name: "a", Type: op.Raw("text"), Collate: "NOCASE"}), unique...), `(id 1, 2)`},
		{"unique by conversion", plain, "(1, '1', 1), (2, '01', 1), (3, '2', 1)", append(alter(raw("a", "text"), raw("a", "int")), unique...), `2 rows of table "t" have values in (a, b)`},
		{"unique of a column", "id integer PRIMARY KEY, a text UNIQUE", "(1, 'x'), (2, 'X')", alter(raw("a", "text"), op.Column{Name: "a", Type: op.Raw("text"), Collate: "NOCASE"}), `values in (a) that others have too, against unique constraint (id 1, 2)`},
		{"conflict clause", "id integer PRIMARY KEY, a text UNIQUE ON CONFLICT REPLACE", "(1, 'x'), (2, 'X')", alter(raw("a", "text"), op.Column{Name: "a", Type: op.Raw("text"), Collate: "NOCASE"}), `(id 1, 2)`},
		{"unique index", plain, "(1, 'x', 1), (2, 'x', 1), (3, 'x', -2)", op.List{op.CreateIndex{Table: "t", Index: op.Index{Name: "i", Unique: true, Columns: op.Columns("a"), Where: "b > 0"}}},
			`2 rows of table "t" have values in (a) that others have too, against index "i" (id 1, 2)`},
		{"unique expression", plain, "(1, 'x', 1), (2, 'X', 1), (3, NULL, 1), (4, NULL, 1)", op.List{op.CreateIndex{Table: "t", Index: op.Index{Name: "i", Unique: true, Columns: []op.KeyPart{{Expr: "lower(a)"}, {Column: "b", Collate: "NOCASE"}}}}},
			`against index "i" (id 1, 2)`},
		{"check", plain, "(1, 'x', 1), (2, 'x', -1)", check("t.b > 0 -- always"), `1 row of table "t" has values that the check "k" (t.b > 0) does not allow (id 2)`},
		{"old check", "id integer PRIMARY KEY, a text CHECK (a <> '1')", "(1, '01')", alter(raw("a", "text"), raw("a", "int")), `values that the check (a <> '1') does not allow (id 1)`},
		{"check of a table that names itself", "id integer PRIMARY KEY, a int CHECK (t.a > 0)", "(1, 1), (2, 20)", check("a < 10"), `1 row of table "t" has values that the check "k" (a < 10) does not allow (id 2)`},
		{"check of a computed column", "id integer PRIMARY KEY, a int, g int AS (a * 2) STORED", "(1, 1), (2, 20)", check("g < 10"), `(id 2)`},
		{"key", "a text, b int", "('x', 1), ('x', 2), ('y', 3)", key, `2 rows of table "t" have values in (a) that others have too, against the primary key (a 'x', 'x')`},
		{"null in a key", "a text, b int, PRIMARY KEY (b)) WITHOUT ROWID --", "(NULL, 1), ('x', 2)", append(op.List{op.DropPrimaryKey{Table: "t"}}, key...), `1 row of table "t" has no value in column "a", which is NOT NULL (a NULL)`},
		{"key that is no number", "id text, a text", "('1', 'x'), ('one', 'y')", append(alter(raw("id", "text"), raw("id", "integer")), op.AddPrimaryKey{Table: "t", Columns: op.Columns("id")}), `1 row of table "t" has no whole number in column "id" (rowid 2); mend`},
		{"strict", "id integer PRIMARY KEY, a text) STRICT --", "(1, '5'), (2, 'five')", alter(raw("a", "text"), raw("a", "INT")), `1 row of table "t" has no INT in column "a", as STRICT asks (id 2)`},
	} {
		t.Run(test.name, func(t *testing.T) {
			conn := openMemory(t)
			exec(t, conn, "CREATE TABLE t ("+strings.Replace(test.columns+")", "--)", "", 1), "INSERT INTO t VALUES "+test.rows)
			before, rows := master(t, conn), dump(t, conn, "SELECT * FROM t")
			_, err := migrate(conn, test.ops...)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error:\n%v\nwant:\n%s", err, test.want)
			}
			if diff := cmp.Diff(before, master(t, conn)) + cmp.Diff(rows, dump(t, conn, "SELECT * FROM t")); diff != "" {
				t.Errorf("not as before:\n%s", diff)
			}
		})
	}
}

// TestOrphanRows: a foreign key that rows do not meet is refused like the rest.
func TestOrphanRows(t *testing.T) {
	refer := func(columns []string, refs ...string) op.List {
		return op.List{op.AddForeignKey{Table: "t", ForeignKey: op.ForeignKey{Name: "f", Columns: columns, RefTable: "p", RefColumns: refs}}}
	}
	for _, test := range []struct {
		name, columns, rows string
		ops                 op.List
		want                string
	}{
		{"by id", "id integer PRIMARY KEY, a int", "(1, 7), (2, 1), (3, NULL), (4, 8)", refer([]string{"a"}, "id"), `2 rows of table "t" refer by (a) to rows of "p" that do not exist (id 1, 4); mend`},
		{"many", "id integer PRIMARY KEY, a int", "(1, 7), (2, 7), (3, 7), (4, 8), (5, 7), (6, 7)", refer([]string{"a"}), `6 rows of table "t" refer by (a) to rows of "p" that do not exist (id 1, 2, 3, 4, 5, …)`},
		{"by rowid", "a int, b int", "(7, 1)", refer([]string{"a"}, "id"), `(rowid 1)`},
		{"by a text", "id text PRIMARY KEY, a int", "('x', 1), ('y', 7)", refer([]string{"a"}, "id"), `(id 'y')`},
		{"with columns named as the rowid", "rowid text, _rowid_ text, oid text, a int", "('x', 1, 1, 7)", refer([]string{"a"}, "id"), `by (a) to rows of "p" that do not exist; mend`},
		{"without rowid", "id text PRIMARY KEY, a int) WITHOUT ROWID --", "('x', 1), ('y', 7), ('z', NULL)", refer([]string{"a"}, "id"), `1 row of table "t" refers by (a) to rows of "p" that do not exist (id 'y')`},
		{"without rowid, to the key", "id text PRIMARY KEY, a int) WITHOUT ROWID --", "('x', 1), ('y', 7)", refer([]string{"a"}), `(id 'y')`},
		{"target that is gone", "id text PRIMARY KEY, a int REFERENCES p) WITHOUT ROWID --", "('x', 1)", op.List{op.DropTable{Name: "p"}}, `1 row of table "t" refers by (a) to rows of "p" that do not exist; mend`},
		{"of two columns", "id integer PRIMARY KEY, a int, b int", "(1, 1, 2), (2, 1, 3), (3, 1, NULL)", refer([]string{"a", "b"}, "id", "n"), `1 row of table "t" refers by (a, b) to rows of "p" that do not exist (id 2)`},
		{"two keys", "id integer PRIMARY KEY, a int, b int", "(1, 1, 8), (2, 7, 1)", append(refer([]string{"a"}, "id"), op.AddForeignKey{Table: "t", ForeignKey: op.ForeignKey{Columns: []string{"b"}, RefTable: "p", RefColumns: []string{"id"}}}),
			`1 row of table "t" refers by (a) to rows of "p" that do not exist (id 2); 1 row of table "t" refers by (b) to rows of "p" that do not exist (id 1)`},
		{"beside old ones", "id integer PRIMARY KEY, a int, b int REFERENCES p", "(1, 1, 8), (2, 7, 1)", refer([]string{"a"}, "id"), `keys: 1 row of table "t" refers by (a) to rows of "p" that do not exist (id 2); mend`},
	} {
		t.Run(test.name, func(t *testing.T) {
			conn := openMemory(t)
			exec(t, conn, "CREATE TABLE p (id integer PRIMARY KEY, n int, UNIQUE (id, n))", "INSERT INTO p VALUES (1, 2)",
				"CREATE TABLE t ("+strings.Replace(test.columns+")", "--)", "", 1), "INSERT INTO t VALUES "+test.rows)
			before := master(t, conn)
			_, err := migrate(conn, test.ops...)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error:\n%v\nwant:\n%s", err, test.want)
			}
			if diff := cmp.Diff(before, master(t, conn)); diff != "" {
				t.Errorf("not as before:\n%s", diff)
			}
		})
	}
}

// TestExplainLeavesNothing also where the caller goes on with the transaction,
// or has none.
func TestExplainLeavesNothing(t *testing.T) {
	for _, begin := range []string{"BEGIN", "SELECT 1"} {
		conn := openMemory(t)
		exec(t, conn, "CREATE TABLE o (a)", "INSERT INTO o VALUES (NULL)", "CREATE TABLE t (a NOT NULL)", begin, "CREATE TABLE kept (a)")
		const statement = "INSERT INTO t (a) SELECT a FROM o"
		_, cause := conn.ExecContext(context.Background(), statement)
		if err := (Dialect{}).Explain(context.Background(), conn, statement, cause); !strings.Contains(err.Error(), `no value in column "a"`) {
			t.Errorf("got %v", err)
		}
		if got := master(t, conn); len(got) != 3 {
			t.Errorf("left: %v", got)
		}
	}
}

// TestExplainSilent: where there is nothing to say the database's words stand.
func TestExplainSilent(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE o (a)", "INSERT INTO o VALUES (1), (1)", "CREATE TABLE t (a UNIQUE)", "INSERT INTO t VALUES (1)")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for statement, ctx := range map[string]context.Context{
		"INSERT INTO t VALUES (1)":                           context.Background(), // no rows of a table
		"UPDATE t SET a = 1 WHERE a IN (SELECT a FROM none)": context.Background(),
		"INSERT INTO t (a) SELECT DISTINCT a FROM o":         context.Background(), // against a row that is there
		"INSERT INTO t (a) SELECT a FROM o":                  cancelled,
	} {
		_, cause := conn.ExecContext(context.Background(), statement)
		if cause == nil {
			t.Fatalf("%s has worked", statement)
		}
		if err := (Dialect{}).Explain(ctx, conn, statement, cause); err != cause {
			t.Errorf("%s: %v", statement, err)
		}
	}
}
