package migrate

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// Graph is a collection of revisions in order. It does no I/O.
type Graph struct {
	// order is from the oldest to the newest: what a revision needs before it,
	// and otherwise by time of creation and id. The place of a revision is its
	// index here.
	order    []op.Revision
	place    map[string]int // by id
	labelled map[string]int // by label
	// parents and children are what makes branches; needs are parents and what
	// is depended on. Where nothing is depended on they are the same.
	parents, children edges
	needs, neededBy   edges
	// labels are those of the branches that each revision is on, nil where
	// there are none at all.
	labels [][]string
}

// NewGraph puts revisions in order. A collection that makes no graph gives an
// error that wraps [ErrBadCollection].
func NewGraph(revisions op.Revisions) (*Graph, error) {
	c, err := collect(revisions)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadCollection, err)
	}
	order, err := c.sort()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBadCollection, err)
	}
	g := &Graph{order: make([]op.Revision, len(order)), place: c.place, labelled: c.labelled}
	place := make([]int, len(order)) // by the place in the collection
	for i, old := range order {
		g.order[i], place[old], g.place[revisions[old].ID] = revisions[old], i, i
	}
	for label, old := range g.labelled {
		g.labelled[label] = place[old]
	}
	moved := func(old edges) edges {
		e := make(edges, len(old))
		for i, list := range old {
			for n := range list {
				list[n] = place[list[n]]
			}
			e[place[i]] = list
		}
		return e
	}
	g.parents = moved(c.parents)
	g.children = g.parents.reversed()
	g.needs, g.neededBy = g.parents, g.children
	if c.depends {
		g.needs = moved(c.needs)
		g.neededBy = g.needs.reversed()
	}
	g.labels = g.branchLabels()
	return g, nil
}

// sort returns the places of the revisions from the oldest to the newest.
func (c collection) sort() ([]int, error) {
	ready := newQueue(func(a, b int) int {
		return cmp.Or(cmp.Compare(c.revisions[a].Created, c.revisions[b].Created), cmp.Compare(c.revisions[a].ID, c.revisions[b].ID))
	})
	neededBy, waiting := c.needs.reversed(), make([]int, len(c.needs))
	for i, needs := range c.needs {
		if waiting[i] = len(needs); waiting[i] == 0 {
			ready.push(i)
		}
	}
	order := make([]int, 0, len(c.revisions))
	for ready.len() > 0 {
		i := ready.pop()
		order = append(order, i)
		for _, next := range neededBy[i] {
			if waiting[next]--; waiting[next] == 0 {
				ready.push(next)
			}
		}
	}
	if len(order) < len(c.revisions) {
		return nil, fmt.Errorf("%w: %s", errNoOrder, c.cycle(waiting))
	}
	return order, nil
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

// Heads returns the revisions that are nobody's parent, the oldest first: one
// of each branch.
func (g *Graph) Heads() []op.Revision { return g.at(g.heads()) }

func (g *Graph) heads() []int { return g.places(func(i int) bool { return len(g.children[i]) == 0 }) }

// EffectiveHeads returns the heads that no other branch depends on, the oldest
// first. A database at all of them is at all [Graph.Heads].
func (g *Graph) EffectiveHeads() []op.Revision {
	return g.at(g.places(func(i int) bool { return len(g.neededBy[i]) == 0 }))
}

// HeadsOf returns the revisions among the applied ones that no other applied
// one needs: where the database is.
func (g *Graph) HeadsOf(applied map[string]bool) []op.Revision {
	return g.at(g.tips(g.marks(applied), g.needs))
}

// tips returns those of the marked places that edges, which lead down, do not
// lead to from another marked one.
func (g *Graph) tips(marked []bool, down edges) []int {
	below := down.above(g.places(func(i int) bool { return marked[i] })...)
	return g.places(func(i int) bool { return marked[i] && !below[i] })
}

// fits refuses to apply a revision before what it needs is, and to take one
// back from below others.
func (g *Graph) fits(r op.Revision, applied map[string]bool, down bool) error {
	state := "not applied any more"
	if down {
		state = "applied by now"
	}
	for _, id := range g.neighbours(r, down) {
		if applied[id] == down {
			return fmt.Errorf("revision %q is %s: another program migrates this database the other way; see where it is, and start again", id, state)
		}
	}
	return nil
}

// neighbours returns the ids that decide whether a revision can be applied, or
// taken back.
func (g *Graph) neighbours(r op.Revision, down bool) []string {
	list := g.needs[g.place[r.ID]]
	if down {
		list = g.neededBy[g.place[r.ID]]
	}
	return ids(g.at(list))
}

// places returns those that pass, in order.
func (g *Graph) places(keep func(i int) bool) []int {
	var list []int
	for i := range g.order {
		if keep(i) {
			list = append(list, i)
		}
	}
	return list
}

// at returns the revisions at the places.
func (g *Graph) at(places []int) []op.Revision {
	var list []op.Revision
	for _, i := range places {
		list = append(list, g.order[i])
	}
	return list
}

// marks are the places of the applied revisions. Others than those of the
// graph are passed over.
func (g *Graph) marks(applied map[string]bool) []bool {
	marked := make([]bool, len(g.order))
	for i, r := range g.order {
		marked[i] = applied[r.ID]
	}
	return marked
}
