package schematest

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// repaired returns the schema without what makes it invalid. Whoever draws or
// changes something therefore need not think of everything else.
func repaired(s op.Schema) op.Schema {
	s = s.Clone()
	names := map[string]bool{}
	free := func(name string) bool {
		if names[name] {
			return false
		}
		names[name] = true
		return true
	}
	for i := range s.Tables {
		t := &s.Tables[i]
		free(t.Name)
		if len(t.Columns) == 0 {
			t.Columns = []op.Column{{Name: "label", Type: op.Text()}}
		}
		repairPrimaryKey(t)
	}
	for i := range s.Tables {
		repairParts(&s.Tables[i], free)
	}
	for i := range s.Tables {
		repairForeignKeys(&s, &s.Tables[i], free)
	}
	return s
}

func repairPrimaryKey(t *op.Table) {
	if !hasColumns(t, columnsOf(t.PrimaryKey)) {
		t.PrimaryKey = nil
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		isKey := slices.ContainsFunc(t.PrimaryKey, func(p op.KeyPart) bool { return p.Column == c.Name })
		switch {
		case c.AutoIncrement && isKey && len(t.PrimaryKey) == 1:
			*c = op.Column{Name: c.Name, Type: op.Int(64), AutoIncrement: true}
		case isKey:
			c.AutoIncrement, c.NotNull = false, true
		default:
			c.AutoIncrement = false
		}
	}
}

func repairParts(t *op.Table, free func(name string) bool) {
	// SQLite has one index for all constraints over the same columns.
	sets := [][]string{columnsOf(t.PrimaryKey)}
	t.Uniques = slices.DeleteFunc(t.Uniques, func(u op.Unique) bool {
		columns := columnsOf(u.Columns)
		isTwice := slices.ContainsFunc(sets, func(set []string) bool { return sameColumns(set, columns) })
		sets = append(sets, columns)
		return isTwice || !hasColumns(t, columns) || !free(u.Name)
	})
	t.Indexes = slices.DeleteFunc(t.Indexes, func(x op.Index) bool {
		where, _, _ := strings.Cut(x.Where, " ")
		return !hasColumns(t, columnsOf(x.Columns)) || where != "" && t.Column(where) == nil || !free(x.Name)
	})
	t.Checks = slices.DeleteFunc(t.Checks, func(c op.Check) bool {
		column, _, _ := strings.Cut(strings.TrimPrefix(c.Expr, "length("), ")")
		return t.Column(column) == nil || !isText(t.Column(column).Type) || !free(c.Name)
	})
}

// repairForeignKeys leaves the keys that refer to a key of the same types. One
// that goes does not take the ground from another.
func repairForeignKeys(s *op.Schema, t *op.Table, free func(name string) bool) {
	t.ForeignKeys = slices.DeleteFunc(t.ForeignKeys, func(k op.ForeignKey) bool {
		target := s.Table(k.RefTable)
		if target == nil || !hasColumns(t, k.Columns) ||
			!slices.ContainsFunc(keysOf(target), func(key []string) bool { return sameColumns(key, k.RefColumns) }) {
			return true
		}
		for i, name := range k.Columns {
			if !t.Column(name).Type.Equal(target.Column(k.RefColumns[i]).Type) {
				return true
			}
		}
		return !free(k.Name)
	})
	for i := range t.ForeignKeys {
		k := &t.ForeignKeys[i]
		isNotNull := func(name string) bool { c := t.Column(name); return c.NotNull || c.AutoIncrement }
		if k.OnDelete == "SET NULL" && slices.ContainsFunc(k.Columns, isNotNull) {
			k.OnDelete = ""
		}
	}
}

func hasColumns(t *op.Table, names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return t.Column(name) == nil })
}
