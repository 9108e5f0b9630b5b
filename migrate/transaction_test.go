package migrate_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// chain returns revisions r0, r1, … that each make a table.
func chain(n int) op.Revisions {
	var list op.Revisions
	for i := range n {
		r := op.Revision{ID: fmt.Sprintf("r%d", i), Message: "message", Up: op.List{table(fmt.Sprintf("t%d", i))}, Down: op.List{op.DropTable{Name: fmt.Sprintf("t%d", i)}}}
		if i > 0 {
			r.Parents = []string{fmt.Sprintf("r%d", i-1)}
		}
		list = append(list, r)
	}
	return list
}

// TestSingleTransaction: all of it happens, or nothing.
func TestSingleTransaction(t *testing.T) {
	every(t, func(t *testing.T, db *gorm.DB) {
		list := chain(3)
		list[2].Up = append(list[2].Up, op.Exec{SQL: "no"})
		together := migrate.Options{SingleTransaction: true}
		_, err := migrate.New(db, list).With(together).Upgrade(t.Context(), "head")
		if db.Name() == "mysql" {
			if !errors.Is(err, migrate.ErrTransaction) {
				t.Errorf("got %v, want ErrTransaction", err)
			}
			return
		}
		var e *migrate.RevisionError
		if !errors.As(err, &e) || e.ID != "r2" || !strings.HasSuffix(err.Error(), "; nothing of this call was kept") {
			t.Errorf("got %v", err)
		}
		if hasTable(db, "t0") || hasTable(db, migrate.Table) {
			t.Error("something was kept")
		}
		list[2].Up = list[2].Up[:1]
		var told []string
		together.Hooks.Done = func(_ context.Context, d migrate.Done) { told = append(told, d.Revision.ID) }
		m := migrate.New(db, list).With(together)
		result, err := m.Upgrade(t.Context(), "head")
		if err != nil || done(result) != "r0 r1 r2" || strings.Join(told, " ") != "r0 r1 r2" {
			t.Errorf("%s, told of %v, %v", done(result), told, err)
		}
		if result, err = m.Downgrade(t.Context(), "base"); err != nil || done(result) != "r2 r1 r0" || hasTable(db, migrate.Table) {
			t.Errorf("%s, %v", done(result), err)
		}
	})
}

// TestInsideTransaction works in a transaction of the caller's, which decides.
func TestInsideTransaction(t *testing.T) {
	every(t, func(t *testing.T, db *gorm.DB) {
		for _, prepared := range []bool{false, true} {
			db := db.Session(&gorm.Session{PrepareStmt: prepared})
			no := errors.New("no")
			for _, result := range []error{no, nil} {
				err := db.Transaction(func(tx *gorm.DB) error {
					m := migrate.New(tx, chain(2))
					done, err := m.Upgrade(t.Context(), "head")
					if err != nil {
						return err
					}
					if len(done.Done) != 2 {
						t.Errorf("%d revisions", len(done.Done))
					}
					if pending, err := m.Pending(t.Context()); err != nil || len(pending) > 0 {
						t.Errorf("%v, %v", pending, err)
					}
					return result
				})
				if db.Name() == "mysql" {
					if !errors.Is(err, migrate.ErrInTransaction) {
						t.Errorf("got %v, want ErrInTransaction", err)
					}
					continue
				}
				if !errors.Is(err, result) || hasTable(db, "t1") != (result == nil) {
					t.Errorf("got %v, and a table %v", err, hasTable(db, "t1"))
				}
			}
			if db.Name() == "mysql" {
				continue
			}
			if _, err := migrate.New(db, chain(2)).Downgrade(t.Context(), "base"); err != nil {
				t.Error(err)
			}
		}
	})
}

// TestInsideTransactionOnSQLite: what would delete rows is refused, unless
// foreign keys are off.
func TestInsideTransactionOnSQLite(t *testing.T) {
	for _, keys := range []string{"0", "1"} {
		db := open(t, tempFile(t)+"?_foreign_keys="+keys)
		exec(t, db, "CREATE TABLE p (id integer PRIMARY KEY)", "CREATE TABLE c (p REFERENCES p ON DELETE CASCADE)", "INSERT INTO p VALUES (1)", "INSERT INTO c VALUES (1)")
		revisions := op.Revisions{{ID: "a1", Up: op.List{op.AddCheck{Table: "p", Check: op.Check{Name: "k", Expr: "id > 0"}}}}}
		err := db.Transaction(func(tx *gorm.DB) error {
			_, err := migrate.New(tx, revisions).Upgrade(t.Context(), "head")
			return err
		})
		if keys == "0" && err != nil || keys == "1" && (err == nil || !strings.Contains(err.Error(), "foreign keys must be off")) {
			t.Errorf("foreign_keys %s: %v", keys, err)
		}
		if n := count(t, db, "SELECT count(*) FROM c"); n != 1 {
			t.Error("a row is gone")
		}
	}
}

