package sqlite

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// speakAll replaces the parts of a live table by the words that mean them,
// each word once. A part means a word that says the same and has its name;
// then, a part without a name means one that says the same. The parts that the
// raw types of columns bring along are the columns' and left out.
func speakAll[T any](live, inTypes []T, says []saying, parts func(op.Table) []T, name func(T) string, same func(a, b T) bool) []T {
	spoken := make([]T, len(live))
	done := make([]bool, len(live))
	used := map[string]bool{} // names
	for _, nameless := range []bool{false, true} {
		for _, s := range says {
			words := parts(s.word)
			// Parts inside raw types stand with columns, so before the others,
			// which are written and stored in the order of the words.
			stored := parts(s.stored)
			stored = stored[len(stored)-len(words):]
			taken := make([]bool, len(stored))
			for i, x := range live {
				if done[i] || nameless && name(x) != "" {
					continue
				}
				for j, y := range stored {
					if taken[j] || used[fold(name(y))] || !nameless && !sameName(name(x), name(y)) || !same(x, y) {
						continue
					}
					taken[j], done[i], spoken[i] = true, true, words[j]
					used[fold(name(y))] = name(y) != ""
					break
				}
			}
		}
	}
	inTypes = slices.Clone(inTypes)
	var list []T
	for i, x := range live {
		if done[i] {
			list = append(list, spoken[i])
			continue
		}
		if j := slices.IndexFunc(inTypes, func(y T) bool { return sameName(name(x), name(y)) && same(x, y) }); j >= 0 {
			inTypes = slices.Delete(inTypes, j, j+1)
			continue
		}
		list = append(list, x)
	}
	return list
}

// broughtBy returns the keys and checks that stand inside the raw type of a
// column.
func (s saying) broughtBy(word op.Column) op.Table {
	d, err := columnFrom(word)
	if err != nil {
		return op.Table{}
	}
	brought := tableDef{name: s.word.Name, columns: []columnDef{d}}.table()
	if len(brought.ForeignKeys) > 0 { // as stored, with the columns that they refer to
		brought.ForeignKeys = nil
		for _, k := range s.stored.ForeignKeys[:len(s.stored.ForeignKeys)-len(s.word.ForeignKeys)] {
			if len(k.Columns) == 1 && sameName(k.Columns[0], word.Name) {
				brought.ForeignKeys = append(brought.ForeignKeys, k)
			}
		}
	}
	return brought
}

// hasParts reports whether the table has all those keys and checks.
func hasParts(t, parts op.Table) bool {
	return (len(parts.PrimaryKey) == 0 || sameParts(t.PrimaryKey, parts.PrimaryKey)) &&
		hasAll(t.Uniques, parts.Uniques, uniqueName, sameUnique) &&
		hasAll(t.ForeignKeys, parts.ForeignKeys, foreignKeyName, sameForeignKey) &&
		hasAll(t.Checks, parts.Checks, checkName, sameCheck)
}

func hasAll[T any](list, parts []T, name func(T) string, same func(a, b T) bool) bool {
	return !slices.ContainsFunc(parts, func(y T) bool {
		return !slices.ContainsFunc(list, func(x T) bool { return sameName(name(x), name(y)) && same(x, y) })
	})
}

// spellNames gives keys, indexes and references the names of tables and columns
// in the letter case in which these stand in the schema, so that what compares
// byte by byte finds them.
func spellNames(s *op.Schema) {
	tables := make(map[string]*op.Table, len(s.Tables))
	columns := make(map[string]map[string]string, len(s.Tables))
	for i := range s.Tables {
		t := &s.Tables[i]
		tables[fold(t.Name)] = t
		names := make(map[string]string, len(t.Columns))
		for _, c := range t.Columns {
			names[fold(c.Name)] = c.Name
		}
		columns[fold(t.Name)] = names
	}
	for i := range s.Tables {
		t := &s.Tables[i]
		*t = t.Clone() // words belong to the caller
		own := columns[fold(t.Name)]
		spellKey(t.PrimaryKey, own)
		for j := range t.Uniques {
			spellKey(t.Uniques[j].Columns, own)
		}
		for j := range t.Indexes {
			spellKey(t.Indexes[j].Columns, own)
		}
		for j := range t.ForeignKeys {
			k := &t.ForeignKeys[j]
			spellList(k.Columns, own)
			if target := tables[fold(k.RefTable)]; target != nil {
				k.RefTable = target.Name
				spellList(k.RefColumns, columns[fold(k.RefTable)])
			}
		}
	}
}

func spellKey(parts []op.KeyPart, names map[string]string) {
	for i := range parts {
		if name, ok := names[fold(parts[i].Column)]; ok {
			parts[i].Column = name
		}
	}
}

func spellList(list []string, names map[string]string) {
	for i := range list {
		if name, ok := names[fold(list[i])]; ok {
			list[i] = name
		}
	}
}
