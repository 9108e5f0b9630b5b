package postgres

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// An exclusion constraint of somebody's is read, and can be made again, as the
// copy of a schema needs.
func TestExclusionConstraints(t *testing.T) {
	db := open(t)
	run(t, db.conn, `CREATE TABLE ts (id bigint, n bigint, CONSTRAINT exc EXCLUDE USING btree (n WITH =) WHERE (id > 0))`)
	before, err := Dialect{}.Inspect(context.Background(), db.conn)
	if err != nil {
		t.Fatal(err)
	}
	if len(before.Tables) != 1 || len(before.Tables[0].Indexes) != 1 || before.Tables[0].Indexes[0].Method != exclusion {
		t.Fatalf("read %+v, want one table with one exclusion constraint", before)
	}
	run(t, db.conn, `DROP TABLE ts`)
	if _, err := migrate(db.conn, op.CreateTable(before.Tables[0])); err != nil {
		t.Fatal(err)
	}
	after, err := Dialect{}.Inspect(context.Background(), db.conn)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("made again, it is another (-before +after):\n%s", diff)
	}
}
