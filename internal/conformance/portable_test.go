package conformance

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestOneFile runs revisions that were generated on SQLite from empty on the
// other databases: they make there what AutoMigrate makes there, and nothing
// is left to do. Down leads back to empty.
func TestOneFile(t *testing.T) {
	type Book struct {
		ID    uint
		Title string `gorm:"size:100;not null"`
	}
	for _, set := range []struct {
		name   string
		models []any
	}{{"Book", []any{&Book{}}}, {"utils/tests", gormModels()}, {"store", store()}, {"cycle", []any{&Ping{}, &Pong{}}}, {"child before parent", childBeforeParent()}} {
		t.Run(set.name, func(t *testing.T) {
			revision := generatedOn(t, "sqlite", set.models)
			if revision.Database != "" {
				t.Errorf("it is for %s only", revision.Database)
			}
			for _, dialect := range []string{"postgres", "mysql"} {
				t.Run(dialect, func(t *testing.T) { runsOn(t, dialect, revision, set.models) })
			}
		})
	}
}

func generatedOn(t *testing.T, dialect string, models []any) op.Revision {
	t.Helper()
	db := newServer(t, dialect).open(t, gorm.Config{})
	result, err := autogen.Generate(t.Context(), autogen.Options{DB: db, Models: models, Dir: folder(t)})
	if err != nil {
		t.Fatal(err)
	}
	return result.Revision
}

func runsOn(t *testing.T, dialect string, revision op.Revision, models []any) {
	s := newServer(t, dialect)
	auto, db := s.open(t, gorm.Config{}), s.open(t, gorm.Config{})
	if err := keysLast(models...)(auto); err != nil {
		t.Fatal(err)
	}
	revisions := op.Revisions{revision}
	migrator := migrate.New(db, revisions)
	if _, err := migrator.Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(read(t, auto), read(t, db)); diff != "" {
		t.Errorf("not the schema of AutoMigrate (-AutoMigrate +ours):\n%s", diff)
	}
	plan, err := autogen.Compare(t.Context(), autogen.Options{DB: db, Models: models, Revisions: revisions})
	if err != nil {
		t.Fatal(err)
	}
	if !plan.Empty() || plan.Unmanaged != nil || plan.Incomparable != nil {
		t.Errorf("autogenerate is not silent: %v %v %v", plan.Up, plan.Unmanaged, plan.Incomparable)
	}
	if _, err := migrator.Downgrade(t.Context(), "base"); err != nil {
		t.Fatal(err)
	}
	if left := read(t, db); len(left) > 0 {
		t.Errorf("downgraded to base, there is still %v", left)
	}
}
