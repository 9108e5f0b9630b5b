package diff

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// holdKeys keeps the primary keys, unique constraints and unique indexes that a
// foreign key which is not ours rests on, though they should go or change.
func (m *merger) holdKeys() {
	var changed []*mergedTable
	for _, t := range m.tables {
		for _, key := range t.keptKeys() {
			target := m.byName[key.RefTable]
			if target == nil || target.gone || target.current == nil {
				continue
			}
			columns := refColumns(key, target.current)
			if !hasKeyOver(target.current, columns) || hasKeyOver(&target.goal, columns) {
				continue
			}
			m.cannot("%s on %q stays as it is: %s, which no revision made, rests on it",
				target.holdKey(columns), target.name, foreignKeys().object(t.name, key))
			changed = append(changed, target)
		}
	}
	for _, target := range changed {
		m.leaveOutKeys(target)
	}
}

// holdKey puts the current table's key over the columns into the goal, and
// returns what it is.
func (t *mergedTable) holdKey(columns []string) string {
	if isKeyOver(t.current.PrimaryKey, columns) {
		t.goal.PrimaryKey, t.goal.PrimaryKeyName = slices.Clone(t.current.PrimaryKey), t.current.PrimaryKeyName
		return "the primary key"
	}
	for _, u := range t.current.Uniques {
		if isKeyOver(u.Columns, columns) {
			t.goal.Indexes = without(indexes(), t.goal.Indexes, u.Name)
			t.goal.Uniques = putBack(uniques(), t.goal.Uniques, u)
			return "unique constraint " + u.Name
		}
	}
	i := slices.IndexFunc(t.current.Indexes, func(x op.Index) bool { return isUniqueOver(x, columns) })
	x := t.current.Indexes[i] // holdKeys saw that there is a key
	t.goal.Uniques = without(uniques(), t.goal.Uniques, x.Name)
	t.goal.Indexes = putBack(indexes(), t.goal.Indexes, x)
	return "unique index " + x.Name
}

// leaveOutKeys takes the foreign keys out of the goal for which the models have
// a key in the target that it will not have now, since an old one had to stay.
func (m *merger) leaveOutKeys(target *mergedTable) {
	for _, t := range m.tables {
		if t.gone {
			continue
		}
		for _, key := range slices.Clone(t.goal.ForeignKeys) {
			columns := refColumns(key, target.desired)
			if key.RefTable != target.name || hasKeyOver(&target.goal, columns) || !t.isWanted(key) {
				continue
			}
			m.cannot("%s is not made: the key of %q that it needs is not made either", foreignKeys().object(t.name, key), target.name)
			t.goal.ForeignKeys = without(foreignKeys(), t.goal.ForeignKeys, key.Name)
			if t.current == nil {
				continue
			}
			if old := t.current.ForeignKey(key.Name); old != nil && m.fits(t, *old) {
				t.goal.ForeignKeys = append(t.goal.ForeignKeys, *old)
			}
		}
	}
}

// fits reports whether the goal has all that a foreign key of the table uses.
func (m *merger) fits(t *mergedTable, key op.ForeignKey) bool {
	target := m.byName[key.RefTable]
	hasAll := !slices.ContainsFunc(key.Columns, func(name string) bool { return t.goal.Column(name) == nil })
	return hasAll && target != nil && !target.gone && hasKeyOver(&target.goal, refColumns(key, target.current))
}

// putBack returns the parts with this one instead of another of its name.
func putBack[T any](f facet[T], parts []T, part T) []T {
	return append(without(f, parts, f.name(part)), part)
}
