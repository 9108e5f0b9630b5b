package migrate_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// place is where an upgrade failed, as the errors say it.
type place struct {
	ID             string
	First, Last    int
	Number, Of     int
	Line, Column   int
	Exact          bool
	StatementBegin string
}

func placeOf(t testing.TB, err error) place {
	t.Helper()
	var p place
	var revision *migrate.RevisionError
	var step *migrate.StepError
	var statement *ddl.StatementError
	if !errors.As(err, &revision) || !errors.As(revision.Err, &step) || !errors.As(step.Err, &statement) {
		t.Fatalf("error %v, want a *RevisionError around a *StepError around a *StatementError", err)
	}
	p.ID, p.First, p.Last = revision.ID, step.First, step.Last
	p.Number, p.Of, p.Line, p.Column, p.Exact = statement.Number, statement.Of, statement.Line, statement.Column, statement.Exact
	p.StatementBegin = statement.SQL[:min(len(statement.SQL), 11)]
	return p
}

// TestFailure: revisions before the one that fails stay, that one is gone
// whole, the error says where it was, and when the file is mended it goes on.
func TestFailure(t *testing.T) {
	add := op.AddColumn{Table: "books", Column: op.Column{Name: "pages", Type: op.Int(64)}}
	for _, test := range []struct {
		name string
		up   op.List
		// planned says that the statements are the dialect's affair.
		planned bool
		want    place
		message string // of a planned one, how it begins
	}{
		{
			name: "a word that is no SQL, in the third statement of the second step",
			up:   op.List{add, op.Exec{SQL: "DELETE FROM books;\n\nUPDATE books SET pages = 1;\n  UPDATE books STE pages = 2;"}},
			want: place{"d4", 2, 2, 3, 3, 4, 16, true, "UPDATE book"},
			message: `applying revision "d4" (break it): step 2, exec DELETE FROM books; UPDATE books SET pages = 1; UPDATE books…: ` +
				`statement 3 of 3, at line 4, column 16: near "STE": syntax error (in: UPDATE books STE pages = 2); nothing of this revision was kept`,
		},
		{
			name: "a row that a constraint refuses",
			up:   op.List{op.Exec{SQL: "INSERT INTO books (title) VALUES ('x');\nINSERT INTO books (title) VALUES (NULL)"}},
			want: place{"d4", 1, 1, 2, 2, 2, 1, false, "INSERT INTO"},
			message: `applying revision "d4" (break it): step 1, exec INSERT INTO books (title) VALUES ('x'); INSERT INTO books (…: ` +
				`statement 2 of 2, beginning at line 2, column 1: NOT NULL constraint failed: books.title (in: INSERT INTO books (title) VALUES (NULL)); nothing of this revision was kept`,
		},
		{
			name:    "a planned step",
			up:      op.List{op.Exec{SQL: "DELETE FROM books"}, op.DropTable{Name: "gone"}},
			planned: true,
			want:    place{ID: "d4", First: 2, Last: 2},
			message: `applying revision "d4" (break it): step 2, drop table gone: statement 1 of 1, at line 1, column 12: no such table: gone`,
		},
		{
			name: "in the middle of a rebuild",
			up: op.List{
				op.Exec{SQL: "INSERT INTO books (title) VALUES ('Ficciones')"}, add,
				op.AddUnique{Table: "books", Unique: op.Unique{Name: "uni_title", Columns: op.Columns("title")}},
			},
			planned: true,
			want:    place{ID: "d4", First: 2, Last: 3},
			message: `applying revision "d4" (break it): steps 2 to 3, add column books.pages (int(64)); add unique constraint uni_title on books (title): statement `,
		},
	} {
		for name, config := range map[string]gorm.Config{"plain": {}, "prepared statements": {PrepareStmt: true}} {
			t.Run(test.name+", "+name, func(t *testing.T) {
				db := open(t, tempFile(t)+"?_foreign_keys=1", config)
				upgrade(t, db, shop, "b2", "a1 b2")
				exec(t, db, "INSERT INTO books (title) VALUES ('Ficciones'), ('El Aleph')")

				broken := op.Revision{ID: "d4", Parents: []string{"c3"}, Message: "break it", Up: test.up}
				never := after("d4", "e5", "INSERT INTO books (title) VALUES ('never')")
				upgrade(t, db, shop, "head", "c3")
				before := dump(t, db)
				downgrade(t, db, shop, "-1", "c3")
				result, err := migrate.New(db, with(shop, broken, never)).Upgrade(t.Context(), "head")
				got := placeOf(t, err)
				if test.planned {
					got = place{ID: got.ID, First: got.First, Last: got.Last}
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("place (-want +got):\n%s", diff)
				}
				if test.planned && strings.HasPrefix(err.Error(), test.message) {
					test.message = err.Error()
				}
				equal(t, "error", err.Error(), test.message)
				equal(t, "result", done(result), "c3")
				equal(t, "database", withoutTimes(dump(t, db)), withoutTimes(before))

				before = dump(t, db)
				if result, err := migrate.New(db, with(shop, broken, never)).Upgrade(t.Context(), "head"); err == nil || result.Done != nil {
					t.Errorf("again: %v, %v", result, err)
				}
				equal(t, "database, after a second attempt", dump(t, db), before)

				mended := op.Revision{ID: "d4", Parents: []string{"c3"}, Message: "mend it", Up: op.List{add}}
				upgrade(t, db, with(shop, mended, never), "head", "d4 e5")
			})
		}
	}
}

