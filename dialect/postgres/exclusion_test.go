package postgres

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// An exclusion constraint of somebody's is read, and can be made again, as the
// copy of a schema needs.
func TestExclusionConstraints(t *testing.T) {
	db := open(t)
	run(t, db.conn, `CREATE TABLE ts (id bigint, n bigint, CONSTRAINT exc EXCLUDE USING btree (n WITH =) WHERE (id > 0))`)
	before := mustInspect(t, db.conn)
	if len(before.Tables) != 1 || len(before.Tables[0].Indexes) != 1 || before.Tables[0].Indexes[0].Method != op.Exclusion {
		t.Fatalf("read %+v, want one table with one exclusion constraint", before)
	}
	run(t, db.conn, `DROP TABLE ts`)
	mustMigrate(t, db.conn, op.CreateTable(before.Tables[0]))
	after := mustInspect(t, db.conn)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("made again, it is another (-before +after):\n%s", diff)
	}
}

// One that revisions made by hand can be dropped and made again alone.
func TestExclusionConstraintAlone(t *testing.T) {
	db := open(t)
	run(t, db.conn, `CREATE SCHEMA shop`)
	for _, table := range []string{"ts", "shop.ts"} {
		mustMigrate(t, db.conn, op.CreateTable{Name: table, Columns: []op.Column{{Name: "id", Type: op.Int(64)}, {Name: "n", Type: op.Int(64)}}})
		x := op.Index{Name: "exc", Method: op.Exclusion, Columns: []op.KeyPart{{Expr: "EXCLUDE USING btree (n WITH =) WHERE ((id > 0))"}}}
		words := op.Schema{Tables: []op.Table{{Name: table}}}
		made := func() []op.Index {
			t.Helper()
			s := mustInspect(t, db.conn, words)
			return s.Table(table).Indexes
		}
		for range 2 {
			mustMigrate(t, db.conn, op.CreateIndex{Table: table, Index: x})
			if diff := cmp.Diff([]op.Index{x}, made()); diff != "" {
				t.Errorf("made (-want +got):\n%s", diff)
			}
			mustMigrate(t, db.conn, op.RenameIndex{Table: table, From: "exc", To: "other"}, op.RenameIndex{Table: table, From: "other", To: "exc"})
			mustMigrate(t, db.conn, op.DropIndex{Table: table, Name: "exc"})
			if left := made(); len(left) > 0 {
				t.Errorf("dropped, there is %v", left)
			}
		}
	}
}
