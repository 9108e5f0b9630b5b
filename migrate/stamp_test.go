package migrate_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

func stamp(t testing.TB, m *migrate.Migrator, target string, purge bool) {
	t.Helper()
	if err := m.Stamp(t.Context(), target, migrate.StampOptions{Purge: purge}); err != nil {
		t.Fatalf("stamp %s: %v", target, err)
	}
}

// TestStamp: nothing is run, and an upgrade goes on from there.
func TestStamp(t *testing.T) {
	db := open(t, tempFile(t))
	exec(t, db, "CREATE TABLE books (id integer PRIMARY KEY, title text NOT NULL)", "INSERT INTO books VALUES (1, 'Ficciones')")
	m := migrate.New(db, shop).With(migrate.Options{Now: clock()})
	stamp(t, m, "base", false)
	equal(t, "tables", tables(t, db), `"books"`)
	stamp(t, m, "a1", false)
	sum, err := createBooks.Checksum()
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "row", strings.Join(rows(t, db, "SELECT * FROM limbeck_revisions"), "\n"),
		`"a1"|"create books"|"`+sum+`"|"2026-11-23T10:15:01.000000000Z"|0|"`+migrate.Version()+`"`)
	upgrade(t, db, shop, "+1", "b2")
	equal(t, "book", strings.Join(rows(t, db, "SELECT * FROM books"), "\n"), `1|"Ficciones"|"none 1"`)

	stamp(t, m, "head", false)
	equal(t, "history", history(t, db), "a1 b2 c3")
	before := dump(t, db)
	stamp(t, m, "head", false)
	equal(t, "history after the same again", dump(t, db), before)
	stamp(t, m, "a", false)
	equal(t, "history", history(t, db), "a1")
	stamp(t, m, "c3", true)
	equal(t, "history", history(t, db), "a1 b2 c3")
	if strings.Contains(dump(t, db), "10:15:01") {
		t.Error("purge has left the old record")
	}
	stamp(t, m, "base", false)
	equal(t, "tables", tables(t, db), `"books"`)
}

// TestStampEdited: purging is how an edited revision is taken for good.
func TestStampEdited(t *testing.T) {
	db := open(t, tempFile(t))
	upgrade(t, db, shop, "head", "a1 b2 c3")
	edited := with(shop)
	edited[0].Up = op.List{op.Exec{SQL: "something else"}}
	m := migrate.New(db, edited)
	for _, test := range []struct {
		purge bool
		want  bool
	}{{false, true}, {true, false}} {
		stamp(t, m, "head", test.purge)
		status, err := m.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := status.Entries[0].Edited; got != test.want {
			t.Errorf("purge %v: edited %v", test.purge, got)
		}
	}
}

// TestStampOnBranches: another branch stays, unless it is purged.
func TestStampOnBranches(t *testing.T) {
	db := open(t, tempFile(t))
	m := migrate.New(db, op.Revisions{
		{ID: "root"}, {ID: "x1", Parents: []string{"root"}}, {ID: "x2", Parents: []string{"x1"}}, {ID: "y1", Parents: []string{"root"}},
	})
	for _, step := range []struct {
		target string
		purge  bool
		want   string
	}{
		{"x2", false, "root x1 x2"}, {"y1", false, "root x1 x2 y1"}, {"x1", false, "root x1 y1"},
		{"y1", true, "root y1"}, {"heads", false, "root x1 x2 y1"}, {"root", false, "root"}, {"base", true, ""},
		{"x1 y1", false, "root x1 y1"}, {"x1@+1", false, "root x1 x2 y1"}, {"y1@-1", false, "root x1 x2"}, {"y1 x1", true, "root x1 y1"},
	} {
		stamp(t, m, step.target, step.purge)
		if got := history(t, db); got != step.want {
			t.Errorf("stamp %s: %q, want %q", step.target, got, step.want)
		}
	}
}

// TestStampUnknown changes nothing, purging neither.
func TestStampUnknown(t *testing.T) {
	db := open(t, tempFile(t))
	upgrade(t, db, shop, "head", "a1 b2 c3")
	before := dump(t, db)
	for target, want := range map[string]string{
		"x": "\n  b2  add isbn to books", "": "\n  b2  add isbn to books", "a1 x": "\n  b2  add isbn to books",
		"+1":         `"+1": it counts from where the database is, which purging forgets`,
		"a1@-1":      `"a1@-1": it counts from where the database is`,
		"a1 current": `"current": it counts from where the database is`,
	} {
		err := migrate.New(db, shop).Stamp(t.Context(), target, migrate.StampOptions{Purge: true})
		if !errors.Is(err, migrate.ErrUnknownTarget) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", target, err)
		}
		equal(t, "database", dump(t, db), before)
	}
}
