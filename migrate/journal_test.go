package migrate_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// table creates one with a column.
func table(name string) op.CreateTable {
	return op.CreateTable{Name: name, Columns: []op.Column{{Name: "n", Type: op.Int(64)}}}
}

// inSteps is a revision that is written down step by step on every database. The
// fourth step is the one that can fail.
func inSteps(fourth op.Operation) op.Revisions {
	return op.Revisions{{ID: "a1", Message: "in steps", NoTransaction: true,
		Up: op.List{
			table("one"),
			op.Exec{SQL: "INSERT INTO one VALUES (1); INSERT INTO one VALUES (2)"},
			migrate.Do("three", func(_ context.Context, tx *gorm.DB) error { return tx.Exec("INSERT INTO one VALUES (3)").Error }),
			fourth,
			table("five"),
		},
		Down: op.List{op.DropTable{Name: "five"}, op.DropTable{Name: "one"}},
	}, {ID: "b2", Parents: []string{"a1"}, Up: op.List{table("six")}, Down: op.List{op.DropTable{Name: "six"}}}}
}

// TestInterruptedInSteps: there is nothing to mend where somebody stopped it.
func TestInterruptedInSteps(t *testing.T) {
	every(t, func(t *testing.T, db *gorm.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		list := inSteps(table("four"))
		m := migrate.New(db, list).With(migrate.Options{Hooks: migrate.Hooks{AfterStep: func(_ context.Context, e migrate.Event) error {
			if e.Last == 2 {
				cancel()
			}
			return nil
		}}})
		_, err := m.Upgrade(ctx, "head")
		if !errors.Is(err, context.Canceled) || !strings.HasSuffix(err.Error(), "steps 1 to 2 of 5 stay; that is written down: run it again, and it goes on from there") {
			t.Fatalf("got %v", err)
		}
		if result, err := migrate.New(db, list).Upgrade(t.Context(), "head"); err != nil || done(result) != "a1 b2" {
			t.Errorf("%s, %v", done(result), err)
		}
	})
}

// TestFailureInSteps: what ran before stays, is written down, and the next run
// goes on behind it, with the failing step mended.
func TestFailureInSteps(t *testing.T) {
	every(t, func(t *testing.T, db *gorm.DB) {
		broken := inSteps(op.Exec{SQL: "INSERT INTO one VALUES (4); INSERT INTO nowhere VALUES (1)"})
		_, err := migrate.New(db, broken).Upgrade(t.Context(), "head")
		var e *migrate.RevisionError
		if !errors.As(err, &e) || !e.Partial || e.Kept != 3 || e.Of != 5 || !strings.HasSuffix(err.Error(),
			"steps 1 to 3 of 5 stay; that is written down: when the cause is mended, run it again, and it goes on from there") {
			t.Fatalf("got %v", err)
		}
		status, err := migrate.New(db, broken).Status(t.Context())
		if want := (migrate.Unfinished{ID: "a1", Operations: 3, Begun: true}); err != nil || status.Unfinished == nil || *status.Unfinished != want {
			t.Errorf("status: %+v, %v", status.Unfinished, err)
		}
		// What is half done stops everything else.
		_, err = migrate.New(db, broken).Downgrade(t.Context(), "base")
		if !errors.Is(err, migrate.ErrUnfinished) || !strings.Contains(err.Error(), `applying "a1"; operations done: 3; run upgrade as before`) {
			t.Errorf("downgrade: %v", err)
		}
		// A statement of the failing step has run, so that it has to stay as it is;
		// so have the steps before it.
		for _, list := range []op.Revisions{inSteps(op.Exec{SQL: "INSERT INTO one VALUES (5)"}), with(inSteps(broken[0].Up[3]))} {
			list[0].Up[1] = op.Exec{SQL: "INSERT INTO one VALUES (7)"}
			if _, err := migrate.New(db, list).Upgrade(t.Context(), "head"); !errors.Is(err, migrate.ErrEdited) {
				t.Errorf("edited: %v", err)
			}
		}
		exec(t, db, "CREATE TABLE nowhere (n int)")
		hooks := migrate.Hooks{BeforeStep: func(_ context.Context, e migrate.Event) error {
			if e.Revision.ID == "a1" && e.First < 4 {
				t.Errorf("step %d runs again", e.First)
			}
			return nil
		}}
		result, err := migrate.New(db, broken).With(migrate.Options{Hooks: hooks}).Upgrade(t.Context(), "head")
		if err != nil || done(result) != "a1 b2" {
			t.Fatalf("%s, %v", done(result), err)
		}
		if n := count(t, db, "SELECT sum(n) + 100 * count(*) FROM one"); n != 410 {
			t.Errorf("the rows add up to %d", n)
		}
		equal(t, "history", historyOf(t, db), "a1 b2")
		if _, err := migrate.New(db, broken).Downgrade(t.Context(), "base"); err != nil {
			t.Error(err)
		}
	})
}

