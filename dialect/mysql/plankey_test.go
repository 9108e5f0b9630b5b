package mysql

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// TestIndexBelowAForeignKey adds and drops an index that may serve a foreign
// key, and the key above an index. Each time there is what the server makes of
// the whole table at once.
func TestIndexBelowAForeignKey(t *testing.T) {
	for _, test := range []struct {
		name    string
		index   op.Index
		columns []string // of the foreign key, x if none are given
	}{
		{name: "plain", index: op.Index{Columns: op.Columns("x")}},
		{name: "longer", index: op.Index{Columns: op.Columns("x", "y")}},
		{name: "other column first", index: op.Index{Columns: op.Columns("y", "x")}},
		{name: "descending", index: op.Index{Columns: []op.KeyPart{{Column: "x", Desc: true}}}},
		{name: "descending and longer", index: op.Index{Columns: []op.KeyPart{{Column: "x", Desc: true}, {Column: "y"}}}},
		{name: "descending behind", index: op.Index{Columns: []op.KeyPart{{Column: "x"}, {Column: "y", Desc: true}}}},
		{name: "unique", index: op.Index{Unique: true, Columns: op.Columns("x")}},
		{name: "unique and descending", index: op.Index{Unique: true, Columns: []op.KeyPart{{Column: "x", Desc: true}}}},
		{name: "unique over a whole text", index: op.Index{Unique: true, Columns: op.Columns("x", "long")}},
		{name: "unique over the beginning of a text", index: op.Index{Unique: true, Columns: []op.KeyPart{{Column: "x"}, {Column: "long", Length: 5}}}},
		{name: "beginning", index: op.Index{Columns: []op.KeyPart{{Column: "short", Length: 5}}}, columns: []string{"short"}},
		{name: "beginning that is all", index: op.Index{Columns: []op.KeyPart{{Column: "short", Length: 20}}}, columns: []string{"short"}},
		{name: "two", index: op.Index{Columns: op.Columns("x", "y")}, columns: []string{"x", "y"}},
		{name: "two, one descending", index: op.Index{Columns: []op.KeyPart{{Column: "x"}, {Column: "y", Desc: true}}}, columns: []string{"x", "y"}},
		{name: "two the other way round", index: op.Index{Columns: op.Columns("y", "x")}, columns: []string{"x", "y"}},
		{name: "one of two", index: op.Index{Columns: op.Columns("x")}, columns: []string{"x", "y"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, conn := open(t)
			x := test.index
			x.Name = "k"
			columns := test.columns
			if columns == nil {
				columns = []string{"x"}
			}
			target := op.Table{Name: "p", Columns: []op.Column{column("x", op.Int(64), true, false), column("y", op.Int(64), true, false), column("short", op.String(20), true, false)}}
			target.Indexes = []op.Index{{Name: "xy", Unique: true, Columns: op.Columns("x", "y")}, {Name: "s", Unique: true, Columns: op.Columns("short")}}
			key := op.ForeignKey{Name: "fk", Columns: columns, RefTable: "p", RefColumns: columns}
			child := func(keys []op.ForeignKey, indexes ...op.Index) op.CreateTable {
				return op.CreateTable{Name: "c", Columns: []op.Column{column("x", op.Int(64), false, false), column("y", op.Int(64), false, false),
					column("short", op.String(20), false, false), column("long", op.Text(), false, false)}, ForeignKeys: keys, Indexes: indexes}
			}
			keys := []op.ForeignKey{key}
			mustMigrate(t, conn, op.CreateTable(target))
			made := func(o op.CreateTable) []string {
				t.Helper()
				mustMigrate(t, conn, o)
				defer mustMigrate(t, conn, op.DropTable{Name: "c"})
				return unordered(shown(t, conn))
			}
			withKey, withIndex, withBoth := made(child(keys)), made(child(nil, x)), made(child(keys, x))
			lead := func(begin op.CreateTable, way op.Operation, there []string, wayBack op.Operation, back []string) {
				t.Helper()
				mustMigrate(t, conn, begin)
				for range 2 {
					mustMigrate(t, conn, way)
					if d := cmp.Diff(there, unordered(shown(t, conn))); d != "" {
						t.Errorf("after %q (-made at once +now):\n%s", way, d)
					}
					mustMigrate(t, conn, wayBack)
					if d := cmp.Diff(back, unordered(shown(t, conn))); d != "" {
						t.Errorf("after %q (-made at once +now):\n%s", wayBack, d)
					}
				}
				mustMigrate(t, conn, op.DropTable{Name: "c"})
			}
			lead(child(keys), op.CreateIndex{Table: "c", Index: x}, withBoth, op.DropIndex{Table: "c", Name: "k"}, withKey)
			lead(child(nil, x), op.AddForeignKey{Table: "c", ForeignKey: key}, withBoth, op.DropForeignKey{Table: "c", Name: "fk"}, withIndex)
		})
	}
}

// TestDescendingBelowAForeignKey: the servers disagree.
func TestDescendingBelowAForeignKey(t *testing.T) {
	x := op.Index{Columns: []op.KeyPart{{Column: "x", Desc: true}, {Column: "y"}}}
	for version, want := range map[string]bool{"8.0.36": false, "5.7.44": true, "10.11.2-MariaDB": true, "10.6.12-MariaDB": true} {
		if got := newServer(version, "").leads(x, []string{"x"}); got != want {
			t.Errorf("%s: %v", version, got)
		}
	}
}
