package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

func TestRehearsalReachesNothingLive(t *testing.T) {
	db := open(t)
	run(t, db.conn, noisy, "CREATE SCHEMA s", "CREATE TABLE s.t (id int)")
	id := op.Column{Name: "id", Type: op.Int(64)}
	for _, o := range []op.Operation{
		op.Exec{SQL: "SELECT 1"},
		op.DropTable{Name: "s.t"},
		op.RenameTable{From: "s.t", To: "u"},
		op.DropEnum{Name: "s.mood"},
		op.AddColumn{Table: "u", Column: op.Column{Name: "x", Type: op.Raw("bigint REFERENCES s.t (id)")}},
		op.CreateTable{Name: "u", Columns: []op.Column{id}, ForeignKeys: []op.ForeignKey{{Columns: []string{"id"}, RefTable: "s.t"}}},
		op.CreateTable{Name: "u", Columns: []op.Column{id}, Indexes: []op.Index{{Name: "i", Columns: []op.KeyPart{{Expr: "noisy(1)"}}}}},
		op.AddColumn{Table: "u", Column: op.Column{Name: "x", Type: op.Int(64), Default: op.Expr("public.noisy(1)")}},
	} {
		err := Dialect{}.Rehearse(context.Background(), db.pool, false, func(q ddl.Querier, transact func(func() error) error) error {
			return transact(func() error { _, err := carryOut(context.Background(), q, o); return err })
		})
		if !errors.Is(err, ddl.ErrNoScratch) {
			t.Errorf("%v: %v, want ErrNoScratch", o, err)
		}
	}
	// Functions of the server's own are no reason to refuse.
	err := Dialect{}.Rehearse(context.Background(), db.pool, false, func(q ddl.Querier, _ func(func() error) error) error {
		_, err := carryOut(context.Background(), q, op.CreateTable{Name: "u", Columns: []op.Column{id}, Checks: []op.Check{{Expr: "abs(id) > 1"}}})
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestRehearsalLooksAhead: a new value of an enum that a later step uses has to
// come another way than one that nobody uses yet.
func TestRehearsalLooksAhead(t *testing.T) {
	ctx := context.Background()
	before := op.Column{Name: "a", Type: op.EnumType("mood", "ok"), Default: op.Literal("ok")}
	after := before
	after.Type = op.EnumType("mood", "ok", "sad")
	after.Default = op.Literal("sad")
	err := Dialect{}.Rehearse(ctx, open(t).pool, false, func(q ddl.Querier, transact func(func() error) error) error {
		for _, ops := range []op.List{
			{op.CreateEnum{Name: "mood", Values: []string{"ok"}}, op.CreateTable{Name: "t", Columns: []op.Column{before}}},
			{op.AddEnumValue{Enum: "mood", Value: "sad", In: []op.ColumnRef{{Table: "t", Column: "a"}}}, op.AlterColumn{Table: "t", From: before, To: after}},
		} {
			if err := transact(func() error { _, err := carryOut(ctx, q, ops...); return err }); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestWithFewRights: an account that may neither create schemas nor temporary
// tables inspects, and says that it has no place to rehearse in.
func TestWithFewRights(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	var name string
	if err := db.conn.QueryRowContext(ctx, "SELECT current_database()").Scan(&name); err != nil {
		t.Fatal(err)
	}
	role := quoteName("few rights in " + name)
	run(t, db.conn, "CREATE ROLE "+role, "REVOKE ALL ON DATABASE "+quoteName(name)+" FROM PUBLIC")
	defer run(t, db.pool, "RESET ROLE", "DROP ROLE "+role)
	run(t, db.conn, noisy)
	mustMigrate(t, db.conn, op.CreateTable(texts()))
	run(t, db.conn, "SET ROLE "+role)
	if s := mustInspect(t, db.conn, op.Schema{Tables: []op.Table{texts()}}); s.Table("texts") == nil {
		t.Error("table texts is not seen")
	}
	db.conn.Close()
	db.pool.SetMaxOpenConns(1) // that one
	if err := (Dialect{}).Rehearse(ctx, db.pool, false, nil); !errors.Is(err, ddl.ErrNoScratch) {
		t.Errorf("got %v, want ErrNoScratch", err)
	}
}

// counting counts what is sent.
type counting struct {
	ddl.Querier
	n *int
}

func (c counting) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	*c.n++
	return c.Querier.QueryContext(ctx, query, args...)
}

func (c counting) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	*c.n++
	return c.Querier.QueryRowContext(ctx, query, args...)
}

func (c counting) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	*c.n++
	return c.Querier.ExecContext(ctx, query, args...)
}

func TestInspectTakesAConstantNumberOfQueries(t *testing.T) {
	db := open(t)
	run(t, db.conn, noisy)
	var words op.Schema
	counts := map[int]bool{}
	for i := range 20 {
		table := texts()
		table.Name = fmt.Sprint("texts", i)
		table.Indexes[0].Name = fmt.Sprint("idx", i)
		words.Tables = append(words.Tables, table)
		mustMigrate(t, db.conn, op.CreateTable(table))
		n := 0
		mustInspect(t, counting{db.conn, &n}, words)
		counts[n] = true
	}
	if len(counts) != 1 {
		t.Errorf("numbers of queries: %v", counts)
	}
}
