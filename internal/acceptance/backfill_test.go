package acceptance

import (
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestBackfillBesideDefault: rows that are there when a column comes get the
// Backfill, and rows that come later the Default.
func TestBackfillBesideDefault(t *testing.T) {
	text := func(notNull bool, d op.Default) op.Column {
		return op.Column{Name: "c", Type: op.String(20), NotNull: notNull, Default: d}
	}
	const none = "<null>"
	for _, test := range []struct {
		name     string
		column   op.Column
		backfill op.Default
		// want are the values of two rows that are there, and of one that comes
		// later, which is given one where "" stands.
		want [3]string
	}{
		{"not null, value", text(true, op.Default{}), op.Literal("x"), [3]string{"x", "x", ""}},
		{"not null, of the row", text(true, op.Default{}), op.Expr("name"), [3]string{"one", "two", ""}},
		{"not null, left to the database", text(true, op.DatabaseDefault()), op.Literal("x"), [3]string{"x", "x", ""}},
		{"not null, left to the database, of the row", text(true, op.DatabaseDefault()), op.Expr("name"), [3]string{"one", "two", ""}},
		{"not null, default and value", text(true, op.Literal("d")), op.Literal("x"), [3]string{"x", "x", "d"}},
		{"not null, default and expression", text(true, op.Literal("d")), op.Expr("'x'"), [3]string{"x", "x", "d"}},
		{"not null, default, of the row", text(true, op.Literal("d")), op.Expr("name"), [3]string{"one", "two", "d"}},
		{"not null, expression, of the row", text(true, op.Expr("(lower('D'))")), op.Expr("name"), [3]string{"one", "two", "d"}},
		{"nullable, value", text(false, op.Default{}), op.Literal("x"), [3]string{"x", "x", none}},
		{"nullable, of the row", text(false, op.Default{}), op.Expr("name"), [3]string{"one", "two", none}},
		{"nullable, default and null", text(false, op.Literal("d")), op.Expr("NULL"), [3]string{none, none, "d"}},
		{"nullable, default and value", text(false, op.Literal("d")), op.Literal("x"), [3]string{"x", "x", "d"}},
		{"nullable, default, of the row", text(false, op.Literal("d")), op.Expr("nullif(name, 'one')"), [3]string{none, "two", "d"}},
		{"nullable, expression and null", text(false, op.Expr("(lower('D'))")), op.Expr("null"), [3]string{none, none, "d"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			testdb.Each(t, func(t *testing.T, dialect string) {
				db := testdb.Open(t, dialect)
				make := op.CreateTable{Name: "things", PrimaryKey: op.Columns("id"), Columns: []op.Column{
					{Name: "id", Type: op.Int(64), AutoIncrement: true}, {Name: "name", Type: op.String(20), NotNull: true},
				}}
				migrator := migrate.New(db, op.Revisions{
					{ID: "a", Created: "2026-11-23T10:15:02Z", Message: "make", Up: op.List{make}, Down: op.List{op.DropTable{Name: "things"}}},
					{
						ID: "b", Parents: []string{"a"}, Created: "2026-11-23T10:15:03Z", Message: "add",
						Up:   op.List{op.AddColumn{Table: "things", Column: test.column, Backfill: test.backfill}},
						Down: op.List{op.DropColumn{Table: "things", Column: "c"}},
					},
				})
				exec := func(sql string) {
					t.Helper()
					if err := db.Exec(sql).Error; err != nil {
						t.Fatalf("%s: %v", sql, err)
					}
				}
				if _, err := migrator.Upgrade(t.Context(), "a"); err != nil {
					t.Fatal(err)
				}
				exec("INSERT INTO things (name) VALUES ('one'), ('two')")
				for i := range 2 {
					if _, err := migrator.Upgrade(t.Context(), "head"); err != nil {
						t.Fatal(err)
					}
					want := test.want
					if want[2] == "" {
						want[2] = "given"
						exec("INSERT INTO things (name, c) VALUES ('three', 'given')")
					} else {
						exec("INSERT INTO things (name) VALUES ('three')")
					}
					var got []string
					// Each time another text: a plan that the driver keeps has a type.
					if err := db.Raw(fmt.Sprintf("SELECT coalesce(c, '<null>') FROM things WHERE %d = %[1]d ORDER BY id", i)).Scan(&got).Error; err != nil {
						t.Fatal(err)
					}
					if d := gocmp.Diff(want[:], got); d != "" {
						t.Errorf("(-want +got)\n%s", d)
					}
					exec("DELETE FROM things WHERE name = 'three'")
					if _, err := migrator.Downgrade(t.Context(), "-1"); err != nil {
						t.Fatal(err)
					}
				}
			})
		})
	}
}
