package diff

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// canonical returns a copy whose order does not depend on that of s, columns
// excepted. Unlike op.Schema.Sorted it also orders constraints without names.
func canonical(s op.Schema) op.Schema {
	s = s.Clone()
	slices.SortStableFunc(s.Views, func(a, b op.View) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortStableFunc(s.Enums, func(a, b op.Enum) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortStableFunc(s.Tables, func(a, b op.Table) int { return cmp.Compare(a.Name, b.Name) })
	for i := range s.Tables {
		t := &s.Tables[i]
		sortParts(uniques(), t.Uniques)
		sortParts(indexes(), t.Indexes)
		sortParts(foreignKeys(), t.ForeignKeys)
		sortParts(checks(), t.Checks)
	}
	return s
}

func sortParts[T any](f facet[T], list []T) {
	slices.SortStableFunc(list, func(a, b T) int {
		if c := cmp.Compare(f.name(a), f.name(b)); c != 0 {
			return c
		}
		return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
}

// tables finds the tables of a schema by name, for look-up only.
type tables map[string]*op.Table

func tablesOf(s op.Schema) tables {
	m := make(tables, len(s.Tables))
	for i := range s.Tables {
		m[s.Tables[i].Name] = &s.Tables[i]
	}
	return m
}

// names returns the names of the tables, in the order of s.
func names(s op.Schema) []string {
	list := make([]string, len(s.Tables))
	for i, t := range s.Tables {
		list[i] = t.Name
	}
	return list
}

// columnNames returns the names of the columns that keep holds for.
func columnNames(columns []op.Column, keep func(name string) bool) []string {
	var list []string
	for _, c := range columns {
		if keep(c.Name) {
			list = append(list, c.Name)
		}
	}
	return list
}

// plain returns the columns of a key, and false where a part of it is more or
// less than a whole column.
func plain(parts []op.KeyPart) ([]string, bool) {
	list := make([]string, len(parts))
	for i, p := range parts {
		if p.Column == "" || p.Length > 0 {
			return nil, false
		}
		list[i] = p.Column
	}
	return list, len(list) > 0
}
