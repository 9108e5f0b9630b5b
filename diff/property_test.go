package diff_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/internal/schematest"
	"github.com/go-limbeck/limbeck/op"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func compare(t *rapid.T, a, b op.Schema, o diff.Options) diff.Plan {
	t.Helper()
	plan, err := diff.Compare(a, b, o)
	if err != nil {
		t.Fatalf("comparing: %v", err)
	}
	return plan
}

func mustRun(t *rapid.T, what string, list op.List, s op.Schema) op.Schema {
	t.Helper()
	after, err := runStrictly(list, s)
	if err != nil {
		t.Fatalf("%s: %v\nin %v", what, err, list)
	}
	return after
}

func mustEqual(t *rapid.T, what string, want, got op.Schema) {
	t.Helper()
	if d := cmp.Diff(withoutColumnOrder(want), withoutColumnOrder(got), cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("%s (-want +got):\n%s", what, d)
	}
}

// Law 1.
func TestSchemaEqualsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := randomPair(t)
		plan := compare(t, a, shuffled(t, a), diff.Options{Owned: part(t, a)})
		if d := cmp.Diff(diff.Plan{}, plan); d != "" {
			t.Fatal(d)
		}
	})
}

// Law 1.
func TestOrderOfInputsMeansNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		owned := part(t, a)
		want, err := json.Marshal(compare(t, a, b, diff.Options{Owned: owned}))
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(compare(t, shuffled(t, a), shuffled(t, b), diff.Options{Owned: shuffled(t, owned)}))
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != string(got) {
			t.Fatalf("%s\n%s", want, got)
		}
	})
}

// Law 1 where there are no names to go by.
func TestOrderOfNamelessPartsMeansNothing(t *testing.T) {
	one := table("t", col("a", op.Int(64)), check("", "a > 1"), check("", "a < 9"), unique("", "a"), ref("", "a", "t"), ref("", "a", "u"))
	two := table("t", col("a", op.Int(64)), ref("", "a", "u"), ref("", "a", "t"), unique("", "a"), check("", "a < 9"), check("", "a > 1"))
	plans := make([]diff.Plan, 2)
	for i, tab := range []op.Table{one, two} {
		var err error
		if plans[i], err = diff.Compare(schema(), schema(tab), diff.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "plan", plans[0], plans[1])
}

// Laws 2, 7 and 8.
func TestUpLeadsThereAndDownBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		plan := compare(t, a, b, diff.Options{Owned: a})
		after := mustRun(t, "up", plan.Up, a)
		mustEqual(t, "after up", b, after)
		mustEqual(t, "after down", a, mustRun(t, "down", plan.Down, after))

		if again := compare(t, after, b, diff.Options{Owned: after}); !again.Empty() {
			t.Fatalf("compared again: %v", again.Up)
		}
	})
}

// Law 2 with schemas that share nothing but names.
func TestUnrelatedSchemas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := schematest.Schema(t), schematest.Schema(t)
		decorate(t, &a)
		decorate(t, &b)
		plan := compare(t, a, b, diff.Options{Owned: a})
		after := mustRun(t, "up", plan.Up, a)
		mustEqual(t, "after up", b, after)
		mustEqual(t, "after down", a, mustRun(t, "down", plan.Down, after))
	})
}

