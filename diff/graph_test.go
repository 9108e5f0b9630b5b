package diff

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestGraphPrefersRankThenNumber(t *testing.T) {
	g := newGraph([]node{{group: 0, rank: 2}, {group: 1, rank: 1}, {group: 2, rank: 1}})
	if order, stuck := g.sort(); !slices.Equal(order, []int{1, 2, 0}) || len(stuck) > 0 {
		t.Fatal(order, stuck)
	}
}

func TestGraphKeepsGroupsTogether(t *testing.T) {
	g := newGraph([]node{{group: 0, rank: 1}, {group: 1, rank: 1}, {group: 0, rank: 9}})
	if order, _ := g.sort(); !slices.Equal(order, []int{0, 2, 1}) {
		t.Fatal(order)
	}
}

func TestGraphNamesWhatIsStuck(t *testing.T) {
	g := newGraph(make([]node, 4))
	g.mustRun(1, 2)
	g.mustRun(2, 1)
	g.mustRun(2, 3)
	g.mustRun(0, 0)
	if order, stuck := g.sort(); !slices.Equal(order, []int{0}) || !slices.Equal(stuck, []int{1, 2, 3}) {
		t.Fatal(order, stuck)
	}
}

func TestGraphKeepsEveryEdge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "nodes")
		nodes := make([]node, n)
		for i := range nodes {
			nodes[i] = node{group: rapid.IntRange(0, 3).Draw(t, "group"), rank: rapid.IntRange(0, 3).Draw(t, "rank")}
		}
		g := newGraph(nodes)
		names := rapid.Permutation(slices.Collect(func(yield func(int) bool) {
			for i := range n {
				if !yield(i) {
					return
				}
			}
		})).Draw(t, "hidden order")
		var edges [][2]int
		for range rapid.IntRange(0, 30).Draw(t, "edges") {
			i, j := rapid.IntRange(0, n-1).Draw(t, "i"), rapid.IntRange(0, n-1).Draw(t, "j")
			if i < j {
				g.mustRun(names[i], names[j])
				edges = append(edges, [2]int{names[i], names[j]})
			}
		}
		order, stuck := g.sort()
		if len(order) != n || len(stuck) > 0 {
			t.Fatalf("order %v, stuck %v", order, stuck)
		}
		for _, e := range edges {
			if slices.Index(order, e[0]) > slices.Index(order, e[1]) {
				t.Fatalf("%d stands after %d in %v", e[0], e[1], order)
			}
		}
	})
}