// TestStop ends behind the running statement; what was done is recorded.
func TestStop(t *testing.T) {
	every(t, func(t *testing.T, db *gorm.DB) {
		list := chain(3)
		list[1].Up = op.List{table("a"), table("b")}
		for _, test := range []struct {
			after  string // the table of the step in which the stop is asked for
			done   string
			tables string
		}{{"t0", "r0", "t0"}, {"a", "", "t0"}, {"b", "r1", "t0 a b"}} {
			stop := make(chan struct{})
			hooks := migrate.Hooks{AfterStep: func(_ context.Context, e migrate.Event) error {
				if create, ok := e.Step.Ops[0].(op.CreateTable); ok && create.Name == test.after {
					close(stop)
				}
				return nil
			}}
			result, err := migrate.New(db, list).With(migrate.Options{Stop: stop, Hooks: hooks}).Upgrade(t.Context(), "head")
			if !errors.Is(err, migrate.ErrStopped) || done(result) != test.done {
				t.Errorf("stopped after %q: %q, %v", test.after, done(result), err)
			}
			var e *migrate.RevisionError
			if test.after == "a" && (!errors.As(err, &e) || e.Partial != (db.Name() == "mysql")) {
				t.Errorf("stopped after %q: %v", test.after, err)
			}
			want := test.tables
			if test.after == "a" && db.Name() == "mysql" {
				want = "t0 a" // written down, and gone on with
			}
			var tables []string
			for _, name := range []string{"t0", "a", "b", "t2"} {
				if hasTable(db, name) {
					tables = append(tables, name)
				}
			}
			equal(t, "tables after "+test.after, strings.Join(tables, " "), want)
			if test.after == "a" && db.Name() == "mysql" { // then a is not made again
				exec(t, db, "SELECT 1")
				list[1].Up = list[1].Up[:2]
			}
		}
		if result, err := migrate.New(db, list).Upgrade(t.Context(), "head"); err != nil || done(result) != "r2" {
			t.Errorf("%s, %v", done(result), err)
		}
	})
}

// TestHooks are called around everything, can use the transaction, and their
// errors undo it.
func TestHooks(t *testing.T) {
	every(t, func(t *testing.T, db *gorm.DB) {
		exec(t, db, "CREATE TABLE audit (line varchar(50))")
		var calls []string
		hook := func(name string) func(context.Context, migrate.Event) error {
			return func(_ context.Context, e migrate.Event) error {
				calls = append(calls, fmt.Sprintf("%s %s %d/%d %d-%d", name, e.Revision.ID, e.Number, e.Of, e.First, e.Last))
				return e.DB.Exec("INSERT INTO audit VALUES (?)", name+" "+e.Revision.ID).Error
			}
		}
		hooks := migrate.Hooks{
			BeforeRevision: hook("before"), AfterRevision: hook("after"), BeforeStep: hook("step"), AfterStep: hook("stepped"),
			Done: func(_ context.Context, d migrate.Done) { calls = append(calls, "done "+d.Revision.ID) },
		}
		var text bytes.Buffer
		logger := slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{Level: slog.LevelDebug}))
		if _, err := migrate.New(db, chain(1)).With(migrate.Options{Hooks: hooks, Logger: logger}).Upgrade(t.Context(), "head"); err != nil {
			t.Fatal(err)
		}
		equal(t, "calls", strings.Join(calls, ", "), "before r0 1/1 0-0, step r0 1/1 1-1, stepped r0 1/1 1-1, after r0 1/1 0-0, done r0")
		if n := count(t, db, "SELECT count(*) FROM audit"); n != 4 {
			t.Errorf("%d lines", n)
		}
		for _, want := range []string{`level=INFO msg="applied revision" id=r0`, "level=DEBUG msg=step", "CREATE TABLE"} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("the log does not say %q:\n%s", want, text.String())
			}
		}
		no := errors.New("no")
		fails := func(context.Context, migrate.Event) error { return no }
		for _, hooks := range []migrate.Hooks{{BeforeRevision: fails}, {BeforeStep: fails}, {AfterStep: fails}, {AfterRevision: fails}} {
			result, err := migrate.New(db, chain(2)).With(migrate.Options{Hooks: hooks}).Upgrade(t.Context(), "head")
			if !errors.Is(err, no) || !strings.Contains(err.Error(), "in the hook ") || result.Done != nil {
				t.Errorf("%v, %v", result, err)
			}
			if db.Name() != "mysql" && hasTable(db, "t1") {
				t.Error("a table is left")
			}
		}
		if _, err := migrate.New(db, chain(2)).Upgrade(t.Context(), "head"); err != nil {
			t.Error(err)
		}
	})
}

