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
	columns := make(map[string]map[string]string, len(s.Tables))
	for i := range s.Tables {
		t := &s.Tables[i]
		tables[r.foldTable(t.Name)] = t
		names := make(map[string]string, len(t.Columns))
		for _, c := range t.Columns {
			names[r.Fold(c.Name)] = c.Name
		}
		columns[r.foldTable(t.Name)] = names
	}
	for i := range s.Tables {
		t := &s.Tables[i]
		own := columns[r.foldTable(t.Name)]
		t.PrimaryKey = r.spellKey(t.PrimaryKey, own)
		for j := range t.Uniques {
			t.Uniques[j].Columns = r.spellKey(t.Uniques[j].Columns, own)
		}
		for j := range t.Indexes {
			t.Indexes[j].Columns = r.spellKey(t.Indexes[j].Columns, own)
		}
		for j := range t.ForeignKeys {
			k := &t.ForeignKeys[j]
			k.Columns = r.spellList(k.Columns, own)
			if target := tables[r.foldTable(k.RefTable)]; target != nil {
				k.RefTable = target.Name
				k.RefColumns = r.spellList(k.RefColumns, columns[r.foldTable(k.RefTable)])
			}
		}
	}
}

// spellKey returns the parts with their names in that spelling. Words belong to
// the caller, so that parts which need another spelling are copied first.
func (r *Rules) spellKey(parts []op.KeyPart, names map[string]string) []op.KeyPart {
	isCopy := false
	for i := range parts {
		name, ok := names[r.Fold(parts[i].Column)]
		if !ok || name == parts[i].Column {
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
func (r *Rules) spellList(list []string, names map[string]string) []string {
	isCopy := false
	for i := range list {
		name, ok := names[r.Fold(list[i])]
		if !ok || name == list[i] {
			continue
		}
		if !isCopy {
			list, isCopy = slices.Clone(list), true
		}
		list[i] = name
	}
	return list
}
