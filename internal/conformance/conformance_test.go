package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// row is a set of models.
type row struct {
	name   string
	models []any
	config gorm.Config
	// setUp is called on each database that is opened.
	setUp func(*gorm.DB) error
	// once says why AutoMigrate is not run a second time, where it is not.
	once string
	// known is a bug of GORM's, or nil.
	known *bug
}

// bug is what GORM does with a row instead of what it should.
type bug struct {
	// source is the issue, or the section of reference/gorm-ddl.md that
	// measured it.
	source string
	// fails is a part of AutoMigrate's error. Empty: it makes the wrong schema.
	fails string
	// refuses is a part of our error. Empty: we make the schema that AutoMigrate
	// makes of the models in right.
	refuses string
	right   []any
}

// GORM's parser prints its errors, which are wanted here, to a global logger.
func TestMain(m *testing.M) {
	logger.Default = logger.Discard
	m.Run()
}

func TestConformance(t *testing.T) {
	rows := table()
	names := map[string]bool{}
	var report strings.Builder
	equal, known := 0, 0
	for _, r := range rows {
		if names[r.name] {
			t.Errorf("two rows are called %q", r.name)
		}
		names[r.name] = true
		ok := t.Run(r.name, r.test)
		verdict := "DIFFERS"
		switch {
		case ok && r.known != nil:
			known++
			verdict = "known GORM bug: " + r.known.source
		case ok:
			equal++
			verdict = "equal"
		}
		fmt.Fprintf(&report, "%-34s %s\n", r.name, verdict)
	}
	t.Logf("\n%srows run %d, equal %d, known GORM bug %d, unexplained %d", &report, len(rows), equal, known, len(rows)-equal-known)
}

func (r row) test(t *testing.T) {
	switch {
	case r.known == nil:
		r.equals(t, r.models)
	case r.known.refuses != "":
		r.gormErrs(t)
		_, err := autogen.Generate(t.Context(), autogen.Options{DB: r.open(t), Models: r.models, Dir: folder(t)})
		if err == nil || !strings.Contains(err.Error(), r.known.refuses) {
			t.Errorf("our error is %v, want one with %q", err, r.known.refuses)
		}
	default:
		r.gormErrs(t)
		r.equals(t, r.known.right)
	}
}

// gormErrs makes sure that the bug is still there.
func (r row) gormErrs(t *testing.T) {
	t.Helper()
	db := r.open(t)
	err := db.AutoMigrate(r.models...)
	switch {
	case r.known.fails != "" && (err == nil || !strings.Contains(err.Error(), r.known.fails)):
		t.Errorf("AutoMigrate's error is %v, want one with %q", err, r.known.fails)
	case r.known.fails == "" && err != nil:
		t.Errorf("AutoMigrate fails: %v", err)
	case r.known.fails == "" && r.known.right != nil:
		right := r.open(t)
		if err := right.AutoMigrate(r.known.right...); err != nil {
			t.Fatal(err)
		}
		if cmp.Equal(catalogue(t, db), catalogue(t, right)) {
			t.Error("AutoMigrate makes the right schema: the bug is gone, and the exception can go")
		}
	}
}

// equals holds the row to what AutoMigrate makes of the oracle's models.
func (r row) equals(t *testing.T, oracle []any) {
	auto := r.open(t)
	if err := auto.AutoMigrate(oracle...); err != nil {
		t.Fatal(err)
	}
	want := catalogue(t, auto)
	r.nothing(t, "after AutoMigrate", autogen.Options{DB: auto})
	// At the second start GORM's driver rebuilds some tables, in words of its
	// own. Where it cannot, that is no matter of ours.
	if err := auto.AutoMigrate(oracle...); err == nil && r.once == "" {
		r.nothing(t, "after AutoMigrate, the second time", autogen.Options{DB: auto})
	}

	db := r.open(t)
	result, err := autogen.Generate(t.Context(), autogen.Options{DB: db, Models: r.models, Dir: folder(t)})
	if err != nil {
		t.Fatal(err)
	}
	if result.Plan.Unmanaged != nil || result.Plan.Incomparable != nil {
		t.Errorf("on an empty database: unmanaged %v, incomparable %v", result.Plan.Unmanaged, result.Plan.Incomparable)
	}
	revisions := op.Revisions{result.Revision}
	migrator := migrate.New(db, revisions)
	for _, again := range []string{"", ", the second time"} {
		if _, err := migrator.Upgrade(t.Context(), "head"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, catalogue(t, db)); diff != "" {
			t.Errorf("not the schema of AutoMigrate%s (-AutoMigrate +ours):\n%s", again, diff)
		}
		r.nothing(t, "after the upgrade"+again, autogen.Options{DB: db, Revisions: revisions})
		if _, err := migrator.Downgrade(t.Context(), "base"); err != nil {
			t.Fatal(err)
		}
		left := reader{t, db}.rows("SELECT type, name FROM sqlite_master WHERE name <> 'sqlite_sequence'")
		if len(left) > 0 {
			t.Errorf("downgraded to base, there is still %v", left)
		}
	}
	r.nothing(t, "from the revisions alone", autogen.Options{DB: r.open(t), Revisions: revisions, From: autogen.FromRevisions})
}

// nothing fails the test where autogenerate has anything to say.
func (r row) nothing(t *testing.T, when string, o autogen.Options) {
	t.Helper()
	o.Models = r.models
	plan, err := autogen.Compare(t.Context(), o)
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	if d := cmp.Diff(diff.Plan{}, plan); d != "" {
		t.Errorf("%s, autogenerate is not silent:\n%s", when, d)
	}
}

func (r row) open(t testing.TB) *gorm.DB {
	t.Helper()
	db := openFile(t, r.config)
	if r.setUp != nil {
		if err := r.setUp(db); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// openFile returns an empty database in a file of its own, and with an empty
// cache of models.
func openFile(t testing.TB, config gorm.Config) *gorm.DB {
	t.Helper()
	config.Logger = logger.Discard
	// Without waiting for the disk, which no test here cuts off.
	db, err := gorm.Open(sqlite.Open(filepath.Join(t.TempDir(), "test.db")+"?_synchronous=OFF&_foreign_keys=on"), &config)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	return db
}

// folder returns an empty migrations package.
func folder(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	source := "package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\nvar Revisions op.Revisions\n"
	if err := os.WriteFile(filepath.Join(dir, "migrations.go"), []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}
