package postgres

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// withEverything makes columns of an enum with all that can stand on them.
func withEverything(t *testing.T, db database) {
	t.Helper()
	run(t, db.conn,
		"CREATE TYPE state AS ENUM ('new', 'paid', 'lost')", "COMMENT ON TYPE state IS 'how far it is'",
		`CREATE TABLE orders (id int PRIMARY KEY, s state NOT NULL DEFAULT 'lost', list state[] DEFAULT '{new,paid}', plain text,
			CHECK (s <> 'paid'), CONSTRAINT arr CHECK (list <> '{paid}'), CONSTRAINT nv CHECK (s IN ('new', 'lost')) NOT VALID, UNIQUE (id, s))`,
		"CREATE INDEX part ON orders (id) WHERE s = 'new'", "CREATE INDEX expr ON orders ((s > 'new'))", "CREATE INDEX coal ON orders (coalesce(s, 'new'))", "CREATE INDEX plain ON orders (s)",
		"CREATE TABLE notes (id int, s state DEFAULT 'new', FOREIGN KEY (id, s) REFERENCES orders (id, s))",
		"INSERT INTO orders VALUES (1, 'lost', '{lost,new,lost}', 'lost'), (2, 'new', NULL, NULL)", "INSERT INTO notes VALUES (2, 'new'), (NULL, NULL)")
}

func TestReplaceEnum(t *testing.T) {
	db := open(t)
	withEverything(t, db)
	was := dump(t, db.dsn)

	mustMigrate(t, db.conn, op.AlterEnum{Name: "state", From: []string{"new", "paid", "lost"}, To: []string{"lost", "paid", "sent", "new"}})
	got := rowsOf(t, db.conn, "SELECT id, s, list, plain FROM orders ORDER BY id")
	if d := cmp.Diff([]string{"1|lost|{lost,new,lost}|lost", "2|new|<nil>|<nil>"}, got); d != "" {
		t.Error(d)
	}
	order := rowsOf(t, db.conn, "SELECT unnest(enum_range(NULL::state))")
	if d := cmp.Diff([]string{"lost", "paid", "sent", "new"}, order); d != "" {
		t.Error(d)
	}
	mustMigrate(t, db.conn, op.AlterEnum{Name: "state", From: []string{"lost", "paid", "sent", "new"}, To: []string{"new", "paid", "lost"}})
	if d := cmp.Diff(was, dump(t, db.dsn)); d != "" {
		t.Errorf("there and back (-before +after):\n%s", d)
	}
}

func TestReplaceEnumValues(t *testing.T) {
	db := open(t)
	withEverything(t, db)
	change := op.AlterEnum{Name: "state", From: []string{"new", "paid", "lost"}, To: []string{"new", "paid", "it's"}}

	was := dump(t, db.dsn)
	_, err := migrate(db.conn, change)
	const want = `"lost" in 1 of "orders.s" (id 1); "lost" in 1 of "orders.list" (id 1)`
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Fatalf("error %v, want %s", err, want)
	}
	if d := cmp.Diff(was, dump(t, db.dsn)); d != "" {
		t.Fatalf("refused, and something changed:\n%s", d)
	}
	run(t, db.conn, "ALTER TABLE orders DROP CONSTRAINT nv") // which has 'lost'
	change.Replace = []op.Replacement{{From: "lost", To: "it's"}}
	mustMigrate(t, db.conn, change)
	run(t, db.conn, "INSERT INTO orders (id) VALUES (3)")
	got := rowsOf(t, db.conn, "SELECT id, s, list, plain FROM orders ORDER BY id")
	if d := cmp.Diff([]string{"1|it's|{it's,new,it's}|lost", "2|new|<nil>|<nil>"}, got[:2]); d != "" {
		t.Error(d)
	}
	if !strings.HasPrefix(got[2], "3|it's|") {
		t.Errorf("the default did not follow: %s", got[2])
	}
}

