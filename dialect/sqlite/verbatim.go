package sqlite

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// firstWords returns for each table, by folded name, the first words that there
// are for it.
func firstWords(said []op.Schema) map[string]*op.Table {
	first := map[string]*op.Table{}
	for _, schema := range said {
		for i := range schema.Tables {
			t := &schema.Tables[i]
			if name := fold(t.Name); first[name] == nil {
				first[name] = t
			}
		}
	}
	return first
}

// restatedTables returns the tables, by folded name, that later words state
// otherwise than the first.
func restatedTables(said []op.Schema, first map[string]*op.Table) map[string]bool {
	restated := map[string]bool{}
	for _, schema := range said {
		for i := range schema.Tables {
			t := &schema.Tables[i]
			if name := fold(t.Name); !t.Same(first[name]) {
				restated[name] = true
			}
		}
	}
	return restated
}

// isVerbatim reports whether the statements that make a table in words are,
// letter for letter, those that the database keeps of it. Then the words are
// true, and nothing has to be taken apart to see it. Only the first words of a
// table may be tried so: others may say less.
func isVerbatim(word *op.Table, table object, indexes []object) bool {
	if len(indexes) != len(word.Indexes) || table.name != word.Name ||
		isLoose(*word) ||
		table.sql != createTable(*word) {
		return false
	}
	for _, o := range indexes {
		x := word.Index(o.name)
		if x == nil {
			return false
		}
		if text, err := createIndex(word.Name, *x); err != nil || text != o.sql {
			return false
		}
	}
	return true
}

// isLoose reports whether a reference of the table names no columns: which they
// are depends on the table that it refers to.
func isLoose(t op.Table) bool {
	return slices.ContainsFunc(t.ForeignKeys, func(k op.ForeignKey) bool { return len(k.RefColumns) == 0 })
}

// without returns the schema without those tables, unless a table that stays
// may need one of them.
func without(s op.Schema, tables map[string]bool) op.Schema {
	if len(tables) == 0 || slices.ContainsFunc(s.Tables, isLoose) {
		return s
	}
	s.Tables = slices.DeleteFunc(slices.Clone(s.Tables), func(t op.Table) bool { return tables[fold(t.Name)] })
	return s
}

// ownLists returns the table with lists of its own, whose items may be written.
func ownLists(t op.Table) op.Table {
	t.Columns = slices.Clone(t.Columns)
	t.Uniques = slices.Clone(t.Uniques)
	t.Indexes = slices.Clone(t.Indexes)
	t.ForeignKeys = slices.Clone(t.ForeignKeys)
	return t
}
