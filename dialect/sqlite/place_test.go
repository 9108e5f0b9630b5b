package sqlite

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// TestOtherDatabases changes tables that a temporary table hides, or that have
// a namesake in an attached database.
func TestOtherDatabases(t *testing.T) {
	for _, other := range []string{"temp", "aux", "both"} {
		for name, ops := range map[string]op.List{
			"rebuild":       {op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "a > 0"}}},
			"add column":    {op.AddColumn{Table: "t", Column: column("n", op.Text())}},
			"drop column":   {op.DropIndex{Table: "t", Name: "i"}, op.DropColumn{Table: "t", Column: "b"}},
			"index":         {op.CreateIndex{Table: "t", Index: op.Index{Name: "new", Columns: op.Columns("b")}}, op.DropIndex{Table: "t", Name: "i"}, op.RenameIndex{Table: "t", From: "new", To: "newer"}},
			"rename":        {op.RenameColumn{Table: "t", From: "b", To: "c"}, op.RenameTable{From: "t", To: "u"}, op.RenameTable{From: "u", To: "U"}},
			"drop":          {op.DropTable{Name: "t"}},
			"create":        {op.DropTable{Name: "t"}, op.CreateTable{Name: "t", Columns: []op.Column{column("z", op.Text())}, Indexes: []op.Index{{Name: "j", Columns: op.Columns("z")}}}},
			"names itself":  {op.AddCheck{Table: "self", Check: op.Check{Name: "k", Expr: "a > 0"}}},
			"without table": {op.DropTable{Name: "elsewhere"}},
		} {
			t.Run(other+" "+name, func(t *testing.T) {
				conn := openMemory(t)
				estate := []string{
					"CREATE TABLE %s.t (id integer PRIMARY KEY AUTOINCREMENT, a int, b text)", "CREATE INDEX %s.i ON t (b)",
					"CREATE TABLE %s.self (a int CHECK (self.a > 0))", "CREATE TABLE %s.log (a)",
					"CREATE TRIGGER %s.tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.a); END",
					"INSERT INTO %s.t VALUES (4, 5, 'x')", "INSERT INTO %s.self VALUES (1)",
				}
				make := func(schema string) {
					for _, s := range estate {
						exec(t, conn, fmt.Sprintf(s, schema))
					}
					if schema != "main" {
						exec(t, conn, "CREATE TABLE "+schema+".elsewhere (a)")
					}
				}
				make("main")
				if other != "aux" {
					make("temp")
				}
				if other != "temp" {
					exec(t, conn, "ATTACH ':memory:' AS aux")
					make("aux")
				}
				others := func() (list []string) {
					for _, schema := range []string{"temp", "aux"} {
						if other == schema || other == "both" {
							list = append(list, dump(t, conn, "SELECT type, name, tbl_name, sql FROM "+schema+".sqlite_master")...)
							list = append(list, dump(t, conn, "SELECT * FROM "+schema+".t, "+schema+".sqlite_sequence")...)
						}
					}
					return list
				}
				before := others()
				_, err := migrate(conn, ops...)
				hidden := other != "aux" && name != "without table"
				switch want := "hides table"; {
				case hidden && (err == nil || !strings.Contains(err.Error(), want)):
					t.Fatalf("error %v, want %q", err, want)
				case !hidden && (err != nil) != (name == "without table"):
					t.Fatal(err)
				}
				sound(t, conn)
				if diff := cmp.Diff(before, others()); diff != "" {
					t.Errorf("the other database:\n%s", diff)
				}
				switch name {
				case "drop", "create", "rename":
					if !hidden {
						return
					}
				}
				exec(t, conn, "INSERT INTO main.t (a) VALUES (7)")
				if got := dump(t, conn, "SELECT (SELECT group_concat(id || ':' || a) FROM main.t), (SELECT group_concat(a) FROM main.log)"); got[0] != `"4:5,5:7"|"5,7"` {
					t.Errorf("rows: %v", got)
				}
			})
		}
	}
}

// TestTemporaryTriggers of a table stay with it in a rebuild.
func TestTemporaryTriggers(t *testing.T) {
	for _, table := range []string{"t", "self"} {
		conn := openMemory(t)
		exec(t, conn, "CREATE TABLE t (a int)", "CREATE TABLE self (a int CHECK (self.a > 0))", "CREATE TEMP TABLE log (a)",
			"CREATE TEMP TRIGGER one AFTER INSERT ON "+table+" BEGIN INSERT INTO log VALUES ('one'); END",
			"CREATE TEMP TRIGGER IF NOT EXISTS [two] AFTER INSERT ON main."+table+" BEGIN INSERT INTO log VALUES ('two'); END",
			"CREATE TEMP VIEW v AS SELECT a FROM "+table)
		before := dump(t, conn, "SELECT type, name, sql FROM sqlite_temp_master ORDER BY name")
		mustMigrate(t, conn, op.AddCheck{Table: table, Check: op.Check{Name: "k", Expr: "a > 0"}})
		if diff := cmp.Diff(before, dump(t, conn, "SELECT type, name, sql FROM sqlite_temp_master ORDER BY name")); diff != "" {
			t.Error(diff)
		}
		exec(t, conn, "INSERT INTO "+table+" VALUES (1)")
		if got := dump(t, conn, "SELECT (SELECT group_concat(a) FROM (SELECT a FROM log ORDER BY a)), (SELECT group_concat(a) FROM v)"); got[0] != `"one,two"|"1"` {
			t.Errorf("%s: %v", table, got)
		}
	}
}

// TestTakenNames: a table of the user has the name that a rebuild would use.
func TestTakenNames(t *testing.T) {
	for _, definition := range []string{"a int", "a int CHECK (t.a > 0)"} {
		conn := openMemory(t)
		exec(t, conn, "CREATE TABLE t ("+definition+")", "CREATE TABLE LIMBECK_old_t (b)", "CREATE VIEW Limbeck_new_t AS SELECT * FROM limbeck_old_t",
			"INSERT INTO t VALUES (1)", "INSERT INTO limbeck_old_t VALUES (2)")
		if _, err := migrate(conn, op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "a > 0"}}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(dump(t, conn, "SELECT a, v.b FROM t, limbeck_old_t, limbeck_new_t v"), ""); got != "1|2" {
			t.Errorf("rows: %v", got)
		}
	}
}

// TestStatisticsStay: what ANALYZE found out is worth as much after a rebuild.
func TestStatisticsStay(t *testing.T) {
	for _, definition := range []string{"a int, b int", "a int CHECK (t.a > 0), b int"} {
		conn := openMemory(t)
		exec(t, conn, "CREATE TABLE t ("+definition+")", "CREATE INDEX i ON t (a)", "CREATE TABLE other (a)", "CREATE INDEX j ON other (a)",
			"INSERT INTO t VALUES (1, 2), (1, 3)", "INSERT INTO other VALUES (1)", "ANALYZE")
		before := dump(t, conn, "SELECT * FROM sqlite_stat1 ORDER BY tbl, idx")
		mustMigrate(t, conn, op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "a > 0"}})
		if diff := cmp.Diff(before, dump(t, conn, "SELECT * FROM sqlite_stat1 ORDER BY tbl, idx")); diff != "" || len(before) != 2 {
			t.Errorf("%d statistics:\n%s", len(before), diff)
		}
	}
}
