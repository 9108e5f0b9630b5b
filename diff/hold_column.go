package diff

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// obstacle is something that stays and uses a column that is to be dropped.
type obstacle struct {
	text string
	// take removes it from the goal, once the user agreed. It is nil where no
	// operation can drop the thing.
	take func()
}

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

// holdColumn reports whether it put the column back.
func (m *merger) holdColumn(t *mergedTable, c op.Column, found []obstacle) bool {
	if len(found) == 0 {
		return false
	}
	about := place{t.name, c.Name}
	var texts []string
	canTake := true
	for _, o := range found {
		texts = append(texts, o.text)
		canTake = canTake && o.take != nil
	}
	switch why := strings.Join(texts, ", "); {
	case canTake && m.answers.drops[about]:
		for _, o := range found {
			o.take()
		}
		return false
	case canTake:
		m.ask(about, []string{"--drop " + about.String()},
			"Column %q would be dropped, but no revision made what uses it (%s): shall the column go, and that with it?", about, why)
	default:
		m.ask(about, nil,
			"Column %q would be dropped, but no revision made what uses it and no operation drops that (%s): drop it by hand, or keep the column in the models.", about, why)
	}
	t.dropped = slices.DeleteFunc(t.dropped, func(d op.Column) bool { return d.Name == c.Name })
	t.goal.Columns = append(t.goal.Columns, c)
	return true
}

// obstacles returns what stays and uses the column. keys are the foreign keys
// which stay and refer to the table.
func (m *merger) obstacles(t *mergedTable, column string, keys []keptKey) []obstacle {
	var list []obstacle
	if hasColumn(t.unmanaged.PrimaryKey, column) {
		list = append(list, obstacle{"the primary key", func() {
			t.goal.PrimaryKey, t.goal.PrimaryKeyName = nil, ""
			t.unmanaged.PrimaryKey, t.unmanaged.PrimaryKeyName = nil, ""
		}})
	}
	list = append(list, partObstacles(uniques(), &t.goal.Uniques, &t.unmanaged.Uniques, func(u op.Unique) bool {
		return hasColumn(u.Columns, column)
	})...)
	list = append(list, partObstacles(indexes(), &t.goal.Indexes, &t.unmanaged.Indexes, func(x op.Index) bool {
		return hasColumn(x.Columns, column) || mentions(x.Where, column)
	})...)
	list = append(list, partObstacles(foreignKeys(), &t.goal.ForeignKeys, &t.unmanaged.ForeignKeys, func(k op.ForeignKey) bool {
		return slices.Contains(k.Columns, column)
	})...)
	list = append(list, partObstacles(checks(), &t.goal.Checks, &t.unmanaged.Checks, func(c op.Check) bool {
		return mentions(c.Expr, column)
	})...)
	for _, c := range t.goal.Columns {
		if t.desired.Column(c.Name) == nil && mentions(c.Generated.Expr, column) {
			list = append(list, obstacle{text: "column " + c.Name})
		}
	}
	for _, k := range keys {
		isThere := slices.ContainsFunc(k.table.keptKeys(), func(key op.ForeignKey) bool { return foreignKeyEqual(key, k.key) })
		if k.table == t && slices.Contains(k.key.Columns, column) || !isThere || !slices.Contains(k.key.RefColumns, column) {
			continue
		}
		o := obstacle{text: foreignKeys().object(k.table.name, k.key).String()}
		if k.key.Name != "" {
			o.take = func() { k.table.takeKey(k.key.Name) }
		}
		list = append(list, o)
	}
	return list
}

// partObstacles returns the parts of unmanaged that use the column.
func partObstacles[T any](f facet[T], goal, unmanaged *[]T, uses func(T) bool) []obstacle {
	var list []obstacle
	for _, part := range *unmanaged {
		if !uses(part) {
			continue
		}
		o := obstacle{text: f.noun + " " + f.object("", part).Name}
		if name := f.name(part); name != "" {
			o.take = func() {
				*goal = without(f, *goal, name)
				*unmanaged = without(f, *unmanaged, name)
			}
		}
		list = append(list, o)
	}
	return list
}

// hasColumn reports whether a key uses the column, in an expression too.
func hasColumn(parts []op.KeyPart, column string) bool {
	return slices.ContainsFunc(parts, func(p op.KeyPart) bool {
		return p.Column == column || p.Expr != "" && mentions(p.Expr, column)
	})
}
