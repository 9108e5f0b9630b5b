package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// openMemory opens an empty database in memory on its one connection.
func openMemory(t testing.TB) *sql.Conn {
	t.Helper()
	return openConn(t, ":memory:")
}

// openConn opens a database on a connection of its own.
func openConn(t testing.TB, dsn string) *sql.Conn {
	t.Helper()
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func tempFile(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "test.db")
}

func exec(t testing.TB, q ddl.Querier, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := q.ExecContext(context.Background(), s); err != nil {
			t.Fatalf("%v, in:\n%s", err, s)
		}
	}
}

// dump returns the rows of a query as lines of text that show types.
func dump(t testing.TB, q ddl.Querier, query string, args ...any) []string {
	t.Helper()
	rows, err := q.QueryContext(context.Background(), query, args...)
	if err != nil {
		t.Fatalf("%v, in:\n%s", err, query)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		cells := make([]string, len(values))
		for i := range values {
			cells[i] = fmt.Sprintf("%#v", *values[i].(*any))
		}
		list = append(list, strings.Join(cells, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// master returns every stored statement, automatic indexes included.
func master(t testing.TB, q ddl.Querier) []string {
	t.Helper()
	return dump(t, q, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
}

// migrate carries the operations out as package migrate does: in one
// transaction, each step planned after the one before has run.
func migrate(conn *sql.Conn, ops ...op.Operation) (statements []string, err error) {
	ctx := context.Background()
	d := Dialect{}
	err = d.Transact(ctx, conn, func() error {
		for rest := op.List(ops); len(rest) > 0; {
			step, err := d.Plan(ctx, conn, rest)
			if err != nil {
				return err
			}
			if err := ddl.Run(ctx, conn, d, step.Statements); err != nil {
				return err
			}
			for _, s := range step.Statements {
				statements = append(statements, s.SQL)
			}
			rest = rest[len(step.Ops):]
		}
		return nil
	})
	return statements, err
}

func mustMigrate(t testing.TB, conn *sql.Conn, ops ...op.Operation) []string {
	t.Helper()
	statements, err := migrate(conn, ops...)
	if err != nil {
		t.Fatal(err)
	}
	sound(t, conn)
	return statements
}

// sound fails the test where the database is not whole or something of a
// rebuild is left behind.
func sound(t testing.TB, q ddl.Querier) {
	t.Helper()
	if got := dump(t, q, "PRAGMA integrity_check"); len(got) != 1 || got[0] != `"ok"` {
		t.Errorf("integrity_check: %v", got)
	}
	if got := dump(t, q, "SELECT name FROM sqlite_master WHERE name LIKE 'limbeck_%' OR sql LIKE '%limbeck_%'"); len(got) > 0 {
		t.Errorf("left behind: %v", got)
	}
	if got := dump(t, q, "PRAGMA legacy_alter_table"); got[0] != "0" {
		t.Errorf("legacy_alter_table is %v", got)
	}
}

func inspect(t testing.TB, q ddl.Querier, words ...op.Schema) op.Schema {
	t.Helper()
	r, err := Dialect{}.Inspect(context.Background(), q, ddl.Inquiry{Words: words})
	if err != nil {
		t.Fatal(err)
	}
	return r.Schema
}
