package diff

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// holdColumns puts columns back into the goal which are to be dropped, but
// which something that is not ours uses.
func (m *merger) holdColumns() {
	keys := m.keptKeysByTarget()
	for _, t := range m.tables {
		// A column that is put back may be computed from another one.
		for again := true; again; {
			again = false
			for _, c := range slices.Clone(t.dropped) {
				if m.holdColumn(t, c, m.obstacles(t, c.Name, keys[t.name])) {
					again = true
				}
			}
		}
	}
}

// keptKey is a foreign key that stays, and the table that it belongs to.
type keptKey struct {
	table *mergedTable
	key   op.ForeignKey
}

// keptKeysByTarget finds by a table's name the foreign keys which stay, are not
// the models' and refer to the table.
func (m *merger) keptKeysByTarget() map[string][]keptKey {
	keys := map[string][]keptKey{}
	for _, t := range m.tables {
		for _, key := range t.keptKeys() {
			keys[key.RefTable] = append(keys[key.RefTable], keptKey{t, key})
		}
	}
	return keys
}

// holdColumn puts the column back where something stands in the way, and
// reports whether it did. No revision can drop what none made: where the
// revisions are all there is, the step would fail.
func (m *merger) holdColumn(t *mergedTable, c op.Column, obstacles []string) bool {
	if len(obstacles) == 0 {
		return false
	}
	about := place{t.name, c.Name}
	m.ask(about, nil,
		"Column %q would be dropped, but no revision made what uses it (%s): drop that by hand first, or keep the column in the models.",
		about, strings.Join(obstacles, ", "))
	t.dropped = slices.DeleteFunc(t.dropped, func(d op.Column) bool { return d.Name == c.Name })
	t.goal.Columns = append(t.goal.Columns, c)
	return true
}

// obstacles describes what stays and uses the column. keys are the foreign
// keys which stay and refer to the table.
func (m *merger) obstacles(t *mergedTable, column string, keys []keptKey) []string {
	var list []string
	if hasColumn(t.unmanaged.PrimaryKey, column) {
		list = append(list, "the primary key")
	}
	list = append(list, partObstacles(uniques(), t.unmanaged.Uniques, func(u op.Unique) bool {
		return hasColumn(u.Columns, column)
	})...)
	list = append(list, partObstacles(indexes(), t.unmanaged.Indexes, func(x op.Index) bool {
		return hasColumn(x.Columns, column) || op.Mentions(x.Where, column)
	})...)
	list = append(list, partObstacles(foreignKeys(), t.unmanaged.ForeignKeys, func(k op.ForeignKey) bool {
		return slices.Contains(k.Columns, column)
	})...)
	list = append(list, partObstacles(checks(), t.unmanaged.Checks, func(c op.Check) bool {
		return op.Mentions(c.Expr, column)
	})...)
	for _, c := range t.goal.Columns {
		if t.desired.Column(c.Name) == nil && op.Mentions(c.Generated.Expr, column) {
			list = append(list, "column "+c.Name)
		}
	}
	for _, k := range keys {
		if (k.table != t || !slices.Contains(k.key.Columns, column)) && slices.Contains(k.key.RefColumns, column) {
			list = append(list, foreignKeys().object(k.table.name, k.key).String())
		}
	}
	return list
}

// partObstacles describes the parts that use the column.
func partObstacles[T any](f facet[T], parts []T, uses func(T) bool) []string {
	var list []string
	for _, part := range parts {
		if uses(part) {
			object := f.object("", part)
			list = append(list, object.Kind+" "+object.Name)
		}
	}
	return list
}

// hasColumn reports whether a key uses the column, in an expression too.
func hasColumn(parts []op.KeyPart, column string) bool {
	return slices.ContainsFunc(parts, func(p op.KeyPart) bool {
		return p.Column == column || p.Expr != "" && op.Mentions(p.Expr, column)
	})
}
