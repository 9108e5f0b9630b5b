package acceptance

import (
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestOffendingRows: a revision that rows stand in the way of fails, says how many
// they are and which, and leaves nothing behind; when the rows are mended in the
// same revision it goes through.
func TestOffendingRows(t *testing.T) {
	a := op.Column{Name: "a", Type: op.String(20)}
	b := op.Column{Name: "b", Type: op.Int(64)}
	alter := func(from, to op.Column) op.Operation { return op.AlterColumn{Table: "t", From: from, To: to} }
	typed := func(c op.Column, typ op.Type) op.Column { c.Type = typ; return c }
	notNull := func(c op.Column) op.Column { c.NotNull = true; return c }
	for _, c := range []struct {
		name   string
		change op.Operation
		mend   string
		rows   string
		// on are the databases that refuse it and say so.
		on, want string
	}{
		{"too long", alter(a, typed(a, op.String(3))), "UPDATE t SET a = 'x' WHERE id > 1", "(1, 'äöü', 1), (2, 'long', 1), (3, 'longer', 1)", "postgres mysql",
			`2 rows of table "t" have values in column "a" that do not fit varchar(3) (id 2, 3)`},
		{"too large", alter(b, typed(b, op.Int(16))), "UPDATE t SET b = 0 WHERE id = 2", "(1, 'x', 32767), (2, 'x', 32768)", "postgres mysql",
			`1 row of table "t" has values in column "b" that do not fit smallint (id 2)`},
		{"no number", alter(a, typed(a, op.Int(64))), "UPDATE t SET a = '2' WHERE id = 2", "(1, '1', 1), (2, 'two', 1), (3, NULL, 1)", "postgres mysql",
			`1 row of table "t" has values in column "a" that do not fit bigint (id 2)`},
		{"nulls", alter(b, notNull(b)), "UPDATE t SET b = 0 WHERE b IS NULL", "(1, 'x', 1), (2, 'x', NULL), (3, 'x', NULL)", all,
			`2 rows of table "t" have no value in column "b", which is NOT NULL (id 2, 3)`},
		{"duplicates", op.CreateIndex{Table: "t", Index: op.Index{Name: "i", Unique: true, Columns: op.Columns("a")}}, "DELETE FROM t WHERE id > 1",
			"(1, 'x', 1), (2, 'x', 2), (3, NULL, 1), (4, NULL, 1)", "sqlite postgres",
			`2 rows of table "t" have values in (a) that others have too, against index "i" (id 1, 2)`},
		{"check", op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "b > 0"}}, "UPDATE t SET b = 1 WHERE b < 1", "(1, 'x', 1), (2, 'x', 0), (3, 'x', NULL)", "sqlite postgres",
			`1 row of table "t" has values that the check "k" (b > 0) does not allow (id 2)`},
		{"orphans", op.AddForeignKey{Table: "t", ForeignKey: op.ForeignKey{Name: "f", Columns: []string{"b"}, RefTable: "t", RefColumns: []string{"id"}}}, "UPDATE t SET b = id",
			"(1, 'x', 1), (2, 'x', 7), (3, 'x', NULL)", "sqlite postgres", `1 row of table "t" refers by (b) to rows of "t" that do not exist (id 2)`},
	} {
		testdb.Each(t, func(t *testing.T, dialect string) {
			if !strings.Contains(c.on, dialect) {
				return
			}
			t.Run(c.name, func(t *testing.T) {
				g := &ground{dialect: dialect, db: testdb.NewPool(t, dialect).Open(t)}
				table := op.CreateTable{Name: "t", Columns: []op.Column{{Name: "id", Type: op.Int(64), NotNull: true}, a, b}, PrimaryKey: op.Columns("id")}
				revisions := op.Revisions{
					{ID: "a", Created: "2026-11-23T10:15:02Z", Message: "make t", Up: op.List{table, op.Exec{SQL: "INSERT INTO t (id, a, b) VALUES " + c.rows}}},
					{ID: "b", Parents: []string{"a"}, Created: "2026-11-23T10:15:03Z", Message: "change t", Up: op.List{c.change}},
				}
				if _, err := migrate.New(g.db, revisions).Upgrade(t.Context(), "a"); err != nil {
					t.Fatal(err)
				}
				before, err := g.look()
				if err != nil {
					t.Fatal(err)
				}
				if _, err := migrate.New(g.db, revisions).Upgrade(t.Context(), "b"); err == nil || !strings.Contains(err.Error(), c.want+"; mend ") {
					t.Errorf("error:\n%v\nwant:\n%s", err, c.want)
				}
				after, err := g.look()
				if err != nil {
					t.Fatal(err)
				}
				if d := gocmp.Diff(before.schema, after.schema) + gocmp.Diff(before.rows, after.rows); d != "" {
					t.Errorf("it failed, and left (-before +after):\n%s", d)
				}
				revisions[1].Up = append(op.List{op.Exec{SQL: c.mend}}, revisions[1].Up...)
				if _, err := migrate.New(g.db, revisions).Upgrade(t.Context(), "b"); err != nil {
					t.Errorf("with the rows mended: %v", err)
				}
			})
		})
	}
}
