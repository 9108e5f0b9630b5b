package postgres

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

func TestTransactIsWholeOrNothing(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	gone := errors.New("gone")
	err := Dialect{}.Transact(ctx, db.conn, func() error {
		run(t, db.conn, "CREATE TABLE a (id int)")
		return gone
	})
	if !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
	// An error that fn keeps to itself.
	err = Dialect{}.Transact(ctx, db.conn, func() error {
		run(t, db.conn, "CREATE TABLE a (id int)")
		_, _ = db.conn.ExecContext(ctx, "SELECT 1/0")
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "a statement has failed") {
		t.Errorf("got %v", err)
	}
	// A context that ends in the middle.
	short, cancel := context.WithCancel(ctx)
	err = Dialect{}.Transact(short, db.conn, func() error {
		run(t, db.conn, "CREATE TABLE a (id int)")
		cancel()
		return short.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if found, err := (Dialect{}).HasTables(ctx, db.pool, "a"); err != nil || found[0] {
		t.Errorf("table a is there: %v, %v", found, err)
	}
	run(t, db.conn, "BEGIN")
	err = Dialect{}.Transact(ctx, db.conn, func() error { t.Error("ran"); return nil })
	if err == nil || !strings.Contains(err.Error(), "inside a transaction") {
		t.Errorf("got %v", err)
	}
	run(t, db.conn, "ROLLBACK")
}

func TestLock(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	d := Dialect{}
	other, err := db.pool.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	run(t, db.conn, "SET application_name = 'shop'")
	lock, err := d.Lock(ctx, db.conn, ddl.LockOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Check(ctx); err != nil {
		t.Errorf("the lock is held: %v", err)
	}
	pid := rowsOf(t, db.conn, "SELECT pg_backend_pid()")[0]
	holder := ""
	_, err = d.Lock(ctx, other, ddl.LockOptions{Wait: time.Millisecond, Waiting: func(who string) { holder = who }})
	if want := "session " + pid + " (user "; !errors.Is(err, ddl.ErrLocked) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "program shop") || !strings.Contains(holder, want) {
		t.Errorf("got %v, waiting for %q; want ErrLocked and %q", err, holder, want)
	}
	if _, err := d.Lock(ctx, db.conn, ddl.LockOptions{}); !errors.Is(err, ddl.ErrPooled) {
		t.Errorf("the same session again: got %v, want ErrPooled", err)
	}
	if err := (sessionLock{q: other, pid: lock.(sessionLock).pid}).Check(ctx); !errors.Is(err, ddl.ErrPooled) {
		t.Errorf("another session: got %v, want ErrPooled", err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if err := lock.Release(ended); err != nil {
		t.Error(err)
	}
	// That of a transaction goes with it.
	run(t, other, "BEGIN")
	if _, err := d.Lock(ctx, ddl.Tx{Querier: other}, ddl.LockOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Lock(ctx, db.conn, ddl.LockOptions{}); !errors.Is(err, ddl.ErrLocked) {
		t.Errorf("got %v, want ErrLocked", err)
	}
	run(t, other, "COMMIT")
	if lock, err = d.Lock(ctx, db.conn, ddl.LockOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := lock.Release(ctx); err != nil {
		t.Error(err)
	}
}

func TestLocked(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	other, err := db.pool.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	run(t, other, "SET lock_timeout = '7s'")
	run(t, db.conn, "CREATE TABLE a (id int)", "BEGIN", "LOCK TABLE a")
	restore, err := Dialect{}.Limit(ctx, other, ddl.Limits{Lock: 20 * time.Millisecond, Statement: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrate(other, op.DropTable{Name: "a"}); !errors.Is(err, ddl.ErrLocked) || !(Dialect{}).Locked(err) {
		t.Errorf("got %v, want ErrLocked", err)
	}
	run(t, db.conn, "ROLLBACK")
	if got := rowsOf(t, other, "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')"); got[0] != "20ms|1min" {
		t.Errorf("the timeouts are %v", got)
	}
	if err := restore(ctx); err != nil {
		t.Error(err)
	}
	if got := rowsOf(t, other, "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')"); got[0] != "7s|0" {
		t.Errorf("the timeouts were not put back: %v", got)
	}
}

func TestTransactSavepoint(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	tx, err := db.pool.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	no := errors.New("no")
	if err := (Dialect{}).Transact(ctx, tx, func() error { run(t, tx, "CREATE TABLE a (id int)"); return no }); !errors.Is(err, no) {
		t.Errorf("got %v", err)
	}
	if err := (Dialect{}).Transact(ctx, tx, func() error { run(t, tx, "CREATE TABLE b (id int)"); return nil }); err != nil {
		t.Error(err)
	}
	if got := rowsOf(t, tx, "SELECT to_regclass('a') IS NULL, to_regclass('b') IS NULL"); got[0] != "true|false" {
		t.Errorf("%v", got)
	}
}

func TestPlacesOfErrors(t *testing.T) {
	db := open(t)
	run(t, db.conn, "CREATE TABLE t (id int UNIQUE, né text)")
	for sql, want := range map[string]ddl.StatementError{
		"SELECT 1;\n\n  SELEC né FROM t":                           {Number: 2, Of: 2, Line: 3, Column: 3, Exact: true},
		"SELECT né, nix FROM t":                                    {Number: 1, Of: 1, Line: 1, Column: 12, Exact: true},
		"SELECT ';', $$;$$; SELECT\n né +\n  nix FROM t; SELECT 3": {Number: 2, Of: 3, Line: 3, Column: 3, Exact: true},
		"SELECT (":                         {Number: 1, Of: 1, Line: 1, Column: 9, Exact: true},
		"SELECT 1; CREATE TABLE t (a int)": {Number: 2, Of: 2, Line: 1, Column: 24, Exact: true},
		"INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)": {Number: 2, Of: 2, Line: 1, Column: 27},
	} {
		_, err := migrate(db.conn, op.Exec{SQL: sql})
		var got *ddl.StatementError
		if !errors.As(err, &got) {
			t.Errorf("%q: %v", sql, err)
			continue
		}
		short := ddl.StatementError{Number: got.Number, Of: got.Of, Line: got.Line, Column: got.Column, Exact: got.Exact}
		if d := cmp.Diff(want, short); d != "" {
			t.Errorf("%q: %v (-want +got):\n%s", sql, err, d)
		}
	}
}

// textPosition is an error as lib/pq has it.
type textPosition struct{ Position string }

func (*textPosition) Error() string    { return "no" }
func (*textPosition) SQLState() string { return "42601" }

func TestLocateReadsOtherDrivers(t *testing.T) {
	offset, ok := Dialect{}.Locate(context.Background(), nil, "é + x", &textPosition{"5"})
	if offset != 5 || !ok {
		t.Errorf("got %d, %v", offset, ok)
	}
	if _, ok := (Dialect{}).Locate(context.Background(), nil, "x", errors.New(`"x"`)); ok {
		t.Error("an error that is not the server's has no place")
	}
}

func TestRehearse(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	run(t, db.conn, "CREATE TYPE mood AS ENUM ('sad')", "CREATE TABLE books (id int)")
	before := dump(t, db.dsn)
	table := op.CreateTable{Name: "books", Columns: []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}, {Name: "mood", Type: op.Raw("mood")}}}
	err := Dialect{}.Rehearse(ctx, db.pool, false, func(q ddl.Querier, transact func(func() error) error) error {
		if s := mustInspect(t, q); len(s.Tables) > 0 {
			t.Errorf("the place is not empty: %v", s)
		}
		no := errors.New("no")
		if err := transact(func() error { run(t, q, "CREATE TABLE half (id int)"); return no }); !errors.Is(err, no) {
			t.Errorf("got %v", err)
		}
		if err := transact(func() error { _, err := carryOut(ctx, q, table); return err }); err != nil {
			t.Error(err)
		}
		want := op.Schema{Tables: []op.Table{op.Table(table)}}
		if d := cmp.Diff(want, mustInspect(t, q, want)); d != "" {
			t.Error(d)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, dump(t, db.dsn)); d != "" {
		t.Errorf("left behind:\n%s", d)
	}
	err = Dialect{}.Rehearse(ctx, db.pool, true, nil)
	if err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("a database with something in it was taken for disposable: %v", err)
	}

	free := open(t)
	bare := dump(t, free.dsn)
	err = Dialect{}.Rehearse(ctx, free.pool, true, func(q ddl.Querier, transact func(func() error) error) error {
		return transact(func() error {
			run(t, q, "CREATE TYPE mood AS ENUM ('sad')", "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE SCHEMA s", "CREATE TABLE s.t (id int)",
				"CREATE DOMAIN d AS int", "CREATE SEQUENCE sq", "CREATE VIEW v AS SELECT 1", "CREATE TYPE c AS (a int)", "CREATE TABLE parts (a int) PARTITION BY LIST (a)")
			_, err := carryOut(ctx, q, table)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(bare, dump(t, free.dsn)); d != "" {
		t.Errorf("left in the disposable database:\n%s", d)
	}
	run(t, free.conn, "CREATE FUNCTION trig() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'", "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION trig()")
	if err := (Dialect{}).Rehearse(ctx, free.pool, false, nil); !errors.Is(err, ddl.ErrNoScratch) {
		t.Errorf("got %v, want ErrNoScratch", err)
	}
}
