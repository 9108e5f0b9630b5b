package migrate_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// manyTables is a revision with more tables than are announced at once.
func manyTables(n int, change func(op.List)) op.Revisions {
	var up, down op.List
	for i := range n {
		up = append(up, table(fmt.Sprintf("t%03d", i+1)))
		down = append(op.List{op.DropTable{Name: fmt.Sprintf("t%03d", i+1)}}, down...)
	}
	change(up)
	return op.Revisions{{ID: "a1", Message: "many tables", Up: up, Down: down}}
}

func unchanged(op.List) {}

// TestFailureAmongTables: what was made before the one that fails stays, is
// written down, and the next run goes on behind it, with the failing step mended.
func TestFailureAmongTables(t *testing.T) {
	for _, at := range []int{1, 2, 57, 100, 101, 102, 139, 140} {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			t.Parallel()
			db := testdb.Open(t, "mysql")
			broken := manyTables(140, func(up op.List) {
				bad := up[at-1].(op.CreateTable)
				bad.ForeignKeys = []op.ForeignKey{{Name: "fk", Columns: []string{"n"}, RefTable: "nowhere", RefColumns: []string{"n"}}}
				up[at-1] = bad
			})
			_, err := migrate.New(db, broken).Upgrade(t.Context(), "head")
			var e *migrate.RevisionError
			if !errors.As(err, &e) || e.Kept != at-1 || e.Of != 140 || e.Partial != (at > 1) {
				t.Fatalf("%+v, %v", e, err)
			}
			status, err := migrate.New(db, broken).Status(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if at > 1 && (status.Unfinished == nil || *status.Unfinished != migrate.Unfinished{ID: "a1", Operations: at - 1}) {
				t.Errorf("status: %+v", status.Unfinished)
			}
			if n := count(t, db, "SELECT count(*) FROM limbeck_journal WHERE state <> 'ended'"); n > 1 {
				t.Errorf("%d rows of the journal are in doubt", n)
			}
			if at > 1 {
				edited := manyTables(140, func(up op.List) { up[0] = table("other") })
				if _, err := migrate.New(db, edited).Upgrade(t.Context(), "head"); !errors.Is(err, migrate.ErrEdited) {
					t.Errorf("edited: %v", err)
				}
			}
			result, err := migrate.New(db, manyTables(140, unchanged)).Upgrade(t.Context(), "head")
			if err != nil || done(result) != "a1" {
				t.Fatalf("%s, %v", done(result), err)
			}
			if n := count(t, db, "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND table_name LIKE 't%'"); n != 140 {
				t.Errorf("%d tables", n)
			}
			if hasTable(db, "limbeck_journal") {
				t.Error("the journal is still there")
			}
			exec(t, db, fmt.Sprintf("CREATE INDEX i ON t%03d (n)", at), fmt.Sprintf("CREATE TABLE outsider (n bigint, FOREIGN KEY (n) REFERENCES t%03d (n))", at))
			_, err = migrate.New(db, manyTables(140, unchanged)).Downgrade(t.Context(), "base")
			if !errors.As(err, &e) || e.Kept != 140-at || e.Partial != (at < 140) {
				t.Errorf("%+v, %v", e, err)
			}
			exec(t, db, "DROP TABLE outsider")
			if _, err := migrate.New(db, manyTables(140, unchanged)).Downgrade(t.Context(), "base"); err != nil {
				t.Error(err)
			}
			if n := count(t, db, "SELECT count(*) FROM information_schema.tables WHERE table_schema = database()"); n != 0 {
				t.Errorf("%d tables are left", n)
			}
		})
	}
}

// TestTableOfAnother: a table that somebody else makes while a run is under way is
// not taken for one of the revision's.
func TestTableOfAnother(t *testing.T) {
	db := testdb.Open(t, "mysql")
	exec(t, db, "CREATE TABLE t020 (other int)") // before
	run := func() error {
		logger := slog.New(each(func(r slog.Record) {
			if r.Message == "step" && !hasTable(db, "t005") && hasTable(db, "t003") {
				exec(t, db, "CREATE TABLE t005 (other int)") // meanwhile
			}
		}))
		_, err := migrate.New(db, manyTables(30, unchanged)).With(migrate.Options{Logger: logger}).Upgrade(t.Context(), "head")
		return err
	}
	for range 2 {
		if err := run(); err == nil || !strings.Contains(err.Error(), "t005") {
			t.Fatalf("got %v", err)
		}
	}
	exec(t, db, "DROP TABLE t005")
	for range 2 {
		_, err := migrate.New(db, manyTables(30, unchanged)).Upgrade(t.Context(), "head")
		if err == nil || !strings.Contains(err.Error(), "t020") {
			t.Fatalf("got %v", err)
		}
	}
	exec(t, db, "DROP TABLE t020")
	if _, err := migrate.New(db, manyTables(30, unchanged)).Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "SELECT count(*) + count(t005.n) + count(t020.n) FROM t005, t020"); n != 0 {
		t.Error(n)
	}
}

// each is a slog.Handler that is a function.
type each func(slog.Record)

func (each) Enabled(context.Context, slog.Level) bool        { return true }
func (e each) Handle(_ context.Context, r slog.Record) error { e(r); return nil }
func (e each) WithAttrs([]slog.Attr) slog.Handler            { return e }
func (e each) WithGroup(string) slog.Handler                 { return e }

// TestTablesAfterSettings: what a statement of the user's changes in the session
// counts for the tables behind it.
func TestTablesAfterSettings(t *testing.T) {
	db := testdb.Open(t, "mysql")
	said := func(name string) op.CreateTable {
		o := table(name)
		o.Comment = `a\b`
		return o
	}
	list := op.Revisions{{ID: "a1", Up: op.List{
		said("one"), said("two"),
		op.Exec{SQL: "SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',NO_BACKSLASH_ESCAPES')"},
		said("three"), said("four"),
	}}}
	if _, err := migrate.New(db, list).Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND table_comment = CONCAT('a', CHAR(92), 'b')"); n != 4 {
		t.Errorf("%d tables have the comment", n)
	}
}

// TestDropOfSeveralInSQL: the server drops those of the tables that are there
// before it complains of another, which is no statement without effect.
func TestDropOfSeveralInSQL(t *testing.T) {
	db := testdb.Open(t, "mysql")
	exec(t, db, "CREATE TABLE old (n int)")
	list := op.Revisions{{ID: "a1", Up: op.List{table("one"), op.Exec{SQL: "DROP TABLE old, older"}, table("two")}}}
	_, err := migrate.New(db, list).Upgrade(t.Context(), "head")
	if err == nil || !strings.Contains(err.Error(), "older") || hasTable(db, "old") {
		t.Fatalf("got %v; old is there: %v", err, hasTable(db, "old"))
	}
	if n := count(t, db, "SELECT count(*) FROM limbeck_journal WHERE state = 'in doubt'"); n != 1 {
		t.Errorf("%d steps are in doubt", n)
	}
	if _, err := migrate.New(db, list).Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	if !hasTable(db, "two") {
		t.Error("the run did not go on")
	}
}
