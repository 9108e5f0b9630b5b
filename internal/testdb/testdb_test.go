package testdb_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"

	"github.com/go-limbeck/limbeck/internal/testdb"
)

type book struct {
	ID    uint
	Title string `gorm:"size:40"`
}

// tables returns the names of the tables of a database.
func tables(t *testing.T, db *gorm.DB) []string {
	t.Helper()
	names, err := db.Migrator().GetTables()
	if err != nil {
		t.Fatalf("listing tables: %v", err)
	}
	// SQLite's counters are not a table of ours.
	return slices.DeleteFunc(names, func(name string) bool { return name == "sqlite_sequence" })
}

func TestTwoDatabasesAreIndependent(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		a, b := testdb.Open(t, dialect), testdb.Open(t, dialect)
		if got := a.Name(); got != dialect {
			t.Errorf("GORM calls the database %q, want %q", got, dialect)
		}
		for name, db := range map[string]*gorm.DB{"first": a, "second": b} {
			if got := tables(t, db); len(got) != 0 {
				t.Errorf("the %s database is not empty: it has %q", name, got)
			}
		}
		if err := a.AutoMigrate(&book{}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"books"}, tables(t, a)); diff != "" {
			t.Errorf("tables of the first database (-want +got):\n%s", diff)
		}
		if got := tables(t, b); len(got) != 0 {
			t.Errorf("the second database has the tables %q of the first", got)
		}
	})
}

// A database is there for the whole test, on every connection, also when the
// garbage collector has run (which used to end the server).
func TestTheDatabaseStays(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		db := testdb.Open(t, dialect)
		if err := db.AutoMigrate(&book{}); err != nil {
			t.Fatal(err)
		}
		title := "Les Misérables 🍷"
		if err := db.Create(&book{Title: title}).Error; err != nil {
			t.Fatal(err)
		}
		pool, err := db.DB()
		if err != nil {
			t.Fatal(err)
		}
		pool.SetMaxIdleConns(0) // every statement has a new connection
		for range 3 {
			runtime.GC()
			var got book
			if err := db.First(&got).Error; err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(book{ID: 1, Title: title}, got); diff != "" {
				t.Errorf("the row that was written (-want +got):\n%s", diff)
			}
		}
	})
}

func TestForeignKeysAreChecked(t *testing.T) {
	type author struct{ ID uint }
	type work struct {
		ID       uint
		AuthorID uint
		Author   author
	}
	testdb.Each(t, func(t *testing.T, dialect string) {
		db := testdb.Open(t, dialect)
		if err := db.AutoMigrate(&author{}, &work{}); err != nil {
			t.Fatal(err)
		}
		if err := db.Omit("Author").Create(&work{AuthorID: 7}).Error; err == nil {
			t.Error("a work without its author was accepted")
		}
	})
}

// The database of a test is gone after it, though a connection was left open.
func TestDatabasesAreDropped(t *testing.T) {
	for _, test := range []struct {
		dialect string
		count   string
		open    func(t *testing.T) gorm.Dialector
	}{
		{
			"postgres", "SELECT count(*) FROM pg_database WHERE datname = ?",
			func(t *testing.T) gorm.Dialector { return postgres.Open(testdb.Postgres(t)) },
		},
		{
			"mysql", "SELECT count(*) FROM information_schema.schemata WHERE schema_name = ?",
			func(t *testing.T) gorm.Dialector { return mysql.Open(testdb.MySQL(t)) },
		},
	} {
		t.Run(test.dialect, func(t *testing.T) {
			outside := testdb.Open(t, test.dialect)
			count := func(name string) (n int) {
				t.Helper()
				if err := outside.Raw(test.count, name).Scan(&n).Error; err != nil {
					t.Fatal(err)
				}
				return n
			}
			var name string
			t.Run("inner", func(t *testing.T) {
				left, err := gorm.Open(test.open(t))
				if err != nil {
					t.Fatal(err)
				}
				if err := left.AutoMigrate(&book{}); err != nil {
					t.Fatal(err)
				}
				name = left.Migrator().CurrentDatabase()
				if n := count(name); n != 1 {
					t.Errorf("%d databases are called %q during the test, want 1", n, name)
				}
			})
			if n := count(name); n != 0 {
				t.Errorf("%d databases are called %q after the test, want 0", n, name)
			}
		})
	}
}

func TestOpenTakesGORMOptions(t *testing.T) {
	var lines atomic.Int32
	config := &gorm.Config{
		NamingStrategy: schema.NamingStrategy{TablePrefix: "lib_"},
		Logger:         logger.New(counter{&lines}, logger.Config{LogLevel: logger.Info}),
	}
	// One config for all: what GORM writes into it must not go from one
	// database to the next.
	testdb.Each(t, func(t *testing.T, dialect string) {
		lines.Store(0)
		db := testdb.Open(t, dialect, config)
		if err := db.AutoMigrate(&book{}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"lib_books"}, tables(t, db)); diff != "" {
			t.Errorf("tables (-want +got):\n%s", diff)
		}
		if lines.Load() == 0 {
			t.Error("the logger of the options was not used")
		}
		if config.Dialector != nil || config.ConnPool != nil {
			t.Error("the test's own config was changed")
		}
	})
}

// counter counts what a logger writes.
type counter struct{ lines *atomic.Int32 }

func (c counter) Printf(string, ...any) { c.lines.Add(1) }

func TestOpenIsSilent(t *testing.T) {
	db := testdb.Open(t, "sqlite")
	if db.Logger != logger.Discard {
		t.Errorf("the logger is %T, want logger.Discard", db.Logger)
	}
	with := testdb.Open(t, "sqlite", &gorm.Config{SkipDefaultTransaction: true})
	if with.Logger != logger.Discard || !with.SkipDefaultTransaction {
		t.Error("a config without a logger has a logger, or was not used")
	}
}

func TestEachRunsEveryDialect(t *testing.T) {
	var got []string
	testdb.Each(t, func(t *testing.T, dialect string) {
		if !strings.HasSuffix(t.Name(), "/"+dialect) {
			t.Errorf("the test of %q is called %q", dialect, t.Name())
		}
		got = append(got, dialect)
	})
	if diff := cmp.Diff([]string{"sqlite", "postgres", "mysql"}, got); diff != "" {
		t.Errorf("dialects (-want +got):\n%s", diff)
	}
}

func TestParallelTests(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		for i := range 4 {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				if err := testdb.Open(t, dialect).AutoMigrate(&book{}); err != nil {
					t.Error(err)
				}
			})
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	for _, dialect := range []string{"sqlite", "postgres", "mysql"} {
		b.Run(dialect, func(b *testing.B) {
			testdb.Open(b, dialect) // the server
			for b.Loop() {
				func() {
					t := &scope{TB: b}
					defer t.end()
					testdb.Open(t, dialect)
				}()
			}
		})
	}
}

// scope ends in the middle of a benchmark what would end with it.
type scope struct {
	testing.TB
	cleanups []func()
}

func (s *scope) Cleanup(f func()) { s.cleanups = append(s.cleanups, f) }

func (s *scope) end() {
	for i := len(s.cleanups) - 1; i >= 0; i-- {
		s.cleanups[i]()
	}
}
