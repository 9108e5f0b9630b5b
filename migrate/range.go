package migrate

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// Range returns the revisions from one target to another, both included, the
// oldest first: those that need what the first names and that what the second
// names needs. The form is "from:to". Without from it begins at base, without
// to it ends at the heads; "-n:to" begins n steps before to, and "from:+n"
// ends n steps after from. Applied are the ids of the applied revisions, for
// "current". A range that holds nothing, because to does not build on from,
// gives an error that wraps [ErrUnknownTarget].
func (g *Graph) Range(text string, applied map[string]bool) ([]op.Revision, error) {
	from, to, err := parseRange(text)
	if err != nil {
		return nil, err
	}
	marked := g.marks(applied)
	begin, end, err := g.ends(from, to, marked)
	if err != nil {
		return nil, err
	}
	below := g.needs.closure(end...)
	if len(begin) == 0 {
		return g.at(where(below)), nil
	}
	above := g.neededBy.closure(begin...)
	list := g.places(func(i int) bool { return below[i] && above[i] })
	if len(list) == 0 {
		return nil, fmt.Errorf("%w %q: what is after the colon does not build on what is before it", ErrUnknownTarget, text)
	}
	return g.at(list), nil
}

// parseRange returns the two ends of a range.
func parseRange(text string) (from, to target, err error) {
	before, after, ok := strings.Cut(text, ":")
	if !ok || strings.Contains(after, ":") {
		return from, to, fmt.Errorf("%w %q: a range has the form from:to, one of which may be left out", ErrUnknownTarget, text)
	}
	if before == "" {
		before = "base"
	}
	if after == "" {
		after = "heads"
	}
	if from, err = parseTarget(before); err == nil {
		to, err = parseTarget(after)
	}
	if err == nil && from.walks() && to.walks() {
		err = fmt.Errorf("%w %q: one end has to name a revision for the other to count from", ErrUnknownTarget, text)
	}
	return from, to, err
}

// ends returns what the ends of a range name. Steps count from the other end,
// since to count from where the database is there is "current-1".
func (g *Graph) ends(from, to target, applied []bool) (begin, end []int, err error) {
	if from.walks() {
		if end, err = g.resolve(to, applied); err == nil {
			begin, err = g.stepsFrom(from, end)
		}
		return begin, end, err
	}
	if begin, err = g.resolve(from, applied); err != nil {
		return nil, nil, err
	}
	if to.walks() {
		end, err = g.stepsFrom(to, begin)
	} else {
		end, err = g.resolve(to, applied)
	}
	return begin, end, err
}

func (g *Graph) stepsFrom(t target, from []int) ([]int, error) {
	line, _, err := g.line(t)
	if err != nil {
		return nil, err
	}
	return g.walk(t, from, line)
}
