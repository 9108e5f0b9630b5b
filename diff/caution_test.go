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
	said := func(column, value, why string) []string {
		return []string{"down gives every row " + value + ` in column "pets.` + column + `", and ` + why +
			": where there are rows, say --backfill-down pets." + column + "=<SQL literal or expression>, or write another Backfill into the file"}
	}
	const step = "add column pets.c (int(64), not null), existing rows get "
	for _, test := range []struct {
		name   string
		column op.Column
		change func(*op.Table)
		// step is the first one of Down.
		step string
		want []string
	}{
		{"an honest zero", op.Column{Name: "c", Type: op.Int(64), NotNull: true}, func(*op.Table) {}, step + "0", nil},
		{"no null is refused", op.Column{Name: "c", Type: op.Int(64)}, func(t *op.Table) {
			t.Uniques = []op.Unique{{Name: "u", Columns: op.Columns("c")}}
		}, "add column pets.c (int(64))", nil},
		{"a default", op.Column{Name: "c", Type: op.Int(64), NotNull: true, Default: op.Literal(1)}, func(t *op.Table) {
			t.Checks = []op.Check{{Name: "k", Expr: "c > 0"}}
		}, "add column pets.c (int(64), not null, default 1)", nil},
		{"a unique constraint", op.Column{Name: "c", Type: op.Int(64), NotNull: true}, func(t *op.Table) {
			t.Uniques = []op.Unique{{Name: "u", Columns: op.Columns("c")}}
		}, step + "0", said("c", "0", `unique constraint "u" lets no two rows be alike`)},
		{"a unique constraint and a default", op.Column{Name: "c", Type: op.Int(64), NotNull: true, Default: op.Literal(1)}, func(t *op.Table) {
			t.Uniques = []op.Unique{{Name: "u", Columns: op.Columns("c")}}
		}, "add column pets.c (int(64), not null, default 1)", said("c", "1", `unique constraint "u" lets no two rows be alike`)},
		{"a reference", op.Column{Name: "c", Type: op.Int(64), NotNull: true}, func(t *op.Table) {
			t.ForeignKeys = []op.ForeignKey{{Name: "f", Columns: []string{"c"}, RefTable: "pets", RefColumns: []string{"id"}}}
		}, step + "0", said("c", "0", `foreign key "f" needs a row for each value`)},
		{"a reference with a default", op.Column{Name: "c", Type: op.Int(64), NotNull: true, Default: op.Literal(1)}, func(t *op.Table) {
			t.ForeignKeys = []op.ForeignKey{{Name: "f", Columns: []string{"c"}, RefTable: "pets", RefColumns: []string{"id"}}}
		}, "add column pets.c (int(64), not null, default 1)", said("c", "1", `foreign key "f" needs a row for each value`)},
		{"a reference with a default that may be null", op.Column{Name: "c", Type: op.Int(64), Default: op.Literal(1)}, func(t *op.Table) {
			t.ForeignKeys = []op.ForeignKey{{Name: "f", Columns: []string{"c"}, RefTable: "pets", RefColumns: []string{"id"}}}
		}, "add column pets.c (int(64), default 1), existing rows get NULL", nil},
		{"a check", op.Column{Name: "c", Type: op.Text(), NotNull: true}, func(t *op.Table) {
			t.Checks = []op.Check{{Name: "k", Expr: "c <> ''"}}
		}, "add column pets.c (text, not null), existing rows get ''", said("c", "''", `check "k" may refuse ''`)},
		{"a check without a name", op.Column{Name: "c", Type: op.Text(), NotNull: true}, func(t *op.Table) {
			t.Checks = []op.Check{{Expr: "c <> ''"}}
		}, "add column pets.c (text, not null), existing rows get ''", said("c", "''", `check "(c <> '')" may refuse ''`)},
		{"a check of times", op.Column{Name: "c", Type: op.Time(), NotNull: true}, func(t *op.Table) {
			t.Checks = []op.Check{{Name: "k", Expr: "c > '1900-01-01'"}}
		}, "add column pets.c (time, not null), existing rows get '0001-01-01 00:00:00+00:00'", said("c", "'0001-01-01 00:00:00+00:00'", `check "k" may refuse '0001-01-01 00:00:00+00:00'`)},
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
			if got := plan.Down[0].String(); got != test.step {
				t.Errorf("down begins with %q, want %q", got, test.step)
			}

			answer := map[string]op.Default{"pets.c": op.Expr("id")}
			plan, err = diff.Compare(schema(with), schema(without), diff.Options{Owned: schema(with), BackfillsDown: answer})
			if err != nil {
				t.Fatal(err)
			}
			add, _ := plan.Down[0].(op.AddColumn)
			if len(plan.Cautions) > 0 || !add.Backfill.Equal(answer["pets.c"]) {
				t.Errorf("answered, the cautions are %v, and down begins with %s", plan.Cautions, plan.Down[0])
			}
		})
	}
}

// Answers for Down may be about any column that it adds or that takes no nulls
// after it.
func TestBackfillsDown(t *testing.T) {
	before := schema(
		entity("t", notNull("a", op.Int(64)), unique("u", "a"), notNull("b", op.Text()), col("c", op.Text())), entity("gone", col("a", op.Text())))
	after := schema(entity("people", unique("u", "a2"), col("a2", op.Int(64)), col("c", op.Text())))
	options := diff.Options{
		Owned:         before,
		Renames:       []diff.Rename{{From: "t", To: "people"}, {Table: "people", From: "a", To: "a2"}},
		Drops:         []string{"t.b", "gone"},
		BackfillsDown: map[string]op.Default{"people.a2": op.Expr("id"), "t.b": op.Expr("c")},
	}
	plan, err := diff.Compare(before, after, options)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "down", []string{
		"create table gone",
		"add column people.b (text, not null), existing rows get c",
		"alter column people.a2: not null, nulls become id",
		"rename column people.a2 to a", "rename table people to t",
	}, lines(plan.Down))
	same(t, "cautions", nil, plan.Cautions)

	for answer, want := range map[string]string{
		"t.c":    `backfilling "people.c" on the way down: down neither adds the column nor makes it not null; leave the answer out`,
		"t.a":    `backfilling "people.a" on the way down: down neither adds the column nor makes it not null; leave the answer out`,
		"gone.a": `backfilling "gone.a" on the way down: down neither adds the column nor makes it not null; leave the answer out`,
		"t.none": `backfilling "t.none" on the way down: there is no such column; there are: id, a, b, c`,
		"none.a": `backfilling "none.a" on the way down: there is no such table; name a column as table.column, of one of: gone, t`,
		"t":      `backfilling "t" on the way down: there is no such table; name a column as table.column, of one of: gone, t`,
	} {
		options.BackfillsDown = map[string]op.Default{answer: op.Literal(1)}
		if _, err := diff.Compare(before, after, options); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", answer, err, want)
		}
	}
}