// Law 2 with renames: the pair has a renamed table and a renamed column.
func TestRenamesLeadThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		var options diff.Options
		options.Owned = a
		shared := slices.DeleteFunc(slices.Clone(b.Tables), func(t op.Table) bool { return a.Table(t.Name) == nil })
		if len(shared) == 0 {
			t.Skip("no table stays")
		}
		table := rapid.SampledFrom(shared).Draw(t, "table").Name
		options.Renames = append(options.Renames, diff.Rename{From: table, To: "renamed"})
		steps := op.List{op.RenameTable{From: table, To: "renamed"}}
		for _, c := range b.Table(table).Columns {
			if a.Table(table).Column(c.Name) != nil && rapid.Bool().Draw(t, "rename column") {
				options.Renames = append(options.Renames, diff.Rename{Table: table, From: c.Name, To: c.Name + "_2"})
				steps = append(steps, op.RenameColumn{Table: "renamed", From: c.Name, To: c.Name + "_2"})
			}
		}
		b = mustRun(t, "renaming", steps, b)

		plan := compare(t, a, b, options)
		isDrop := func(o op.Operation) bool { _, ok := o.(op.DropView); return ok }
		begin := slices.DeleteFunc(slices.Clone(plan.Up), isDrop)[:len(steps)]
		if d := cmp.Diff(steps, begin, cmpopts.SortSlices(func(a, b op.Operation) bool { return a.String() < b.String() })); d != "" {
			t.Fatalf("up does not begin with the renames:\n%s", d)
		}
		after := mustRun(t, "up", plan.Up, a)
		mustEqual(t, "after up", b, after)
		mustEqual(t, "after down", a, mustRun(t, "down", plan.Down, after))
	})
}

// Law 2 with columns and tables that take over each other's names, in chains
// and in circles, and with what is named after them.
func TestNamesChangePlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := randomPair(t)
		a.Views = nil // which are made anew
		if len(a.Tables) == 0 {
			t.Skip("there is no table")
		}
		options := diff.Options{Owned: a}
		var there, back op.List
		move := func(table string, names []string, rename func(table, from, to string) op.Operation) {
			to := append(slices.Clone(names), "a_new_one")
			to = rapid.Permutation(to).Draw(t, "names")
			for i, from := range names {
				if from == to[i] {
					continue
				}
				options.Renames = append(options.Renames, diff.Rename{Table: table, From: from, To: to[i]})
				there, back = append(there, rename(table, from, "moving_"+from)), append(back, rename(table, "moving_"+from, to[i]))
			}
		}
		var names []string
		for _, tab := range a.Tables {
			names = append(names, tab.Name)
		}
		move("", names, func(_, from, to string) op.Operation { return op.RenameTable{From: from, To: to} })
		b := mustRun(t, "renaming tables", slices.Concat(there, back), a)
		for _, tab := range b.Tables {
			if !rapid.Bool().Draw(t, "renames columns") {
				continue
			}
			there, back = nil, nil
			var columns []string
			for _, c := range tab.Columns {
				columns = append(columns, c.Name)
			}
			move(tab.Name, columns, func(table, from, to string) op.Operation { return op.RenameColumn{Table: table, From: from, To: to} })
			b = mustRun(t, "renaming columns", slices.Concat(there, back), b)
		}
		if rapid.Bool().Draw(t, "renames parts") {
			prefixNames(&b, "new_")
		}
		plan := compare(t, a, b, options)
		for _, o := range plan.Up {
			if !strings.HasPrefix(o.Kind(), "rename_") {
				t.Fatalf("up has %s", o)
			}
		}
		after := mustRun(t, "up", plan.Up, a)
		mustEqual(t, "after up", b, after)
		mustEqual(t, "after down", a, mustRun(t, "down", plan.Down, after))
	})
}

