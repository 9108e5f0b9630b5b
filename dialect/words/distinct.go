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
	said := make(map[string][]*op.Table, len(list[0].Tables))
	for i := range list {
		s := list[i]
		var tables []op.Table
		isWhole := i == 0 || leavesOutColumns(s)
		if isWhole {
			tables = s.Tables
		}
		for j := range s.Tables {
			t := &s.Tables[j]
			if !isWhole {
				if slices.ContainsFunc(said[t.Name], func(other *op.Table) bool { return t.Same(other) }) {
					continue
				}
				tables = append(tables, *t)
			}
			if i+1 < len(list) { // somebody comes after it
				said[t.Name] = append(said[t.Name], t)
			}
		}
		list[i].Tables = tables
	}
	return list
}

// leavesOutColumns reports whether a reference of the schema names no columns.
func leavesOutColumns(s op.Schema) bool {
	for i := range s.Tables {
		for j := range s.Tables[i].ForeignKeys {
			if len(s.Tables[i].ForeignKeys[j].RefColumns) == 0 {
				return true
			}
		}
	}
	return false
}
