package postgres

import (
	"context"
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

func TestKind(t *testing.T) {
	for sql, want := range map[string]ddl.Kind{
		"INSERT INTO t VALUES (1)": ddl.Undoable, "CREATE TABLE t (a int)": ddl.Undoable, "CREATE INDEX i ON t (a)": ddl.Undoable,
		"ALTER TYPE m ADD VALUE 'x'": ddl.Undoable, "DO $$ BEGIN PERFORM 1; END $$": ddl.Undoable, "CREATE INDEX i ON t (\"concurrently\")": ddl.Undoable,
		"CREATE INDEX CONCURRENTLY i ON t (a)": ddl.Alone, "create unique index concurrently i on t (a)": ddl.Alone, "DROP INDEX CONCURRENTLY i": ddl.Alone,
		"/* x */ VACUUM t": ddl.Alone, "REINDEX TABLE CONCURRENTLY t": ddl.Alone, "REINDEX DATABASE d": ddl.Alone, "REINDEX TABLE t": ddl.Undoable, "CALL p()": ddl.Alone,
		"DO $$ BEGIN COMMIT; END $$": ddl.Alone, "ALTER TABLE p DETACH PARTITION t CONCURRENTLY": ddl.Alone, "CREATE DATABASE d": ddl.Alone, "ALTER SYSTEM SET a = 1": ddl.Alone,
		"CLUSTER": ddl.Alone, "CLUSTER t": ddl.Undoable, "ALTER DATABASE d SET TABLESPACE s": ddl.Alone, "ALTER DATABASE d SET a = 1": ddl.Undoable,
		"SET a = 1": ddl.Setting, "RESET a": ddl.Setting, "": ddl.Undoable,
	} {
		if got := (Dialect{}).Kind(sql); got != want {
			t.Errorf("%q is of kind %v, want %v", sql, got, want)
		}
	}
}

// TestRecover: a concurrent index is known to have been made or dropped, and one
// that was not finished is removed, whatever stood there invalid before.
func TestRecover(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	d := Dialect{}
	run(t, db.conn, "CREATE TABLE t (a int, b int)", "INSERT INTO t VALUES (1, 1), (1, 2)")
	try := func(sql string, fails, want bool) {
		t.Helper()
		mark, err := d.Mark(ctx, db.conn, sql)
		if err != nil {
			t.Fatal(err)
		}
		if took, err := d.Recover(ctx, db.conn, sql, mark); took || err != nil {
			t.Errorf("%s has not run yet: %v, %v", sql, took, err)
		}
		if _, err := db.conn.ExecContext(ctx, sql); (err != nil) != fails {
			t.Errorf("%s: %v", sql, err)
		}
		if took, err := d.Recover(ctx, db.conn, sql, mark); took != want || err != nil {
			t.Errorf("%s: took effect %v, want %v; %v", sql, took, want, err)
		}
	}
	try("CREATE INDEX CONCURRENTLY i ON t (a)", false, true)
	try("DROP INDEX CONCURRENTLY i", false, true)
	try("CREATE INDEX CONCURRENTLY ON t (b)", false, true)
	// Somebody else's, from long ago.
	if _, err := db.conn.ExecContext(ctx, "CREATE UNIQUE INDEX CONCURRENTLY old ON t (a)"); err == nil {
		t.Fatal("the rows are not unique")
	}
	try("CREATE UNIQUE INDEX CONCURRENTLY u ON t (a)", true, false)
	try("CREATE UNIQUE INDEX CONCURRENTLY ON t (a)", true, false)
	if got := rowsOf(t, db.conn, "SELECT c.relname FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid WHERE NOT indisvalid"); len(got) != 1 || got[0] != "old" {
		t.Errorf("invalid indexes: %v, want the old one", got)
	}
	try("VACUUM t", false, false) // it leaves no trace, and can run again
}
