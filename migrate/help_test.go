package migrate_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// The revisions of a small shop: a table, a column, and an index.
var (
	createBooks = op.Revision{
		ID: "a1", Created: "2026-01-01T00:00:00Z", Message: "create books",
		Up: op.List{op.CreateTable{
			Name: "books",
			Columns: []op.Column{
				{Name: "id", Type: op.Int(64), AutoIncrement: true},
				{Name: "title", Type: op.String(100), NotNull: true},
			},
			PrimaryKey: op.Columns("id"),
		}},
		Down: op.List{op.DropTable{Name: "books"}},
	}
	addISBN = op.Revision{
		ID: "b2", Parents: []string{"a1"}, Created: "2026-01-02T00:00:00Z", Message: "add isbn to books",
		Up: op.List{
			op.AddColumn{Table: "books", Column: op.Column{Name: "isbn", Type: op.String(13), NotNull: true, Default: op.Literal("")}},
			op.Exec{SQL: "UPDATE books SET isbn = 'none ' || id"},
		},
		Down: op.List{op.DropColumn{Table: "books", Column: "isbn"}},
	}
	indexTitle = op.Revision{
		ID: "c3", Parents: []string{"b2"}, Created: "2026-01-03T00:00:00Z", Message: "index books by title",
		Up:   op.List{op.CreateIndex{Table: "books", Index: op.Index{Name: "idx_title", Columns: op.Columns("title")}}},
		Down: op.List{op.DropIndex{Table: "books", Name: "idx_title"}},
	}
	shop = op.Revisions{createBooks, addISBN, indexTitle}
)

// after returns a revision that runs SQL.
func after(parent, id string, sql ...string) op.Revision {
	r := op.Revision{ID: id, Parents: []string{parent}, Message: "message of " + id}
	for _, text := range sql {
		r.Up = append(r.Up, op.Exec{SQL: text})
	}
	return r
}

// with returns the revisions and more.
func with(revisions op.Revisions, more ...op.Revision) op.Revisions {
	return append(slices.Clone(revisions), more...)
}

// tempFile names a database that is not there yet.
func tempFile(t testing.TB) string { return filepath.Join(t.TempDir(), "test.db") }

// open opens a database with one connection, which is all that anything here
// may need, and whose settings can so be looked at.
func open(t testing.TB, dsn string, configs ...gorm.Config) *gorm.DB {
	t.Helper()
	config := gorm.Config{}
	if len(configs) > 0 {
		config = configs[0]
	}
	config.Logger = logger.Discard
	db, err := gorm.Open(sqlite.Open(dsn), &config)
	if err != nil {
		t.Fatal(err)
	}
	pool := poolOf(t, db)
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { pool.Close() })
	return db
}

func poolOf(t testing.TB, db *gorm.DB) *sql.DB {
	t.Helper()
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	return pool
}

func exec(t testing.TB, db *gorm.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := poolOf(t, db).Exec(s); err != nil {
			t.Fatalf("%v, in: %s", err, s)
		}
	}
}

// rows returns the rows of a query, a line each. Values show their types.
func rows(t testing.TB, db *gorm.DB, query string) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel() // a connection that was not given back is not waited for
	result, err := poolOf(t, db).QueryContext(ctx, query)
	if err != nil {
		t.Fatalf("%v, in: %s", err, query)
	}
	defer result.Close()
	columns, err := result.Columns()
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for result.Next() {
		values := make([]any, len(columns))
		cells := make([]string, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := result.Scan(values...); err != nil {
			t.Fatal(err)
		}
		for i := range values {
			cells[i] = fmt.Sprintf("%#v", *values[i].(*any))
		}
		list = append(list, strings.Join(cells, "|"))
	}
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// dump returns all that a database holds: every stored statement, every row
// with its rowid, and the settings of the connection that migrations touch.
func dump(t testing.TB, db *gorm.DB) string {
	t.Helper()
	var b strings.Builder
	section := func(query string) {
		fmt.Fprintf(&b, "%s\n", query)
		for _, row := range rows(t, db, query) {
			fmt.Fprintf(&b, "  %s\n", row)
		}
	}
	section("SELECT type, name, sql FROM sqlite_master ORDER BY rowid")
	var names []string
	if err := db.Raw("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").Scan(&names).Error; err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		section(`SELECT rowid, * FROM "` + name + `" ORDER BY rowid`)
	}
	section("PRAGMA foreign_keys")
	section("PRAGMA legacy_alter_table")
	return b.String()
}

// tables returns the names of all tables but SQLite's own.
func tables(t testing.TB, db *gorm.DB) string {
	t.Helper()
	return strings.Join(rows(t, db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"), " ")
}

// history returns the ids of the applied revisions in the order of their ids.
func history(t testing.TB, db *gorm.DB) string {
	t.Helper()
	if !strings.Contains(tables(t, db), migrate.Table) {
		return ""
	}
	text := strings.Join(rows(t, db, "SELECT id FROM "+migrate.Table+" ORDER BY id"), " ")
	return strings.ReplaceAll(text, `"`, "")
}

func done(r migrate.Result) string {
	var list []string
	for _, d := range r.Done {
		list = append(list, d.Revision.ID)
	}
	return strings.Join(list, " ")
}

// upgrade must do what it is told to.
func upgrade(t testing.TB, db *gorm.DB, revisions op.Revisions, target, want string) {
	t.Helper()
	result, err := migrate.New(db, revisions).Upgrade(t.Context(), target)
	if err != nil {
		t.Fatalf("upgrade %s: %v", target, err)
	}
	if got := done(result); got != want {
		t.Fatalf("upgrade %s: applied %q, want %q", target, got, want)
	}
}

func downgrade(t testing.TB, db *gorm.DB, revisions op.Revisions, target, want string) {
	t.Helper()
	result, err := migrate.New(db, revisions).Downgrade(t.Context(), target)
	if err != nil {
		t.Fatalf("downgrade %s: %v", target, err)
	}
	if got := done(result); got != want {
		t.Fatalf("downgrade %s: took back %q, want %q", target, got, want)
	}
}

func equal(t testing.TB, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}

// clock ticks a second at a time, from a quarter past ten in UTC.
func clock() func() time.Time {
	now := time.Date(2026, 11, 23, 11, 15, 0, 0, time.FixedZone("CET", 3600))
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

var timeOfHistory = regexp.MustCompile(`"\d{4}-\d\d-\d\dT[0-9:.]+Z"\|\d+`)

// withoutTimes leaves out of a dump when each revision was applied.
func withoutTimes(dump string) string { return timeOfHistory.ReplaceAllString(dump, "when") }