// TestMendedStep: a step of which nothing ran may be another one by then.
func TestMendedStep(t *testing.T) {
	every(t, func(t *testing.T, db *gorm.DB) {
		_, err := migrate.New(db, inSteps(op.Exec{SQL: "CREATE TABEL four (n int)"})).Upgrade(t.Context(), "head")
		var e *migrate.RevisionError
		if !errors.As(err, &e) || e.Kept != 3 {
			t.Fatalf("got %v", err)
		}
		if _, err := migrate.New(db, inSteps(table("four"))).Upgrade(t.Context(), "head"); err != nil {
			t.Fatal(err)
		}
		if n := count(t, db, "SELECT count(*) FROM one"); n != 3 || !hasTable(db, "four") || !hasTable(db, "five") {
			t.Errorf("%d rows", n)
		}
	})
}

// TestStampForgetsTheJournal: whoever stamps says where the database is.
func TestStampForgetsTheJournal(t *testing.T) {
	every(t, func(t *testing.T, db *gorm.DB) {
		m := migrate.New(db, inSteps(op.Exec{SQL: "no"}))
		if _, err := m.Upgrade(t.Context(), "head"); err == nil {
			t.Fatal("it did not fail")
		}
		exec(t, db, "DROP TABLE one")
		if err := m.Stamp(t.Context(), "base", migrate.StampOptions{}); err != nil {
			t.Fatal(err)
		}
		if hasTable(db, migrate.Table) || hasTable(db, migrate.JournalTable(migrate.Table)) {
			t.Error("a table is left")
		}
		if _, err := migrate.New(db, inSteps(table("four"))).Upgrade(t.Context(), "head"); err != nil {
			t.Error(err)
		}
	})
}

// TestWithoutTransaction runs what cannot run in one.
func TestWithoutTransaction(t *testing.T) {
	for dialect, list := range map[string]op.List{
		"postgres": {
			op.Exec{SQL: "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE m (id int, mood mood)"},
			op.Exec{SQL: "ALTER TYPE mood ADD VALUE 'glad'; INSERT INTO m VALUES (1, 'glad')"},
			op.CreateIndex{Table: "m", Index: op.Index{Name: "i", Columns: op.Columns("id")}, Concurrently: true},
			op.CreateIndex{Table: "m", Index: op.Index{Name: "u", Unique: true, Columns: op.Columns("id")}, Concurrently: true},
			op.DropIndex{Table: "m", Name: "i", Concurrently: true},
			op.Exec{SQL: "VACUUM m; CREATE INDEX CONCURRENTLY j ON m (mood)"},
		},
		"sqlite": {op.Exec{SQL: "CREATE TABLE m (id int); INSERT INTO m VALUES (1)"}, op.Exec{SQL: "VACUUM; PRAGMA user_version = 7"}},
	} {
		t.Run(dialect, func(t *testing.T) {
			db := testdb.Open(t, dialect)
			poolOf(t, db).SetMaxOpenConns(1)
			revisions := op.Revisions{{ID: "a1", Message: "in a transaction", Up: list}}
			if dialect == "sqlite" {
				_, err := migrate.New(db, revisions).Upgrade(t.Context(), "head")
				if err == nil || !strings.Contains(err.Error(), "set NoTransaction in the revision") {
					t.Errorf("got %v", err)
				}
			}
			revisions[0].NoTransaction = true
			if _, err := migrate.New(db, revisions).Upgrade(t.Context(), "head"); err != nil {
				t.Fatal(err)
			}
			if n := count(t, db, "SELECT count(*) FROM m"); n != 1 {
				t.Errorf("%d rows", n)
			}
			for _, o := range []migrate.Options{{SingleTransaction: true}} {
				revisions = append(revisions, op.Revision{ID: "b2", Parents: []string{"a1"}, NoTransaction: true, Up: op.List{table("t")}})
				if _, err := migrate.New(db, revisions).With(o).Upgrade(t.Context(), "head"); !errors.Is(err, migrate.ErrTransaction) {
					t.Errorf("got %v, want ErrTransaction", err)
				}
			}
		})
	}
}

