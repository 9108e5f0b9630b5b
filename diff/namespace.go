package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// namespace is names of one kind: those of the tables, or those of the columns
// of one table.
type namespace struct {
	// has are the names that are there, wants those of the models.
	has, wants map[string]bool
}

func setOf(names []string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, name := range names {
		m[name] = true
	}
	return m
}

// leaves reports whether what the rename starts from is there and goes: the
// models have the name no more, or give it to something else that is renamed.
func (s namespace) leaves(n Rename, all []Rename) bool {
	return s.has[n.From] && (!s.wants[n.From] || slices.ContainsFunc(all, func(o Rename) bool { return o.To == n.From }))
}

// arrives reports whether the models have the new name and it is free, or will
// be since what has it now is renamed too.
func (s namespace) arrives(n Rename, all []Rename) bool {
	return s.wants[n.To] && (!s.has[n.To] || slices.ContainsFunc(all, func(o Rename) bool { return o.From == n.To }))
}

func (s namespace) gone(names []string) []string {
	return keep(names, func(name string) bool { return !s.wants[name] })
}

func (s namespace) made(names []string) []string {
	return keep(names, func(name string) bool { return !s.has[name] })
}

// hinted returns the hints that fit beside the given renames. Of several that
// contradict each other none does: which one is meant would be a guess.
func (s namespace) hinted(given, hints []Rename) []Rename {
	list := keep(sorted(hints), func(n Rename) bool {
		return n.From != n.To && !slices.ContainsFunc(given, func(g Rename) bool { return g.From == n.From || g.To == n.To })
	})
	for before := -1; before != len(list); {
		before = len(list)
		all := slices.Concat(given, list)
		list = keep(list, func(n Rename) bool { return s.leaves(n, all) && s.arrives(n, all) })
		if before != len(list) {
			continue
		}
		list = keep(list, func(n Rename) bool {
			return !slices.ContainsFunc(list, func(o Rename) bool { return o != n && (o.From == n.From || o.To == n.To) })
		})
	}
	return keep(list, func(n Rename) bool { return !inCircle(n, list) })
}

// inCircle reports whether the renames lead from the new name of n back to its
// old one. No two of them have the same old name.
func inCircle(n Rename, list []Rename) bool {
	for at := n.To; ; {
		i := slices.IndexFunc(list, func(o Rename) bool { return o.From == at })
		if i < 0 {
			return false
		}
		if at = list[i].To; at == n.To {
			return true
		}
	}
}

// inOrder returns the renames in an order in which each new name is free,
// where need be over a spare name, which spare returns for what is renamed.
func inOrder(list []Rename, spare func(name string) string) []Rename {
	pending := slices.Clone(list)
	var steps []Rename
	for len(pending) > 0 {
		i := slices.IndexFunc(pending, func(n Rename) bool {
			return !slices.ContainsFunc(pending, func(o Rename) bool { return o.From == n.To })
		})
		if i < 0 { // all that are left go in circles
			n := &pending[0]
			to := spare(n.From)
			steps = append(steps, Rename{Table: n.Table, From: n.From, To: to})
			n.From = to
			continue
		}
		steps = append(steps, pending[i])
		pending = slices.Delete(pending, i, i+1)
	}
	return steps
}

// spareName is what things are called while others take over their names.
const spareName = "limbeck_swap"

// spare returns a name for the time being that is none of those.
func spare(names ...[]string) func(string) string {
	free := unused(spareName, setOf(slices.Concat(names...)))
	return func(string) string { return free }
}

// spareTable is the same for tables, in the schema of the table.
func spareTable(names ...[]string) func(string) string {
	used := setOf(slices.Concat(names...))
	return func(table string) string {
		schema := table[:strings.LastIndexByte(table, '.')+1]
		return unused(schema+spareName, used)
	}
}

// unused returns the name, or where it is in use the name with a number.
func unused(name string, used map[string]bool) string {
	free := name
	for n := 2; used[free]; n++ {
		free = fmt.Sprintf("%s_%d", name, n)
	}
	return free
}

// sorted returns the renames in a fixed order, each once.
func sorted(list []Rename) []Rename {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Rename) int {
		return cmp.Or(strings.Compare(a.Table, b.Table), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	return slices.Compact(list)
}

func keep[T any](list []T, pass func(T) bool) []T {
	var kept []T
	for _, v := range list {
		if pass(v) {
			kept = append(kept, v)
		}
	}
	return kept
}
