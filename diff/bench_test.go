package diff_test

import (
	"fmt"
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// manyTables returns tables of twelve columns, each with an index and a foreign
// key to the one before.
func manyTables(n int) op.Schema {
	var s op.Schema
	for i := range n {
		name := fmt.Sprintf("table_%04d", i)
		t := entity(name, col("parent_id", op.Int(64)), index("idx_"+name, "parent_id"))
		for j := range 10 {
			t.Columns = append(t.Columns, notNull(fmt.Sprintf("column_%d", j), op.String(100)))
		}
		if i > 0 {
			t.ForeignKeys = append(t.ForeignKeys, ref("fk_"+name, "parent_id", fmt.Sprintf("table_%04d", i-1)))
		}
		s.Tables = append(s.Tables, t)
	}
	return s
}

func BenchmarkCompare(b *testing.B) {
	for _, n := range []int{100, 1000, 4000} {
		s := manyTables(n)
		for _, c := range []struct {
			name             string
			current, desired op.Schema
		}{
			{"no change", s, s},
			{"from empty", op.Schema{}, s},
			{"to empty", s, op.Schema{}},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) {
				for b.Loop() {
					if _, err := diff.Compare(c.current, c.desired, diff.Options{Owned: c.current}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
