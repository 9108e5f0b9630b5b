package sqlite

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

func TestTransactRestoresPragmas(t *testing.T) {
	for _, keys := range []string{"0", "1"} {
		for _, legacy := range []string{"0", "1"} {
			for _, fail := range []error{nil, errors.New("no")} {
				conn := openMemory(t)
				exec(t, conn, "PRAGMA foreign_keys = "+keys, "PRAGMA legacy_alter_table = "+legacy)
				err := Dialect{}.Transact(context.Background(), conn, func() error {
					for _, name := range []string{"foreign_keys", "legacy_alter_table"} {
						if got := dump(t, conn, "PRAGMA "+name); got[0] != "0" {
							t.Errorf("%s is %v inside", name, got)
						}
					}
					exec(t, conn, "PRAGMA legacy_alter_table = ON") // as a rebuild that fails half-way
					return fail
				})
				if !errors.Is(err, fail) {
					t.Errorf("got %v, want %v", err, fail)
				}
				got := append(dump(t, conn, "PRAGMA foreign_keys"), dump(t, conn, "PRAGMA legacy_alter_table")...)
				if diff := cmp.Diff([]string{keys, legacy}, got); diff != "" {
					t.Errorf("after an error of %v:\n%s", fail, diff)
				}
			}
		}
	}
}

func TestTransactPanicAndCancel(t *testing.T) {
	path := tempFile(t)
	conn := openConn(t, path)
	func() {
		defer func() { _ = recover() }()
		_ = Dialect{}.Transact(context.Background(), conn, func() error {
			exec(t, conn, "CREATE TABLE t (a)")
			panic("no")
		})
	}()
	ctx, cancel := context.WithCancel(context.Background())
	err := Dialect{}.Transact(ctx, conn, func() error {
		exec(t, conn, "CREATE TABLE u (a)")
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := master(t, conn); len(got) > 0 {
		t.Errorf("left: %v", got)
	}
	exec(t, conn, "BEGIN IMMEDIATE", "ROLLBACK") // the lock is free
}

func TestTransactLocked(t *testing.T) {
	path := tempFile(t)
	one, two := openConn(t, path), openConn(t, path+"?_busy_timeout=1")
	exec(t, one, "CREATE TABLE t (a)", "BEGIN IMMEDIATE")
	err := Dialect{}.Transact(context.Background(), two, func() error { t.Error("ran"); return nil })
	if !errors.Is(err, ddl.ErrLocked) {
		t.Errorf("a writer: %v does not wrap ErrLocked", err)
	}
	exec(t, one, "ROLLBACK", "BEGIN")
	dump(t, one, "SELECT * FROM t") // a reader
	err = Dialect{}.Transact(context.Background(), two, func() error { exec(t, two, "CREATE TABLE u (a)"); return nil })
	if !errors.Is(err, ddl.ErrLocked) {
		t.Errorf("a reader: %v does not wrap ErrLocked", err)
	}
	exec(t, one, "ROLLBACK", "BEGIN EXCLUSIVE") // not even reading
	if _, err := (Dialect{}).HasTables(context.Background(), two, "t"); !errors.Is(err, ddl.ErrLocked) {
		t.Errorf("looking for a table: %v does not wrap ErrLocked", err)
	}
	if _, err := (Dialect{}).Inspect(context.Background(), two, ddl.Inquiry{}); !errors.Is(err, ddl.ErrLocked) {
		t.Errorf("inspecting: %v does not wrap ErrLocked", err)
	}
	exec(t, one, "ROLLBACK")
	if got := master(t, two); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func TestTransactInsideTransaction(t *testing.T) {
	for _, keys := range []string{"ON", "OFF"} {
		conn := openMemory(t)
		exec(t, conn, "PRAGMA foreign_keys = "+keys, "BEGIN", "CREATE TABLE t (a)")
		err := Dialect{}.Transact(context.Background(), conn, func() error { t.Error("ran"); return nil })
		if err == nil || !strings.Contains(err.Error(), "inside a transaction") {
			t.Errorf("keys %s: %v", keys, err)
		}
		exec(t, conn, "COMMIT") // the caller's own transaction goes on
		if len(master(t, conn)) != 1 {
			t.Error("the caller's work is gone")
		}
	}
}

// TestOldOrphansAreTolerated has rows without parents, keys that cannot be
// checked and a view that cannot be read before the migration begins.
func TestOldOrphansAreTolerated(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE p (id integer PRIMARY KEY, n int)", "CREATE TABLE c (id integer PRIMARY KEY, p int REFERENCES p, q int)",
		"INSERT INTO c VALUES (1, 7, NULL), (2, NULL, NULL)", "CREATE TABLE w (a text PRIMARY KEY, p int REFERENCES p) WITHOUT ROWID", "INSERT INTO w VALUES ('x', 8)")
	check := op.AddCheck{Table: "c", Check: op.Check{Name: "k", Expr: "1"}}
	if _, err := migrate(conn, check, op.RenameTable{From: "c", To: "d"}, op.AddCheck{Table: "d", Check: op.Check{Name: "l", Expr: "1"}}); err != nil {
		t.Fatal(err)
	}
	_, err := migrate(conn, op.Exec{SQL: "UPDATE d SET p = 9 WHERE id = 2"})
	if want := `1 row of table "d" refers by (p) to rows of "p" that do not exist (id 2)`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
	// What one table loses is no allowance for another that stays.
	if _, err := migrate(conn, op.Exec{SQL: "DELETE FROM d; INSERT INTO w VALUES ('y', 9)"}); err == nil || !strings.Contains(err.Error(), `1 row of table "w"`) {
		t.Errorf("got %v", err)
	}
	// A key to a column that is not unique: SQLite cannot check it.
	exec(t, conn, "CREATE TABLE m (n int REFERENCES p (n))", "INSERT INTO m VALUES (1)", "CREATE VIEW broken AS SELECT * FROM gone")
	if _, err := migrate(conn, op.AddCheck{Table: "m", Check: op.Check{Name: "k", Expr: "1"}}); err != nil {
		t.Errorf("a key that could not be checked before: %v", err)
	}
	if _, err := migrate(conn, op.Exec{SQL: "UPDATE d SET p = 9 WHERE id = 2"}); err == nil || !strings.Contains(err.Error(), `1 row of table "d"`) {
		t.Errorf("the other tables must be checked all the same: %v", err)
	}
}
