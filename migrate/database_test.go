package migrate_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// A revision for another database is refused before anything of the path runs.
func TestRevisionForAnotherDatabase(t *testing.T) {
	db := open(t, tempFile(t))
	revisions := op.Revisions{
		{ID: "aa", Message: "plain", Up: op.List{op.CreateTable{Name: "a", Columns: []op.Column{{Name: "id", Type: op.Int(64)}}}}, Down: op.List{op.DropTable{Name: "a"}}},
		{
			ID: "bb", Parents: []string{"aa"}, Message: "raw", Database: "postgres",
			Up:   op.List{op.AddColumn{Table: "a", Column: op.Column{Name: "data", Type: op.Raw("jsonb")}}},
			Down: op.List{op.DropColumn{Table: "a", Column: "data"}},
		},
	}
	m := migrate.New(db, revisions)
	_, err := m.Upgrade(t.Context(), "head")
	if !errors.Is(err, migrate.ErrOtherDatabase) {
		t.Fatalf("the error is %v, want ErrOtherDatabase", err)
	}
	for _, text := range []string{`"bb" (raw) is for postgres`, "step 1, add column a.data", "raw type jsonb", "this is sqlite"} {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("the error does not say %q: %v", text, err)
		}
	}
	if status, err := m.Status(t.Context()); err != nil || len(status.Pending()) != 2 {
		t.Errorf("something ran: %+v, %v", status, err)
	}
	if result, err := m.Upgrade(t.Context(), "aa"); err != nil || len(result.Done) != 1 {
		t.Errorf("what comes before it is refused too: %v", err)
	}
	revisions[1].Database = "sqlite"
	if _, err := migrate.New(db, revisions).Upgrade(t.Context(), "head"); err != nil {
		t.Errorf("its own database refuses it: %v", err)
	}
}
