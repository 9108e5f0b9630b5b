package words

import "github.com/go-limbeck/limbeck/op"

// spellNames gives keys, indexes and references the names of tables and columns
// in the letter case in which these stand in the schema, so that what compares
// byte by byte finds them.
func (r Rules) spellNames(s *op.Schema) {
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
		*t = t.Clone() // words belong to the caller
		own := columns[r.foldTable(t.Name)]
		r.spellKey(t.PrimaryKey, own)
		for j := range t.Uniques {
			r.spellKey(t.Uniques[j].Columns, own)
		}
		for j := range t.Indexes {
			r.spellKey(t.Indexes[j].Columns, own)
		}
		for j := range t.ForeignKeys {
			k := &t.ForeignKeys[j]
			r.spellList(k.Columns, own)
			if target := tables[r.foldTable(k.RefTable)]; target != nil {
				k.RefTable = target.Name
				r.spellList(k.RefColumns, columns[r.foldTable(k.RefTable)])
			}
		}
	}
}

func (r Rules) spellKey(parts []op.KeyPart, names map[string]string) {
	for i := range parts {
		if name, ok := names[r.Fold(parts[i].Column)]; ok {
			parts[i].Column = name
		}
	}
}

func (r Rules) spellList(list []string, names map[string]string) {
	for i := range list {
		if name, ok := names[r.Fold(list[i])]; ok {
			list[i] = name
		}
	}
}
