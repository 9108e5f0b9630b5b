package diff_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// Up asks for a value that nobody can guess; Down, which may never run, says
// what it does without one.
func TestCautions(t *testing.T) {
	said := func(column, value string) []string {
		return []string{"down gives every row " + value + ` in column "pets.` + column + `", which a key or a check of it may refuse: where there are rows, write another Backfill into the file`}
	}
	for _, test := range []struct {
		name   string
		column op.Column
		change func(*op.Table)
		want   []string
	}{
		{"an honest zero", op.Column{Name: "c", Type: op.Int(64), NotNull: true}, func(*op.Table) {}, nil},
		{"no null is refused", op.Column{Name: "c", Type: op.Int(64)}, func(t *op.Table) {
			t.Uniques = []op.Unique{{Name: "u", Columns: op.Columns("c")}}
		}, nil},
		{"a default", op.Column{Name: "c", Type: op.Int(64), NotNull: true, Default: op.Literal(1)}, func(t *op.Table) {
			t.Checks = []op.Check{{Name: "k", Expr: "c > 0"}}
		}, nil},
		{"a unique constraint", op.Column{Name: "c", Type: op.Int(64), NotNull: true}, func(t *op.Table) {
			t.Uniques = []op.Unique{{Name: "u", Columns: op.Columns("c")}}
		}, said("c", "0")},
		{"a check", op.Column{Name: "c", Type: op.Text(), NotNull: true}, func(t *op.Table) {
			t.Checks = []op.Check{{Name: "k", Expr: "c <> ''"}}
		}, said("c", "''")},
	} {
		t.Run(test.name, func(t *testing.T) {
			id := op.Column{Name: "id", Type: op.Int(64), AutoIncrement: true}
			without := op.Table{Name: "pets", Columns: []op.Column{id}, PrimaryKey: op.Columns("id")}
			with := without.Clone()
			with.Columns = append(with.Columns, test.column)
			test.change(&with)
			schema := func(t op.Table) op.Schema { return op.Schema{Tables: []op.Table{t}} }
			plan, err := diff.Compare(schema(with), schema(without), diff.Options{Owned: schema(with)})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, plan.Cautions); diff != "" || len(plan.Questions) > 0 {
				t.Errorf("cautions (-want +got), questions %v:\n%s", plan.Questions, diff)
			}
		})
	}
}
