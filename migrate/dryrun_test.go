package migrate_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// sqlOf lists the revisions of a plan, each with its statements.
func sqlOf(list []migrate.Planned) []string {
	var lines []string
	for _, p := range list {
		lines = append(lines, "revision "+p.Revision.ID)
		for _, step := range p.Steps {
			for _, s := range step.Statements {
				lines = append(lines, s.SQL)
			}
		}
	}
	return lines
}

// TestDryRuns: what a dry run shows is what then runs, and it changes nothing.
func TestDryRuns(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres", "mysql"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			db, scratch := newClientDB(t, kind), newClientDB(t, kind)
			var ran []string
			m := migrate.New(db.DB, scripted).With(migrate.Options{Hooks: migrate.Hooks{AfterStep: func(_ context.Context, e migrate.Event) error {
				r, step := e.Revision, e.Step
				if len(ran) == 0 || ran[len(ran)-1] != "revision "+r.ID && !strings.Contains(strings.Join(ran, "\n"), "revision "+r.ID) {
					ran = append(ran, "revision "+r.ID)
				}
				for _, s := range step.Statements {
					ran = append(ran, s.SQL)
				}
				return nil
			}}})
			for _, step := range []struct {
				target string
				down   bool
			}{{"a1", false}, {"heads", false}, {"heads", false}, {"shop@base", true}, {"-1", true}, {"heads", false}, {"base", true}} {
				plan, work := m.PlanUpgrade, m.Upgrade
				if step.down {
					plan, work = m.PlanDowngrade, m.Downgrade
				}
				before := db.content(t)
				list, err := plan(t.Context(), step.target, scratch.DB)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(before, db.content(t)); diff != "" {
					t.Fatalf("the dry run to %s has changed something (-before +after):\n%s", step.target, diff)
				}
				ran = nil
				if _, err := work(t.Context(), step.target); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(ran, sqlOf(list)); diff != "" {
					t.Errorf("to %s (-ran +dry run):\n%s", step.target, diff)
				}
			}
		})
	}
}

// TestDryRunSeesWhatIsThere: on SQLite the copy has what no revision made, so
// that a rebuild keeps it.
func TestDryRunSeesWhatIsThere(t *testing.T) {
	db := newClientDB(t, "sqlite")
	m := migrate.New(db.DB, scripted)
	if _, err := m.Upgrade(t.Context(), "a1"); err != nil {
		t.Fatal(err)
	}
	exec(t, db.DB, "CREATE INDEX of_mine ON books (author_id)")
	read := func() []byte {
		content, err := os.ReadFile(db.client[1])
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	before := read()
	list, err := m.PlanUpgrade(t.Context(), "b2", nil)
	if err != nil || !strings.Contains(strings.Join(sqlOf(list), "\n"), "of_mine") {
		t.Errorf("%v, %q", err, sqlOf(list))
	}
	if !bytes.Equal(before, read()) {
		t.Error("the file has changed")
	}
}

// TestDryRunWithoutSQL: where there is nowhere to find the SQL out, the
// revisions are listed all the same.
func TestDryRunWithoutSQL(t *testing.T) {
	mysql, sqlite := newClientDB(t, "mysql"), newClientDB(t, "sqlite")
	wrong := op.Revisions{{ID: "w", Message: "wrong", Up: op.List{op.DropTable{Name: "none"}}}}
	for _, test := range []struct {
		db        *gorm.DB
		revisions op.Revisions
		want      string
	}{
		{mysql.DB, scripted[:2], "make an empty database"},
		{sqlite.DB, wrong, "no such table: none"},
	} {
		list, err := migrate.New(test.db, test.revisions).PlanUpgrade(t.Context(), "head", nil)
		if last := len(list) - 1; err != nil || last < 0 || len(list[last].Steps) > 0 || !strings.Contains(list[last].NoSQL, test.want) {
			t.Errorf("%+v, %v; want %s", list, err, test.want)
		}
	}
}

func TestDryRunRefuses(t *testing.T) {
	db := newClientDB(t, "sqlite")
	noDown := op.Revisions{{ID: "n1", Message: "no way back", Up: op.List{op.Exec{SQL: "SELECT 1"}}}}
	m := migrate.New(db.DB, noDown)
	if _, err := m.Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	if _, err := m.PlanDowngrade(t.Context(), "base", nil); !errors.Is(err, migrate.ErrNoDown) {
		t.Error(err)
	}
	if _, err := m.PlanUpgrade(t.Context(), "nowhere", nil); !errors.Is(err, migrate.ErrUnknownTarget) {
		t.Error(err)
	}
	other := op.Revisions{{ID: "o1", Message: "of another program", Up: op.List{op.Exec{SQL: "SELECT 1"}}}}
	if _, err := migrate.New(db.DB, other).PlanUpgrade(t.Context(), "head", nil); !errors.Is(err, migrate.ErrForeignRevision) {
		t.Error(err)
	}
	// Where nothing is to be done, it stands in nobody's way, as in an upgrade.
	if list, err := migrate.New(db.DB, nil).PlanUpgrade(t.Context(), "head", nil); err != nil || len(list) > 0 {
		t.Error(list, err)
	}
}

// TestDryRunOfUnfinished: what was begun is shown, and nothing else is.
func TestDryRunOfUnfinished(t *testing.T) {
	db := newClientDB(t, "sqlite")
	half := op.Revisions{{ID: "h1", Message: "half", NoTransaction: true, Up: op.List{
		op.Exec{SQL: "CREATE TABLE h (x)"}, op.Exec{SQL: "INSERT INTO nowhere VALUES (1)"},
	}, Down: op.List{op.Exec{SQL: "DROP TABLE h"}}}}
	m := migrate.New(db.DB, append(op.Revisions{{ID: "g1", Message: "before", Created: "2026", Up: op.List{op.Exec{SQL: "SELECT 1"}}}}, half...))
	if _, err := m.Upgrade(t.Context(), "h1"); err == nil {
		t.Fatal("it ran")
	}
	if list, err := m.PlanUpgrade(t.Context(), "h1", nil); err != nil || len(list) != 1 {
		t.Error(list, err)
	}
	for _, target := range []string{"g1", "base"} {
		plan := m.PlanUpgrade
		if target == "base" {
			plan = m.PlanDowngrade
		}
		if list, err := plan(t.Context(), target, nil); !errors.Is(err, migrate.ErrUnfinished) {
			t.Errorf("%s: %v, %v", target, list, err)
		}
	}
}

// TestDryRunOnAnotherKindOfScratch says what is wrong with it.
func TestDryRunOnAnotherKindOfScratch(t *testing.T) {
	db, scratch := newClientDB(t, "postgres"), newClientDB(t, "sqlite")
	list, err := migrate.New(db.DB, scripted[:1]).PlanUpgrade(t.Context(), "head", scratch.DB)
	const want = "the scratch database is sqlite, and the database that it stands for is postgres; name one of the same kind"
	if err != nil || len(list) != 1 || list[0].NoSQL != want {
		t.Errorf("%+v, %v; want %s", list, err, want)
	}
}
