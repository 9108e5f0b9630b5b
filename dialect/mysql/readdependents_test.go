package mysql

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

// TestRememberedDependents: views and triggers that were read once are those that
// are there, whatever the steps between have done to them.
func TestRememberedDependents(t *testing.T) {
	_, conn := open(t)
	exec(t, conn,
		"CREATE TABLE a (n int)", "CREATE TABLE b (n int, x int)", "CREATE TABLE c (n int, x int)",
		"CREATE TRIGGER on_a AFTER INSERT ON a FOR EACH ROW UPDATE b SET x = 1",
		"CREATE TRIGGER on_c BEFORE INSERT ON c FOR EACH ROW SET NEW.x = 1")
	q, err := Dialect{}.Remember(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		op      op.Operation
		refused string
	}{
		{op.DropColumn{Table: "b", Column: "x"}, `trigger "on_a"`},
		{op.DropTable{Name: "a"}, ""},
		{op.DropColumn{Table: "b", Column: "x"}, ""},
		{op.DropColumn{Table: "c", Column: "x"}, `trigger "on_c"`},
		{op.RenameTable{From: "c", To: "d"}, ""},
		{op.DropColumn{Table: "d", Column: "x"}, `trigger "on_c"`},
		{op.CreateView{Name: "v", SQL: "SELECT n FROM b"}, ""},
		{op.DropTable{Name: "b"}, `view "v"`},
		{op.DropView{Name: "v"}, ""},
		{op.DropTable{Name: "b"}, ""},
	} {
		planned, err := Dialect{}.Plan(t.Context(), q, op.List{step.op})
		if step.refused != "" {
			if err == nil || !strings.Contains(err.Error(), step.refused) {
				t.Errorf("%s: got %v, want a refusal for the %s", step.op, err, step.refused)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", step.op, err)
		}
		for _, s := range planned.Statements {
			exec(t, conn, s.SQL)
		}
	}
}
