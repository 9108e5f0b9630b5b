package diff

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// A foreign key rests on a key of the table that it refers to: the primary key,
// a unique constraint or a unique index over just its columns. Databases refuse
// to drop the key while the reference stands.

// refColumns returns the columns that a foreign key refers to, which are those
// of the primary key where it names none.
func refColumns(key op.ForeignKey, target *op.Table) []string {
	if len(key.RefColumns) > 0 || target == nil {
		return key.RefColumns
	}
	columns, _ := plain(target.PrimaryKey)
	return columns
}

// isKeyOver reports whether the parts are just those columns, in any order.
func isKeyOver(parts []op.KeyPart, columns []string) bool {
	have, ok := plain(parts)
	return ok && columnSet(have) == columnSet(columns)
}

// isUniqueOver reports whether the index is a key that a foreign key to those
// columns can rest on. A partial one is none.
func isUniqueOver(x op.Index, columns []string) bool {
	return x.Unique && x.Where == "" && isKeyOver(x.Columns, columns)
}

// columnSet names a set of columns.
func columnSet(columns []string) string {
	return strings.Join(slices.Sorted(slices.Values(columns)), "\x00")
}

// hasKeyOver reports whether a foreign key can refer to those columns.
func hasKeyOver(t *op.Table, columns []string) bool {
	return isKeyOver(t.PrimaryKey, columns) ||
		slices.ContainsFunc(t.Uniques, func(u op.Unique) bool { return isKeyOver(u.Columns, columns) }) ||
		slices.ContainsFunc(t.Indexes, func(x op.Index) bool { return isUniqueOver(x, columns) })
}

// losesKey reports whether a key over the columns, on which the database may
// rest a foreign key, is dropped on the way from one form of a table to
// another. Where there is a choice databases do not say what they chose, but
// they look at the primary key first.
func losesKey(from, to *op.Table, columns []string) bool {
	if isKeyOver(from.PrimaryKey, columns) {
		return !samePrimaryKey(from, to)
	}
	for _, u := range from.Uniques {
		if isKeyOver(u.Columns, columns) {
			if kept := to.Unique(u.Name); kept == nil || !kept.Same(u) {
				return true
			}
		}
	}
	for _, x := range from.Indexes {
		if isUniqueOver(x, columns) {
			if kept := to.Index(x.Name); kept == nil || !kept.Same(x) {
				return true
			}
		}
	}
	return false
}

func samePrimaryKey(a, b *op.Table) bool {
	return slices.Equal(a.PrimaryKey, b.PrimaryKey) && a.PrimaryKeyName == b.PrimaryKeyName
}