// TestConcurrentIndexFails: the invalid index that PostgreSQL leaves is gone, and
// the revision goes on when the rows are mended.
func TestConcurrentIndexFails(t *testing.T) {
	db := testdb.Open(t, "postgres")
	revisions := op.Revisions{{ID: "a1", Up: op.List{
		op.Exec{SQL: "CREATE TABLE m (id int); INSERT INTO m VALUES (1), (1)"},
		op.CreateIndex{Table: "m", Index: op.Index{Name: "u", Unique: true, Columns: op.Columns("id")}, Concurrently: true},
	}}}
	_, err := migrate.New(db, revisions).Upgrade(t.Context(), "head")
	var e *migrate.RevisionError
	if !errors.As(err, &e) || e.Kept != 1 || !strings.Contains(err.Error(), "step 1 of 2 stays") {
		t.Fatalf("got %v", err)
	}
	if n := count(t, db, "SELECT count(*) FROM pg_indexes WHERE indexname = 'u'"); n != 0 {
		t.Error("the invalid index is left")
	}
	exec(t, db, "DELETE FROM m")
	if _, err := migrate.New(db, revisions).Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "SELECT count(*) FROM pg_index WHERE indexrelid = 'u'::regclass AND indisvalid"); n != 1 {
		t.Error("there is no valid index")
	}
}

// TestSettingsAreRepeated: a new session is told what the one before it was.
func TestSettingsAreRepeated(t *testing.T) {
	db := testdb.Open(t, "mysql")
	revisions := op.Revisions{{ID: "a1", Up: op.List{
		op.Exec{SQL: "SET @n = 7; CREATE TEMPORARY TABLE tmp (n int); CREATE TABLE t (n int); INSERT INTO t VALUES (@n)"},
		migrate.Do("fails once", func(context.Context, *gorm.DB) error { return errors.New("once") }),
	}}}
	if _, err := migrate.New(db, revisions).Upgrade(t.Context(), "head"); err == nil {
		t.Fatal("it did not fail")
	}
	poolOf(t, db).SetMaxIdleConns(0) // a new session
	revisions[0].Up[1] = op.Exec{SQL: "INSERT INTO t VALUES (@n); INSERT INTO t SELECT count(*) FROM tmp"}
	if _, err := migrate.New(db, revisions).Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "SELECT sum(n) + 100 * count(*) FROM t"); n != 314 {
		t.Errorf("the rows add up to %d", n)
	}
}

// TestOutsideStep is called again from its beginning when it was interrupted.
func TestOutsideStep(t *testing.T) {
	every(t, func(t *testing.T, db *gorm.DB) {
		calls := 0
		revisions := op.Revisions{{ID: "a1", Up: op.List{
			table("one"),
			migrate.Do("long", func(_ context.Context, tx *gorm.DB) error {
				if calls++; calls == 1 {
					return errors.New("interrupted")
				}
				return tx.Exec(fmt.Sprintf("INSERT INTO one VALUES (%d)", calls)).Error
			}).OutsideTransaction(),
		}}}
		for _, want := range []bool{false, true, true} {
			if _, err := migrate.New(db, revisions).Upgrade(t.Context(), "head"); (err == nil) != want {
				t.Errorf("got %v", err)
			}
		}
		if n := count(t, db, "SELECT sum(n) + 100 * count(*) FROM one"); n != 102 {
			t.Errorf("the rows add up to %d", n)
		}
	})
}
