package sqlite

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// TestPlainToGeneratedAndBack: whether the database computes a column stands in
// op.Column.Generated or, from a model's type tag, in the text of the type. The
// values that it had computed stay in a column that becomes plain.
func TestPlainToGeneratedAndBack(t *testing.T) {
	plain := column("g", op.Int(64))
	full := op.Column{Name: "g", Type: op.Int(64), NotNull: true}
	for name, generated := range map[string]op.Column{
		"raw stored":       column("g", op.Raw("integer GENERATED ALWAYS AS (a * 3) STORED")),
		"raw virtual":      column("g", op.Raw("integer AS (a * 3)")),
		"generated":        {Name: "g", Type: op.Int(64), Generated: op.Generated{Expr: "a * 3", Stored: true}},
		"raw and not null": {Name: "g", Type: op.Raw("integer GENERATED ALWAYS AS (a * 3) STORED"), NotNull: true},
	} {
		t.Run(name, func(t *testing.T) {
			conn := openMemory(t)
			exec(t, conn, "CREATE TABLE t (id integer PRIMARY KEY, a integer, g integer)", "INSERT INTO t VALUES (1, 10, 7), (2, 20, NULL)")
			want := func(want ...string) {
				t.Helper()
				if diff := cmp.Diff(want, dump(t, conn, "SELECT id, a, g FROM t ORDER BY id")); diff != "" {
					t.Errorf("rows:\n%s", diff)
				}
			}
			mustMigrate(t, conn, op.AlterColumn{Table: "t", From: plain, To: generated})
			want("1|10|30", "2|20|60")
			mustMigrate(t, conn, op.Exec{SQL: "UPDATE t SET a = 5 WHERE id = 2"})
			want("1|10|30", "2|5|15")
			mustMigrate(t, conn, op.AlterColumn{Table: "t", From: generated, To: plain}, op.Exec{SQL: "UPDATE t SET g = 1 WHERE id = 2"})
			want("1|10|30", "2|5|1")
			// There and back in one rebuild, with a backfill for values that are missing.
			mustMigrate(t, conn, op.AlterColumn{Table: "t", From: plain, To: generated},
				op.AlterColumn{Table: "t", From: generated, To: full, Backfill: op.Literal(0)})
			mustMigrate(t, conn, op.AlterColumn{Table: "t", From: full, To: generated})
			mustMigrate(t, conn, op.AlterColumn{Table: "t", From: generated, To: full, Backfill: op.Literal(0)})
			want("1|10|30", "2|5|15")
			// A column that the same step has made has no values yet.
			mustMigrate(t, conn, op.DropColumn{Table: "t", Column: "g"})
			mustMigrate(t, conn, op.AddColumn{Table: "t", Column: generated}, op.AlterColumn{Table: "t", From: generated, To: plain})
			want("1|10|<nil>", "2|5|<nil>")
			// A new column that is computed takes no backfill.
			mustMigrate(t, conn, op.DropColumn{Table: "t", Column: "g"})
			mustMigrate(t, conn, op.AddColumn{Table: "t", Column: generated, Backfill: op.Literal(0)})
			want("1|10|30", "2|5|15")
		})
	}
}
