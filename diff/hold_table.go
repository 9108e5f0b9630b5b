package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// holdTables puts tables back into the goal which are to be dropped, but which
// something that stays depends on.
func (m *merger) holdTables() {
	var asked []*mergedTable
	reasons := map[*mergedTable][]string{}
	blocked := map[*mergedTable]bool{}
	object := func(t *mergedTable, reason string) {
		if reasons[t] == nil {
			asked = append(asked, t)
		}
		reasons[t] = append(reasons[t], reason)
	}

	for _, t := range m.tables {
		strange := m.strangeColumns(t)
		if t.gone && len(strange) > 0 && !m.answers.drops[place{Table: t.name}] {
			t.hold()
			object(t, "it has columns that no revision made ("+strings.Join(strange, ", ")+")")
		}
	}
	// A table that is put back is looked at in its turn, since what it refers
	// to has to stay as well.
	queue := slices.DeleteFunc(slices.Clone(m.tables), func(t *mergedTable) bool { return t.gone })
	for ; len(queue) > 0; queue = queue[1:] {
		t := queue[0]
		for _, key := range slices.Clone(t.goal.ForeignKeys) {
			target := m.byName[key.RefTable]
			if target == nil || target == t || !target.gone && !target.held {
				continue
			}
			name := foreignKeys().object(t.name, key).Name
			if target.gone {
				target.hold()
				queue = append(queue, target)
			}
			if t.isWanted(key) {
				m.cannot("table %q stays, although the models have it no more: their foreign key %s of table %q refers to it", target.name, name, t.name)
				continue
			}
			// No revision can drop the key, since none made it: where the
			// revisions are all there is, the step would fail.
			blocked[target] = true
			object(target, fmt.Sprintf("foreign key %s of table %q, which stays, refers to it", name, t.name))
		}
	}
	for _, t := range asked {
		why := strings.Join(reasons[t], "; ")
		if blocked[t] {
			m.ask(place{Table: t.name}, nil,
				"Table %q would be dropped, but %s: drop that by hand first, or keep the table in the models.", t.name, why)
			continue
		}
		m.ask(place{Table: t.name}, []string{flag("drop", t.name)},
			"Table %q would be dropped, but %s: shall it go, with all that is in it?", t.name, why)
	}
}

// hold puts a table back that was to be dropped.
func (t *mergedTable) hold() {
	t.gone, t.held, t.goal = false, true, t.current.Clone()
}

// strangeColumns returns the columns of our table that are not ours.
func (m *merger) strangeColumns(t *mergedTable) []string {
	owned := m.owned[t.name]
	if t.current == nil || owned == nil {
		return nil
	}
	return columnNames(t.current.Columns, func(name string) bool { return owned.Column(name) == nil })
}

// keptKeys are the foreign keys of the goal's table that the models do not
// name: those of somebody else, and those of a table that is held.
func (t *mergedTable) keptKeys() []op.ForeignKey {
	switch {
	case t.gone:
		return nil
	case t.held:
		return t.goal.ForeignKeys
	default:
		return t.unmanaged.ForeignKeys
	}
}

// isWanted reports whether the models have the foreign key.
func (t *mergedTable) isWanted(key op.ForeignKey) bool {
	if t.desired == nil {
		return false
	}
	return !slices.ContainsFunc(t.unmanaged.ForeignKeys, func(k op.ForeignKey) bool { return k.Same(key) })
}

// without returns a copy of the parts without the one of that name.
func without[T any](f facet[T], parts []T, name string) []T {
	return slices.DeleteFunc(slices.Clone(parts), func(part T) bool { return f.name(part) == name })
}
