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
