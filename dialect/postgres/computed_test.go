package postgres

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// What is computed from a column steps aside while its type changes, with what
// stands on it.
func TestTypeBelowComputedColumns(t *testing.T) {
	db := open(t)
	run(t, db.conn, `CREATE TABLE t (id int PRIMARY KEY, b int, g bigint GENERATED ALWAYS AS (b * 2) STORED NOT NULL CONSTRAINT c CHECK (g < 1000),
		h text COLLATE "POSIX" GENERATED ALWAYS AS ((b + id)::text) STORED UNIQUE, plain int)`,
		"CREATE INDEX i ON t (g, plain)", "CREATE INDEX j ON t ((g + 1)) WHERE g > 0", "COMMENT ON COLUMN t.g IS 'twice'",
		"CREATE TABLE u (h text REFERENCES t (h))", "INSERT INTO t (id, b) VALUES (1, 2)")
	look := func() []string {
		return slices.Sorted(slices.Values(rowsOf(t, db.conn, `SELECT format('%s %s %s %s %s %s', attname, attnotnull, attcollation::regcollation, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum), attgenerated)
			FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = 't'::regclass AND attnum > 0 AND NOT attisdropped
			UNION ALL SELECT conname::text || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid IN ('t'::regclass, 'u'::regclass)
			UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename IN ('t', 'u') UNION ALL SELECT format('%s %s %s', b, g, h COLLATE "C") FROM t`)))
	}
	before := look()
	mustMigrate(t, db.conn, op.AlterColumn{Table: "t", From: op.Column{Name: "b", Type: op.Int(32)}, To: op.Column{Name: "b", Type: op.Int(64)}})
	if d := cmp.Diff(before, look()); d != "" {
		t.Errorf("(-before +after):\n%s", d)
	}
	if got := rowsOf(t, db.conn, "SELECT atttypid::regtype::text FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'b'"); !cmp.Equal(got, []string{"bigint"}) {
		t.Errorf("the type is %v", got)
	}
}

// A computed column that becomes an ordinary one of another type is not in its
// own way.
func TestComputedColumnBecomesPlain(t *testing.T) {
	db := open(t)
	run(t, db.conn, "CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a + 1) STORED)", "INSERT INTO t (a) VALUES (1)")
	stored := op.Column{Name: "g", Type: op.Int(32), Generated: op.Generated{Expr: "a + 1", Stored: true}}
	plain := op.Column{Name: "g", Type: op.Int(64)}
	mustMigrate(t, db.conn, op.AlterColumn{Table: "t", From: stored, To: plain})
	run(t, db.conn, "UPDATE t SET g = g + 10000000000")
	if d := cmp.Diff([]string{"10000000002"}, rowsOf(t, db.conn, "SELECT g FROM t")); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	mustMigrate(t, db.conn, op.AlterColumn{Table: "t", From: plain, To: stored})
	if d := cmp.Diff([]string{"2"}, rowsOf(t, db.conn, "SELECT g AS computed FROM t")); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
