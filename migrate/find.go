package migrate

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// Find returns the revision with that id or label, or the only one whose id
// begins so.
func (g *Graph) Find(id string) (op.Revision, error) {
	i, err := g.find(id, nil)
	if err != nil {
		return op.Revision{}, err
	}
	return g.order[i], nil
}

// find looks among the revisions on the line, or among all where it is nil.
func (g *Graph) find(name string, line []bool) (int, error) {
	exact, ok := g.place[name]
	if !ok {
		exact, ok = g.labelled[name]
	}
	if ok {
		if line != nil && !line[exact] {
			return 0, fmt.Errorf("%w: %s is not on that branch", ErrUnknownTarget, named(g.order[exact]))
		}
		return exact, nil
	}
	var list []int
	if name != "" {
		list = g.places(func(i int) bool { return (line == nil || line[i]) && strings.HasPrefix(g.order[i].ID, name) })
	}
	switch len(list) {
	case 1:
		return list[0], nil
	case 0:
		return 0, g.unknown(name)
	}
	return 0, fmt.Errorf("%w %q: it could be%s", ErrAmbiguousTarget, name, listing(g.at(list)))
}

func (g *Graph) unknown(name string) error {
	if len(g.order) == 0 {
		return fmt.Errorf("%w %q: there are no revisions yet", ErrUnknownTarget, name)
	}
	return fmt.Errorf("%w %q; the revisions are%s", ErrUnknownTarget, name, listing(g.order))
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
		if len(r.Labels) > 0 {
			fmt.Fprintf(&b, " (%s)", strings.Join(r.Labels, ", "))
		}
	}
	return b.String()
}
