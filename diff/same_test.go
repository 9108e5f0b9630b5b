package diff

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/internal/schematest"
	"github.com/go-limbeck/limbeck/op"
)

// The short way says the same as the long one, which an answer that has no
// effect makes it take.
func TestSettled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := schematest.Schema(t)
		b := schematest.Change(t, a)
		if rapid.Bool().Draw(t, "same") {
			b = a.Clone()
		}
		short, err := Compare(a, b, Options{Owned: a})
		if err != nil {
			t.Fatal(err)
		}
		long, err := Compare(a, b, Options{Owned: a, Drops: []string{}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(long, short); diff != "" {
			t.Errorf("-long +short:\n%s", diff)
		}
		if isSettled(a, b, Options{}) && len(short.Up) > 0 {
			t.Errorf("settled, and yet there is %v", short.Up)
		}
	})
	s := op.Schema{Tables: []op.Table{{Name: "t", PrimaryKeyName: "x"}}}
	for _, other := range []op.Table{{Name: "u"}, {Name: "t", Comment: "c"}, {Name: "t", PrimaryKeyName: "y"}, {Name: "t", Options: "STRICT"}} {
		if isSettled(s, op.Schema{Tables: []op.Table{other}}, Options{}) {
			t.Errorf("%v is the same as %v", s.Tables[0], other)
		}
	}
	if !isSettled(s, op.Schema{Tables: []op.Table{{Name: "t"}}}, Options{Owned: s, Hints: []Rename{{From: "a", To: "b"}}, JoinTables: []string{"t"}}) || isSettled(s, s, Options{Drops: []string{"t"}}) {
		t.Error("an answer is passed over, or what is owned counts")
	}
}