// TestDownFailure is the same on the way back.
func TestDownFailure(t *testing.T) {
	db := open(t, tempFile(t))
	broken := addISBN
	broken.Down = op.List{op.DropColumn{Table: "books", Column: "isbn"}, op.Exec{SQL: "\nDELETE FORM books"}}
	revisions := op.Revisions{createBooks, broken, indexTitle}
	upgrade(t, db, revisions, "b2", "a1 b2")
	exec(t, db, "INSERT INTO books (title) VALUES ('Ficciones')")
	before := dump(t, db)
	upgrade(t, db, revisions, "head", "c3")
	result, err := migrate.New(db, revisions).Downgrade(t.Context(), "base")
	if diff := cmp.Diff(place{"b2", 2, 2, 1, 1, 2, 8, true, "DELETE FORM"}, placeOf(t, err)); diff != "" {
		t.Errorf("place (-want +got):\n%s", diff)
	}
	equal(t, "error", err.Error(), `taking back revision "b2" (add isbn to books): step 2, exec DELETE FORM books: `+
		`statement 1 of 1, at line 2, column 8: near "FORM": syntax error (in: DELETE FORM books); nothing of this revision was kept`)
	equal(t, "result", done(result), "c3")
	equal(t, "database", dump(t, db), before)
	downgrade(t, db, shop, "base", "b2 a1")
	equal(t, "tables", tables(t, db), "")
}

// TestFirstRevisionFails: not even the history table is left.
func TestFirstRevisionFails(t *testing.T) {
	db := open(t, tempFile(t))
	result, err := migrate.New(db, op.Revisions{{ID: "a1", Up: op.List{createBooks.Up[0], op.Exec{SQL: "no"}}}}).Upgrade(t.Context(), "head")
	if err == nil || result.Done != nil {
		t.Errorf("%v, %v", result, err)
	}
	equal(t, "tables", tables(t, db), "")
}

