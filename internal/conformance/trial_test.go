package conformance

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// trial holds one row to AutoMigrate on one kind of database.
type trial struct {
	testing.TB
	row    row
	server *server
	// foreign says that both refused words of another database.
	foreign bool
	// carried says that a revision that was generated on SQLite made the schema.
	carried bool
	// problems are what was found.
	problems []string
}

func (t *trial) problem(format string, args ...any) {
	t.problems = append(t.problems, fmt.Sprintf(format, args...))
}

func (t *trial) run() {
	known, ok := t.row.on[t.server.dialect]
	if !ok && t.row.home != "" && t.row.home != t.server.dialect {
		t.abroad()
		return
	}
	switch {
	case !ok:
		t.equals(t.row.autoMigrate)
	case known.refuses != "":
		t.gormErrs(known)
		t.refuses(known.refuses)
	default:
		t.gormErrs(known)
		t.equals(known.right)
	}
}

// refuses makes sure that nothing is written, for a reason in words like these;
// or, where there is no place to try the revision out, that it is refused when
// it is run.
func (t *trial) refuses(words string) {
	o := autogen.Options{DB: t.open(), Scratch: t.scratch(), Models: t.row.models, Dir: folder(t)}
	result, err := autogen.Generate(t.Context(), o)
	if err == nil && result.NotVerified != "" {
		result.File = ""
		_, err = migrate.New(o.DB, op.Revisions{result.Revision}).Upgrade(t.Context(), "head")
	}
	if err == nil || !strings.Contains(err.Error(), words) {
		t.problem("our error is %v, want one with %q", err, words)
	}
	if result.File != "" {
		t.problem("refused, and %s is written", result.File)
	}
}

// abroad holds a row in words of another database.
func (t *trial) abroad() {
	db := t.open()
	if err := t.row.autoMigrate(db); err == nil {
		t.equals(t.row.autoMigrate)
		return
	}
	t.foreign = true
	stmt := &gorm.Statement{DB: db}
	if err := stmt.Parse(t.row.models[0]); err != nil {
		t.Fatal(err)
	}
	// Either the step is named or what stands in it.
	t.refuses("table " + stmt.Schema.Table)
}

// gormErrs makes sure that the bug is still there.
func (t *trial) gormErrs(known bug) {
	db := t.open()
	err := t.row.autoMigrate(db)
	switch {
	case known.fails != "" && (err == nil || !regexp.MustCompile(known.fails).MatchString(err.Error())):
		t.problem("AutoMigrate's error is %v, want one with %q", err, known.fails)
	case known.fails == "" && err != nil:
		t.problem("AutoMigrate fails: %v", err)
	case known.fails == "" && known.right != nil:
		right := t.open()
		if err := known.right(right); err != nil {
			t.problem("making it right: %v", err)
		} else if cmp.Equal(read(t, db), read(t, right)) {
			t.problem("AutoMigrate makes the right schema: the bug is gone, and the exception can go")
		}
	}
}

