package migrate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// UpgradePath returns what is to be applied, in order, to bring a database
// with the applied revisions to the target: what the target names with all
// that it needs, or the next n for "+n".
func (g *Graph) UpgradePath(target string, applied map[string]bool) ([]op.Revision, error) {
	t, err := parseTarget(target)
	if err != nil {
		return nil, err
	}
	if t.isBase() || t.walks() && t.steps < 0 {
		return nil, fmt.Errorf("%w %q for an upgrade; \"base\" and \"-n\" are for downgrade", ErrUnknownTarget, target)
	}
	marked := g.marks(applied)
	var list []int
	if t.walks() {
		list, err = g.next(t, marked)
	} else {
		list, err = g.resolve(t, marked)
	}
	if err != nil {
		return nil, err
	}
	wanted := g.needs.closure(list...)
	return g.at(g.places(func(i int) bool { return wanted[i] && !marked[i] })), nil
}

// next returns the revisions that n steps up apply.
func (g *Graph) next(t target, applied []bool) ([]int, error) {
	line, _, err := g.line(t)
	if err != nil {
		return nil, err
	}
	before, after := g.needs, g.neededBy
	if t.branch != "" { // what is needed from other branches comes along
		before, after = g.parents, g.children
	}
	pending := make([]bool, len(line))
	for i := range pending {
		pending[i] = line[i] && !applied[i]
	}
	s := newSteps(pending, before, after)
	list, several := s.take(t.steps)
	switch {
	case several != nil:
		return nil, fmt.Errorf("%w %q: each of these could be number %d:%s\nname one of them", ErrAmbiguousTarget, t.text, len(list)+1, listing(g.at(several)))
	case len(list) < t.steps:
		return nil, fmt.Errorf("%w %q: only %d left to apply", ErrUnknownTarget, t.text, len(list))
	}
	return list, nil
}

// DowngradePath returns what is to be taken back, in order, to bring a
// database with the applied revisions back to the target: what builds on those
// that the target names, everything for "base", what is on a branch for the
// base of that, or the last n for "-n"; and what depends on any of that.
// Branches that do not build on the target stay.
func (g *Graph) DowngradePath(target string, applied map[string]bool) ([]op.Revision, error) {
	t, err := parseTarget(target)
	if err != nil {
		return nil, err
	}
	if t.walks() && t.steps > 0 || t.branch == "" && t.steps == 0 && (t.symbol == "head" || t.symbol == "heads") {
		return nil, fmt.Errorf("%w %q for a downgrade; say \"base\", \"-n\" or the revision to go back to", ErrUnknownTarget, target)
	}
	marked := g.marks(applied)
	gone, err := g.gone(t, marked)
	if err != nil {
		return nil, err
	}
	list := g.at(g.places(func(i int) bool { return gone[i] && marked[i] }))
	slices.Reverse(list)
	return list, nil
}

// gone marks what is not there any more, if it was, after a downgrade.
func (g *Graph) gone(t target, applied []bool) ([]bool, error) {
	line, root, err := g.line(t)
	if err != nil {
		return nil, err
	}
	if t.isBase() {
		return g.neededBy.closure(g.places(func(i int) bool { return root[i] })...), nil
	}
	if t.walks() {
		list, err := g.last(t, root, applied)
		return g.neededBy.closure(list...), err
	}
	list, err := g.resolve(t, applied)
	if err != nil {
		return nil, err
	}
	for _, i := range list {
		if !applied[i] {
			return nil, g.notApplied(t, i, applied)
		}
	}
	return g.over(list, line), nil
}

// over marks what a downgrade to the given places takes back: what builds on
// them along the line, with what depends on that.
func (g *Graph) over(list []int, line []bool) []bool {
	above := g.children.above(list...)
	return g.neededBy.closure(g.places(func(i int) bool { return above[i] && line[i] })...)
}

// last returns the revisions that n steps down take back: on a branch those
// that belong to it, and not what other branches build on, too.
func (g *Graph) last(t target, root, applied []bool) ([]int, error) {
	before, after, on := g.neededBy, g.needs, applied
	if t.branch != "" {
		before, after, on = g.children, g.parents, make([]bool, len(root))
		for i := range on {
			on[i] = root[i] && applied[i]
		}
	}
	s := newSteps(on, before, after)
	list, several := s.take(-t.steps)
	switch {
	case several != nil && len(list) == 0:
		return nil, fmt.Errorf("%w %q: the database is at %d heads:%s\nname the revision to go back to", ErrAmbiguousTarget, t.text, len(several), listing(g.at(several)))
	case several != nil:
		return nil, fmt.Errorf("%w %q: each of these could be number %d:%s\nname the revision to go back to", ErrAmbiguousTarget, t.text, len(list)+1, listing(g.at(several)))
	case len(list) < -t.steps && t.branch != "":
		return nil, fmt.Errorf("%w %q: only %d of that branch applied", ErrUnknownTarget, t.text, len(list))
	case len(list) < -t.steps:
		return nil, fmt.Errorf("%w %q: only %d applied", ErrUnknownTarget, t.text, len(list))
	}
	return list, nil
}

func (g *Graph) notApplied(t target, i int, applied []bool) error {
	at := " base"
	if heads := g.tips(applied, g.needs); len(heads) > 0 {
		at = listing(g.at(heads))
	}
	return fmt.Errorf("%w %q: revision %s is not applied, so there is no going back to it; the database is at%s", ErrUnknownTarget, t.text, named(g.order[i]), at)
}

// stamped returns the revisions that are applied when a database with the
// applied ones has been brought to the target, or to several targets with
// blanks in between.
func (g *Graph) stamped(text string, applied map[string]bool) ([]op.Revision, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return nil, g.unknown("")
	}
	marked := g.marks(applied)
	var list []int
	after := make([]bool, len(marked))
	for _, word := range words {
		t, err := parseTarget(word)
		if err != nil {
			return nil, err
		}
		alone := t.walks() || t.isBase()
		switch {
		case alone && len(words) > 1:
			return nil, fmt.Errorf("%w %q: it cannot stand beside others", ErrUnknownTarget, word)
		case t.walks() && t.steps > 0:
			if list, err = g.next(t, marked); err != nil {
				return nil, err
			}
			continue
		case alone:
			gone, err := g.gone(t, marked)
			return g.at(g.places(func(i int) bool { return marked[i] && !gone[i] })), err
		}
		more, err := g.resolve(t, marked)
		if err != nil {
			return nil, err
		}
		line, _, err := g.line(t)
		if err != nil {
			return nil, err
		}
		list, after = append(list, more...), union(after, g.over(more, line))
	}
	before := g.needs.closure(list...)
	for _, i := range list {
		if len(words) > 1 && after[i] {
			return nil, fmt.Errorf("%w %q: revision %s builds on another of them; name it alone", ErrAmbiguousTarget, text, named(g.order[i]))
		}
	}
	return g.at(g.places(func(i int) bool { return before[i] || marked[i] && !after[i] })), nil
}
