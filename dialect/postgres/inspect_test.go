package postgres

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// texts is a table whose words hold all kinds of text that the server rewrites.
func texts() op.Table {
	return op.Table{
		Name: "texts",
		Columns: []op.Column{
			{Name: "a", Type: op.Int(64), Default: op.Expr("noisy(1)")},
			{Name: "b", Type: op.Int(64), Generated: op.Generated{Expr: "noisy(2)+a", Stored: true}},
		},
		Checks:  []op.Check{{Name: "chk", Expr: "noisy(3)>1 and a<>5"}},
		Indexes: []op.Index{{Name: "idx", Columns: []op.KeyPart{{Expr: "noisy(4)"}, {Expr: "a+noisy(5)"}}, Where: "noisy(6)>2"}},
	}
}

// noisy counts its calls in a sequence, and says that it does not.
const noisy = `CREATE SEQUENCE calls; CREATE FUNCTION noisy(n bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS
	$$ BEGIN PERFORM nextval('calls'); RETURN n; END $$`

func TestInspectRunsNothingOfTheUsers(t *testing.T) {
	db := open(t)
	run(t, db.conn, noisy)
	want := op.Schema{Tables: []op.Table{texts()}}
	mustMigrate(t, db.conn, op.CreateTable(texts()))
	calls := func() string { return rowsOf(t, db.conn, "SELECT last_value, is_called FROM calls")[0] }
	before, schema := calls(), dump(t, db.dsn)
	if before == "1|false" {
		t.Fatal("the function does not count, so this test proves nothing")
	}
	got := mustInspect(t, db.conn, want, other(texts()))
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-words +inspected):\n%s", d)
	}
	mustInspect(t, db.conn, other(texts())) // by pieces
	if after := calls(); after != before {
		t.Errorf("the function ran: %s, then %s", before, after)
	}
	if d := cmp.Diff(schema, dump(t, db.dsn)); d != "" {
		t.Errorf("inspecting changed the database:\n%s", d)
	}
}

// TestInspectInAnyState reads through a pool, a connection, a transaction and a
// transaction that the driver does not know of, and leaves them as they were.
func TestInspectInAnyState(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	run(t, db.conn, noisy, "SET search_path = public, pg_catalog")
	mustMigrate(t, db.conn, op.CreateTable(texts()))
	want := op.Schema{Tables: []op.Table{texts()}}
	tx, err := db.pool.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	run(t, tx, "CREATE TABLE mine (id int)")
	check := func(what string, q ddl.Querier, words op.Schema, tables int) {
		t.Helper()
		got := mustInspect(t, q, words)
		if len(got.Tables) != tables || !cmp.Equal(*got.Table("texts"), texts()) {
			t.Errorf("%s: %s", what, cmp.Diff(words, got))
		}
	}
	check("pool", db.pool, want, 1)
	check("conn", db.conn, want, 1)
	check("tx", tx, want, 2)
	if got := rowsOf(t, tx, "SELECT count(*) FROM mine"); got[0] != "0" {
		t.Errorf("the transaction lost its table: %v", got)
	}
	run(t, db.conn, "BEGIN", "CREATE TABLE own (id int)")
	check("conn in a transaction", db.conn, want, 2)
	check("conn in a transaction, by pieces", db.conn, op.Schema{Tables: []op.Table{texts(), {Name: "own", Columns: []op.Column{{Name: "x", Type: op.Raw("nix")}}}}}, 2)
	run(t, db.conn, "COMMIT")
	if got := rowsOf(t, db.conn, "SELECT current_setting('search_path'), (SELECT count(*) FROM own)"); got[0] != "public, pg_catalog|0" {
		t.Errorf("afterwards: %v", got)
	}
	db.pool.SetMaxOpenConns(2) // both are taken: nothing more is needed
	check("conn again", db.conn, want, 2)
}

