package migrate_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// shelves has a table with children that a careless rebuild would delete, and a
// revision that rebuilds it.
var shelves = op.Revisions{
	{ID: "s1", Created: "2026-01-01T00:00:00Z", Message: "create shelves", Up: op.List{
		op.CreateTable{Name: "shelves", PrimaryKey: op.Columns("id"), Columns: []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}, {Name: "name", Type: op.Text()}}},
		op.CreateTable{Name: "books", Columns: []op.Column{{Name: "shelf_id", Type: op.Int(64)}},
			ForeignKeys: []op.ForeignKey{{Name: "fk", Columns: []string{"shelf_id"}, RefTable: "shelves", RefColumns: []string{"id"}, OnDelete: "CASCADE"}}},
		op.Exec{SQL: "INSERT INTO shelves VALUES (1, 'a'), (2, NULL); INSERT INTO books VALUES (1), (1), (2)"},
	}},
	{ID: "s2", Parents: []string{"s1"}, Created: "2026-01-02T00:00:00Z", Message: "names are there", Up: op.List{
		op.AlterColumn{Table: "shelves", From: op.Column{Name: "name", Type: op.Text()}, To: op.Column{Name: "name", Type: op.Text(), NotNull: true}, Backfill: op.Literal("b")},
	}, Down: op.List{
		op.AlterColumn{Table: "shelves", From: op.Column{Name: "name", Type: op.Text(), NotNull: true}, To: op.Column{Name: "name", Type: op.Text()}},
	}},
}

// TestSurroundings rebuilds a table in pools and databases of all kinds.
func TestSurroundings(t *testing.T) {
	for name, test := range map[string]struct {
		dsn    string // after the path of a file, or instead of one
		config gorm.Config
		pool   func(*gorm.DB)
	}{
		"one connection":         {"?_foreign_keys=1", gorm.Config{}, func(db *gorm.DB) { poolOf(t, db).SetMaxOpenConns(1) }},
		"many connections":       {"?_foreign_keys=1", gorm.Config{}, nil},
		"no idle connections":    {"?_foreign_keys=1", gorm.Config{}, func(db *gorm.DB) { poolOf(t, db).SetMaxIdleConns(-1) }},
		"connections end early":  {"?_foreign_keys=1", gorm.Config{}, func(db *gorm.DB) { poolOf(t, db).SetConnMaxLifetime(time.Nanosecond) }},
		"keys off":               {"", gorm.Config{}, nil},
		"legacy":                 {"?_foreign_keys=1&_pragma=legacy_alter_table(1)", gorm.Config{}, nil},
		"write-ahead log":        {"?_foreign_keys=1&_journal_mode=WAL&_synchronous=1", gorm.Config{}, nil},
		"truncated journal":      {"?_foreign_keys=1&_journal_mode=TRUNCATE", gorm.Config{}, nil},
		"exclusive":              {"?_foreign_keys=1&_locking_mode=EXCLUSIVE", gorm.Config{}, func(db *gorm.DB) { poolOf(t, db).SetMaxOpenConns(1) }},
		"transactions immediate": {"?_foreign_keys=1&_txlock=immediate", gorm.Config{}, nil},
		"shared cache":           {"?_foreign_keys=1&cache=shared", gorm.Config{}, nil},
		"memory":                 {":memory:?_foreign_keys=1", gorm.Config{}, func(db *gorm.DB) { poolOf(t, db).SetMaxOpenConns(1) }},
		"shared memory":          {"file:surroundings?mode=memory&cache=shared&_foreign_keys=1", gorm.Config{}, func(db *gorm.DB) { poolOf(t, db).SetMaxIdleConns(5) }},
		"prepared statements":    {"?_foreign_keys=1", gorm.Config{PrepareStmt: true}, nil},
		"no transactions":        {"?_foreign_keys=1", gorm.Config{SkipDefaultTransaction: true}, nil},
		"recursive triggers":     {"?_foreign_keys=1&_recursive_triggers=1&_secure_delete=1&_auto_vacuum=1", gorm.Config{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			dsn := test.dsn
			if !strings.Contains(dsn, "memory") {
				dsn = filepath.Join(t.TempDir(), "test.db") + dsn
			}
			config := test.config
			config.Logger = logger.Discard
			db, err := gorm.Open(sqlite.Open(dsn), &config)
			if err != nil {
				t.Fatal(err)
			}
			defer poolOf(t, db).Close()
			if test.pool != nil {
				test.pool(db)
			}
			settings := func() string {
				var list []string
				for _, pragma := range []string{"foreign_keys", "legacy_alter_table", "journal_mode", "recursive_triggers", "synchronous", "locking_mode"} {
					list = append(list, pragma+" "+rows(t, db, "PRAGMA "+pragma)[0])
				}
				return strings.Join(list, "\n")
			}
			upgrade(t, db, shelves, "s1", "s1")
			before := settings()
			upgrade(t, db, shelves, "head", "s2")
			downgrade(t, db, shelves, "s1", "s2")
			upgrade(t, db, shelves, "head", "s2")
			equal(t, "settings", settings(), before)
			equal(t, "children", rows(t, db, "SELECT group_concat(shelf_id) FROM books")[0], `"1,1,2"`)
			equal(t, "rows", rows(t, db, "SELECT group_concat(id || name) FROM shelves")[0], `"1a,2b"`)
			equal(t, "integrity_check", rows(t, db, "PRAGMA integrity_check")[0], `"ok"`)
		})
	}
}

// TestWaitsForWriter: another program writes; the busy timeout is respected.
func TestWaitsForWriter(t *testing.T) {
	path := tempFile(t)
	db, other := open(t, path+"?_foreign_keys=1&_busy_timeout=60000"), open(t, path)
	upgrade(t, db, shelves, "s1", "s1")
	exec(t, other, "BEGIN IMMEDIATE", "INSERT INTO books VALUES (2)")
	committed := make(chan error, 1)
	time.AfterFunc(100*time.Millisecond, func() {
		_, err := poolOf(t, other).Exec("COMMIT")
		committed <- err
	})
	upgrade(t, db, shelves, "head", "s2")
	if err := <-committed; err != nil {
		t.Fatal(err)
	}
	equal(t, "children", rows(t, db, "SELECT group_concat(shelf_id) FROM books")[0], `"1,1,2,2"`)
}

// TestUnknownModule: a virtual table of a module that this driver does not have
// is left alone, and does not keep other tables from changing.
func TestUnknownModule(t *testing.T) {
	db := open(t, tempFile(t)+"?_foreign_keys=1")
	upgrade(t, db, shelves, "s1", "s1")
	exec(t, db, "PRAGMA writable_schema = ON",
		"INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', 'words', 'words', 0, 'CREATE VIRTUAL TABLE words USING nobody_has_this(a, b)')",
		"PRAGMA writable_schema = RESET")
	upgrade(t, db, shelves, "head", "s2")
	downgrade(t, db, shelves, "s1", "s2")
	equal(t, "rows", rows(t, db, "SELECT group_concat(id || name) FROM shelves")[0], `"1a,2b"`)
	if _, err := migrate.New(db, shelves).Status(t.Context()); err != nil {
		t.Error(err)
	}
}
