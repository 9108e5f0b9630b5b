package schematest

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
	"pgregory.net/rapid"
)

// addForeignKey gives the table a foreign key to a table of the schema, maybe
// itself, and the columns for it. Where the target has no key nothing happens.
func addForeignKey(t *rapid.T, s *op.Schema, tab *op.Table) {
	target := s.Tables[rapid.IntRange(0, len(s.Tables)-1).Draw(t, "target")].Clone()
	keys := keysOf(&target)
	if len(keys) == 0 {
		return
	}
	key := op.ForeignKey{
		Name:       rapid.SampledFrom([]string{"fk_a", "fk_b", "fk_c", "fk_d", "fk_e", "fk_f", "fk_g", "fk_h"}).Draw(t, "foreign key name"),
		RefTable:   target.Name,
		RefColumns: rapid.SampledFrom(keys).Draw(t, "target key"),
		OnDelete:   rapid.SampledFrom([]string{"", "CASCADE", "SET NULL"}).Draw(t, "on delete"),
	}
	for _, ref := range key.RefColumns {
		c := op.Column{Name: target.Name + "_" + ref, Type: target.Column(ref).Type}
		c.NotNull = key.OnDelete != "SET NULL" && rapid.Bool().Draw(t, "not null")
		if tab.Column(c.Name) == nil {
			tab.Columns = append(tab.Columns, c)
		}
		key.Columns = append(key.Columns, c.Name)
	}
	tab.ForeignKeys = append(tab.ForeignKeys, key)
}

// keysOf returns the sets of columns that foreign keys may refer to.
func keysOf(t *op.Table) [][]string {
	var keys [][]string
	add := func(parts []op.KeyPart) {
		if len(parts) > 0 {
			keys = append(keys, columnsOf(parts))
		}
	}
	add(t.PrimaryKey)
	for _, u := range t.Uniques {
		add(u.Columns)
	}
	for _, x := range t.Indexes {
		if x.Unique && x.Where == "" {
			add(x.Columns)
		}
	}
	return keys
}

func columnsOf(parts []op.KeyPart) []string {
	list := make([]string, len(parts))
	for i, p := range parts {
		list[i] = p.Column
	}
	return list
}

// sameColumns reports whether both are the same columns in any order.
func sameColumns(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
