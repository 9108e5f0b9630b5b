package postgres

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// TestInspectKeyToPartitions: the server keeps a foreign key to a partitioned table
// a second time for each partition, on the table that has the key. Those are not
// the user's.
func TestInspectKeyToPartitions(t *testing.T) {
	db := open(t)
	run(t, db.conn, "CREATE TABLE big (id int PRIMARY KEY) PARTITION BY RANGE (id)", "CREATE TABLE big1 PARTITION OF big FOR VALUES FROM (1) TO (2)",
		"CREATE TABLE small (big_id int CONSTRAINT fk REFERENCES big)", "CREATE TABLE big2 PARTITION OF big FOR VALUES FROM (2) TO (3)")
	if n := rowsOf(t, db.conn, "SELECT count(*) FROM pg_constraint WHERE conrelid = 'small'::regclass")[0]; n != "3" {
		t.Fatalf("the server keeps %s keys, so this test proves nothing", n)
	}
	want := []op.ForeignKey{{Name: "fk", Columns: []string{"big_id"}, RefTable: "big", RefColumns: []string{"id"}}}
	got := mustInspect(t, db.conn)
	if d := cmp.Diff(want, got.Table("small").ForeignKeys); d != "" {
		t.Errorf("(-want +inspected):\n%s", d)
	}
}
