package migrate_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// every opens an empty database of each kind, with one connection, which is all
// that anything here may need.
func every(t *testing.T, test func(t *testing.T, db *gorm.DB)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, dialect string) {
		db := testdb.Open(t, dialect)
		poolOf(t, db).SetMaxOpenConns(1)
		test(t, db)
	})
}

// count returns a number that a query finds.
func count(t testing.TB, db *gorm.DB, query string) int {
	t.Helper()
	var n int
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel() // a connection that was not given back is not waited for
	if err := poolOf(t, db).QueryRowContext(ctx, query).Scan(&n); err != nil {
		t.Fatalf("%v, in: %s", err, query)
	}
	return n
}

// historyOf returns the ids of the applied revisions on any database.
func historyOf(t testing.TB, db *gorm.DB) string {
	t.Helper()
	status, err := migrate.New(db, nil).Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if status.Unfinished != nil {
		t.Errorf("%v", status.Unfinished)
	}
	var ids []string
	for _, r := range status.Foreign { // all, of no collection
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

// hasTable reports whether there is a table.
func hasTable(db *gorm.DB, name string) bool { return db.Migrator().HasTable(name) }

// TestEveryDatabase goes up, down and up again, with rows.
func TestEveryDatabase(t *testing.T) {
	every(t, func(t *testing.T, db *gorm.DB) {
		fill := op.Revision{ID: "d4", Parents: []string{"c3"}, Message: "fill", Up: op.List{
			op.Exec{SQL: "INSERT INTO books (title, isbn) VALUES ('Ficciones', 'x'); INSERT INTO books (title, isbn) VALUES ('El Aleph', 'y')"},
		}, Down: op.List{op.Exec{SQL: "DELETE FROM books"}}}
		list := with(shop, fill)
		list[1].Up = list[1].Up[:1] // without SQLite's words
		var rows []string
		m := migrate.New(db, list).With(migrate.Options{Hooks: migrate.Hooks{Done: func(_ context.Context, d migrate.Done) {
			rows = append(rows, fmt.Sprintf("%s %d/%d %d %d %v", d.Revision.ID, d.Number, d.Of, d.Steps, d.Rows, d.Down))
		}}})
		for range 2 {
			if _, err := m.Upgrade(t.Context(), "head"); err != nil {
				t.Fatal(err)
			}
			equal(t, "history", historyOf(t, db), "a1 b2 c3 d4")
			if n := count(t, db, "SELECT count(*) FROM books"); n != 2 {
				t.Errorf("%d books", n)
			}
			result, err := m.Upgrade(t.Context(), "head")
			if err != nil || result.Done != nil {
				t.Errorf("again: %v, %v", result, err)
			}
			if _, err := m.Downgrade(t.Context(), "-1"); err != nil {
				t.Fatal(err)
			}
			if _, err := m.Downgrade(t.Context(), "base"); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"books", migrate.Table, migrate.JournalTable(migrate.Table)} {
				if hasTable(db, name) {
					t.Errorf("at base there is a table %q", name)
				}
			}
		}
		want := "a1 1/4 1 0 false, b2 2/4 1 0 false, c3 3/4 1 0 false, d4 4/4 1 2 false, d4 1/1 1 2 true, c3 1/3 1 0 true, b2 2/3 1 0 true, a1 3/3 1 0 true"
		equal(t, "what was told", strings.Join(rows, ", "), want+", "+want)
	})
}

// TestOtherTable keeps the history under another name.
func TestOtherTable(t *testing.T) {
	every(t, func(t *testing.T, db *gorm.DB) {
		name, journal := "my revisions", "my revisions_journal"
		if db.Name() == "postgres" {
			name = "audit.my revisions"
		}
		m := migrate.New(db, shop[:1]).With(migrate.Options{Table: name})
		if _, err := m.Upgrade(t.Context(), "head"); err != nil {
			t.Fatal(err)
		}
		if n := count(t, db, `SELECT count(*) FROM `+db.Statement.Quote(name)); n != 1 || hasTable(db, migrate.Table) {
			t.Errorf("%d rows, and the usual table %v", n, hasTable(db, migrate.Table))
		}
		status, err := m.Status(t.Context())
		if err != nil || len(status.Pending()) > 0 {
			t.Errorf("%v, %v", status, err)
		}
		if err := m.Stamp(t.Context(), "base", migrate.StampOptions{}); err != nil {
			t.Error(err)
		}
		if hasTable(db, journal) || hasTable(db, name) {
			t.Error("a table is left")
		}
	})
	db := open(t, tempFile(t))
	for name, want := range map[string]string{"a.b": "sqlite has no schemas"} {
		_, err := migrate.New(db, shop).With(migrate.Options{Table: name}).Upgrade(t.Context(), "head")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestDo: a Go step commits with its revision, its own transactions are
// savepoints, and it cannot end the transaction that it is in.
func TestDo(t *testing.T) {
	type Book struct {
		ID    int64
		Title string
	}
	every(t, func(t *testing.T, db *gorm.DB) {
		no := errors.New("no")
		fill := func(ctx context.Context, tx *gorm.DB) error {
			if err := tx.Create(&Book{Title: "one"}).Error; err != nil {
				return err
			}
			for _, result := range []error{nil, no} {
				err := tx.Transaction(func(tx *gorm.DB) error {
					if err := tx.Create(&Book{Title: "two"}).Error; err != nil {
						return err
					}
					return result
				})
				if !errors.Is(err, result) {
					return fmt.Errorf("%w, want %v", err, result)
				}
			}
			if err := tx.Session(&gorm.Session{}).Commit().Error; err == nil || !strings.Contains(err.Error(), "belongs to the revision") {
				return fmt.Errorf("commit: %v", err)
			}
			if err := tx.Session(&gorm.Session{}).Rollback().Error; err == nil {
				return errors.New("rollback was taken")
			}
			return tx.Create(&Book{Title: "three"}).Error
		}
		fails := func(ctx context.Context, tx *gorm.DB) error {
			if err := fill(ctx, tx); err != nil {
				return err
			}
			return no
		}
		titles := func() string {
			var list []string
			if err := db.Model(&Book{}).Order("id").Pluck("title", &list).Error; err != nil {
				t.Fatal(err)
			}
			return strings.Join(list, " ")
		}
		revision := func(step op.Operation) op.Revisions {
			return op.Revisions{createBooks, {ID: "d4", Parents: []string{"a1"}, Message: "fill",
				Up:   op.List{step},
				Down: op.List{migrate.Do("empty", func(_ context.Context, tx *gorm.DB) error { return tx.Exec("DELETE FROM books").Error })}}}
		}
		_, err := migrate.New(db, revision(migrate.Do("fill", fails))).Upgrade(t.Context(), "head")
		var step *migrate.StepError
		if !errors.Is(err, no) || !errors.As(err, &step) || !strings.Contains(err.Error(), "step 1, do fill: no; nothing of this revision was kept") {
			t.Errorf("got %v", err)
		}
		equal(t, "books after a failure", titles(), "")
		m := migrate.New(db, revision(migrate.Do("fill", fill)))
		if _, err := m.Upgrade(t.Context(), "head"); err != nil {
			t.Fatal(err)
		}
		equal(t, "books", titles(), "one two three")
		if _, err := m.Downgrade(t.Context(), "a1"); err != nil {
			t.Fatal(err)
		}
		equal(t, "books after a downgrade", titles(), "")

		// Outside, its transactions are real ones.
		outside := migrate.Do("fill", func(_ context.Context, tx *gorm.DB) error {
			err := tx.Transaction(func(tx *gorm.DB) error { return tx.Create(&Book{Title: "one"}).Error })
			if err != nil {
				return err
			}
			return tx.Transaction(func(tx *gorm.DB) error {
				if err := tx.Create(&Book{Title: "two"}).Error; err != nil {
					return err
				}
				return no
			})
		}).OutsideTransaction()
		_, err = migrate.New(db, revision(outside)).Upgrade(t.Context(), "head")
		var revisionError *migrate.RevisionError
		if !errors.Is(err, no) || !errors.As(err, &revisionError) || !revisionError.Partial {
			t.Errorf("got %v", err)
		}
		equal(t, "books that an outside step has committed", titles(), "one")
	})
}

// TestDoIsItsName for comparisons and checksums.
func TestDoIsItsName(t *testing.T) {
	fn := func(context.Context, *gorm.DB) error { return nil }
	sum := func(o op.Operation) string {
		t.Helper()
		sum, err := op.Revision{ID: "a", Up: op.List{o}}.Checksum()
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	a, b := migrate.Do("fill isbn", fn), migrate.Do("fill isbn", func(context.Context, *gorm.DB) error { return errors.New("other") })
	if !a.Equal(b) || sum(a) != sum(b) {
		t.Error("two functions of one name are two steps")
	}
	for _, other := range []migrate.DoStep{migrate.Do("fill", fn), a.OutsideTransaction()} {
		if a.Equal(other) || sum(a) == sum(other) {
			t.Errorf("%s is %s", other, a)
		}
	}
	if a == b { // and does not panic
		t.Error("the same function?")
	}
	text, err := op.List{a}.MarshalJSON()
	if err != nil || string(text) != `[{"kind":"do","name":"fill isbn"}]` {
		t.Errorf("%s, %v", text, err)
	}
	for _, step := range []migrate.DoStep{{}, migrate.Do("", fn), migrate.Do("no function", nil)} {
		_, err := migrate.New(open(t, tempFile(t)), op.Revisions{{ID: "a", Up: op.List{step}}}).Upgrade(t.Context(), "head")
		if err == nil || !strings.Contains(err.Error(), "the step has no ") {
			t.Errorf("%q: %v", step, err)
		}
	}
}
