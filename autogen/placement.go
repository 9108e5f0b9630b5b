package autogen

import (
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// placed returns a new revision that stands where the options say, with
// nothing in it yet. It has been seen to fit among the others.
func (o Options) placed(g *migrate.Graph) (op.Revision, error) {
	r := op.Revision{ID: o.newID(), Labels: o.Labels, Created: o.created()}
	var err error
	if r.Parents, err = o.parents(g); err != nil {
		return op.Revision{}, err
	}
	for _, target := range o.DependsOn {
		ids, err := dependency(g, target)
		if err != nil {
			return op.Revision{}, err
		}
		r.DependsOn = append(r.DependsOn, ids...)
	}
	return r, o.joins(r)
}

// joins refuses a revision that does not fit among the others.
func (o Options) joins(r op.Revision) error {
	if _, err := migrate.NewGraph(append(o.Revisions[:len(o.Revisions):len(o.Revisions)], r)); err != nil {
		return fmt.Errorf("placing the new revision: %w", err)
	}
	return nil
}

// parents returns what a new revision follows.
func (o Options) parents(g *migrate.Graph) ([]string, error) {
	switch o.Head {
	case "":
		heads := g.Heads()
		if len(heads) > 1 {
			return nil, fmt.Errorf("%w:%s\njoin them first (merge), or name the one that the revision is to build on (--head)", ErrSeveralHeads, listing(heads))
		}
		return ids(heads), nil
	case "base":
		return nil, nil
	}
	list, err := g.Resolve(o.Head, nil)
	if err != nil {
		return nil, fmt.Errorf("placing the new revision: %w", err)
	}
	if len(list) != 1 {
		return nil, fmt.Errorf("placing the new revision: %w %q: it has to name one revision, and names %d%s", migrate.ErrAmbiguousTarget, o.Head, len(list), listing(list))
	}
	r := list[0]
	if children := g.Children(r.ID); len(children) > 0 && !o.Splice {
		return nil, fmt.Errorf("%w: on %q (%s) builds%s\nname a head, or say that a branch is to begin there (--splice)", ErrNotHead, r.ID, r.Message, listing(children))
	}
	return []string{r.ID}, nil
}

// dependency returns what is written for a target that a new revision depends
// on: a label as it is, since it goes on to mean the same, or ids.
func dependency(g *migrate.Graph, target string) ([]string, error) {
	list, err := g.Resolve(target, nil)
	if err != nil {
		return nil, fmt.Errorf("finding what the new revision depends on: %w", err)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("finding what the new revision depends on: %w %q: it names no revision", migrate.ErrUnknownTarget, target)
	}
	if slices.Contains(list[0].Labels, target) {
		return []string{target}, nil
	}
	return ids(list), nil
}

// fitsBranch refuses a difference that changes what a branch makes which the
// revision does not build or depend on: on another database the revision might
// come first.
func (s *states) fitsBranch(r op.Revision) error {
	var before []op.Revision
	needed := map[string]bool{}
	for _, id := range append(r.Parents[:len(r.Parents):len(r.Parents)], r.DependsOn...) {
		path, err := s.graph.UpgradePath(id, needed)
		if err != nil {
			return err
		}
		for _, p := range path {
			needed[p.ID] = true
		}
	}
	all := s.graph.Revisions()
	for _, p := range all {
		if needed[p.ID] {
			before = append(before, p)
		}
	}
	if len(before) == len(all) {
		return nil // which has been looked at
	}
	made, rawSQL, err := replay(before)
	if err != nil {
		return err
	}
	if _, err := r.Up.Apply(made); err != nil && !rawSQL {
		return fmt.Errorf("%w: %w; join the branches first (merge), or say what the revision needs (--depends-on)", ErrOtherBranch, err)
	}
	return nil
}

func ids(list []op.Revision) []string {
	var names []string
	for _, r := range list {
		names = append(names, r.ID)
	}
	return names
}

// listing shows revisions a line each.
func listing(list []op.Revision) string {
	text := ""
	for _, r := range list {
		text += fmt.Sprintf("\n  %s  %s", r.ID, r.Message)
	}
	return text
}
