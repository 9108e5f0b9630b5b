package mysql

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/internal/schematest"
	"github.com/go-limbeck/limbeck/op"
)

func createAll(t tester, conn *sql.Conn, s op.Schema) {
	t.Helper()
	plan, err := diff.Compare(op.Schema{}, s, diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustMigrate(t, conn, plan.Up...)
}

// TestPropertyRoundTrip holds law 2 on the server: up leads to the second
// schema, down back to the first, and what is read is what was said.
func TestPropertyRoundTrip(t *testing.T) {
	_, conn := open(t)
	rapid.Check(t, func(t *rapid.T) {
		empty(t, conn)
		a := schematest.ForMySQL(schematest.Schema(t))
		b := schematest.ForMySQL(schematest.Change(t, a))
		createAll(t, conn, a)
		same(t, "created", a, inspect(t, conn, a))
		first := shown(t, conn)
		plan, err := diff.Compare(a, b, diff.Options{Owned: a})
		if err != nil {
			t.Fatal(err)
		}
		up := mustMigrate(t, conn, plan.Up...)
		want, err := plan.Up.Apply(a)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "up", want, inspect(t, conn, want))
		down, err := migrate(conn, plan.Down...)
		if err != nil {
			t.Fatalf("%v\nafter up %q\ndown %q", err, up, down)
		}
		same(t, "down", a, inspect(t, conn, a))
		if d := cmp.Diff(unordered(first), unordered(shown(t, conn))); d != "" {
			t.Errorf("after up and down (-before +after):\n%s\nup %q\ndown %q", d, up, down)
		}
	})
}

func same(t tester, what string, want, got op.Schema) {
	t.Helper()
	byName := cmpopts.SortSlices(func(a, b op.Column) bool { return a.Name < b.Name })
	if d := cmp.Diff(want.Sorted(), got.Sorted(), cmpopts.EquateEmpty(), byName); d != "" {
		t.Errorf("%s (-words +inspected):\n%s", what, d)
	}
}

// unordered sorts the lines of each table: a column that was dropped and added
// again stands last.
func unordered(list []string) []string {
	var out []string
	for _, table := range list {
		out = append(out, slices.Sorted(strings.SplitSeq(table, "\n"))...)
	}
	return out
}
