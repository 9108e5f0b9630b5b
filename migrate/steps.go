package migrate

import "slices"

// steps takes places one after the other, each only when nothing that is still
// open stands before it, directly or through places that are not open.
type steps struct {
	open  []bool
	after edges
	// ahead counts what is before a place and open, or has something open
	// before it.
	ahead []int
	ready []int
}

func newSteps(open []bool, before, after edges) *steps {
	s := &steps{open: open, after: after, ahead: make([]int, len(open))}
	// Where something open leads to is not free, open or not.
	held := after.closure(where(open)...)
	for i := range before {
		for _, b := range before[i] {
			if held[b] {
				s.ahead[i]++
			}
		}
		if open[i] && s.ahead[i] == 0 {
			s.ready = append(s.ready, i)
		}
	}
	return s
}

// take takes n places, or fewer where there are no more. Where there is a
// choice it stops and returns what there is to choose from, in order.
func (s *steps) take(n int) (taken, several []int) {
	for len(taken) < n && len(s.ready) == 1 {
		i := s.ready[0]
		s.ready = s.ready[:0]
		taken = append(taken, i)
		s.release(i)
	}
	if len(taken) < n && len(s.ready) > 1 {
		return taken, slices.Sorted(slices.Values(s.ready))
	}
	return taken, nil
}

// release lets go what waits for a place, and what that holds in turn where it
// is not open itself.
func (s *steps) release(i int) {
	for stack := []int{i}; len(stack) > 0; {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, next := range s.after[at] {
			if s.ahead[next]--; s.ahead[next] > 0 {
				continue
			}
			if s.open[next] {
				s.ready = append(s.ready, next)
			} else {
				stack = append(stack, next)
			}
		}
	}
}

// where lists the places that are marked.
func where(marked []bool) []int {
	var list []int
	for i, on := range marked {
		if on {
			list = append(list, i)
		}
	}
	return list
}
