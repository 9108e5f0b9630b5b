package diff

import "github.com/go-limbeck/limbeck/op"

// cuts say which foreign keys are taken out of their tables, so that what is
// left of the references between the tables has no circle.
type cuts struct {
	// split are the keys that get an operation of their own.
	split map[tableKey]bool
	// loose are keys without names, which no operation can add or drop. They
	// stay in their tables and the order takes no notice of them. Only SQLite
	// has such keys, and it does not mind a reference to a table that is not
	// there yet.
	loose map[tableKey]bool
}

// tableKey names a foreign key; one without a name by where it leads.
type tableKey struct{ table, key, target string }

func keyOf(table string, key op.ForeignKey) tableKey {
	return tableKey{table, key.Name, key.RefTable}
}

// cut finds the circles among tables that are created, or dropped, together.
// The tables are in the order of their names. Within a circle, which is a
// strongly connected component, the keys that point forward in that order are
// cut; those that are left all point backward. A table's reference to itself
// is no circle.
func cut(list []op.Table) cuts {
	c := cuts{split: map[tableKey]bool{}, loose: map[tableKey]bool{}}
	at := make(map[string]int, len(list))
	for i, t := range list {
		at[t.Name] = i
	}
	next := make([][]int, len(list))
	for i, t := range list {
		for _, key := range t.ForeignKeys {
			if j, ok := at[key.RefTable]; ok {
				next[i] = append(next[i], j)
			}
		}
	}
	component := components(next)
	for i, t := range list {
		for _, key := range t.ForeignKeys {
			j, ok := at[key.RefTable]
			switch {
			case !ok || i >= j || component[i] != component[j]:
			case key.Name == "":
				c.loose[keyOf(t.Name, key)] = true
			default:
				c.split[keyOf(t.Name, key)] = true
			}
		}
	}
	return c
}

// components numbers the strongly connected components of a graph (Tarjan's
// algorithm): two nodes have the same number when each can be reached from the
// other.
func components(next [][]int) []int {
	var (
		component = make([]int, len(next))
		index     = make([]int, len(next)) // from 1, in the order of the visits
		low       = make([]int, len(next))
		onStack   = make([]bool, len(next))
		stack     []int
		visits    int
		count     int
		visit     func(int)
	)
	visit = func(v int) {
		visits++
		index[v], low[v] = visits, visits
		stack, onStack[v] = append(stack, v), true
		for _, w := range next[v] {
			if index[w] == 0 {
				visit(w)
				low[v] = min(low[v], low[w])
			} else if onStack[w] {
				low[v] = min(low[v], index[w])
			}
		}
		if low[v] != index[v] {
			return
		}
		count++
		for {
			w := stack[len(stack)-1]
			stack, onStack[w] = stack[:len(stack)-1], false
			component[w] = count
			if w == v {
				return
			}
		}
	}
	for v := range next {
		if index[v] == 0 {
			visit(v)
		}
	}
	return component
}
