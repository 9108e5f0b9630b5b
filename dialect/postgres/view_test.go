package postgres

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

func mustRead(t *testing.T, q ddl.Querier, said ...op.Schema) ddl.Reading {
	t.Helper()
	r, err := Dialect{}.Inspect(context.Background(), q, ddl.Inquiry{Words: said})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func viewWords(list ...op.View) op.Schema { return op.Schema{Views: list} }

func TestViewsInWords(t *testing.T) {
	db := open(t)
	run(t, db.conn, "CREATE SCHEMA s", "CREATE TABLE s.far (id int)", "CREATE TABLE orders (id int, state text)",
		"CREATE VIEW plain AS SELECT id FROM orders WHERE state = 'new'", `CREATE VIEW "Odd ""Name" AS SELECT o.*, far.id AS x FROM orders o, s.far`,
		"CREATE VIEW s.view AS SELECT id FROM s.far", "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one", "CREATE VIEW foreign_view AS SELECT 2 AS two")
	plain := op.View{Name: "plain", SQL: "select id from orders where state='new' -- open"}
	odd := op.View{Name: `Odd "Name`, SQL: "SELECT o.*, far.id AS x FROM orders o CROSS JOIN s.far"}
	far := op.View{Name: "s.view", SQL: "SELECT id FROM s.far"}
	kept := op.View{Name: "kept", SQL: "SELECT 1 AS one", Materialized: true}
	others := []op.View{
		{Name: "plain", SQL: "SELECT id FROM orders"}, {Name: "plain", SQL: "SELECT none FROM orders"}, {Name: "kept", SQL: "SELECT 1 AS one"}, {Name: "missing", SQL: "SELECT 1"},
	}
	r := mustRead(t, db.conn, viewWords(others[0], others[2], others[3]), viewWords(others[1]), viewWords(plain, odd, far, kept))
	// The order of a join is part of the query.
	if d := cmp.Diff([]string{`Odd "Name`, "kept", "plain", "s.view"}, viewNames(r.Schema)); d != "" {
		t.Fatal(d)
	}
	for _, want := range []op.View{plain, far, kept} {
		if got := r.Schema.View(want.Name); *got != want {
			t.Errorf("%q is read as %q", want.SQL, got.SQL)
		}
	}
	if len(r.NotCompared) > 0 {
		t.Error(r.NotCompared)
	}

	// Of words that are not true, what is there is told.
	r = mustRead(t, db.conn, viewWords(others[0]), viewWords(others[1], others[2]))
	if got := r.Schema.View("plain").SQL; !strings.Contains(got, "orders.id") || !strings.Contains(got, "'new'::text") {
		t.Errorf("plain is %s", got)
	}
	if !r.Schema.View("kept").Materialized {
		t.Error("kept is not told to be materialized")
	}
	if left := rowsOf(t, db.conn, "SELECT relname FROM pg_class WHERE relname LIKE 'limbeck%'"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if d := cmp.Diff(op.Schema{}.Views, mustRead(t, db.conn).Schema.Views); d != "" {
		t.Errorf("without words: %s", d)
	}

	// Where the server may not be asked, the words are believed and it is said.
	run(t, db.conn, "SET default_transaction_read_only = on")
	r = mustRead(t, db.conn, viewWords(others[0]))
	if got := r.Schema.View("plain"); *got != others[0] || len(r.NotCompared) != 1 || !strings.Contains(r.NotCompared[0], `view "plain" was not compared: the session is read-only`) {
		t.Errorf("%v, %q", got, r.NotCompared)
	}
}

func viewNames(s op.Schema) []string {
	var names []string
	for _, v := range s.Views {
		names = append(names, v.Name)
	}
	slices.Sort(names)
	return names
}

// What people have hung on a view is still there when it was made anew.
func TestWhatHangsOnViews(t *testing.T) {
	db := open(t)
	run(t, db.conn, "DROP ROLE IF EXISTS limbeck_view_reader", "CREATE ROLE limbeck_view_reader", "CREATE TABLE orders (id int, a varchar(10))",
		"CREATE VIEW v WITH (security_barrier) AS SELECT id, a FROM orders", "COMMENT ON VIEW v IS 'it''s'", "COMMENT ON COLUMN v.a IS 'A'",
		"GRANT SELECT ON v TO limbeck_view_reader WITH GRANT OPTION", "GRANT SELECT, UPDATE ON v TO PUBLIC",
		"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", "CREATE TRIGGER trg INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f()",
		"CREATE MATERIALIZED VIEW m AS SELECT id, a FROM v", "CREATE UNIQUE INDEX mi ON m (id)", "GRANT SELECT ON m TO limbeck_view_reader")
	t.Cleanup(func() { run(t, db.conn, "DROP OWNED BY limbeck_view_reader", "DROP ROLE limbeck_view_reader") })
	state := func() []string {
		return append(dump(t, db.dsn), rowsOf(t, db.conn, "SELECT relname, a.grantee::text, privilege_type, is_grantable FROM pg_class, aclexplode(relacl) a WHERE relname IN ('v', 'm') ORDER BY 1, 2, 3")...)
	}
	was := state()
	v := op.View{Name: "v", SQL: "SELECT id, a FROM orders"}
	m := op.View{Name: "m", SQL: "SELECT id, a FROM v", Materialized: true}
	other := v
	other.SQL = "SELECT id, a FROM orders WHERE id > 0"
	column := func(n int) op.Column { return op.Column{Name: "a", Type: op.String(n)} }
	again := func(ops ...op.Operation) {
		t.Helper()
		list := append([]op.Operation{op.DropView{Name: "m", Materialized: true}}, ops...)
		mustMigrate(t, db.conn, append(list, op.CreateView(m))...)
	}
	again(op.DropView{Name: "v"}, op.AlterColumn{Table: "orders", From: column(10), To: column(20)}, op.CreateView(v))
	again(op.DropView{Name: "v"}, op.AlterColumn{Table: "orders", From: column(20), To: column(10)}, op.CreateView(v))
	again(op.AlterView{From: v, To: other})
	again(op.AlterView{From: other, To: v})
	if d := cmp.Diff(was, state()); d != "" {
		t.Errorf("(-before +after):\n%s", d)
	}
}
