package migrate_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// interrupted is a database at a1, on which an upgrade ends early in b2.
type interrupted struct {
	db     *gorm.DB
	before string
}

func newInterrupted(t *testing.T, foreignKeys string) interrupted {
	db := open(t, tempFile(t)+"?_foreign_keys="+foreignKeys)
	upgrade(t, db, shop, "a1", "a1")
	exec(t, db, "INSERT INTO books (title) VALUES ('Ficciones')")
	return interrupted{db, dump(t, db)}
}

// observed is told each of the two steps of b2.
func (x interrupted) observed(by func()) *migrate.Migrator {
	return migrate.New(x.db, shop).With(migrate.Options{Hooks: afterStep(by)})
}

// afterStep is told of each step.
func afterStep(by func()) migrate.Hooks {
	return migrate.Hooks{AfterStep: func(context.Context, migrate.Event) error {
		by()
		return nil
	}}
}

// usable fails the test where the database, or its one connection, is not as
// it was.
func (x interrupted) usable(t *testing.T) {
	t.Helper()
	equal(t, "database", dump(t, x.db), x.before)
	upgrade(t, x.db, shop, "head", "b2 c3")
}

// TestCancelled between two steps.
func TestCancelled(t *testing.T) {
	for _, foreignKeys := range []string{"0", "1"} {
		x := newInterrupted(t, foreignKeys)
		ctx, cancel := context.WithCancel(t.Context())
		result, err := x.observed(func() { cancel() }).Upgrade(ctx, "head")
		var revision *migrate.RevisionError
		var step *migrate.StepError
		if !errors.Is(err, context.Canceled) || !errors.As(err, &revision) || revision.ID != "b2" || !errors.As(err, &step) || step.First != 2 {
			t.Errorf("error %v, want that step 2 of b2 was cancelled", err)
		}
		equal(t, "result", done(result), "")
		x.usable(t)
	}
}

// TestCancelledAnywhere: whenever it happens, what the result says is what the
// history says, and what is not done yet can be done.
func TestCancelledAnywhere(t *testing.T) {
	for i := range 20 {
		db := open(t, tempFile(t)+"?_foreign_keys=1")
		ctx, cancel := context.WithCancel(t.Context())
		timer := time.AfterFunc(time.Duration(i)*200*time.Microsecond, cancel)
		result, err := migrate.New(db, shop).Upgrade(ctx, "head")
		timer.Stop()
		cancel()
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		equal(t, "history", history(t, db), done(result))
		if _, err := migrate.New(db, shop).Upgrade(t.Context(), "head"); err != nil {
			t.Error(err)
		}
		equal(t, "history", history(t, db), "a1 b2 c3")
		equal(t, "foreign_keys", rows(t, db, "PRAGMA foreign_keys")[0], "1")
	}
}

// TestCancelledStatement is interrupted while it runs, however long it would.
func TestCancelledStatement(t *testing.T) {
	x := newInterrupted(t, "1")
	endless := after("a1", "b2", "INSERT INTO books (title) VALUES ('x')",
		"INSERT INTO books (title) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
	ctx, cancel := context.WithCancel(t.Context())
	m := migrate.New(x.db, with(shop[:1], endless)).With(migrate.Options{Hooks: afterStep(func() {
		time.AfterFunc(20*time.Millisecond, cancel)
	})})
	result, err := m.Upgrade(ctx, "head")
	if !errors.Is(err, context.Canceled) || result.Done != nil {
		t.Errorf("%v, %v", result, err)
	}
	x.usable(t)
}

func TestCancelledBefore(t *testing.T) {
	x := newInterrupted(t, "1")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	m := x.observed(func() { t.Error("a step has run") })
	if _, err := m.Upgrade(ctx, "head"); !errors.Is(err, context.Canceled) {
		t.Errorf("upgrade: %v", err)
	}
	if _, err := m.Status(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("status: %v", err)
	}
	if err := m.Stamp(ctx, "base", migrate.StampOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("stamp: %v", err)
	}
	x.usable(t)
}

// recovered runs fn and returns what it panicked with.
func recovered(fn func()) (value any) {
	defer func() { value = recover() }()
	fn()
	return nil
}

// TestPanicInObserve is the caller's own affair, but leaves nothing open.
func TestPanicInObserve(t *testing.T) {
	x := newInterrupted(t, "1")
	value := recovered(func() {
		_, _ = x.observed(func() { panic("observed") }).Upgrade(t.Context(), "head")
	})
	if value != "observed" {
		t.Errorf("panicked with %v", value)
	}
	x.usable(t)
}

// TestGoexitInObserve: a test that ends there (t.Fatal) leaves nothing open.
func TestGoexitInObserve(t *testing.T) {
	x := newInterrupted(t, "1")
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = x.observed(func() { runtime.Goexit() }).Upgrade(t.Context(), "head")
	}()
	<-ended
	x.usable(t)
}

// grenade is an operation that panics when it is asked for its kind the nth
// time: the checksum asks, and then the dialect.
type grenade struct{ left *int }

func (g grenade) Kind() string {
	if *g.left--; *g.left < 0 {
		panic("kind")
	}
	return "grenade"
}
func (grenade) String() string         { return "grenade" }
func (grenade) Apply(*op.Schema) error { return nil }

func TestPanicInOperation(t *testing.T) {
	x := newInterrupted(t, "1")
	panics := 0
	for n := range 10 {
		left := n
		revision := op.Revision{ID: "b2", Parents: []string{"a1"}, Up: op.List{op.Exec{SQL: "DELETE FROM books"}, grenade{&left}}}
		var err error
		value := recovered(func() { _, err = migrate.New(x.db, with(shop[:1], revision)).Upgrade(t.Context(), "head") })
		switch {
		case value == "kind":
			panics++
		case value != nil || !errors.Is(err, ddl.ErrUnsupported):
			t.Errorf("panic %v, error %v", value, err)
		}
		equal(t, "database", dump(t, x.db), x.before)
	}
	if panics < 2 || panics == 10 {
		t.Errorf("%d panics; the checksum and the plan both ask for the kind", panics)
	}
	x.usable(t)
}

// TestSettingsStay: foreign keys are on or off after an upgrade as before.
func TestSettingsStay(t *testing.T) {
	for _, want := range []string{"0", "1"} {
		db := open(t, tempFile(t)+"?_foreign_keys="+want)
		rebuild := op.Revision{ID: "d4", Parents: []string{"c3"}, Up: op.List{
			op.AddCheck{Table: "books", Check: op.Check{Name: "chk", Expr: "title <> ''"}},
		}}
		upgrade(t, db, with(shop, rebuild), "head", "a1 b2 c3 d4")
		if got := rows(t, db, "PRAGMA foreign_keys"); got[0] != want {
			t.Errorf("foreign_keys is %s, was %s", got[0], want)
		}
		if got := rows(t, db, "PRAGMA legacy_alter_table"); got[0] != "0" {
			t.Errorf("legacy_alter_table is %s", got[0])
		}
	}
}