// TestOrphans: keys are checked before the commit, and are off until then.
func TestOrphans(t *testing.T) {
	db := open(t, tempFile(t)+"?_foreign_keys=1")
	exec(t, db, "CREATE TABLE p (id integer PRIMARY KEY)", "CREATE TABLE c (p REFERENCES p ON DELETE CASCADE)",
		"INSERT INTO p VALUES (1)", "INSERT INTO c VALUES (1)")
	before := dump(t, db)
	revisions := op.Revisions{{ID: "a1", Message: "orphan it", Up: op.List{op.Exec{SQL: "DELETE FROM p"}}}}
	_, err := migrate.New(db, revisions).Upgrade(t.Context(), "head")
	var e *migrate.RevisionError
	if !errors.As(err, &e) || e.ID != "a1" || e.Down || e.Message != "orphan it" {
		t.Fatalf("error %v", err)
	}
	equal(t, "database", dump(t, db), before)
	revisions[0].Up = op.List{op.Exec{SQL: "DELETE FROM c; DELETE FROM p"}}
	upgrade(t, db, revisions, "head", "a1")
}

// foreignStep is an operation of another package.
type foreignStep struct {
	Name string `json:"name"`
}

func (foreignStep) Kind() string           { return "foreign_step" }
func (s foreignStep) String() string       { return "do " + s.Name }
func (foreignStep) Apply(*op.Schema) error { return nil }

// TestUnknownOperation: the interface is open, the dialects are not.
func TestUnknownOperation(t *testing.T) {
	db := open(t, tempFile(t))
	revisions := op.Revisions{{ID: "a1", Message: "mixed", Up: op.List{createBooks.Up[0], foreignStep{"wonders"}, op.Exec{SQL: "no"}}}}
	result, err := migrate.New(db, revisions).Upgrade(t.Context(), "head")
	if !errors.Is(err, ddl.ErrUnsupported) || result.Done != nil {
		t.Fatalf("%v, %v; want ErrUnsupported", result, err)
	}
	var step *migrate.StepError
	if !errors.As(err, &step) || step.First != 2 || step.Last != 2 || !cmp.Equal(step.Ops, revisions[0].Up[1:2]) {
		t.Errorf("step %+v", step)
	}
	equal(t, "error", err.Error(), `applying revision "a1" (mixed): step 2, do wonders: not supported on sqlite: operations of kind "foreign_step"; one of your own needs a method SQL, as op.Custom has it; nothing of this revision was kept`)
	equal(t, "tables", tables(t, db), "")
}

// TestForeignRevision: nothing is done to a database whose history has a
// revision that the program does not have.
func TestForeignRevision(t *testing.T) {
	db := open(t, tempFile(t))
	clocked := migrate.New(db, with(shop, after("c3", "d4", "CREATE TABLE d4 (x)"))).With(migrate.Options{Now: clock()})
	if _, err := clocked.Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	before := dump(t, db)
	m := migrate.New(db, with(shop, after("c3", "e5")))
	for name, work := range map[string]func() error{
		"upgrade":    func() error { _, err := m.Upgrade(t.Context(), "head"); return err },
		"downgrade":  func() error { _, err := m.Downgrade(t.Context(), "-1"); return err },
		"base":       func() error { _, err := m.Downgrade(t.Context(), "base"); return err },
		"stamp":      func() error { return m.Stamp(t.Context(), "head", migrate.StampOptions{}) },
		"stamp base": func() error { return m.Stamp(t.Context(), "base", migrate.StampOptions{}) },
	} {
		err := work()
		const want = `the database has a revision that this program does not have: "d4" (message of d4), applied 2026-11-23 10:15:08; ` +
			`run a program that has it, restore its file, or, if the schema is known to be that of another revision, stamp that one with --purge`
		if !errors.Is(err, migrate.ErrForeignRevision) || err.Error() != want {
			t.Errorf("%s: %v\nwant %s", name, err, want)
		}
		equal(t, name, dump(t, db), before)
	}
	// Where nothing is to be done, it stands in nobody's way.
	result, err := m.Upgrade(t.Context(), "c3")
	if err != nil || len(result.Done) > 0 || len(result.Foreign) != 1 || result.Foreign[0].ID != "d4" {
		t.Errorf("nothing to do: %+v, %v", result, err)
	}
	if err := m.Stamp(t.Context(), "c3", migrate.StampOptions{Purge: true}); err != nil {
		t.Fatal(err)
	}
	equal(t, "history", history(t, db), "a1 b2 c3")
	upgrade(t, db, with(shop, after("c3", "e5")), "head", "e5")
	equal(t, "tables", tables(t, db), `"books" "d4" "limbeck_revisions"`)
}

