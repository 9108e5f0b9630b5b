package migrate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// target is a target in its parts: branch@symbol+steps, of which some may be
// left out.
type target struct {
	text string
	// branch is a label or an id.
	branch string
	// symbol is "head", "heads", "base", "current", a label, an id or the
	// beginning of one, or "" where steps count from where the database is.
	symbol string
	steps  int
}

func parseTarget(text string) (target, error) {
	t := target{text: text}
	rest := text
	if branch, after, ok := strings.Cut(text, "@"); ok {
		if branch == "" || after == "" || strings.Contains(after, "@") {
			return t, fmt.Errorf("%w %q: before the @ stands a label or an id, and after it a target on that branch", ErrUnknownTarget, text)
		}
		t.branch, rest = branch, after
	}
	if strings.Contains(text, ":") {
		return t, fmt.Errorf("%w %q: a range is not for this, name one revision", ErrUnknownTarget, text)
	}
	t.symbol = rest
	if i := strings.IndexAny(rest, "+-"); i >= 0 {
		n, err := strconv.ParseUint(rest[i+1:], 10, 31) // takes no second sign
		if err != nil || n == 0 {
			return t, fmt.Errorf("%w %q: a number of steps from 1 on has to follow the sign", ErrUnknownTarget, text)
		}
		t.symbol, t.steps = rest[:i], int(n)
		if rest[i] == '-' {
			t.steps = -t.steps
		}
	}
	return t, nil
}

// walks says that the target is steps from where the database is.
func (t target) walks() bool { return t.symbol == "" && t.steps != 0 }

// isBase says that the target is the state without any revision, or without
// those of its branch.
func (t target) isBase() bool { return t.symbol == "base" && t.steps == 0 }

// UsesCurrent reports whether a target, or an end of a range, means something
// only where it is known which revisions are applied.
func UsesCurrent(text string) bool {
	from, to, isRange := strings.Cut(text, ":")
	if !isRange {
		return countsFromCurrent(text) != ""
	}
	for _, end := range []string{from, to} { // steps count from the other end
		if t, err := parseTarget(end); err == nil && t.symbol == "current" {
			return true
		}
	}
	return false
}

// countsFromCurrent returns the first of several targets that means something
// only where it is known where the database is, or "".
func countsFromCurrent(text string) string {
	for _, word := range strings.Fields(text) {
		if t, err := parseTarget(word); err == nil && (t.walks() || t.symbol == "current") {
			return word
		}
	}
	return ""
}

// Resolve returns the revisions that a target names (see the package comment),
// the oldest first; none for "base", and for "current" on a database that is
// there. Applied are the ids of the applied revisions, from which "current"
// and steps without a revision count. A target that names nothing gives an
// error that wraps [ErrUnknownTarget], one that could be several things
// [ErrAmbiguousTarget].
func (g *Graph) Resolve(target string, applied map[string]bool) ([]op.Revision, error) {
	t, err := parseTarget(target)
	if err != nil {
		return nil, err
	}
	list, err := g.resolve(t, g.marks(applied))
	return g.at(list), err
}

func (g *Graph) resolve(t target, applied []bool) ([]int, error) {
	line, root, err := g.line(t)
	if err != nil {
		return nil, err
	}
	var from []int
	switch t.symbol {
	case "base":
		if t.steps == 0 {
			return nil, nil
		}
		return g.walk(t, nil, root)
	case "head", "heads":
		from = g.places(func(i int) bool { return line[i] && len(g.children[i]) == 0 })
		if t.symbol == "head" && len(from) > 1 {
			return nil, g.severalHeads(t, from)
		}
	case "current", "":
		if t.text == "" {
			return nil, g.unknown(t.text)
		}
		from = g.current(t, line, applied)
	default:
		i, err := g.find(t.symbol, line)
		if err != nil {
			return nil, err
		}
		from = []int{i}
	}
	if t.steps == 0 {
		return from, nil
	}
	return g.walk(t, from, line)
}

// line marks where a target may lead: everywhere, or along its branch. Root
// marks the part of it that begins at the target's base.
func (g *Graph) line(t target) (line, root []bool, err error) {
	if t.branch == "" {
		line = make([]bool, len(g.order))
		for i := range line {
			line[i] = true
		}
		return line, line, nil
	}
	i, err := g.find(t.branch, nil)
	if err != nil {
		return nil, nil, err
	}
	return g.lineage(i), g.branch(i), nil
}

// current returns where the database is, or where it is on a branch.
func (g *Graph) current(t target, line, applied []bool) []int {
	down := g.needs
	if t.branch != "" {
		down = g.parents
	}
	on := make([]bool, len(line))
	for i := range on {
		on[i] = line[i] && applied[i]
	}
	return g.tips(on, down)
}

// walk goes the target's steps from one place to the next, to parents or to
// children on the line, as long as there is only one way.
func (g *Graph) walk(t target, from []int, line []bool) ([]int, error) {
	if len(from) > 1 {
		return nil, fmt.Errorf("%w %q: steps from which of them?%s\nname one", ErrAmbiguousTarget, t.text, listing(g.at(from)))
	}
	for n := range max(t.steps, -t.steps) {
		next, start := g.oneStep(from, t.steps > 0, line)
		switch len(next) {
		case 0:
			return nil, fmt.Errorf("%w %q: %s, and nothing stands %s", ErrUnknownTarget, t.text, walked(n), start)
		case 1:
			from = next
		default:
			return nil, fmt.Errorf("%w %q: %s stand several:%s\nname one of them", ErrAmbiguousTarget, t.text, start, listing(g.at(next)))
		}
	}
	return from, nil
}

// oneStep returns the places on the line that are one step from one place, or
// from base where there is none, and how errors say where that is.
func (g *Graph) oneStep(from []int, up bool, line []bool) (next []int, where string) {
	edges, where := g.parents, "before "
	if up {
		edges, where = g.children, "after "
	}
	if len(from) == 0 {
		if up {
			next = g.tips(line, g.children) // the roots
		}
		return next, where + "base"
	}
	for _, i := range edges[from[0]] {
		if line[i] {
			next = append(next, i)
		}
	}
	slices.Sort(next)
	return next, where + named(g.order[from[0]])
}

// walked says how many steps were possible.
func walked(n int) string {
	if n == 1 {
		return "1 step is possible"
	}
	return fmt.Sprintf("%d steps are possible", n)
}

func (g *Graph) severalHeads(t target, heads []int) error {
	if t.branch != "" {
		return fmt.Errorf("%w %q: the branch has %d heads:%s\nname one of them, or take %q for all", ErrAmbiguousTarget, t.text, len(heads), listing(g.at(heads)), t.branch+"@heads")
	}
	return fmt.Errorf("%w: there are %d heads:%s\nname one of them, take \"heads\" for all, or join them (merge)", ErrAmbiguousTarget, len(heads), listing(g.at(heads)))
}
