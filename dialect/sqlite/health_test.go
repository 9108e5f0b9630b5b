package sqlite

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

// TestViewsAndTriggersStaySound: what does not work at the end and was not
// broken at the beginning is refused, also where the revision itself made it.
func TestViewsAndTriggersStaySound(t *testing.T) {
	dropISBN := op.DropColumn{Table: "books", Column: "isbn"}
	addNote := op.AddColumn{Table: "books", Column: column("note", op.Text())}
	const (
		trigger = "CREATE TRIGGER t1 AFTER INSERT ON books BEGIN UPDATE books SET isbn = 1; END"
		broken  = "CREATE TRIGGER old AFTER UPDATE ON books BEGIN DELETE FROM gone; END"
	)
	for _, test := range []struct {
		name, before string
		ops          op.List
		want         string // a part of the error, "" for none
	}{
		{"new view", "", op.List{op.Exec{SQL: "CREATE VIEW v AS SELECT isbn FROM books"}, dropISBN},
			`view "v" does not work at the end of the revision (no such column: isbn); create it`},
		{"new trigger", "", op.List{op.Exec{SQL: trigger}, dropISBN}, `trigger "t1" on "books" does not work at the end of the revision (no such column: isbn)`},
		{"new trigger beside a sound one", "CREATE TRIGGER t0 AFTER INSERT ON books BEGIN SELECT 1; END",
			op.List{op.Exec{SQL: trigger}, dropISBN}, `would break trigger "t0" or "t1" on "books"`},
		{"old view", "CREATE VIEW v AS SELECT isbn FROM books", op.List{dropISBN}, `the change would break view "v"`},
		{"view in another form", "CREATE VIEW v AS SELECT isbn FROM books",
			op.List{op.Exec{SQL: "DROP VIEW v; CREATE VIEW v AS SELECT isbn AS number FROM books"}, dropISBN}, `would break view "v"`},
		{"all sound", "", op.List{op.Exec{SQL: trigger + "; CREATE VIEW v AS SELECT isbn FROM books"}, addNote}, ""},
		{"made and dropped", "", op.List{op.Exec{SQL: trigger}, op.Exec{SQL: "DROP TRIGGER t1"}, dropISBN}, ""},
		{"broken before", broken + "; CREATE VIEW w AS SELECT * FROM gone", op.List{dropISBN}, ""},
		{"broken before, with a new column to set", broken, op.List{addNote}, ""},
		{"beside one that was broken before", broken, op.List{op.Exec{SQL: trigger}, dropISBN}, `"t1"`},
		{"trigger of a view that takes no rows", "CREATE VIEW v AS SELECT isbn FROM books",
			op.List{op.Exec{SQL: "CREATE TRIGGER t2 INSTEAD OF DELETE ON v BEGIN DELETE FROM books; END"}}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			conn := openMemory(t)
			exec(t, conn, "CREATE TABLE books (id integer PRIMARY KEY, isbn text)", test.before)
			_, err := migrate(conn, test.ops...)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// TestKeysKeepTheirTarget: a change that leaves foreign keys with nothing to
// refer to is refused, and the next step is about the keys.
func TestKeysKeepTheirTarget(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE p (id integer PRIMARY KEY, code text UNIQUE)")
	exec(t, conn, "CREATE TABLE c (code text REFERENCES p (code) ON DELETE CASCADE)")
	exec(t, conn, "INSERT INTO p VALUES (1, 'a')")
	exec(t, conn, "INSERT INTO c VALUES ('a')")
	_, err := migrate(conn, op.DropColumn{Table: "p", Column: "code"})
	const want = `checking foreign keys: the keys of table "c" cannot be checked any more: checking foreign keys: foreign key mismatch - "c" referencing "p"; ` +
		`drop those keys before (op.DropForeignKey), or let the columns that they refer to be a key or unique`
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if got := dump(t, conn, "SELECT code FROM c"); len(got) != 1 {
		t.Errorf("rows: %v", got)
	}
}
