package diff

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// mergeParts makes the goal of a table that both sides have.
func (m *merger) mergeParts(t *mergedTable) {
	owned := m.owned[t.name]
	if owned == nil {
		owned = &op.Table{}
	}
	t.goal = op.Table{Name: t.name}
	t.unmanaged = op.Table{Name: t.name}
	m.mergeColumns(t, owned)
	m.mergePrimaryKey(t, owned)
	t.tightenKey()

	wanted := partNames(t.desired)
	t.goal.Uniques, t.unmanaged.Uniques = mergeFacet(m, uniques(), t, wanted, func(t *op.Table) []op.Unique { return t.Uniques }, owned)
	t.goal.Indexes, t.unmanaged.Indexes = mergeFacet(m, indexes(), t, wanted, func(t *op.Table) []op.Index { return t.Indexes }, owned)
	t.goal.ForeignKeys, t.unmanaged.ForeignKeys = mergeFacet(m, foreignKeys(), t, wanted, func(t *op.Table) []op.ForeignKey { return t.ForeignKeys }, owned)
	t.goal.Checks, t.unmanaged.Checks = mergeFacet(m, checks(), t, wanted, func(t *op.Table) []op.Check { return t.Checks }, owned)

	// A comment that the models do not state and no revision wrote is somebody
	// else's, as everything else of which that is true.
	t.goal.Comment = t.desired.Comment
	if t.desired.Comment == "" && t.current.Comment != "" && owned.Comment == "" {
		t.goal.Comment, t.comment = t.current.Comment, true
	}
	t.goal.Options = t.current.Options
	if t.current.Options != t.desired.Options {
		m.cannot("table %q has the options %q and should have %q: no operation changes table options, write an op.Exec for it",
			t.name, t.current.Options, t.desired.Options)
	}
}

func (m *merger) mergeColumns(t *mergedTable, owned *op.Table) {
	wanted := make(map[string]op.Column, len(t.desired.Columns))
	for _, c := range t.desired.Columns {
		wanted[c.Name] = c
	}
	there := make(map[string]bool, len(t.current.Columns))
	for _, c := range t.current.Columns {
		there[c.Name] = true
		want, ok := wanted[c.Name]
		switch {
		case ok:
			// The models leave this default to the database, which has one.
			if want.Default.Kind == op.DefaultDatabase {
				want.Default = c.Default
			}
			t.goal.Columns = append(t.goal.Columns, want)
		case owned.Column(c.Name) != nil:
			t.dropped = append(t.dropped, c)
		default:
			t.goal.Columns = append(t.goal.Columns, c)
			t.unmanaged.Columns = append(t.unmanaged.Columns, c)
		}
	}
	for _, c := range t.desired.Columns {
		if !there[c.Name] {
			t.goal.Columns = append(t.goal.Columns, c)
			t.added = append(t.added, c)
		}
	}
}

func (m *merger) mergePrimaryKey(t *mergedTable, owned *op.Table) {
	want, have := t.desired, t.current
	isSame := slices.Equal(want.PrimaryKey, have.PrimaryKey)
	// A name that one side does not state is no difference.
	isSameName := want.PrimaryKeyName == have.PrimaryKeyName || want.PrimaryKeyName == "" || have.PrimaryKeyName == ""
	isOthers := len(want.PrimaryKey) == 0 && len(have.PrimaryKey) > 0 && len(owned.PrimaryKey) == 0
	from := want
	if isSame && isSameName || isOthers {
		from = have
	}
	t.goal.PrimaryKey, t.goal.PrimaryKeyName = slices.Clone(from.PrimaryKey), from.PrimaryKeyName
	if isOthers {
		t.unmanaged.PrimaryKey, t.unmanaged.PrimaryKeyName = slices.Clone(have.PrimaryKey), have.PrimaryKeyName
	}
}

// tightenKey says NOT NULL of the key's columns where the key alone would: a
// column that joins it has nulls to be filled before, and then is one without
// them. Where the current column says so, the models need not: it means nothing
// more in a key.
func (t *mergedTable) tightenKey() {
	for _, part := range t.goal.PrimaryKey {
		want, have := t.goal.Column(part.Column), t.current.Column(part.Column)
		if want == nil || have == nil {
			continue
		}
		if have.NotNull || !hasColumn(t.current.PrimaryKey, part.Column) {
			want.NotNull = true
		}
	}
}

// mergeFacet returns the goal's parts of one kind, and those of them that are
// not ours.
func mergeFacet[T any](m *merger, f facet[T], t *mergedTable, wanted map[string]bool, parts func(*op.Table) []T, ownedTable *op.Table) (goal, unmanaged []T) {
	current, desired, owned := parts(t.current), parts(t.desired), parts(ownedTable)
	// A part without a name is found by its definition. used marks the desired
	// parts that are there already.
	used := make([]bool, len(desired))
	for i, want := range desired {
		used[i] = f.name(want) != "" && f.find(current, f.name(want)) != nil
	}
	for _, have := range current {
		name := f.name(have)
		if name != "" {
			if want := f.find(desired, name); want != nil {
				goal = append(goal, *want)
				continue
			}
		}
		i := -1
		for j, want := range desired {
			if i < 0 && !used[j] && (name == "" || f.name(want) == "") && f.equal(f.unnamed(have), f.unnamed(want)) {
				i = j
			}
		}
		switch {
		case i >= 0:
			used[i] = true
			goal = append(goal, have)
		case name != "" && (wanted[name] || f.find(owned, name) != nil):
			// Dropped: ours, or its name is wanted for a part of another kind.
		case name == "" && f.hasUnnamed(owned, have):
			// Dropped: ours.
		default:
			goal = append(goal, have)
			unmanaged = append(unmanaged, have)
		}
	}
	for i, want := range desired {
		switch {
		case used[i]:
		case f.name(want) == "":
			// What has no name could not be dropped again.
			m.cannot("table %q should have the %s %s, which has no name: give it one", t.name, f.noun, f.text(want))
		default:
			goal = append(goal, want)
		}
	}
	return goal, unmanaged
}

// partNames returns the names of the table's indexes and constraints.
func partNames(t *op.Table) map[string]bool {
	m := map[string]bool{}
	addNames(m, uniques(), t.Uniques)
	addNames(m, indexes(), t.Indexes)
	addNames(m, foreignKeys(), t.ForeignKeys)
	addNames(m, checks(), t.Checks)
	return m
}

func addNames[T any](m map[string]bool, f facet[T], parts []T) {
	for _, part := range parts {
		if name := f.name(part); name != "" {
			m[name] = true
		}
	}
}