// TestTableLock: a table that somebody else keeps for a while is waited for, and
// one that is kept for too long ends the call with nothing done.
func TestTableLock(t *testing.T) {
	for _, dialect := range []string{"postgres", "mysql"} {
		t.Run(dialect, func(t *testing.T) {
			db := testdb.Open(t, dialect)
			exec(t, db, "CREATE TABLE t (n int)", "INSERT INTO t VALUES (1)")
			revisions := op.Revisions{{ID: "a1", Up: op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "m", Type: op.Int(64)}}}}}
			other := db.Begin()
			defer other.Rollback()
			if err := other.Exec("UPDATE t SET n = 2").Error; err != nil {
				t.Fatal(err)
			}
			options := migrate.Options{TableLockTimeout: time.Millisecond, Retries: -1}
			result, err := migrate.New(db, revisions).With(options).Upgrade(t.Context(), "head")
			if !errors.Is(err, ddl.ErrLocked) && !isLocked(db, err) || result.Done != nil {
				t.Errorf("%v, %v", result, err)
			}
			options.Retries = 5
			tries := 0
			options.Hooks.BeforeStep = func(context.Context, migrate.Event) error {
				tries++
				return nil
			}
			var text logLines
			options.Logger = slog.New(slog.NewTextHandler(&text, nil))
			text.then = func() { other.Rollback() } // when it is to be tried again
			if _, err := migrate.New(db, revisions).With(options).Upgrade(t.Context(), "head"); err != nil {
				t.Error(err)
			}
			if !strings.Contains(text.String(), "trying again") {
				t.Errorf("it was not tried again: %s", text.String())
			}
		})
	}
}

func isLocked(db *gorm.DB, err error) bool {
	return db.Name() == "mysql" && err != nil && strings.Contains(err.Error(), "Lock wait timeout exceeded")
}

// logLines is a log that does something after its first line.
type logLines struct {
	bytes.Buffer
	then func()
}

func (l *logLines) Write(text []byte) (int, error) {
	if l.then != nil {
		l.then()
		l.then = nil
	}
	return l.Buffer.Write(text)
}

// TestStatementTimeout is the server's, where it has one.
func TestStatementTimeout(t *testing.T) {
	for dialect, sql := range map[string]string{"postgres": "SELECT pg_sleep(10)", "mysql": "SELECT SLEEP(10)", "sqlite": "SELECT 1"} {
		t.Run(dialect, func(t *testing.T) {
			db := testdb.Open(t, dialect)
			poolOf(t, db).SetMaxOpenConns(1)
			revisions := op.Revisions{{ID: "a1", Up: op.List{op.Exec{SQL: sql}}}}
			_, err := migrate.New(db, revisions).With(migrate.Options{StatementTimeout: 50 * time.Millisecond}).Upgrade(t.Context(), "head")
			if dialect == "sqlite" {
				if !errors.Is(err, ddl.ErrUnsupported) {
					t.Errorf("got %v, want ErrUnsupported", err)
				}
				return
			}
			var e *migrate.RevisionError
			if !errors.As(err, &e) {
				t.Errorf("got %v", err)
			}
			query := "SELECT count(*) FROM pg_settings WHERE name = 'statement_timeout' AND setting <> '0'"
			if dialect == "mysql" {
				query = "SELECT @@max_statement_time"
			}
			if n := count(t, db, query); n != 0 {
				t.Error("the timeout was not put back")
			}
		})
	}
}

// TestLockNamesItsHolder while another program migrates.
func TestLockNamesItsHolder(t *testing.T) {
	for _, dialect := range []string{"postgres", "mysql"} {
		t.Run(dialect, func(t *testing.T) {
			db := testdb.Open(t, dialect)
			waited := ""
			first := migrate.Hooks{AfterStep: func(ctx context.Context, _ migrate.Event) error {
				_, err := migrate.New(db, chain(1)).With(migrate.Options{LockTimeout: time.Millisecond, Hooks: migrate.Hooks{
					Waiting: func(_ context.Context, holder string) { waited = holder },
				}}).Upgrade(ctx, "head")
				if !errors.Is(err, ddl.ErrLocked) || !strings.Contains(err.Error(), "(user ") {
					t.Errorf("got %v", err)
				}
				return nil
			}}
			if _, err := migrate.New(db, chain(1)).With(migrate.Options{Hooks: first}).Upgrade(t.Context(), "head"); err != nil {
				t.Error(err)
			}
			if !strings.Contains(waited, "(user ") {
				t.Errorf("waited for %q", waited)
			}
		})
	}
}
