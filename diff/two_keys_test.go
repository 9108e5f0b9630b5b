package diff_test

import (
	"slices"
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// With two keys over one column nobody knows on which of them a reference
// rests: it steps aside for the one that goes, and comes back after that.
func TestTwoKeysOverOneColumn(t *testing.T) {
	before := op.Schema{Tables: []op.Table{
		{
			Name: "books", Columns: []op.Column{{Name: "genre_age", Type: op.Int(64)}},
			ForeignKeys: []op.ForeignKey{{Name: "fk", Columns: []string{"genre_age"}, RefTable: "genres", RefColumns: []string{"age"}}},
		},
		{
			Name: "genres", Columns: []op.Column{{Name: "age", Type: op.Int(64)}},
			Uniques: []op.Unique{{Name: "uni_a", Columns: op.Columns("age")}},
			Indexes: []op.Index{{Name: "uni_b", Unique: true, Columns: op.Columns("age")}},
		},
	}}
	for _, drop := range []func(*op.Table){
		func(t *op.Table) { t.Uniques = nil },
		func(t *op.Table) { t.Indexes = nil },
	} {
		after := before.Clone()
		drop(after.Table("genres"))
		plan, err := diff.Compare(before, after, diff.Options{Owned: before})
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, o := range plan.Up {
			kinds = append(kinds, o.Kind())
		}
		if !slices.Equal(kinds, []string{"drop_foreign_key", "drop_unique", "add_foreign_key"}) && !slices.Equal(kinds, []string{"drop_foreign_key", "drop_index", "add_foreign_key"}) {
			t.Errorf("up: %v", plan.Up)
		}
	}
}
