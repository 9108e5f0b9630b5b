package migrate_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/internal/draws"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// kills is how often [TestKilled] kills: few, since each takes seconds. The
// script scripts/soak asks for 200.
var kills = flag.Int("kills", 2, "how often TestKilled kills a process on SQLite")

// killed names, in the environment of a process that is to be killed, the
// database that it upgrades.
const killed = "LIMBECK_TEST_KILLED"

func TestMain(m *testing.M) {
	if dsn := os.Getenv(killed); dsn != "" {
		if err := toBeKilled(dsn); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	draws.Fix()
	os.Exit(m.Run())
}

// library is a table of 200,000 rows, and two revisions that rebuild it.
var library = op.Revisions{
	{
		ID: "k1", Created: "2026-01-01T00:00:00Z", Message: "create books",
		Up: op.List{
			op.CreateTable{
				Name: "books", PrimaryKey: op.Columns("id"),
				Columns: []op.Column{
					{Name: "id", Type: op.Int(64), AutoIncrement: true}, {Name: "title", Type: op.Text(), NotNull: true},
					{Name: "pages", Type: op.Int(64)}, {Name: "parent_id", Type: op.Int(64)},
				},
				Indexes:     []op.Index{{Name: "idx_title", Columns: op.Columns("title")}, {Name: "idx_pages", Columns: op.Columns("pages", "id")}},
				ForeignKeys: []op.ForeignKey{{Name: "fk_parent", Columns: []string{"parent_id"}, RefTable: "books", RefColumns: []string{"id"}, OnDelete: "CASCADE"}},
			},
			op.Exec{SQL: `INSERT INTO books WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
				SELECT i, 'title ' || (i * 7919 % 1000003), nullif(i % 97, 0), nullif(i / 2, 0) FROM n`},
			op.Exec{SQL: "DELETE FROM books WHERE id = 200000"},
			op.Exec{SQL: "CREATE VIEW long AS SELECT id, title FROM books WHERE pages > 90"},
			op.Exec{SQL: "CREATE TRIGGER tr AFTER DELETE ON books BEGIN UPDATE books SET pages = 0 WHERE id = OLD.id - 1; END"},
		},
	},
	{
		ID: "k2", Parents: []string{"k1"}, Created: "2026-01-02T00:00:00Z", Message: "check pages",
		Up: op.List{op.AddCheck{Table: "books", Check: op.Check{Name: "chk_pages", Expr: "pages < 100"}}},
	},
	{
		ID: "k3", Parents: []string{"k2"}, Created: "2026-01-03T00:00:00Z", Message: "pages are known",
		Up: op.List{
			op.AlterColumn{Table: "books", From: op.Column{Name: "pages", Type: op.Int(64)}, To: op.Column{Name: "pages", Type: op.Int(64), NotNull: true}, Backfill: op.Literal(1)},
			op.AddColumn{Table: "books", Column: op.Column{Name: "shelf", Type: op.Text(), NotNull: true}, Backfill: op.Literal("a")},
		},
	},
}

// toBeKilled upgrades a database, and says when it begins.
func toBeKilled(dsn string) error {
	db, err := gorm.Open(sqlite.Open(dsn), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		return err
	}
	fmt.Println("now")
	_, err = migrate.New(db, library).Upgrade(context.Background(), "head")
	return err
}

// TestKilled kills a process at random moments while it rebuilds a table of
// 200,000 rows. Each time the database is whole, in the state that its history
// names, and a second run ends what the first began.
func TestKilled(t *testing.T) {
	template := filepath.Join(t.TempDir(), "template.db")
	db := open(t, template+"?_foreign_keys=1")
	states := map[string]string{}
	for _, r := range library {
		upgrade(t, db, library, r.ID, r.ID)
		states[history(t, db)] = digest(t, db)
		if r.ID == "k1" {
			poolOf(t, db).Close()
			copyFile(t, template, template+".k1")
			db = open(t, template+"?_foreign_keys=1")
		}
	}
	random := rand.New(rand.NewPCG(2026, 11))
	// How long it takes is measured where the process is killed: at its end.
	whole := kill(t, template+".k1", "delete", time.Hour).took
	ended := map[string]int{}
	for i := range *kills {
		mode := []string{"delete", "wal"}[i%2]
		after := time.Duration(random.Int64N(2 * int64(whole))) // the machine may be busier by then
		victim := kill(t, template+".k1", mode, after)
		t.Run(fmt.Sprintf("%s after %s", mode, after), func(t *testing.T) {
			db := open(t, victim.path+"?_foreign_keys=1")
			applied := history(t, db)
			ended[fmt.Sprintf("at %q, in the middle of writing %t", applied, victim.unfinished)]++
			if got := digest(t, db); got != states[applied] {
				t.Errorf("at %q:\n%s\nwant:\n%s", applied, got, states[applied])
			}
			if _, err := migrate.New(db, library).Upgrade(t.Context(), "head"); err != nil {
				t.Errorf("again: %v", err)
			}
			if got := digest(t, db); got != states["k1 k2 k3"] {
				t.Errorf("again:\n%s\nwant:\n%s", got, states["k1 k2 k3"])
			}
			poolOf(t, db).Close()
		})
		removeAll(t, victim.path)
	}
	t.Logf("killed %d times within %s: %v", *kills, whole, ended)
}

// victim is what is left of a process that was killed.
type victim struct {
	path string
	took time.Duration
	// unfinished says that it left a journal behind.
	unfinished bool
}

// kill starts an upgrade of a copy of a database, and kills it some time after
// it has begun, if it has not ended by then.
func kill(t *testing.T, template, mode string, after time.Duration) victim {
	t.Helper()
	v := victim{path: filepath.Join(t.TempDir(), "killed.db")}
	copyFile(t, template, v.path)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := osexec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), killed+"="+v.path+"?_foreign_keys=1&_journal_mode="+mode)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	begun := bufio.NewReader(out)
	if line, err := begun.ReadString('\n'); line != "now\n" {
		t.Fatalf("the process does not begin: %q, %v, %s", line, err, &stderr)
	}
	start := time.Now()
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	_, _ = io.Copy(io.Discard, begun) // ends with the process
	v.took = time.Since(start)
	if err := cmd.Wait(); err != nil && v.took < after {
		t.Fatalf("the process failed by itself: %v\n%s", err, &stderr)
	}
	for _, journal := range []string{"-journal", "-wal"} {
		if info, err := os.Stat(v.path + journal); err == nil && info.Size() > 0 {
			v.unfinished = true
		}
	}
	return v
}

// digest says what a database holds, without times, and fails the test where it
// is not whole.
func digest(t *testing.T, db *gorm.DB) string {
	t.Helper()
	equal(t, "integrity_check", strings.Join(rows(t, db, "PRAGMA integrity_check"), " "), `"ok"`)
	equal(t, "foreign_key_check", strings.Join(rows(t, db, "PRAGMA foreign_key_check"), " "), "")
	var b strings.Builder
	for _, query := range []string{
		"SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name",
		"SELECT * FROM sqlite_sequence",
		"SELECT count(*), sum(id), sum(id * length(title)), sum(id * ifnull(pages, 1000)), sum(parent_id) FROM books",
		"SELECT id, title FROM books WHERE id % 20011 = 7",
		"SELECT count(*), sum(id) FROM long",
	} {
		fmt.Fprintln(&b, strings.Join(rows(t, db, query), "\n"))
	}
	return b.String()
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// removeAll removes a database, so that many do not fill the disk.
func removeAll(t *testing.T, path string) {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if err := os.Remove(file); err != nil {
			t.Error(err)
		}
	}
}
