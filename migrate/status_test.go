package migrate_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// line is what an entry says, in a word each.
func lines(s migrate.Status) []string {
	list := []string{}
	for _, e := range s.Entries {
		text := e.Revision.ID
		for _, mark := range []struct {
			on   bool
			text string
		}{{e.Record != nil, " applied"}, {e.Head, " head"}, {e.Current, " current"}, {e.Edited, " edited"}} {
			if mark.on {
				text += mark.text
			}
		}
		list = append(list, text)
	}
	for _, r := range s.Foreign {
		list = append(list, r.ID+" foreign")
	}
	return list
}

func TestStatus(t *testing.T) {
	db := open(t, tempFile(t))
	expect := func(name string, revisions op.Revisions, pending int, want ...string) migrate.Status {
		t.Helper()
		m := migrate.New(db, revisions)
		status, err := m.Status(t.Context())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, lines(status)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		list, err := m.Pending(t.Context())
		if err != nil || len(list) != pending || !cmp.Equal(list, status.Pending()) {
			t.Errorf("%s: pending %v, %v; want %d", name, list, err, pending)
		}
		return status
	}
	expect("no revisions", nil, 0, []string{}...)
	if got := expect("base", shop, 3, "a1", "b2", "c3 head").Current(); got != nil {
		t.Errorf("base is at %v", got)
	}
	upgrade(t, db, shop, "b2", "a1 b2")
	half := expect("half way", shop, 1, "a1 applied", "b2 applied current", "c3 head")
	if list := half.Current(); len(list) != 1 || list[0].Revision.ID != "b2" || list[0].Record.Message != "add isbn to books" {
		t.Errorf("half way is at %v", list)
	}
	if list := half.Pending(); len(list) != 1 || list[0].ID != "c3" {
		t.Errorf("half way lacks %v", list)
	}
	upgrade(t, db, shop, "head", "c3")
	expect("head", shop, 0, "a1 applied", "b2 applied", "c3 applied head current")

	edited := with(shop)
	edited[0].Up = op.List{op.Exec{SQL: "something else"}}
	edited[1].Message = "better said" // which is no change of what it does
	expect("edited", edited, 0, "a1 applied edited", "b2 applied", "c3 applied head current")
	expect("foreign", shop[:1], 0, "a1 applied head current", "b2 foreign", "c3 foreign")
	expect("foreign alone", nil, 0, "a1 foreign", "b2 foreign", "c3 foreign")
	put := op.Revision{ID: "b1", Parents: []string{"a1"}}
	later := op.Revision{ID: "b2", Parents: []string{"b1"}, Up: addISBN.Up, Down: addISBN.Down}
	expect("one put in between", op.Revisions{createBooks, put, later, indexTitle}, 1,
		"a1 applied", "b1", "b2 applied", "c3 applied head current")

	fork := with(shop, after("a1", "x1"), after("x1", "x2"))
	expect("a fork", fork, 2, "a1 applied", "x1", "x2 head", "b2 applied", "c3 applied head current")
	upgrade(t, db, fork, "x1", "x1")
	both := expect("both branches", fork, 1, "a1 applied", "x1 applied current", "x2 head", "b2 applied", "c3 applied head current")
	if list := both.Current(); len(list) != 2 {
		t.Errorf("both branches: at %v", list)
	}
}

// TestStatusOfGraph needs no database.
func TestStatusOfGraph(t *testing.T) {
	g, err := migrate.NewGraph(shop)
	if err != nil {
		t.Fatal(err)
	}
	status, err := g.Status(nil)
	if diff := cmp.Diff([]string{"a1", "b2", "c3 head"}, lines(status)); diff != "" || err != nil {
		t.Errorf("%v, (-want +got):\n%s", err, diff)
	}
}

// TestReadingChangesNothing: the file is the same to the byte, and no history
// table is made; nor is one where a target is wrong or there is nothing to do.
func TestReadingChangesNothing(t *testing.T) {
	for _, prepare := range []struct {
		name      string
		revisions op.Revisions
	}{{"without history", nil}, {"with history", shop}} {
		t.Run(prepare.name, func(t *testing.T) {
			file := tempFile(t)
			db := open(t, file)
			exec(t, db, "CREATE TABLE theirs (x)")
			upgrade(t, db, prepare.revisions, "heads", map[bool]string{true: "a1 b2 c3"}[len(prepare.revisions) > 0])
			before, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m := migrate.New(db, shop)
			if _, err := m.Status(t.Context()); err != nil {
				t.Error(err)
			}
			if _, err := m.Pending(t.Context()); err != nil {
				t.Error(err)
			}
			if _, err := m.Upgrade(t.Context(), "wrong"); err == nil {
				t.Error("no error")
			}
			if _, err := m.Downgrade(t.Context(), "-9"); err == nil {
				t.Error("no error")
			}
			if _, err := migrate.New(db, prepare.revisions).Upgrade(t.Context(), "head"); err != nil {
				t.Error(err)
			}
			if err := migrate.New(db, prepare.revisions).Stamp(t.Context(), "head", migrate.StampOptions{}); err != nil {
				t.Error(err)
			}
			after, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(before, after) {
				t.Error("the file has changed")
			}
		})
	}
}

// TestUnreadableHistory: a table of that name that is not ours is said to be
// the trouble.
func TestUnreadableHistory(t *testing.T) {
	for _, test := range []struct{ name, sql, want string }{
		{"other columns", "CREATE TABLE limbeck_revisions (x)", `reading table "limbeck_revisions": no such column: id`},
		{"a time that is none", `CREATE TABLE limbeck_revisions AS SELECT 'a1' AS id, '' AS message, '' AS checksum, 'noon' AS applied_at, 0 AS duration_ms, '' AS tool_version`,
			`reading table "limbeck_revisions": revision "a1": parsing time "noon" as "2006-01-02T15:04:05.999999999Z07:00": cannot parse "noon" as "2006"`},
	} {
		db := open(t, tempFile(t))
		exec(t, db, test.sql)
		if _, err := migrate.New(db, shop).Status(t.Context()); err == nil || err.Error() != test.want {
			t.Errorf("%s: %v\nwant %s", test.name, err, test.want)
		}
	}
}
