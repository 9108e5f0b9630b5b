package conformance

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestOtherDatabase has the tables of a model set in another database of the
// MySQL server than the connection's (TableName "other.parts"). GORM's driver
// makes them there once and fails at its second start (section 1.6 of
// reference/gorm-ddl.md); for us it is a database like any other, but that
// nothing is tried out in it.
func TestOtherDatabase(t *testing.T) {
	s := newServer(t, "mysql")
	here, scratch, there := s.open(t, gorm.Config{}), s.open(t, gorm.Config{}), s.open(t, gorm.Config{})
	prefix := there.Migrator().CurrentDatabase() + "."
	models := []any{&QualifiedOwner{}, &QualifiedPart{}}
	config := gorm.Config{NamingStrategy: schema.NamingStrategy{TablePrefix: prefix}}
	pool, err := here.DB()
	if err != nil {
		t.Fatal(err)
	}
	db := onPool(t, pool, config)
	if err := db.AutoMigrate(models...); err != nil {
		t.Fatal(err)
	}
	want := read(t, there)
	nothing := func(when string, revisions op.Revisions) {
		t.Helper()
		plan, err := autogen.Compare(t.Context(), autogen.Options{DB: db, Scratch: scratch, Models: models, Revisions: revisions})
		if err != nil {
			t.Fatalf("%s: %v", when, err)
		}
		if !plan.Empty() || plan.Unmanaged != nil || plan.Incomparable != nil {
			t.Errorf("%s, autogenerate is not silent: %v %v %v", when, plan.Up, plan.Unmanaged, plan.Incomparable)
		}
	}
	nothing("after AutoMigrate", nil)
	if err := there.Migrator().DropTable("qualified_parts", "qualified_owners"); err != nil {
		t.Fatal(err)
	}
	result, err := autogen.Generate(t.Context(), autogen.Options{DB: db, Scratch: scratch, Models: models, Dir: folder(t)})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(result.NotVerified, "in another database") || strings.Contains(result.NotVerified, "nothing was written") {
		t.Errorf("not verified: %q", result.NotVerified)
	}
	if left := read(t, there); len(left) > 0 {
		t.Errorf("trying out the revision has left %v", left)
	}
	revisions := op.Revisions{result.Revision}
	if _, err := migrate.New(db, revisions).Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, read(t, there)); diff != "" {
		t.Errorf("not the schema of AutoMigrate (-AutoMigrate +ours):\n%s", diff)
	}
	nothing("after the upgrade", revisions)
	if _, err := migrate.New(db, revisions).Downgrade(t.Context(), "base"); err != nil {
		t.Fatal(err)
	}
	if left := read(t, there); len(left) > 0 {
		t.Errorf("downgraded to base, there is still %v", left)
	}
}
