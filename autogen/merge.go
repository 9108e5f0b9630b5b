package autogen

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/render"
)

// Merge writes a revision that joins branches: one that has all of them as its
// parents, and does nothing by itself. It needs no database. Targets name the
// heads to be joined; with none of them it is all heads. What is not a head is
// refused ([ErrNotHead]) unless Options.Splice says otherwise, and less than two are
// [ErrNothingToMerge]. Where Options.Message is empty the message names the
// revisions.
//
// Branches that cannot both run, because both make the same column for example,
// are refused, as far as the words of their operations tell.
func Merge(o Options, targets ...string) (Result, error) {
	if o.Head != "" {
		return Result{}, errors.New("merging: what is joined are the targets, so Options.Head has to be empty")
	}
	f, err := openFolder(o)
	if err != nil {
		return Result{}, err
	}
	graph, err := migrate.NewGraph(o.Revisions)
	if err != nil {
		return Result{}, err
	}
	parents, err := o.merged(graph, targets)
	if err != nil {
		return Result{}, err
	}
	o.Head = "base"
	r, err := o.placed(graph)
	if err != nil {
		return Result{}, err
	}
	r.Parents = parents
	if r.Message = strings.TrimSpace(o.Message); r.Message == "" {
		r.Message = "merge " + strings.Join(parents[:len(parents)-1], ", ") + " and " + parents[len(parents)-1]
	}
	if err := o.joins(r); err != nil {
		return Result{}, err
	}
	if _, _, err := replay(graph.Revisions()); err != nil {
		return Result{}, fmt.Errorf("merging: the branches do not go together: %w", err)
	}
	result := Result{Revision: r}
	result.File, err = f.addFile(render.File{
		Package: f.packageName, Variable: variable, Revision: r,
		Comment: "Joins branches; it changes nothing by itself.", ToFillIn: true,
	})
	return result, err
}

// merged returns the ids that a merge has as its parents.
func (o Options) merged(g *migrate.Graph, targets []string) ([]string, error) {
	if len(targets) == 0 {
		targets = []string{"heads"}
	}
	var parents []string
	for _, target := range targets {
		list, err := g.Resolve(target, nil)
		if err != nil {
			return nil, fmt.Errorf("merging: %w", err)
		}
		for _, r := range list {
			if children := g.Children(r.ID); len(children) > 0 && !o.Splice {
				return nil, fmt.Errorf("merging: %w: on %q (%s) builds%s\nname a head, or say that it is meant (--splice)", ErrNotHead, r.ID, r.Message, listing(children))
			}
			if !slices.Contains(parents, r.ID) {
				parents = append(parents, r.ID)
			}
		}
	}
	if len(parents) < 2 {
		return nil, fmt.Errorf("merging: %w: it takes two heads, and %s", ErrNothingToMerge, only(parents))
	}
	return parents, unrelated(g, parents)
}

// only says how few revisions a merge was given.
func only(parents []string) string {
	if len(parents) == 0 {
		return "there are no revisions"
	}
	return fmt.Sprintf("%q is the only one", parents[0])
}

// unrelated refuses revisions of which one builds on another: there is nothing
// to join.
func unrelated(g *migrate.Graph, parents []string) error {
	for _, id := range parents {
		seen := map[string]bool{}
		for stack := g.Children(id); len(stack) > 0; {
			r := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if slices.Contains(parents, r.ID) {
				return fmt.Errorf("merging: %w: %q leads to %q already", ErrNothingToMerge, id, r.ID)
			}
			if !seen[r.ID] {
				seen[r.ID] = true
				stack = append(stack, g.Children(r.ID)...)
			}
		}
	}
	return nil
}
