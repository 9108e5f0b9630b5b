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
	// What is ours, and what the models hint at, answers nothing.
	o.Owned, o.Hints, o.JoinTables, o.Zeros, o.Convert = op.Schema{}, nil, nil, nil, nil
	if !reflect.ValueOf(o).IsZero() || !slices.EqualFunc(current.Tables, desired.Tables, sameTable) {
		return false
	}
	current.Tables, desired.Tables = nil, nil
	return reflect.DeepEqual(current, desired)
}

// sameTable passes over a name of a primary key that one side does not state.
func sameTable(a, b op.Table) bool {
	if a.PrimaryKeyName == "" || b.PrimaryKeyName == "" {
		a.PrimaryKeyName, b.PrimaryKeyName = "", ""
	}
	return a.Same(&b)
}
