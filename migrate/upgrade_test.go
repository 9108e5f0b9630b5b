package migrate_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestThereAndBack walks a database with rows through every kind of target.
func TestThereAndBack(t *testing.T) {
	for name, config := range map[string]gorm.Config{"plain": {}, "prepared statements": {PrepareStmt: true}} {
		t.Run(name, func(t *testing.T) {
			db := open(t, tempFile(t), config)
			books := func(want ...string) {
				t.Helper()
				if diff := cmp.Diff(want, rows(t, db, "SELECT * FROM books ORDER BY id")); diff != "" {
					t.Errorf("books (-want +got):\n%s", diff)
				}
			}
			upgrade(t, db, shop, "+1", "a1")
			exec(t, db, "INSERT INTO books (title) VALUES ('Ficciones'), ('El Aleph')")
			upgrade(t, db, shop, "head", "b2 c3")
			books(`1|"Ficciones"|"none 1"`, `2|"El Aleph"|"none 2"`)
			equal(t, "history", history(t, db), "a1 b2 c3")
			before := dump(t, db)
			upgrade(t, db, shop, "head", "")
			upgrade(t, db, shop, "b2", "")
			downgrade(t, db, shop, "c3", "")
			equal(t, "after nothing to do", dump(t, db), before)

			downgrade(t, db, shop, "-1", "c3")
			downgrade(t, db, shop, "a1", "b2")
			equal(t, "history", history(t, db), "a1")
			books(`1|"Ficciones"`, `2|"El Aleph"`)
			upgrade(t, db, shop, "b", "b2")
			books(`1|"Ficciones"|"none 1"`, `2|"El Aleph"|"none 2"`)
			upgrade(t, db, shop, "head", "c3")

			downgrade(t, db, shop, "base", "c3 b2 a1")
			equal(t, "tables at base", tables(t, db), "")
			downgrade(t, db, shop, "base", "")
			upgrade(t, db, shop, "head", "a1 b2 c3")
			books([]string{}...)
		})
	}
}

func TestUpgradeWithoutRevisions(t *testing.T) {
	db := open(t, tempFile(t))
	upgrade(t, db, nil, "head", "")
	downgrade(t, db, nil, "base", "")
	equal(t, "tables", tables(t, db), "")
}

// TestBranches: each target takes what leads to it, and no more.
func TestBranches(t *testing.T) {
	db := open(t, tempFile(t))
	revisions := op.Revisions{
		{ID: "root"}, {ID: "x1", Parents: []string{"root"}}, {ID: "x2", Parents: []string{"x1"}},
		{ID: "y1", Parents: []string{"root"}}, {ID: "m", Parents: []string{"x2", "y1"}},
	}
	fork := revisions[:4]
	upgrade(t, db, fork, "y1", "root y1")
	upgrade(t, db, fork, "heads", "x1 x2")
	downgrade(t, db, fork, "x1", "x2")
	equal(t, "history", history(t, db), "root x1 y1")
	upgrade(t, db, revisions, "head", "x2 m")
	downgrade(t, db, revisions, "-1", "m")
	downgrade(t, db, revisions, "root", "y1 x2 x1")
	equal(t, "history", history(t, db), "root")
}

