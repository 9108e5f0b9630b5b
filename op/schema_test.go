package op_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

// scribble changes every text, number and truth that can be reached from v.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			scribble(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			scribble(v.Index(i))
		}
	case reflect.String:
		v.SetString(v.String() + " scribbled")
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	default:
		panic("a new kind of field: " + v.Kind().String())
	}
}

func TestCloneSharesNoMemory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.MakeCustom[op.Schema](randomly).Draw(t, "schema")
		before := fmt.Sprintf("%#v", s)
		c := s.Clone()
		if got := fmt.Sprintf("%#v", c); got != before {
			t.Fatalf("the clone is another schema:\n%s\n%s", before, got)
		}
		scribble(reflect.ValueOf(&c).Elem())
		if after := fmt.Sprintf("%#v", s); after != before {
			t.Fatalf("a change of the clone changed the schema:\n%s", cmp.Diff(before, after))
		}
		sorted := s.Sorted()
		scribble(reflect.ValueOf(&sorted).Elem())
		if after := fmt.Sprintf("%#v", s); after != before {
			t.Fatalf("a change of the sorted schema changed the schema:\n%s", cmp.Diff(before, after))
		}
	})
}

// TestApplySharesNoMemory: the schema that an operation made can be changed
// without changing the operation, or the schema that it was applied to.
func TestApplySharesNoMemory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := anyOperation.Draw(t, "operation")
		before := fmt.Sprintf("%#v", o)
		// A schema that any operation fits: tables and columns by its own names.
		s := fitting(o)
		schema := fmt.Sprintf("%#v", s)
		after, err := op.List{o}.Apply(s)
		if err != nil {
			t.Skip(err)
		}
		scribble(reflect.ValueOf(&after).Elem())
		if got := fmt.Sprintf("%#v", o); got != before {
			t.Fatalf("a change of the schema changed the operation:\n%s", cmp.Diff(before, got))
		}
		if got := fmt.Sprintf("%#v", s); got != schema {
			t.Fatalf("a change of the result changed the input:\n%s", cmp.Diff(schema, got))
		}
	})
}

// fitting returns a schema with what the operations that add or alter things
// need.
func fitting(o op.Operation) op.Schema {
	v := reflect.ValueOf(o)
	table := v.FieldByName("Table")
	if !table.IsValid() {
		return op.Schema{Tables: []op.Table{{Name: "another", Columns: []op.Column{{Name: "id", Type: op.Int(64)}}}}}
	}
	t := op.Table{Name: table.String(), Columns: []op.Column{{Name: "another", Type: op.Int(64)}}}
	if o, ok := o.(op.AlterColumn); ok {
		t.Columns = append(t.Columns, op.Column{Name: o.To.Name})
	}
	return op.Schema{Tables: []op.Table{t}}
}

func TestSorted(t *testing.T) {
	sorted := op.Schema{Tables: []op.Table{
		{
			Name:        "a",
			Columns:     []op.Column{{Name: "z"}, {Name: "b"}}, // columns keep their order
			PrimaryKey:  op.Columns("z", "b"),
			Uniques:     []op.Unique{{Name: "u1", Columns: op.Columns("z", "b")}, {Name: "u2"}},
			Indexes:     []op.Index{{Name: "i1", Columns: op.Columns("z", "b")}, {Name: "i2"}, {Name: "i3"}},
			ForeignKeys: []op.ForeignKey{{Name: "f1", Columns: []string{"z", "b"}, RefColumns: []string{"y", "x"}}, {Name: "f2"}},
			Checks:      []op.Check{{Name: "c1"}, {Name: "c2"}},
		},
		{Name: "b"},
		{Name: "c"},
	}}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		s := sorted.Clone()
		shuffle(random, s.Tables)
		a := s.Table("a")
		shuffle(random, a.Uniques)
		shuffle(random, a.Indexes)
		shuffle(random, a.ForeignKeys)
		shuffle(random, a.Checks)
		before := s.Clone()
		if diff := cmp.Diff(sorted, s.Sorted()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(before, s); diff != "" {
			t.Fatalf("Sorted changed its input:\n%s", diff)
		}
	}
}

func shuffle[T any](random *rand.Rand, list []T) {
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// TestSortedIsStable: things of one name, as those without a name, keep their
// order.
func TestSortedIsStable(t *testing.T) {
	var mixed, want []op.Check
	for i := range 50 { // a short list is sorted stably by any means
		c := op.Check{Expr: fmt.Sprint(i)}
		if i%2 == 1 {
			c.Name = "named"
		}
		mixed = append(mixed, c)
	}
	for _, name := range []string{"", "named"} {
		for _, c := range mixed {
			if c.Name == name {
				want = append(want, c)
			}
		}
	}
	s := op.Schema{Tables: []op.Table{{Checks: mixed}}}
	if diff := cmp.Diff(want, s.Sorted().Tables[0].Checks); diff != "" {
		t.Error(diff)
	}
}

func TestFinding(t *testing.T) {
	s := library()
	books := s.Table("books")
	if books == nil || s.Table("Books") != nil || s.Table("") != nil {
		t.Fatal("Table does not find by the exact name")
	}
	for what, found := range map[string][2]bool{
		"Column":     {books.Column("title") != nil, books.Column("x") != nil},
		"Unique":     {books.Unique("uni_title") != nil, books.Unique("x") != nil},
		"Index":      {books.Index("idx_both") != nil, books.Index("x") != nil},
		"ForeignKey": {books.ForeignKey("fk_author") != nil, books.ForeignKey("x") != nil},
		"Check":      {books.Check("chk_price") != nil, books.Check("x") != nil},
	} {
		if found != [2]bool{true, false} {
			t.Errorf("%s finds what is there: %v, what is not: %v", what, found[0], found[1])
		}
	}
	// In place.
	books.Column("title").NotNull = true
	if !s.Tables[1].Columns[2].NotNull {
		t.Error("Column returns a copy")
	}
}
