package words

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// spellNames gives keys, indexes and references the names of tables and columns
// in the letter case in which these stand in the schema, so that what compares
// byte by byte finds them.
func (r *Rules) spellNames(s *op.Schema) {
	tables := make(map[string]*op.Table, len(s.Tables))
	for i := range s.Tables {
		t := &s.Tables[i]
		tables[r.foldTable(t.Name)] = t
	}
	for i := range s.Tables {
		t := &s.Tables[i]
		t.PrimaryKey = r.spellKey(t.PrimaryKey, t)
		for j := range t.Uniques {
			t.Uniques[j].Columns = r.spellKey(t.Uniques[j].Columns, t)
		}
		for j := range t.Indexes {
			t.Indexes[j].Columns = r.spellKey(t.Indexes[j].Columns, t)
		}
		for j := range t.ForeignKeys {
			k := &t.ForeignKeys[j]
			k.Columns = r.spellList(k.Columns, t)
			if target := tables[r.foldTable(k.RefTable)]; target != nil {
				k.RefTable = target.Name
				k.RefColumns = r.spellList(k.RefColumns, target)
			}
		}
	}
}

// spellKey returns the parts with their names in the spelling of the table's
// columns. Words belong to the caller, so that parts which need another spelling
// are copied first.
func (r *Rules) spellKey(parts []op.KeyPart, t *op.Table) []op.KeyPart {
	isCopy := false
	for i := range parts {
		name := r.spelled(parts[i].Column, t)
		if name == parts[i].Column {
			continue
		}
		if !isCopy {
			parts, isCopy = slices.Clone(parts), true
		}
		parts[i].Column = name
	}
	return parts
}

// spellList does so for names alone.
func (r *Rules) spellList(list []string, t *op.Table) []string {
	isCopy := false
	for i := range list {
		name := r.spelled(list[i], t)
		if name == list[i] {
			continue
		}
		if !isCopy {
			list, isCopy = slices.Clone(list), true
		}
		list[i] = name
	}
	return list
}

// spelled returns the name of the table's column that has this one in any letter
// case, or the name itself.
func (r *Rules) spelled(name string, t *op.Table) string {
	if name == "" { // of an expression
		return name
	}
	if i := r.columnIndex(t, name); i >= 0 {
		return t.Columns[i].Name
	}
	return name
}
