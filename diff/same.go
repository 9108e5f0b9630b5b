package diff

import (
	"reflect"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// isSettled reports whether there is nothing to compare: no answer to check,
// and the same on both sides, part by part in the same order. That is how most
// comparisons end, and what follows costs many times as much. Where it says no
// there may still be no difference.
func isSettled(current, desired op.Schema, o Options) bool {
	o.Owned = op.Schema{}
	if !reflect.ValueOf(o).IsZero() || !slices.EqualFunc(current.Tables, desired.Tables, tableEqual) {
		return false
	}
	current.Tables, desired.Tables = nil, nil
	return reflect.DeepEqual(current, desired)
}

// tableEqual compares like columnEqual: slices by value, and what is left, also
// what package op gains later, by reflection. A name of a primary key that one
// side does not state is no difference.
func tableEqual(a, b op.Table) bool {
	if !slices.EqualFunc(a.Columns, b.Columns, columnEqual) || !slices.Equal(a.PrimaryKey, b.PrimaryKey) ||
		!slices.EqualFunc(a.Uniques, b.Uniques, uniqueEqual) || !slices.EqualFunc(a.Indexes, b.Indexes, indexEqual) ||
		!slices.EqualFunc(a.ForeignKeys, b.ForeignKeys, foreignKeyEqual) || !slices.Equal(a.Checks, b.Checks) {
		return false
	}
	for _, t := range []*op.Table{&a, &b} {
		t.Columns, t.PrimaryKey, t.Uniques, t.Indexes, t.ForeignKeys, t.Checks = nil, nil, nil, nil, nil, nil
	}
	if a.PrimaryKeyName == "" || b.PrimaryKeyName == "" {
		a.PrimaryKeyName, b.PrimaryKeyName = "", ""
	}
	return reflect.DeepEqual(a, b)
}