// TestHistoryRows holds what is written down for each revision.
func TestHistoryRows(t *testing.T) {
	db := open(t, tempFile(t))
	m := migrate.New(db, shop).With(migrate.Options{Now: clock()})
	result, err := m.Upgrade(t.Context(), "b2")
	if err != nil {
		t.Fatal(err)
	}
	want := migrate.Result{Done: []migrate.Done{
		{Revision: createBooks, Number: 1, Of: 2, Steps: 1, Duration: time.Second},
		{Revision: addISBN, Number: 2, Of: 2, Steps: 2, Duration: time.Second},
	}}
	if diff := cmp.Diff(want, result); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
	sums := make([]string, 2)
	for i := range sums {
		if sums[i], err = shop[i].Checksum(); err != nil {
			t.Fatal(err)
		}
	}
	wantRows := []string{
		`"a1"|"create books"|"` + sums[0] + `"|"2026-11-23T10:15:02.000000000Z"|1000|"` + migrate.Version() + `"`,
		`"b2"|"add isbn to books"|"` + sums[1] + `"|"2026-11-23T10:15:04.000000000Z"|1000|"` + migrate.Version() + `"`,
	}
	if diff := cmp.Diff(wantRows, rows(t, db, "SELECT * FROM limbeck_revisions ORDER BY id")); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	status, err := m.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantRecord := &migrate.Record{
		ID: "b2", Message: "add isbn to books", Checksum: sums[1], Duration: time.Second, Version: migrate.Version(),
		AppliedAt: time.Date(2026, 11, 23, 10, 15, 4, 0, time.UTC),
	}
	if diff := cmp.Diff(wantRecord, status.Entries[1].Record); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
}

// TestObserve is told each step, with the statements that were sent.
func TestObserve(t *testing.T) {
	db := open(t, tempFile(t))
	var got []string
	m := migrate.New(db, shop).With(migrate.Options{Hooks: migrate.Hooks{AfterStep: func(_ context.Context, e migrate.Event) error {
		line, s := e.Revision.ID, e.Step
		for _, o := range s.Ops {
			line += " | " + o.Kind()
		}
		for _, s := range s.Statements {
			line += " | " + strings.Fields(s.SQL)[0]
		}
		got = append(got, line)
		return nil
	}}})
	if _, err := m.Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Downgrade(t.Context(), "b2"); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"a1 | create_table | CREATE",
		"b2 | add_column | ALTER", "b2 | exec | UPDATE",
		"c3 | create_index | CREATE",
		"c3 | drop_index | DROP",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
}

// TestWithIsACopy: the migrator that it was called on stays as it was.
func TestWithIsACopy(t *testing.T) {
	db := open(t, tempFile(t))
	m := migrate.New(db, shop)
	m.With(migrate.Options{Hooks: afterStep(func() { t.Error("observed") })})
	if _, err := m.Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
}

// TestNoDown: what has no way back is refused before anything runs, also where
// it lies behind revisions that have one.
func TestNoDown(t *testing.T) {
	db := open(t, tempFile(t))
	revisions := with(shop[:1], after("a1", "b2", "INSERT INTO books (title) VALUES ('x')"),
		op.Revision{ID: "c3", Parents: []string{"b2"}, Up: indexTitle.Up, Down: indexTitle.Down})
	upgrade(t, db, revisions, "head", "a1 b2 c3")
	before := dump(t, db)
	for _, target := range []string{"base", "a1", "-2"} {
		result, err := migrate.New(db, revisions).Downgrade(t.Context(), target)
		if want := `downgrading to "` + target + `": the revision has no Down: "b2" (message of b2); write one in its file first`; !errors.Is(err, migrate.ErrNoDown) || err.Error() != want {
			t.Errorf("error %v\nwant  %s", err, want)
		}
		if result.Done != nil {
			t.Errorf("took back %q", done(result))
		}
	}
	equal(t, "database", dump(t, db), before)
	downgrade(t, db, revisions, "-1", "c3")

	// A revision that does nothing has nothing to take back.
	merge := with(shop[:1], op.Revision{ID: "m", Parents: []string{"a1"}})
	db = open(t, tempFile(t))
	upgrade(t, db, merge, "head", "a1 m")
	downgrade(t, db, merge, "base", "m a1")
}

// TestOtherTablesStay: base takes away what is ours alone.
func TestOtherTablesStay(t *testing.T) {
	db := open(t, tempFile(t))
	exec(t, db, "CREATE TABLE theirs (x)", "INSERT INTO theirs VALUES (1)")
	upgrade(t, db, shop, "head", "a1 b2 c3")
	downgrade(t, db, shop, "base", "c3 b2 a1")
	equal(t, "tables", tables(t, db), `"theirs"`)
	equal(t, "rows", strings.Join(rows(t, db, "SELECT * FROM theirs"), " "), "1")
}
