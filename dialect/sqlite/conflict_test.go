package sqlite

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// TestConflictOfNotNull: what NOT NULL does on conflict is a difference that is
// found, can be made and taken back, and comes back with a column.
func TestConflictOfNotNull(t *testing.T) {
	ignore := op.Column{Name: "a", Type: op.Raw("int NOT NULL ON CONFLICT IGNORE"), NotNull: true}
	plain := op.Column{Name: "a", Type: op.Raw("int"), NotNull: true}
	table := func(c op.Column) op.Schema {
		return op.Schema{Tables: []op.Table{{Name: "t", Columns: []op.Column{c, column("b", op.Raw("int"))}}}}
	}
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE t (a int CONSTRAINT nn NOT NULL on conflict ignore, b int)", "INSERT INTO t VALUES (1, 2)")
	holds := func(want op.Column, ignores bool, said ...op.Schema) {
		t.Helper()
		if diff := cmp.Diff(table(want), inspect(t, conn, said...)); diff != "" {
			t.Errorf("-want +inspected:\n%s", diff)
		}
		_, err := conn.ExecContext(t.Context(), "INSERT INTO t (b) VALUES (9)")
		if (err == nil) != ignores {
			t.Errorf("a null: %v, want it ignored: %t", err, ignores)
		}
		if got := dump(t, conn, "SELECT count(*) FROM t"); got[0] != "1" {
			t.Errorf("rows: %v", got)
		}
	}
	tagged := ignore // as GORM has it from type:int NOT NULL ON CONFLICT IGNORE
	tagged.NotNull = false
	holds(ignore, true)
	holds(ignore, true, table(plain))
	holds(tagged, true, table(tagged))
	mustMigrate(t, conn, op.AlterColumn{Table: "t", From: ignore, To: plain})
	holds(plain, false, table(tagged))
	mustMigrate(t, conn, op.AlterColumn{Table: "t", From: plain, To: ignore})
	holds(ignore, true)
	mustMigrate(t, conn, op.AlterColumn{Table: "t", From: tagged, To: plain})
	holds(plain, false)
	mustMigrate(t, conn, op.DropColumn{Table: "t", Column: "a"}, op.AddColumn{Table: "t", Column: ignore, Backfill: op.Literal(1)})
	exec(t, conn, "INSERT INTO t (b) VALUES (9)")
	if got := dump(t, conn, "SELECT a, b FROM t"); cmp.Diff([]string{"1|2"}, got) != "" {
		t.Errorf("rows: %v", got)
	}
	mustMigrate(t, conn, op.DropTable{Name: "t"}, op.CreateTable(table(ignore).Tables[0]))
	exec(t, conn, "INSERT INTO t VALUES (1, 2)")
	holds(ignore, true)
}

// TestConflictOfUnique: the same of a unique constraint.
func TestConflictOfUnique(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE t (a int, CONSTRAINT u UNIQUE (a) ON CONFLICT REPLACE)")
	said := op.Schema{Tables: []op.Table{{Name: "t", Columns: []op.Column{column("a", op.Int(64))}, Uniques: []op.Unique{{Name: "u", Columns: op.Columns("a")}}}}}
	if got := inspect(t, conn, said).Tables[0].Uniques[0].Options; got != "ON CONFLICT REPLACE" {
		t.Errorf("options %q are not found", got)
	}
	exec(t, conn, "DROP TABLE t", "CREATE TABLE t (a int, CONSTRAINT u UNIQUE (a) ON CONFLICT abort)")
	if diff := cmp.Diff(said.Tables[0].Uniques, inspect(t, conn, said).Tables[0].Uniques); diff != "" {
		t.Error(diff)
	}
}