// TestOnlyForeignRevisions: where the program has no revision of the database,
// steps from there lead nowhere, and the error says why.
func TestOnlyForeignRevisions(t *testing.T) {
	db := open(t, tempFile(t))
	if _, err := migrate.New(db, op.Revisions{{ID: "z9", Message: "zero"}}).Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	m := migrate.New(db, shop)
	for name, work := range map[string]func() error{
		"downgrade":         func() error { _, err := m.Downgrade(t.Context(), "-1"); return err },
		"downgrade to it":   func() error { _, err := m.Downgrade(t.Context(), "z9"); return err },
		"downgrade, dry":    func() error { _, err := m.PlanDowngrade(t.Context(), "-1", nil); return err },
		"upgrade too far":   func() error { _, err := m.Upgrade(t.Context(), "+9"); return err },
		"upgrade far, dry":  func() error { _, err := m.PlanUpgrade(t.Context(), "+9", nil); return err },
		"upgrade, as usual": func() error { _, err := m.Upgrade(t.Context(), "head"); return err },
	} {
		err := work()
		if !errors.Is(err, migrate.ErrForeignRevision) || !strings.HasPrefix(err.Error(), `the database has a revision that this program does not have: "z9"`) {
			t.Errorf("%s: %v", name, err)
		}
		if isUsual := name == "upgrade, as usual"; errors.Is(err, migrate.ErrUnknownTarget) == isUsual {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestUnusable: what cannot be worked on is said before anything is touched.
func TestUnusable(t *testing.T) {
	db := open(t, tempFile(t))
	closed := open(t, tempFile(t))
	poolOf(t, closed).Close()
	for _, test := range []struct {
		name      string
		db        *gorm.DB
		revisions op.Revisions
		want      error
		message   string
	}{
		{"a bad collection", db, with(shop, createBooks), migrate.ErrBadCollection,
			`the revisions do not fit together: the id "a1" is used twice, by "create books" and "create books"; give one of them another id`},
		{"nil", nil, shop, nil, "choosing a dialect: no dialect for this database: the *gorm.DB has no dialector; open it with gorm.Open"},
		{"not open", &gorm.DB{Config: &gorm.Config{Dialector: db.Dialector}}, shop, nil, "taking the connection pool: the *gorm.DB is not open; open it with gorm.Open"},
		{"closed", closed, shop, nil, "connecting to the database: sql: database is closed"},
	} {
		m := migrate.New(test.db, test.revisions)
		_, upgradeErr := m.Upgrade(t.Context(), "head")
		_, downgradeErr := m.Downgrade(t.Context(), "base")
		_, statusErr := m.Status(t.Context())
		_, pendingErr := m.Pending(t.Context())
		stampErr := m.Stamp(t.Context(), "head", migrate.StampOptions{})
		for i, err := range []error{upgradeErr, downgradeErr, statusErr, pendingErr, stampErr} {
			if err == nil || test.want != nil && !errors.Is(err, test.want) || fmt.Sprint(err) != test.message {
				t.Errorf("%s, call %d: %v\nwant %s", test.name, i, err, test.message)
			}
		}
	}
}

// TestOneConnectionOfTheirs: inside db.Connection the one connection is taken,
// and is the one that is used.
func TestOneConnectionOfTheirs(t *testing.T) {
	db := open(t, tempFile(t))
	err := db.Connection(func(db *gorm.DB) error {
		_, err := migrate.New(db, shop).Upgrade(t.Context(), "head")
		return err
	})
	if err != nil {
		t.Error(err)
	}
	equal(t, "history", history(t, db), "a1 b2 c3")
}
