package words

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

func TestDistinct(t *testing.T) {
	table := func(name string, keys ...op.ForeignKey) op.Table {
		return op.Table{Name: name, Columns: []op.Column{{Name: "id", Type: op.Int(64)}}, ForeignKeys: keys}
	}
	other := table("b")
	other.Comment = "other"
	loose := op.ForeignKey{Name: "k", Columns: []string{"id"}, RefTable: "a"}
	schema := func(tables ...op.Table) op.Schema { return op.Schema{Tables: tables} }
	in := []op.Schema{
		schema(table("a"), table("b")),
		schema(table("a"), other, table("c")),
		schema(table("a"), table("b"), other),
		schema(table("a"), table("d", loose)),
	}
	want := []op.Schema{in[0], schema(other, table("c")), schema(), in[3]}
	if diff := cmp.Diff(want, Distinct(in)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if len(in[1].Tables) != 3 {
		t.Error("the schemas were changed")
	}
}
