package words

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// Distinct returns the schemas without the tables that an earlier one has in
// the same words: revisions and models mostly say the same, and asking twice
// what a database would make of it is half of the work for nothing. A schema
// with a reference that names no columns is left whole, since only the table
// that it refers to tells which they are.
func Distinct(schemas []op.Schema) []op.Schema {
	list := slices.Clone(schemas)
	if len(list) < 2 {
		return list
	}
	said := map[string][]*op.Table{}
	for i, s := range list {
		isWhole := slices.ContainsFunc(s.Tables, func(t op.Table) bool {
			return slices.ContainsFunc(t.ForeignKeys, func(k op.ForeignKey) bool { return len(k.RefColumns) == 0 })
		})
		var tables []op.Table
		for j := range s.Tables {
			t := &s.Tables[j]
			if isWhole || !slices.ContainsFunc(said[t.Name], func(other *op.Table) bool { return t.Same(other) }) {
				tables = append(tables, *t)
				said[t.Name] = append(said[t.Name], t)
			}
		}
		list[i].Tables = tables
	}
	return list
}
