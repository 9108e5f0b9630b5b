package diff

import (
	"cmp"
	"maps"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// Options are the facts and answers that a comparison may use. The zero value
// has none: nothing is dropped and nothing renamed.
type Options struct {
	// Owned is what the replay of our own revisions made. Only what is in it is
	// ever dropped. Default: nothing.
	Owned op.Schema
	// Renames are things that go on under another name. One that does not fit
	// is an error. Two may exchange their names. Default: none.
	Renames []Rename
	// Hints are renames that the models state themselves, with the table of a
	// column under its new name. One that does not fit (any more) is passed
	// over, as is one that Renames or Drops contradict, one of several that
	// claim the same thing, and an exchange of names, which would be undone by
	// the next comparison. Default: none.
	Hints []Rename
	// JoinTables are the desired tables whose columns GORM names after the
	// models that they join: where such a model's table goes on under another
	// name, so does the column. Default: none.
	JoinTables []string
	// Drops are tables ("users") and columns ("users.name") that really go,
	// although something new could be their new name, or a table has columns
	// that are not ours. Default: none.
	Drops []string
	// Backfills are the values that existing rows get in new columns, and instead
	// of nulls in those that may be null no more, by column ("users.name"). One
	// for a column that is neither has no effect. BackfillsDown are the same for
	// Down, by the name that the column has in the models if it is in them. There
	// one without an effect is an error. Default: none.
	Backfills, BackfillsDown map[string]op.Default
	// Zeros are values that mean "not set", by column, for columns with a raw
	// type, of which the type does not tell. Default: none.
	Zeros map[string]op.Default
	// Usings are what the values of columns become whose type changes, in SQL
	// and by column ("users.born"), whose name stands for the old value.
	// UsingsDown are the same for Down. One for a column whose type does not
	// change is an error. Default: none.
	Usings, UsingsDown map[string]string
	// Convert reports whether the database can turn the values of one type into
	// those of another by itself, and otherwise suggests expressions that do it,
	// if it knows any. Where it cannot, it is asked what the values become.
	// Default: nil, it can always.
	Convert func(column string, from, to op.Type) (ok bool, using []string)
}

// Rename says that a column, or where Table is empty a table, goes on under
// another name. Where the table of a column is renamed as well, Table may be
// its old name or its new one.
type Rename struct {
	Table string
	From  string
	To    string
}

// place is a column of a table, or where Column is empty the table.
type place struct{ Table, Column string }

func (p place) String() string {
	if p.Column == "" {
		return p.Table
	}
	return p.Table + "." + p.Column
}

// sortedPlaces returns the keys of a map in order.
func sortedPlaces[V any](m map[place]V) []place {
	return slices.SortedFunc(maps.Keys(m), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Column, b.Column))
	})
}
