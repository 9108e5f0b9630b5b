package diff

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// renamedParts returns the renames of indexes and constraints which both sides
// have, but for the name. GORM names most of them after their table and
// columns, so that they follow when these are renamed; what stands in them was
// found equal, so that nothing is guessed. Only what is ours is renamed, and
// only to a name that is free or becomes so: all else is dropped and made.
func renamedParts(current, desired, owned op.Schema) op.List {
	want, ours := tablesOf(desired), tablesOf(owned)
	var pairs []partRename
	for i := range current.Tables {
		t := &current.Tables[i]
		if want[t.Name] == nil || ours[t.Name] == nil {
			continue
		}
		desired, owned := want[t.Name], ours[t.Name]
		pairs = append(pairs, pairUp(uniques(), t.Name, t.Uniques, desired.Uniques, owned.Uniques)...)
		pairs = append(pairs, pairUp(indexes(), t.Name, t.Indexes, desired.Indexes, owned.Indexes)...)
		pairs = append(pairs, pairUp(foreignKeys(), t.Name, t.ForeignKeys, desired.ForeignKeys, owned.ForeignKeys)...)
		pairs = append(pairs, pairUp(checks(), t.Name, t.Checks, desired.Checks, owned.Checks)...)
	}
	if len(pairs) == 0 {
		return nil
	}
	used := partNamesOf(current)
	pairs = possible(pairs, used)
	return partSteps(pairs, spare(used, partNamesOf(desired)))
}

// partRename is an index or constraint under its old name and its new one.
type partRename struct {
	table, from, to string
	step            func(table, from, to string) op.Operation
}

// pairUp finds the parts of one table that are on both sides under two names.
// Where several are alike the first ones belong together, by name.
func pairUp[T any](f facet[T], table string, current, desired, owned []T) []partRename {
	isOn := func(list []T, part T) bool {
		other := f.find(list, f.name(part))
		return other != nil && f.equal(*other, part)
	}
	used := make([]bool, len(desired))
	for i, want := range desired {
		used[i] = f.name(want) == "" || isOn(current, want)
	}
	var pairs []partRename
	for _, have := range current {
		if f.name(have) == "" || isOn(desired, have) || f.find(owned, f.name(have)) == nil {
			continue
		}
		for i, want := range desired {
			if !used[i] && f.equal(f.unnamed(have), f.unnamed(want)) {
				used[i] = true
				pairs = append(pairs, partRename{table, f.name(have), f.name(want), f.rename})
				break
			}
		}
	}
	return pairs
}

// partNamesOf returns all names that can stand in the way of another: of
// tables, keys, indexes and constraints, some of them more than once.
func partNamesOf(s op.Schema) []string {
	var list []string
	for _, t := range s.Tables {
		list = append(list, t.Name, t.PrimaryKeyName)
		for _, u := range t.Uniques {
			list = append(list, u.Name)
		}
		for _, x := range t.Indexes {
			list = append(list, x.Name)
		}
		for _, k := range t.ForeignKeys {
			list = append(list, k.Name)
		}
		for _, c := range t.Checks {
			list = append(list, c.Name)
		}
	}
	return list
}

// possible returns the pairs whose new names are free, or will be. Databases do
// not agree on where a name has to be unique, so it has to be so everywhere.
func possible(pairs []partRename, used []string) []partRename {
	holders := map[string]int{}
	for _, name := range used {
		holders[strings.ToLower(name)]++
	}
	for before := -1; before != len(pairs); {
		before = len(pairs)
		leaving, arriving := map[string]int{}, map[string]int{}
		for _, p := range pairs {
			leaving[strings.ToLower(p.from)]++
			arriving[strings.ToLower(p.to)]++
		}
		pairs = keep(pairs, func(p partRename) bool {
			name := strings.ToLower(p.to)
			return holders[name] == leaving[name] && arriving[name] == 1
		})
	}
	return pairs
}

// partSteps brings the pairs into an order in which each new name is free.
func partSteps(pairs []partRename, spare func(string) string) op.List {
	var list []Rename
	steps := map[Rename]partRename{}
	for _, p := range pairs {
		n := Rename{Table: p.table, From: p.from, To: p.to}
		list, steps[n] = append(list, n), p
	}
	var ops op.List
	for _, n := range inOrder(list, spare) {
		i := slices.IndexFunc(pairs, func(p partRename) bool { return p.table == n.Table && (p.from == n.From || p.to == n.To) })
		ops = append(ops, pairs[i].step(n.Table, n.From, n.To))
	}
	return ops
}
