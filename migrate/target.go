package migrate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// UpgradePath returns what is to be applied, in order, to bring a database
// with the applied revisions to the target: "head", "heads", an id or the
// beginning of one, or "+n".
func (g *Graph) UpgradePath(target string, applied map[string]bool) ([]op.Revision, error) {
	pending := func(wanted map[string]bool) []op.Revision {
		return g.filter(func(r op.Revision) bool { return wanted[r.ID] && !applied[r.ID] })
	}
	heads := g.Heads()
	switch {
	case target == "head" && len(heads) > 1:
		return nil, fmt.Errorf("%w: there are %d heads:%s\nname one of them, take \"heads\" for all, or join them with a revision that has both as parents", ErrAmbiguousTarget, len(heads), listing(heads))
	case target == "head", target == "heads":
		return pending(g.ancestors(ids(heads)...)), nil
	case target == "base", strings.HasPrefix(target, "-"):
		return nil, fmt.Errorf("%w %q for an upgrade; \"base\" and \"-n\" are for downgrade", ErrUnknownTarget, target)
	case strings.HasPrefix(target, "+"):
		return g.next(target, applied, heads)
	}
	r, err := g.Find(target)
	if err != nil {
		return nil, err
	}
	return pending(g.ancestors(r.ID)), nil
}

func (g *Graph) next(target string, applied map[string]bool, heads []op.Revision) ([]op.Revision, error) {
	n, err := steps(target)
	if err != nil {
		return nil, err
	}
	if len(heads) > 1 {
		return nil, fmt.Errorf("%w %q: there are %d heads:%s\nname one of them", ErrAmbiguousTarget, target, len(heads), listing(heads))
	}
	pending := g.filter(func(r op.Revision) bool { return !applied[r.ID] })
	if n > len(pending) {
		return nil, fmt.Errorf("%w %q: only %d left to apply", ErrUnknownTarget, target, len(pending))
	}
	return pending[:n], nil
}

// DowngradePath returns what is to be taken back, in order, to bring a
// database with the applied revisions back to the target: "base", an id or the
// beginning of one, or "-n". From an id goes what builds on it; branches that
// do not build on it stay.
func (g *Graph) DowngradePath(target string, applied map[string]bool) ([]op.Revision, error) {
	newestFirst := func(wanted map[string]bool) []op.Revision {
		list := g.filter(func(r op.Revision) bool { return applied[r.ID] && (wanted == nil || wanted[r.ID]) })
		slices.Reverse(list)
		return list
	}
	switch {
	case target == "base":
		return newestFirst(nil), nil
	case target == "head", target == "heads", strings.HasPrefix(target, "+"):
		return nil, fmt.Errorf("%w %q for a downgrade; say \"base\", \"-n\" or the revision to go back to", ErrUnknownTarget, target)
	case strings.HasPrefix(target, "-"):
		n, err := steps(target)
		if err != nil {
			return nil, err
		}
		if heads := g.HeadsOf(applied); len(heads) > 1 {
			return nil, fmt.Errorf("%w %q: the database is at %d heads:%s\nname the revision to go back to", ErrAmbiguousTarget, target, len(heads), listing(heads))
		}
		list := newestFirst(nil)
		if n > len(list) {
			return nil, fmt.Errorf("%w %q: only %d applied", ErrUnknownTarget, target, len(list))
		}
		return list[:n], nil
	}
	r, err := g.Find(target)
	if err != nil {
		return nil, err
	}
	if !applied[r.ID] {
		at := " base"
		if heads := g.HeadsOf(applied); len(heads) > 0 {
			at = listing(heads)
		}
		return nil, fmt.Errorf("%w %q: revision %q (%s) is not applied, so there is no going back to it; the database is at%s", ErrUnknownTarget, target, r.ID, r.Message, at)
	}
	below := g.descendants(r.ID)
	delete(below, r.ID)
	return newestFirst(below), nil
}

// Find returns the revision with that id, or the only one whose id begins so.
func (g *Graph) Find(id string) (op.Revision, error) {
	if r, ok := g.Revision(id); ok {
		return r, nil
	}
	var list []op.Revision
	if id != "" {
		list = g.filter(func(r op.Revision) bool { return strings.HasPrefix(r.ID, id) })
	}
	switch {
	case len(list) == 1:
		return list[0], nil
	case len(list) > 1:
		return op.Revision{}, fmt.Errorf("%w %q: it could be%s", ErrAmbiguousTarget, id, listing(list))
	case len(g.order) == 0:
		return op.Revision{}, fmt.Errorf("%w %q: there are no revisions yet", ErrUnknownTarget, id)
	default:
		return op.Revision{}, fmt.Errorf("%w %q; the revisions are%s", ErrUnknownTarget, id, listing(g.order))
	}
}

func steps(target string) (int, error) {
	n, err := strconv.ParseUint(target[1:], 10, 31) // takes no second sign
	if err != nil || n == 0 {
		return 0, fmt.Errorf("%w %q: a number of steps from 1 on has to follow the sign", ErrUnknownTarget, target)
	}
	return int(n), nil
}

func ids(list []op.Revision) []string {
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = r.ID
	}
	return names
}

// listing shows revisions a line each, the newest few of a long list.
func listing(list []op.Revision) string {
	const most = 10
	var b strings.Builder
	if len(list) > most {
		fmt.Fprintf(&b, "\n  … %d more", len(list)-most)
		list = list[len(list)-most:]
	}
	for _, r := range list {
		fmt.Fprintf(&b, "\n  %s  %s", r.ID, r.Message)
	}
	return b.String()
}
