package migrate

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// BranchPoints returns the revisions that more than one other names as its
// parent, the oldest first: where branches begin.
func (g *Graph) BranchPoints() []op.Revision {
	return g.at(g.places(func(i int) bool { return len(g.children[i]) > 1 }))
}

// Children returns the revisions that name this one as a parent, the oldest
// first; none for an id that is not in the graph.
func (g *Graph) Children(id string) []op.Revision {
	i, ok := g.place[id]
	if !ok {
		return nil
	}
	return g.at(slices.Sorted(slices.Values(g.children[i])))
}

// BranchLabels returns the labels of the branches that a revision is on, its
// own ones and those of others on the branch, from the oldest branch to the
// newest.
func (g *Graph) BranchLabels(id string) []string {
	i, ok := g.place[id]
	if !ok || g.labels == nil {
		return nil
	}
	return slices.Clone(g.labels[i])
}

func (g *Graph) branchLabels() [][]string {
	if len(g.labelled) == 0 {
		return nil
	}
	labels := make([][]string, len(g.order))
	for i, r := range g.order {
		if len(r.Labels) == 0 {
			continue
		}
		for n, on := range g.branch(i) {
			if on {
				labels[n] = append(labels[n], r.Labels...)
			}
		}
	}
	return labels
}

// branch marks the revisions that are on the branch of one of them: all that
// build on it, and those before it back to where the branch begins, which is
// at a root or after a revision where branches part or meet.
func (g *Graph) branch(i int) []bool {
	on := g.children.closure(i)
	for len(g.parents[i]) == 1 {
		i = g.parents[i][0]
		if len(g.children[i]) > 1 || len(g.parents[i]) > 1 {
			break
		}
		on[i] = true
	}
	return on
}

// lineage marks the revisions on the way that leads through one of them: all
// that it builds on, and all that build on it.
func (g *Graph) lineage(i int) []bool {
	return union(g.parents.closure(i), g.children.closure(i))
}
