package postgres

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// TestBegin: a connection that is inside a transaction is told from one that is
// not, and what is done in there is not lost.
func TestBegin(t *testing.T) {
	db := open(t)
	ctx := t.Context()
	check := func(what string, q ddl.Querier, want bool, first ...string) {
		t.Helper()
		if inside, err := begin(ctx, q, "here", first...); err != nil || inside != want {
			t.Errorf("%s: inside a transaction: %v, %v", what, inside, err)
		}
	}
	values := func() string {
		t.Helper()
		return rowsOf(t, db.conn, "SELECT current_setting('search_path'), (SELECT count(*) FROM a)")[0]
	}
	run(t, db.conn, "CREATE TABLE a (id int)")
	check("outside", db.conn, false, "SET LOCAL search_path = public", "INSERT INTO a VALUES (1)")
	if got := values(); got != "public|1" {
		t.Errorf("in the new transaction: %s", got)
	}
	check("a second time", db.conn, true, "SET LOCAL search_path = 'other', public", "INSERT INTO a VALUES (2)")
	if got := values(); got != "other, public|2" {
		t.Errorf("behind the savepoint: %s", got)
	}
	run(t, db.conn, "ROLLBACK TO SAVEPOINT here")
	if got := values(); got != "public|1" {
		t.Errorf("back at the savepoint: %s", got)
	}
	check("known to be inside", ddl.Tx{Querier: db.conn}, true)
	run(t, db.conn, "COMMIT")
	if got := values(); got != `"$user", public|1` {
		t.Errorf("afterwards: %s", got)
	}

	// A transaction that has failed is left as it is.
	run(t, db.conn, "BEGIN")
	if _, err := db.conn.ExecContext(ctx, "SELECT 1/0"); err == nil {
		t.Fatal("a division by zero succeeds")
	}
	if _, err := begin(ctx, db.conn, "here"); sqlState(err) != failedTransaction {
		t.Errorf("in a transaction that has failed: %v", err)
	}
	if _, err := db.conn.ExecContext(ctx, "SELECT 1"); sqlState(err) != failedTransaction {
		t.Errorf("the failed transaction has ended: %v", err)
	}
	run(t, db.conn, "ROLLBACK")

	// A first statement that fails leaves no transaction open.
	if _, err := begin(ctx, db.conn, "here", "SELECT 1/0"); err == nil {
		t.Error("an error was passed over")
	}
	check("after a failure", db.conn, false)
	run(t, db.conn, "ROLLBACK")

	// Where the context is done already that is the error, and the connection stays.
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for _, q := range []ddl.Querier{db.conn, ddl.Tx{Querier: db.conn}} {
		if _, err := begin(ended, q, "here"); !errors.Is(err, context.Canceled) {
			t.Errorf("with a context that is done: %v", err)
		}
	}
	check("after a context that was done", db.conn, false)
	run(t, db.conn, "ROLLBACK")

	// A session that the server ends says so once.
	if _, err := begin(ctx, db.conn, "here", "SELECT pg_terminate_backend(pg_backend_pid())"); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("in a session that has ended: %v", err)
	}
}

// TestUndone: nothing of what is made or set stays, in a transaction of the
// caller's too, and that goes on where the work fails.
func TestUndone(t *testing.T) {
	db := open(t)
	ctx := t.Context()
	no := errors.New("no")
	work := func(q ddl.Querier) error {
		if !ddl.Inside(q) {
			t.Error("the work does not know that it is inside a transaction")
		}
		run(t, q, "CREATE TABLE a (id int)")
		_, _ = q.ExecContext(context.WithoutCancel(ctx), "SELECT 1/0")
		return no
	}
	state := func(q ddl.Querier) string {
		t.Helper()
		return rowsOf(t, q, "SELECT current_setting('search_path'), to_regclass('a') IS NULL")[0]
	}
	tx, err := db.pool.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	for what, q := range map[string]ddl.Querier{"pool": db.pool, "conn": db.conn, "tx": tx} {
		if err := undone(ctx, q, work, "SET LOCAL search_path = pg_temp, public"); !errors.Is(err, no) {
			t.Errorf("%s: %v", what, err)
		}
		if got := state(q); got != `"$user", public|true` {
			t.Errorf("%s: left behind: %s", what, got)
		}
		if err := undone(ctx, q, work, "SELECT 1/0"); err == nil || errors.Is(err, no) {
			t.Errorf("%s: the work began after an error: %v", what, err)
		}
		if got := state(q); got != `"$user", public|true` {
			t.Errorf("%s: left behind by an error: %s", what, got)
		}
	}
	run(t, db.conn, "BEGIN", "SET LOCAL search_path = public")
	if err := undone(ctx, db.conn, work, "SET LOCAL search_path = pg_temp, public"); !errors.Is(err, no) {
		t.Errorf("conn in a transaction: %v", err)
	}
	if got := state(db.conn); got != "public|true" {
		t.Errorf("conn in a transaction: left behind: %s", got)
	}
	run(t, db.conn, "COMMIT")
}
