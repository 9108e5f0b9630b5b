package sqlite

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// TestDropColumnPlainly needs a database without views and triggers.
func TestDropColumnPlainly(t *testing.T) {
	for column, want := range map[string]bool{"a": true, "b": false, "c": false, "d": false, "e": false, "f": true, "g": true, "H": true} {
		conn := openMemory(t)
		exec(t, conn, "CREATE TABLE p (id integer PRIMARY KEY)",
			"CREATE TABLE t (id integer PRIMARY KEY, a text, b int, c int UNIQUE, d int, e int REFERENCES p, f int CHECK (f > 0), g int AS (d) STORED, h int)",
			"CREATE INDEX i ON t (b)", "INSERT INTO t VALUES (1, 'a', 1, 2, 3, NULL, 5, 6)")
		ops := op.List{op.DropColumn{Table: "t", Column: column}}
		switch column {
		case "b":
			ops = append(op.List{op.DropIndex{Table: "t", Name: "i"}}, ops...)
			want = true
		case "d":
			ops = append(op.List{op.DropColumn{Table: "t", Column: "g"}}, ops...)
			want = true
		}
		statements := mustMigrate(t, conn, ops...)
		got := !strings.Contains(strings.Join(statements, ";"), "DROP TABLE")
		if got != want {
			t.Errorf("column %s: plainly is %t, want %t: %q", column, got, want, statements)
		}
		if rows := dump(t, conn, "SELECT count(*) FROM t"); rows[0] != "1" {
			t.Errorf("rows: %v", rows)
		}
	}
}

// TestRebuildKeepsKinds rebuilds tables of special kinds.
func TestRebuildKeepsKinds(t *testing.T) {
	add := op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "1"}}
	for _, statement := range []string{
		"CREATE TABLE t (a INT PRIMARY KEY, b TEXT) STRICT, WITHOUT ROWID",
		"CREATE TABLE t (a INT, b TEXT) STRICT",
		"CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT) without /* x */ rowid",
		"CREATE TABLE t (rowid INT, b TEXT)",
		"CREATE TABLE t (oid INT, b TEXT)",
		"CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b TEXT)",
		"CREATE TABLE t (id INTEGER, b TEXT, PRIMARY KEY (id AUTOINCREMENT))",
	} {
		conn := openMemory(t)
		exec(t, conn, statement, "INSERT INTO t VALUES (5, 'x'), (2, 'y')", "DELETE FROM t WHERE b = 'z'")
		rowid := ""
		if !strings.Contains(strings.ToUpper(statement), "ROWID") {
			rowid = ", rowid"
			exec(t, conn, "INSERT INTO t VALUES (7, 'gone')", "DELETE FROM t WHERE b = 'x'")
		}
		rows, before := dump(t, conn, "SELECT *"+rowid+" FROM t"), shape(t, conn)
		mustMigrate(t, conn, add)
		if diff := cmp.Diff(rows, dump(t, conn, "SELECT *"+rowid+" FROM t")); diff != "" {
			t.Errorf("%s: rows:\n%s", statement, diff)
		}
		if diff := cmp.Diff(before, shape(t, conn)); diff != "" {
			t.Errorf("%s: shape:\n%s", statement, diff)
		}
	}
}