// TestInspectWithoutAsking: accounts that may not make temporary tables and
// databases with event triggers. Then only plainly equal text is surely the
// same, and the rest is reported.
func TestInspectWithoutAsking(t *testing.T) {
	db := open(t)
	run(t, db.conn, noisy, "CREATE TABLE seen (tag text)",
		"CREATE FUNCTION trig() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.seen VALUES (tg_tag); END'")
	mustMigrate(t, db.conn, op.CreateTable(texts()))
	run(t, db.conn, "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION trig()")
	plain := op.Schema{Tables: []op.Table{{Name: "texts", Checks: []op.Check{{Name: "chk", Expr: "((public.noisy((3)::bigint) > 1) AND (A <> 5))"}}}}}
	got := mustInspect(t, db.conn, plain)
	if d := cmp.Diff(plain.Tables[0].Checks, got.Table("texts").Checks); d != "" {
		t.Error(d)
	}
	reading, err := Dialect{}.Inspect(t.Context(), db.conn, ddl.Inquiry{Words: []op.Schema{{Tables: []op.Table{texts()}}}})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(texts(), *reading.Schema.Table("texts")); d != "" {
		t.Error(d)
	}
	if len(reading.NotCompared) != 4 {
		t.Errorf("reported, of a default, a generated column, a check and an index: %q", reading.NotCompared)
	}
	if got := rowsOf(t, db.conn, "SELECT * FROM seen"); len(got) > 0 {
		t.Errorf("event triggers ran: %v", got)
	}
	run(t, db.conn, "DROP EVENT TRIGGER e", "SET default_transaction_read_only = on")
	mustInspect(t, db.conn, op.Schema{Tables: []op.Table{texts()}})
}

func TestInspectLeavesAlone(t *testing.T) {
	db := open(t)
	run(t, db.conn, `CREATE TABLE parts (id int, name text, EXCLUDE USING hash (name WITH =)) `,
		`CREATE TABLE big (id int) PARTITION BY RANGE (id)`, `CREATE TABLE big1 PARTITION OF big FOR VALUES FROM (1) TO (2)`,
		`CREATE TABLE child () INHERITS (parts)`, `CREATE VIEW v AS SELECT 1`, `CREATE TEMP TABLE tmp (id int)`,
		`CREATE SCHEMA s`, `CREATE TABLE s.hidden (id int)`, `CREATE TABLE s.shown (id int)`)
	names := func(words ...op.Schema) (list []string) {
		for _, table := range mustInspect(t, db.pool, words...).Tables {
			list = append(list, table.Name)
		}
		return list
	}
	if d := cmp.Diff([]string{"big", "parts"}, names()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"big", "parts", "s.hidden", "s.shown"}, names(op.Schema{Tables: []op.Table{{Name: "s.shown"}}})); d != "" {
		t.Error(d)
	}
	s := mustInspect(t, db.pool)
	if got := s.Table("big").Options; got != "PARTITION BY RANGE (id)" {
		t.Errorf("options %q", got)
	}
	want := []op.Index{{Name: "parts_name_excl", Method: "exclusion", Columns: []op.KeyPart{{Expr: "EXCLUDE USING hash (name WITH =)"}}}}
	if d := cmp.Diff(want, s.Table("parts").Indexes); d != "" {
		t.Error(d)
	}
}

// TestSchemas: tables of other schemas by GORM's dotted names.
func TestSchemas(t *testing.T) {
	db := open(t)
	want := op.Schema{Tables: []op.Table{
		{Name: "shop.users", Columns: []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}}, PrimaryKey: op.Columns("id")},
		{Name: "public.orders", Columns: []op.Column{{Name: "id", Type: op.Int(64)}, {Name: "user_id", Type: op.Int(64)}},
			ForeignKeys: []op.ForeignKey{{Name: "fk", Columns: []string{"user_id"}, RefTable: "shop.users", RefColumns: []string{"id"}}},
			Indexes:     []op.Index{{Name: "idx_shop_x", Columns: op.Columns("user_id")}}, Checks: []op.Check{{Name: "chk", Expr: "id>0"}}},
	}}
	statements := mustMigrate(t, db.conn, op.CreateTable(want.Tables[0]), op.CreateTable(want.Tables[1]))
	if !slices.Contains(statements, `CREATE SCHEMA IF NOT EXISTS "shop"`) {
		t.Errorf("got %v", statements)
	}
	if d := cmp.Diff(want.Sorted(), mustInspect(t, db.conn, want).Sorted(), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("(-words +inspected):\n%s", d)
	}
	// From inside the other schema, it is the one with plain names.
	run(t, db.conn, "SET search_path = shop")
	if s := mustInspect(t, db.conn); len(s.Tables) != 1 || s.Tables[0].Name != "users" {
		t.Errorf("got %v", s)
	}
}
