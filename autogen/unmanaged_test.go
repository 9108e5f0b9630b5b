package autogen_test

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/autogen"
)

// TestUnmanaged is law 9: what no revision made is listed and left alone, by
// Up and by Down, also where the table is rebuilt.
func TestUnmanaged(t *testing.T) {
	p := withRows(t)
	p.exec(
		"CREATE TABLE audit_log (id integer PRIMARY KEY, note text)",
		"INSERT INTO audit_log VALUES (1, 'kept')",
		"ALTER TABLE books ADD COLUMN legacy text DEFAULT 'old'",
		"CREATE INDEX by_hand ON books (legacy)",
		"CREATE VIEW titles AS SELECT title FROM books",
		"CREATE TRIGGER log AFTER DELETE ON books BEGIN INSERT INTO audit_log (note) VALUES (old.title); END",
	)
	var listed []string
	plan, err := autogen.Compare(t.Context(), p.options(&BookWithISBN{}))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range plan.Unmanaged {
		listed = append(listed, o.String())
	}
	slices.Sort(listed)
	same(t, []string{"column books.legacy", "index by_hand on books", "table audit_log"}, listed)

	before := p.schema()
	p.generate(&BookWithISBN{}) // an ALTER TABLE
	p.upgrade()
	p.generate(&BookStrict{}) // a rebuild
	p.upgrade()
	legacy := "SELECT title || legacy FROM books ORDER BY id"
	same(t, []string{"Duneold", "Emmaold"}, p.query(legacy))
	same(t, []string{"Dune", "Emma"}, p.query("SELECT title FROM titles"))
	p.exec("DELETE FROM books WHERE title = 'Emma'")
	same(t, []string{"kept", "Emma"}, p.query("SELECT note FROM audit_log ORDER BY id"))
	p.downgrade("-2")
	same(t, []string{"Duneold"}, p.query(legacy))
	after := p.schema()
	same(t, len(before), len(after))
	for _, object := range before {
		// The table's own statement is written anew by the rebuild.
		if object[:12] != "CREATE TABLE" && !slices.Contains(after, object) {
			t.Errorf("gone or changed: %s", object)
		}
	}
}

// BookStrict has what SQLite adds to a table only by building it anew.
type BookStrict struct {
	books
	ID    uint
	Title string `gorm:"size:100;not null;check:title <> ''"`
	Isbn  string `gorm:"not null;default:none"`
}

// Without revisions everything is somebody else's.
func TestNothingIsOwnedWithoutRevisions(t *testing.T) {
	p := newProject(t)
	p.exec("CREATE TABLE books (id integer PRIMARY KEY AUTOINCREMENT, title text NOT NULL, legacy text)", "CREATE TABLE other (a)")
	plan, err := autogen.Compare(t.Context(), p.options(&Book{}))
	if err != nil || !plan.Empty() || len(plan.Unmanaged) != 2 {
		t.Errorf("the plan is %+v, %v", plan, err)
	}
}

// TestReadingChangesNothing is law 10, on a file that something else has open
// as well, and with a pool of one connection.
func TestReadingChangesNothing(t *testing.T) {
	for _, journal := range []string{"DELETE", "WAL"} {
		t.Run(journal, func(t *testing.T) {
			p := withRows(t)
			p.exec("PRAGMA journal_mode = "+journal, "CREATE TABLE audit_log (a)", "PRAGMA wal_checkpoint(TRUNCATE)")
			p.db = onePool(t, p.file+"?_busy_timeout=2000")
			settings := []string{"PRAGMA foreign_keys", "PRAGMA query_only", "PRAGMA legacy_alter_table", "PRAGMA synchronous"}
			read := func() (values []string) {
				for _, sql := range settings {
					values = append(values, p.query(sql)...)
				}
				return values
			}
			before := read()
			check := p.unchanged()
			for range 2 {
				if _, err := autogen.Compare(t.Context(), p.options(&BookWithISBN{})); err != nil {
					t.Fatal(err)
				}
				if _, err := autogen.Diff(t.Context(), p.options(&BookStrict{})); err != nil {
					t.Fatal(err)
				}
			}
			check()
			result := p.generate(&BookWithISBN{})
			if err := os.Remove(result.File); err != nil {
				t.Fatal(err)
			}
			check()
			same(t, before, read())
		})
	}
}

func TestReadOnlyDatabase(t *testing.T) {
	p := withRows(t)
	p.db = open(t, "file:"+p.file+"?mode=ro")
	p.generate(&BookWithISBN{})
}

// onePool opens a pool that has one connection to give.
func onePool(t *testing.T, url string) *gorm.DB {
	t.Helper()
	db, err := gorm.Open(sqlite.Open(url), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if got := pool.Stats().InUse; got != 0 {
			t.Errorf("%d connections were not given back", got)
		}
		pool.Close()
	})
	return db
}

// A pool of one connection does for all of it, in memory too.
func TestOneConnection(t *testing.T) {
	p := newProject(t)
	p.db = onePool(t, ":memory:")
	p.generate(&Book{})
	p.upgrade()
	p.exec("INSERT INTO books (title) VALUES ('Dune')")
	p.generate(&BookStrict{})
	p.upgrade()
	if !cmp.Equal([]string{"Dune"}, p.query("SELECT title FROM books WHERE isbn = 'none'")) {
		t.Error("the row is not what it should be")
	}
	other := newProject(t)
	other.db = onePool(t, ":memory:")
	if err := other.db.AutoMigrate(&Book{}); err != nil {
		t.Fatal(err)
	}
	other.add(autogen.Baseline(t.Context(), other.options(&Book{})))
}