func TestPrimaryKeyAndNumbering(t *testing.T) {
	id := op.Column{Name: "id", Type: op.Int(64)}
	auto := id
	auto.AutoIncrement = true
	on := op.AlterColumn{Table: "t", From: id, To: auto}
	off := op.AlterColumn{Table: "t", From: auto, To: id}
	drop, add := op.DropPrimaryKey{Table: "t"}, op.AddPrimaryKey{Table: "t", Columns: op.Columns("id")}
	for i, test := range []struct {
		create string
		ops    op.List
		key    []string
		auto   bool
	}{
		{"id integer PRIMARY KEY, b int", op.List{on}, []string{"id"}, true},
		{"id integer, b int, CONSTRAINT pk PRIMARY KEY (id)", op.List{on}, []string{"id"}, true},
		{"id integer PRIMARY KEY AUTOINCREMENT, b int", op.List{off}, []string{"id"}, false},
		{"id integer, b int, PRIMARY KEY (id AUTOINCREMENT)", op.List{off}, []string{"id"}, false},
		{"id integer PRIMARY KEY AUTOINCREMENT, b int", op.List{on}, []string{"id"}, true},
		{"id integer PRIMARY KEY AUTOINCREMENT, b int", op.List{drop}, []string{}, false},
		{"id integer PRIMARY KEY AUTOINCREMENT, b int", op.List{drop, add}, []string{"id"}, true},
		{"id integer, b int", op.List{add}, []string{"id"}, false},
		{"id integer, b int", op.List{on, add}, []string{"id"}, true},
		{"id integer, b int", op.List{op.AddPrimaryKey{Table: "t", Columns: op.Columns("b", "id"), Name: "pk"}}, []string{"b", "id"}, false},
		{"id integer, b int, PRIMARY KEY (id, b)", op.List{drop, add}, []string{"id"}, false},
		{"id integer, b int, PRIMARY KEY (id, b)", op.List{on}, []string{"id", "b"}, false},
		{"id bigint PRIMARY KEY, b int", op.List{on}, []string{"id"}, false},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			conn := openMemory(t)
			exec(t, conn, "CREATE TABLE t ("+test.create+")", "INSERT INTO t VALUES (3, 4), (1, 2)")
			mustMigrate(t, conn, test.ops...)
			table := inspect(t, conn).Tables[0]
			if diff := cmp.Diff(test.key, partColumns(keyParts(table.PrimaryKey))); diff != "" {
				t.Errorf("key:\n%s", diff)
			}
			if table.Columns[0].AutoIncrement != test.auto {
				t.Errorf("numbers itself: %t", table.Columns[0].AutoIncrement)
			}
			if rows := dump(t, conn, "SELECT id, b FROM t ORDER BY id"); cmp.Diff([]string{"1|2", "3|4"}, rows) != "" {
				t.Errorf("rows: %v", rows)
			}
			if !test.auto {
				return
			}
			exec(t, conn, "INSERT INTO t (b) VALUES (9)", "DELETE FROM t WHERE b = 9")
			if got := dump(t, conn, "INSERT INTO t (b) VALUES (9) RETURNING id"); got[0] != "5" {
				t.Errorf("the next id is %v, want 5", got)
			}
		})
	}
}

func keyParts(key op.PrimaryKey) []keyPart {
	parts := make([]keyPart, len(key))
	for i, p := range key {
		parts[i] = keyPart{column: p.Column}
	}
	return parts
}

// TestChangeInOtherLetters names table, column and index in letters other than
// the stored ones.
func TestChangeInOtherLetters(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE Things (Id integer PRIMARY KEY AUTOINCREMENT, Name text)", "CREATE INDEX Idx ON THINGS (NAME)",
		"CREATE TRIGGER tr AFTER INSERT ON THINGS BEGIN SELECT 1; END", "INSERT INTO things VALUES (4, 'x')", "DELETE FROM things")
	mustMigrate(t, conn, op.AlterColumn{Table: "tHINGS", From: column("nAME", op.Text()), To: column("nAME", op.Bytes())},
		op.DropIndex{Table: "tHINGS", Name: "iDX"}, op.AddCheck{Table: "tHINGS", Check: op.Check{Name: "k", Expr: "THINGS.ID > 0"}})
	want := []string{`"table"|"Things"`, `"trigger"|"tr"`}
	if diff := cmp.Diff(want, dump(t, conn, "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY type")); diff != "" {
		t.Error(diff)
	}
	if got := dump(t, conn, "INSERT INTO things (name) VALUES ('y') RETURNING id"); got[0] != "5" {
		t.Errorf("the next id is %v, want 5", got)
	}
}
