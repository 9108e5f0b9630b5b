package migrate

// edges are those of a graph in one direction: for each revision, by its
// place, the places that it leads to.
type edges [][]int

// reversed returns the edges in the other direction.
func (e edges) reversed() edges {
	count, total := make([]int, len(e)), 0
	for _, list := range e {
		for _, to := range list {
			count[to]++
		}
		total += len(list)
	}
	all, back := make([]int, total), make(edges, len(e))
	for i, n := range count {
		back[i], all = all[:0:n], all[n:]
	}
	for from, list := range e {
		for _, to := range list {
			back[to] = append(back[to], from)
		}
	}
	return back
}

// closure marks the given places and all that the edges lead to from there.
func (e edges) closure(from ...int) []bool {
	seen := make([]bool, len(e))
	for stack := append([]int(nil), from...); len(stack) > 0; {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !seen[i] {
			seen[i] = true
			stack = append(stack, e[i]...)
		}
	}
	return seen
}

// above marks what the edges lead to from the given places, and of these only
// those that another one leads to.
func (e edges) above(from ...int) []bool {
	var next []int
	for _, i := range from {
		next = append(next, e[i]...)
	}
	return e.closure(next...)
}

// union marks what one of them marks.
func union(a, b []bool) []bool {
	both := make([]bool, len(a))
	for i := range both {
		both[i] = a[i] || b[i]
	}
	return both
}