// equals holds the row to what the oracle makes.
func (t *trial) equals(oracle func(*gorm.DB) error) {
	auto := t.open()
	if err := oracle(auto); err != nil {
		t.problem("AutoMigrate: %v", err)
		// Ours is worth a look all the same.
		auto = nil
	}
	var want []string
	if auto != nil {
		want = read(t, auto)
		t.nothing("after AutoMigrate", autogen.Options{DB: auto})
		t.fromSQLite(want)
		// At the second start GORM's drivers alter some tables, in words of
		// their own. Where they cannot, that is no matter of ours.
		if err := oracle(auto); err == nil && t.row.once[t.server.dialect] == "" && !cmp.Equal(want, read(t, auto)) {
			t.nothing("after AutoMigrate, the second time", autogen.Options{DB: auto})
		}
	}

	db := t.open()
	before := t.begun(db)
	o := autogen.Options{DB: db, Scratch: t.scratch(), Models: t.row.models, Dir: folder(t)}
	result, err := autogen.Generate(t.Context(), o)
	if err != nil {
		t.problem("generating: %v", err)
		return
	}
	if result.Plan.Unmanaged != nil || result.Plan.Incomparable != nil {
		t.problem("on an empty database: unmanaged %v, incomparable %v", result.Plan.Unmanaged, result.Plan.Incomparable)
	}
	if result.Verified == "" {
		t.problem("not verified: %s", result.NotVerified)
	}
	revisions := op.Revisions{result.Revision}
	migrator := migrate.New(db, revisions)
	for _, again := range []string{"", ", the second time"} {
		if _, err := migrator.Upgrade(t.Context(), "head"); err != nil {
			t.problem("upgrading%s: %v", again, err)
			return
		}
		if diff := cmp.Diff(want, read(t, db)); diff != "" && auto != nil {
			t.problem("not the schema of AutoMigrate%s (-AutoMigrate +ours):\n%s", again, diff)
		}
		if again == "" {
			t.nothing("after the upgrade", autogen.Options{DB: db, Revisions: revisions})
		}
		if _, err := migrator.Downgrade(t.Context(), "base"); err != nil {
			t.problem("downgrading%s: %v", again, err)
			return
		}
		if again != "" {
			continue // as before
		}
		if diff := cmp.Diff(before, read(t, db)); diff != "" {
			t.problem("downgraded to base, it is not what it was:\n%s", diff)
		}
	}
	o.Revisions, o.From = revisions, autogen.FromRevisions
	t.nothing("from the revisions alone", o)
}

// fromSQLite runs the revision that is generated on SQLite on an empty database
// of this kind: it makes what AutoMigrate makes here, or it says that it is for
// SQLite only and is refused.
func (t *trial) fromSQLite(want []string) {
	if _, excepted := t.row.on["sqlite"]; excepted || t.server.dialect == "sqlite" || t.row.home != "" {
		return
	}
	lite := (&trial{TB: t, row: t.row, server: newServer(t, "sqlite")}).open()
	result, err := autogen.Generate(t.Context(), autogen.Options{DB: lite, Models: t.row.models, Dir: folder(t), NoVerify: true})
	if err != nil {
		t.problem("generating on SQLite: %v", err)
		return
	}
	db := t.open()
	before := t.begun(db)
	_, err = migrate.New(db, op.Revisions{result.Revision}).Upgrade(t.Context(), "head")
	if only := result.Revision.Database; only != "" {
		// It has words of one database and says so.
		if only != "sqlite" || !errors.Is(err, migrate.ErrOtherDatabase) || !strings.Contains(err.Error(), "(step ") || !cmp.Equal(before, read(t, db)) {
			t.problem("a revision for %s gives the error %v, want one that names the step, and nothing done", only, err)
		}
		return
	}
	var diff string
	if err == nil {
		diff = cmp.Diff(want, read(t, db))
	}
	t.carried = err == nil && diff == ""
	if elsewhere[t.row.name] != "" {
		return
	}
	if err != nil {
		t.problem("upgrading with a revision from SQLite: %v", err)
	}
	if diff != "" {
		t.problem("a revision from SQLite does not make the schema of AutoMigrate (-AutoMigrate +ours):\n%s", diff)
	}
}

// begun returns the catalogue that a row begins with.
func (t *trial) begun(db *gorm.DB) []string {
	if t.row.setUp == nil {
		return nil
	}
	return read(t, db)
}

// nothing is a problem where autogenerate has anything to say.
func (t *trial) nothing(when string, o autogen.Options) {
	o.Models = t.row.models
	plan, err := autogen.Compare(t.Context(), o)
	if err != nil {
		t.problem("%s: %v", when, err)
		return
	}
	if d := cmp.Diff(diff.Plan{}, plan); d != "" {
		t.problem("%s, autogenerate is not silent:\n%s", when, d)
	}
}

// scratch returns a database to verify on, where the live one is none.
func (t *trial) scratch() *gorm.DB {
	if t.server.dialect == "mysql" || t.server.dialect == "postgres" && t.row.scratch {
		return t.open()
	}
	return nil
}

func (t *trial) open() *gorm.DB {
	db := t.server.openWith(t, t.row.config, t.row.mysql)
	if t.row.setUp != nil {
		if err := t.row.setUp(db); err != nil {
			t.Fatal(err)
		}
	}
	if t.row.session != nil {
		db = t.row.session(db)
	}
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
