package mysql

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

func TestLock(t *testing.T) {
	db, one := open(t)
	two := connect(t, db)
	d := Dialect{}
	lock, err := d.Lock(t.Context(), one, ddl.LockOptions{})
	if err != nil {
		t.Fatal(err)
	}
	id := dump(t, one, "SELECT CONNECTION_ID()")[0]
	_, err = d.Lock(t.Context(), two, ddl.LockOptions{})
	if !errors.Is(err, ddl.ErrLocked) || !strings.Contains(err.Error(), "connection "+id+" (user ") {
		t.Errorf("got %v, want ErrLocked and the holder", err)
	}
	// The same session again is another client of a pooler.
	if _, err = d.Lock(t.Context(), one, ddl.LockOptions{}); !errors.Is(err, ddl.ErrPooled) {
		t.Errorf("got %v, want ErrPooled", err)
	}
	if err := lock.Check(t.Context()); err != nil {
		t.Errorf("the lock is held: %v", err)
	}
	if err := (&sessionLock{q: two, name: lock.(*sessionLock).name}).Check(t.Context()); !errors.Is(err, ddl.ErrPooled) {
		t.Errorf("got %v, want ErrPooled", err)
	}
	// Another database has a lock of its own.
	elsewhere, err := d.Lock(t.Context(), connect(t, testdb.Open(t, "mysql")), ddl.LockOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := elsewhere.Release(t.Context()); err != nil {
		t.Error(err)
	}
	// Waiting ends with the context, and tells for whom it waits.
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	holder := ""
	_, err = d.Lock(ctx, connect(t, db), ddl.LockOptions{Wait: time.Minute, Waiting: func(who string) { holder = who }})
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(holder, "connection "+id) {
		t.Errorf("got %v, waiting for %q", err, holder)
	}
	if err := lock.Release(ctx); err != nil { // also when the context is done
		t.Error(err)
	}
	// The connection that gave up waiting may get the lock for the moment that
	// the server needs to notice.
	lock, err = d.Lock(t.Context(), two, ddl.LockOptions{Wait: 10 * time.Second})
	if err != nil {
		t.Fatalf("the lock was not released: %v", err)
	}
	if err := lock.Release(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestLockRestores(t *testing.T) {
	_, one := open(t)
	for _, checks := range []string{"0", "1"} {
		exec(t, one, "SET SESSION foreign_key_checks = "+checks)
		lock, err := Dialect{}.Lock(t.Context(), one, ddl.LockOptions{})
		if err != nil {
			t.Fatal(err)
		}
		exec(t, one, "SET SESSION foreign_key_checks = 1 - "+checks)
		if err := lock.Release(t.Context()); err != nil {
			t.Error(err)
		}
		if got := dump(t, one, "SELECT @@SESSION.foreign_key_checks"); got[0] != checks {
			t.Errorf("foreign_key_checks is %v, want %s", got, checks)
		}
	}
}

func TestTransact(t *testing.T) {
	_, conn := open(t)
	exec(t, conn, "CREATE TABLE t (a int)")
	no := errors.New("no")
	if err := (Dialect{}).Transact(t.Context(), conn, func() error { exec(t, conn, "INSERT INTO t VALUES (1)"); return no }); !errors.Is(err, no) {
		t.Errorf("got %v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = Dialect{}.Transact(t.Context(), conn, func() error { exec(t, conn, "INSERT INTO t VALUES (2)"); panic("no") })
	}()
	if err := (Dialect{}).Transact(t.Context(), conn, func() error { exec(t, conn, "INSERT INTO t VALUES (3)"); return nil }); err != nil {
		t.Error(err)
	}
	if got := dump(t, conn, "SELECT a FROM t"); len(got) != 1 || got[0] != "3" {
		t.Errorf("%v", got)
	}
}

// TestLocked: somebody else keeps a row, and with it the table.
func TestLocked(t *testing.T) {
	db, one := open(t)
	two := connect(t, db)
	exec(t, one, "CREATE TABLE t (a int PRIMARY KEY)", "INSERT INTO t VALUES (1)", "BEGIN", "UPDATE t SET a = 2")
	restore, err := Dialect{}.Limit(t.Context(), two, ddl.Limits{Lock: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{"UPDATE t SET a = 3", "ALTER TABLE t ADD b int"} {
		_, err := migrate(two, op.Exec{SQL: sql})
		if !(Dialect{}).Locked(err) {
			t.Errorf("%s: got %v, want ErrLocked", sql, err)
		}
	}
	if err := restore(t.Context()); err != nil {
		t.Error(err)
	}
	if got := dump(t, two, "SELECT @@lock_wait_timeout = @@GLOBAL.lock_wait_timeout, @@innodb_lock_wait_timeout = @@GLOBAL.innodb_lock_wait_timeout"); got[0] != "1|1" {
		t.Errorf("the timeouts were not put back: %v", got)
	}
	exec(t, one, "ROLLBACK")
	if (Dialect{}).Locked(errors.New("Error 1064 (42000): Error 1205 is no word")) {
		t.Error("a syntax error was taken for a lock")
	}
}

func TestSeconds(t *testing.T) {
	for d, want := range map[time.Duration]int64{0: 0, time.Millisecond: 1, 900 * time.Millisecond: 1, time.Second: 1, 1001 * time.Millisecond: 2} {
		if got := seconds(d); got != want {
			t.Errorf("%v is %d seconds, want %d", d, got, want)
		}
	}
}

func TestLockName(t *testing.T) {
	long := strings.Repeat("ü", 64)
	if lockName("shop") != "limbeck:shop" || len(lockName(long)) > maxName || lockName(long) == lockName(long+"x") {
		t.Errorf("%q, %q", lockName("shop"), lockName(long))
	}
}

func TestRehearse(t *testing.T) {
	db, conn := open(t)
	pool, _ := db.DB()
	err := Dialect{}.Rehearse(t.Context(), pool, false, nil)
	if !errors.Is(err, ddl.ErrNoScratch) || !strings.Contains(err.Error(), "CREATE DATABASE") {
		t.Errorf("got %v", err)
	}
	no := errors.New("no")
	err = Dialect{}.Rehearse(t.Context(), pool, true, func(q ddl.Querier, transact func(func() error) error) error {
		err := transact(func() error {
			exec(t, q, "CREATE TABLE p (id int PRIMARY KEY)", "CREATE TABLE c (p int REFERENCES p (id))", "CREATE VIEW v AS SELECT * FROM p",
				"CREATE PROCEDURE f() SELECT 1", "CREATE SEQUENCE s")
			return nil
		})
		if got := dump(t, q, "SHOW TABLES"); len(got) != 4 || err != nil {
			t.Errorf("%v, %v", got, err)
		}
		return no
	})
	if !errors.Is(err, no) {
		t.Errorf("got %v", err)
	}
	if left, err := scratchObjects(t.Context(), conn); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	exec(t, conn, "CREATE TABLE precious (a int)")
	err = Dialect{}.Rehearse(t.Context(), pool, true, func(ddl.Querier, func(func() error) error) error { t.Error("ran"); return nil })
	if err == nil || errors.Is(err, ddl.ErrNoScratch) || !strings.Contains(err.Error(), "precious") || len(shown(t, conn)) != 1 {
		t.Errorf("got %v", err)
	}
}

// TestRehearseInterrupted finds the scratch database empty, although the driver
// has ended the connection in the middle of a statement.
func TestRehearseInterrupted(t *testing.T) {
	for range 2 {
		db, conn := open(t)
		pool, _ := db.DB()
		ctx, cancel := context.WithCancel(t.Context())
		err := Dialect{}.Rehearse(ctx, pool, true, func(q ddl.Querier, transact func(func() error) error) error {
			return transact(func() error {
				exec(t, q, "CREATE TABLE a (n int)", "INSERT INTO a VALUES (1)")
				go cancel()
				_, err := q.ExecContext(ctx, "CREATE TABLE b AS SELECT SLEEP(0.2) FROM a")
				return err
			})
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if left, err := scratchObjects(t.Context(), conn); err != nil || len(left) > 0 {
			t.Errorf("left: %v, %v", left, err)
		}
	}
}

// TestRehearseElsewhere tries out steps that would change tables of another
// database on the server of the disposable one.
func TestRehearseElsewhere(t *testing.T) {
	db, _ := open(t)
	pool, _ := db.DB()
	err := Dialect{}.Rehearse(t.Context(), pool, true, func(q ddl.Querier, _ func(func() error) error) error {
		own := dump(t, q, "SELECT DATABASE()")[0]
		for _, o := range []op.Operation{
			op.CreateTable{Name: "live.a", Columns: []op.Column{{Name: "x", Type: op.Int(64)}}},
			op.DropTable{Name: "live.a"},
			op.RenameTable{From: "a", To: "live.a"},
			op.AddColumn{Table: "live.a", Column: op.Column{Name: "x", Type: op.Int(64)}},
			op.AddForeignKey{Table: "a", ForeignKey: op.ForeignKey{Name: "k", Columns: []string{"x"}, RefTable: "live.a", RefColumns: []string{"x"}}},
			op.CreateTable{Name: "a", ForeignKeys: []op.ForeignKey{{Name: "k", Columns: []string{"x"}, RefTable: "live.a"}}},
		} {
			if _, err := (Dialect{}).Plan(t.Context(), q, op.List{o}); !errors.Is(err, ddl.ErrNoScratch) || !strings.Contains(err.Error(), `"live.a"`) {
				t.Errorf("%s: %v", o, err)
			}
		}
		here := op.CreateTable{Name: own + ".a", Columns: []op.Column{{Name: "live.a", Type: op.Int(64), Comment: "live.a"}}}
		if step, err := (Dialect{}).Plan(t.Context(), q, op.List{here}); errors.Is(err, ddl.ErrNoScratch) {
			t.Errorf("%v, %v", step, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestErrorPositions runs SQL of several statements, of which one is wrong.
func TestErrorPositions(t *testing.T) {
	_, conn := open(t)
	exec(t, conn, "CREATE TABLE t (a int)")
	for _, test := range []struct {
		sql                  string
		number, line, column int
		exact                bool
	}{
		{"SELEC 1", 1, 1, 1, true},
		{"INSERT INTO t VALUES (1);\n  INSERT INTO t\n  VALUEZ (2)", 2, 3, 3, true},
		{"INSERT INTO t VALUES (1), (';') ;\n\n  INSERT INTO nowhere VALUES (1);", 1, 1, 1, false},
		{"INSERT INTO t VALUES (1); -- it's\n UPDATE t SET ü = 1, `b;` = 2", 2, 2, 15, true},
		{"SELECT 1;\nUPDATE t SET a = (1", 2, 2, 20, true},
		{"SELECT 1; INSERT INTO t VALUES ('" + strings.Repeat("x", 200) + "'); DELETE\n FROM\n  t WHERRE a = '" + strings.Repeat("y", 100) + "'", 2, 0, 0, false},
		{"CREATE TABLE u (a int);\nCREATE TABLE nö.u (a int)", 2, 2, 14, true},
		{"ALTER TABLE t DROP COLUMN zz", 1, 1, 27, true},
		{"CREATE INDEX i ON t (zz)", 1, 1, 22, true},
		{"CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.a = CASE WHEN 1 THEN 1 END; SET NEW.a = 2; END; SELECT a FROM t WHERE b", 2, 1, 0, true},
	} {
		exec(t, conn, "DROP TABLE IF EXISTS u", "DROP TRIGGER IF EXISTS g")
		_, err := migrate(conn, op.Exec{SQL: test.sql})
		var e *ddl.StatementError
		if !errors.As(err, &e) {
			t.Errorf("%q: %v", test.sql, err)
			continue
		}
		got := fmt.Sprint(e.Number, e.Line, e.Column, e.Exact)
		if test.line == 0 || test.column == 0 {
			got = fmt.Sprint(e.Number)
			if want := fmt.Sprint(test.number); got != want {
				t.Errorf("%q: statement %s, want %s: %v", test.sql, got, want, err)
			}
			continue
		}
		if want := fmt.Sprint(test.number, test.line, test.column, test.exact); got != want {
			t.Errorf("%q: at %s, want %s: %v", test.sql, got, want, err)
		}
	}
}
