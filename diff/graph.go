package diff

import (
	"cmp"
	"container/heap"
	"slices"
)

// graph is nodes, and which of them must stand before which. It knows nothing
// of operations.
type graph struct {
	nodes []node
	next  [][]int
	// waits counts for each node what must still come before it.
	waits []int
}

// node is what the order prefers where the edges leave a choice.
type node struct {
	// group is kept together: after a node, one of the same group is preferred.
	group int
	// rank, and then the number of the node, decides between the others.
	rank int
}

func newGraph(nodes []node) *graph {
	return &graph{nodes: nodes, next: make([][]int, len(nodes)), waits: make([]int, len(nodes))}
}

// mustRun says that a stands before b.
func (g *graph) mustRun(a, b int) {
	if a != b {
		g.next[a] = append(g.next[a], b)
		g.waits[b]++
	}
}

// sort returns the nodes in order, and those that it could not place because
// they wait for each other. It is Kahn's algorithm; the same graph always gives
// the same order.
func (g *graph) sort() (order, stuck []int) {
	var (
		waits   = slices.Clone(g.waits)
		all     = queue{graph: g}
		byGroup = map[int]*queue{}
		done    = make([]bool, len(g.nodes))
	)
	ready := func(v int) {
		group := g.nodes[v].group
		if byGroup[group] == nil {
			byGroup[group] = &queue{graph: g}
		}
		heap.Push(byGroup[group], v)
		heap.Push(&all, v)
	}
	for v := range g.nodes {
		if waits[v] == 0 {
			ready(v)
		}
	}
	for all.Len() > 0 {
		v := heap.Pop(&all).(int)
		if done[v] {
			continue // it went with its group
		}
		for group := byGroup[g.nodes[v].group]; group.Len() > 0; {
			v := heap.Pop(group).(int)
			if done[v] {
				continue
			}
			done[v] = true
			order = append(order, v)
			for _, w := range g.next[v] {
				if waits[w]--; waits[w] == 0 {
					ready(w)
				}
			}
		}
	}
	for v := range g.nodes {
		if !done[v] {
			stuck = append(stuck, v)
		}
	}
	return order, stuck
}

// queue holds nodes that may run, the preferred one first.
type queue struct {
	graph *graph
	list  []int
}

func (q *queue) Len() int      { return len(q.list) }
func (q *queue) Swap(i, j int) { q.list[i], q.list[j] = q.list[j], q.list[i] }
func (q *queue) Push(v any)    { q.list = append(q.list, v.(int)) }

func (q *queue) Less(i, j int) bool {
	a, b := q.list[i], q.list[j]
	return cmp.Or(cmp.Compare(q.graph.nodes[a].rank, q.graph.nodes[b].rank), cmp.Compare(a, b)) < 0
}

func (q *queue) Pop() any {
	last := len(q.list) - 1
	v := q.list[last]
	q.list = q.list[:last]
	return v
}