// Law 9: whatever part of the schema is ours, what goes was in it or comes back
// in the same run, and what stays is whole.
func TestOnlyOwnedThingsAreDropped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		// An index that is not ours can be in the way of a new one's name, which
		// the database has to say.
		prefixNames(&b, "new_")
		keepNames(&b, a)
		owned := part(t, a)
		plan := compare(t, a, b, diff.Options{Owned: owned})
		after := mustRun(t, "up", plan.Up, a)
		mustEqual(t, "after down", a, mustRun(t, "down", plan.Down, after))
		for _, tab := range a.Tables {
			left, ours := after.Table(tab.Name), owned.Table(tab.Name)
			if left == nil {
				if ours == nil {
					t.Fatalf("table %s was dropped", tab.Name)
				}
				continue
			}
			for _, c := range tab.Columns {
				if left.Column(c.Name) == nil && (ours == nil || ours.Column(c.Name) == nil) {
					t.Fatalf("column %s.%s was dropped", tab.Name, c.Name)
				}
			}
			for _, x := range tab.Indexes {
				if left.Index(x.Name) == nil && left.Unique(x.Name) == nil && (ours == nil || ours.Index(x.Name) == nil) {
					t.Fatalf("index %s was dropped", x.Name)
				}
			}
			for _, u := range tab.Uniques {
				if left.Unique(u.Name) == nil && left.Index(u.Name) == nil && (ours == nil || ours.Unique(u.Name) == nil) {
					t.Fatalf("unique %s was dropped", u.Name)
				}
			}
			for _, k := range tab.ForeignKeys {
				if left.ForeignKey(k.Name) == nil && (ours == nil || ours.ForeignKey(k.Name) == nil) {
					t.Fatalf("foreign key %s was dropped", k.Name)
				}
			}
			for _, c := range tab.Checks {
				if left.Check(c.Name) == nil && (ours == nil || ours.Check(c.Name) == nil) {
					t.Fatalf("check %s was dropped", c.Name)
				}
			}
			if len(tab.PrimaryKey) > 0 && len(left.PrimaryKey) == 0 && (ours == nil || len(ours.PrimaryKey) == 0) {
				t.Fatalf("the primary key of %s was dropped", tab.Name)
			}
		}
	})
}

// Law 5: what is not done is said.
func TestNothingIsSilent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		prefixNames(&b, "new_")
		keepNames(&b, a)
		plan := compare(t, a, b, diff.Options{Owned: part(t, a)})
		after := mustRun(t, "up", plan.Up, a)
		isSame := cmp.Equal(withoutColumnOrder(b), withoutColumnOrder(after), cmpopts.EquateEmpty())
		said := len(plan.Unmanaged) + len(plan.Questions) + len(plan.Incomparable)
		if !isSame && said == 0 {
			t.Fatalf("after up: %s", cmp.Diff(b, after))
		}
	})
}

// prefixNames gives indexes and constraints other names.
func prefixNames(s *op.Schema, prefix string) {
	for i := range s.Tables {
		t := &s.Tables[i]
		for j := range t.Uniques {
			t.Uniques[j].Name = prefix + t.Uniques[j].Name
		}
		for j := range t.Indexes {
			t.Indexes[j].Name = prefix + t.Indexes[j].Name
		}
		for j := range t.ForeignKeys {
			t.ForeignKeys[j].Name = prefix + t.ForeignKeys[j].Name
		}
		for j := range t.Checks {
			t.Checks[j].Name = prefix + t.Checks[j].Name
		}
	}
}

// keepNames takes the prefix away again where the part stays in its table.
func keepNames(b *op.Schema, a op.Schema) {
	const prefix = "new_"
	for i := range b.Tables {
		t := &b.Tables[i]
		old := a.Table(t.Name)
		if old == nil {
			continue
		}
		for j := range t.Uniques {
			if name := t.Uniques[j].Name[len(prefix):]; old.Unique(name) != nil || old.Index(name) != nil {
				t.Uniques[j].Name = name
			}
		}
		for j := range t.Indexes {
			if name := t.Indexes[j].Name[len(prefix):]; old.Index(name) != nil || old.Unique(name) != nil {
				t.Indexes[j].Name = name
			}
		}
		for j := range t.ForeignKeys {
			if name := t.ForeignKeys[j].Name[len(prefix):]; old.ForeignKey(name) != nil {
				t.ForeignKeys[j].Name = name
			}
		}
		for j := range t.Checks {
			if name := t.Checks[j].Name[len(prefix):]; old.Check(name) != nil {
				t.Checks[j].Name = name
			}
		}
	}
}
