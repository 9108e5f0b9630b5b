package migrate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// Graph is a collection of revisions in order. It does no I/O.
type Graph struct {
	// order is from the oldest to the newest: parents before children, and
	// otherwise by time of creation and id.
	order    []op.Revision
	place    map[string]int
	children map[string][]string
}

// NewGraph puts revisions in order. A collection that makes no graph gives an
// error that wraps [ErrBadCollection].
func NewGraph(revisions op.Revisions) (*Graph, error) {
	byID, err := collect(revisions)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadCollection, err)
	}
	g := &Graph{place: make(map[string]int, len(revisions)), children: make(map[string][]string, len(revisions))}
	ready := newQueue(func(a, b op.Revision) int {
		return cmp.Or(cmp.Compare(a.Created, b.Created), cmp.Compare(a.ID, b.ID))
	})
	waiting := make(map[string]int, len(revisions))
	for _, r := range revisions {
		for _, parent := range r.Parents {
			g.children[parent] = append(g.children[parent], r.ID)
		}
		if waiting[r.ID] = len(r.Parents); len(r.Parents) == 0 {
			ready.push(r)
		}
	}
	for ready.len() > 0 {
		r := ready.pop()
		g.place[r.ID] = len(g.order)
		g.order = append(g.order, r)
		for _, child := range g.children[r.ID] {
			if waiting[child]--; waiting[child] == 0 {
				ready.push(byID[child])
			}
		}
	}
	if len(g.order) < len(revisions) {
		return nil, fmt.Errorf("%w: no order is possible: %s", ErrBadCollection, g.cycle(byID))
	}
	return g, nil
}

// cycle describes one of the cycles among the revisions that have no place:
// each of them has a parent that has none either.
func (g *Graph) cycle(byID map[string]op.Revision) string {
	var left []string
	for id := range byID {
		if _, ok := g.place[id]; !ok {
			left = append(left, id)
		}
	}
	slices.Sort(left)
	up := func(id string) string {
		parents := slices.Sorted(slices.Values(byID[id].Parents))
		return parents[slices.IndexFunc(parents, func(parent string) bool { _, ok := g.place[parent]; return !ok })]
	}
	id := left[0]
	for range left { // far enough to be in the cycle, if it was not yet
		id = up(id)
	}
	first := id
	for next := up(first); next != id; next = up(next) {
		first = min(first, next)
	}
	var links []string
	for next := first; len(links) == 0 || next != first; next = up(next) {
		links = append(links, fmt.Sprintf("%q builds on %q", next, up(next)))
	}
	return strings.Join(links, ", ")
}

// Revisions returns all revisions, parents before children.
func (g *Graph) Revisions() []op.Revision { return slices.Clone(g.order) }

// Revision returns the revision of exactly that id.
func (g *Graph) Revision(id string) (op.Revision, bool) {
	i, ok := g.place[id]
	if !ok {
		return op.Revision{}, false
	}
	return g.order[i], true
}

// Heads returns the revisions that are nobody's parent, the oldest first.
func (g *Graph) Heads() []op.Revision {
	return g.filter(func(r op.Revision) bool { return len(g.children[r.ID]) == 0 })
}

// HeadsOf returns the revisions among the applied ones that no other applied
// one builds on: where the database is.
func (g *Graph) HeadsOf(applied map[string]bool) []op.Revision {
	var parents []string
	for _, r := range g.order {
		if applied[r.ID] {
			parents = append(parents, r.Parents...)
		}
	}
	below := g.ancestors(parents...)
	return g.filter(func(r op.Revision) bool { return applied[r.ID] && !below[r.ID] })
}

// fits refuses to apply a revision before its parents are, and to take one
// back from below others.
func (g *Graph) fits(r op.Revision, applied map[string]bool, down bool) error {
	needed, state := r.Parents, "not applied any more"
	if down {
		needed, state = g.children[r.ID], "applied by now"
	}
	for _, id := range needed {
		if applied[id] == down {
			return fmt.Errorf("revision %q is %s: another program migrates this database the other way; see where it is, and start again", id, state)
		}
	}
	return nil
}

func (g *Graph) filter(keep func(op.Revision) bool) []op.Revision {
	var list []op.Revision
	for _, r := range g.order {
		if keep(r) {
			list = append(list, r)
		}
	}
	return list
}

// ancestors returns the ids of a revision and of all that lead to it.
func (g *Graph) ancestors(ids ...string) map[string]bool {
	return closure(ids, func(id string) []string { r, _ := g.Revision(id); return r.Parents })
}

// descendants returns the ids of a revision and of all that build on it.
func (g *Graph) descendants(ids ...string) map[string]bool {
	return closure(ids, func(id string) []string { return g.children[id] })
}

func closure(from []string, next func(string) []string) map[string]bool {
	seen := map[string]bool{}
	for stack := slices.Clone(from); len(stack) > 0; {
		id := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !seen[id] {
			seen[id] = true
			stack = append(stack, next(id)...)
		}
	}
	return seen
}