// A value that a later step of the transaction uses cannot be added to the
// type that is there.
func TestAddEnumValueThatIsUsed(t *testing.T) {
	column := func(fallback string, values ...string) op.Column {
		return op.Column{Name: "s", Type: op.EnumType("state", values...), NotNull: true, Default: op.Literal(fallback)}
	}
	add := op.AddEnumValue{Enum: "state", Value: "se'nt", After: "new"}
	for name, later := range map[string]op.Operation{
		"default":  op.AlterColumn{Table: "orders", From: column("new", "new", "se'nt"), To: column("se'nt", "new", "se'nt")},
		"check":    op.AddCheck{Table: "orders", Check: op.Check{Name: "c", Expr: "s <> 'se''nt'"}},
		"SQL":      op.Exec{SQL: "UPDATE orders SET s = 'se''nt'"},
		"dollars":  op.Exec{SQL: "DO $$ BEGIN UPDATE orders SET s = 'se''nt'; END $$"},
		"backfill": op.AddColumn{Table: "orders", Column: op.Column{Name: "n", Type: op.EnumType("state", "new", "se'nt"), NotNull: true}, Backfill: op.Literal("se'nt")},
		"index":    op.CreateIndex{Table: "orders", Index: op.Index{Name: "i", Columns: op.Columns("id"), Where: "s = 'se''nt'"}},
		"nothing":  op.DropColumn{Table: "orders", Column: "id"},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			run(t, db.conn, "CREATE TYPE state AS ENUM ('new')", "CREATE TABLE orders (id int, s state NOT NULL DEFAULT 'new')", "INSERT INTO orders VALUES (1)")
			statements := mustMigrate(t, db.conn, add, later)
			if isAdded := strings.HasPrefix(statements[0], "ALTER TYPE \"state\" ADD VALUE"); isAdded != (name == "nothing") {
				t.Errorf("the value is added to the type: %v, by %q", isAdded, statements)
			}
		})
	}
}

func TestEnumsOfOtherSchemas(t *testing.T) {
	db := open(t)
	run(t, db.conn, `CREATE SCHEMA other`, `CREATE TYPE other.state AS ENUM ('far')`, "CREATE TYPE state AS ENUM ('near')", `CREATE TYPE "Odd ""Name" AS ENUM ('it''s', 'ü')`)
	words := op.Schema{
		Enums: []op.Enum{{Name: "other.state", Values: []string{"far"}}},
		Tables: []op.Table{{Name: "t", Columns: []op.Column{
			{Name: "a", Type: op.EnumType("other.state", "far"), Default: op.Literal("far")},
			{Name: "b", Type: op.EnumType("state", "near"), Default: op.Literal("near")},
			{Name: "c", Type: op.EnumType(`Odd "Name`, "it's", "ü"), Default: op.Literal("it's")},
			{Name: "d", Type: op.Raw(`"Odd ""Name"[]`)},
		}, Checks: []op.Check{{Name: "k", Expr: "a <> 'far' and b <> 'near' and c <> 'ü'"}}}},
	}
	mustMigrate(t, db.conn, op.CreateTable(words.Tables[0]))
	got := mustInspect(t, db.conn, words)
	want := words.Clone()
	want.Enums = []op.Enum{{Name: `Odd "Name`, Values: []string{"it's", "ü"}}, {Name: "other.state", Values: []string{"far"}}, {Name: "state", Values: []string{"near"}}}
	if d := cmp.Diff(want.Sorted(), got.Sorted()); d != "" {
		t.Errorf("(-words +inspected):\n%s", d)
	}
	// Without words, the same can be made in another schema.
	plain := mustInspect(t, db.conn)
	run(t, db.conn, "DROP TABLE t", "CREATE SCHEMA copy", `CREATE TYPE copy.state AS ENUM ('near')`, `CREATE TYPE copy."Odd ""Name" AS ENUM ('it''s', 'ü')`, "SET search_path = copy, public")
	mustMigrate(t, db.conn, op.CreateTable(plain.Tables[0]))
	mustMigrate(t, db.conn, op.DropTable{Name: "t"}, op.DropEnum{Name: "state"}, op.CreateEnum{Name: "third.state", Values: []string{"x"}}, op.RenameEnum{From: "third.state", To: "fourth"})
	if left := rowsOf(t, db.conn, "SELECT typnamespace::regnamespace || '.' || typname FROM pg_type WHERE typtype = 'e' ORDER BY 1"); len(left) != 5 {
		t.Errorf("enums are %v", left)
	}
}
