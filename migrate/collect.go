package migrate

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-limbeck/limbeck/op"
)

// collection is revisions in the order in which they were given, with their
// names resolved to places in it.
type collection struct {
	revisions op.Revisions
	place     map[string]int // by id
	labelled  map[string]int // by label
	// parents are the places of those; needs are parents and, after them, what
	// is depended on, where depends says that anything is.
	parents, needs edges
	depends        bool
}

// collect refuses revisions that cannot be told apart, that name others which
// are not there, or that cannot be run.
func collect(revisions op.Revisions) (collection, error) {
	c := collection{
		revisions: revisions,
		place:     make(map[string]int, len(revisions)),
		labelled:  map[string]int{},
		parents:   make(edges, len(revisions)),
	}
	for i, r := range revisions {
		if err := checkName("id", r.ID); err != nil {
			return c, fmt.Errorf("revision %s: %w", named(r), err)
		}
		if other, ok := c.place[r.ID]; ok {
			return c, twice(revisions[other], r)
		}
		c.place[r.ID] = i
	}
	for i, r := range revisions {
		for _, label := range r.Labels {
			if err := checkName("label", label); err != nil {
				return c, fmt.Errorf("revision %s has the label %q: %w", named(r), label, err)
			}
			if other, ok := c.place[label]; ok {
				return c, fmt.Errorf("revision %s has the label %q, which is the id of %s; give it another label", named(r), label, named(revisions[other]))
			}
			if other, ok := c.labelled[label]; ok {
				return c, fmt.Errorf("the label %q is used twice, by %s and %s; what builds on a revision has its labels without saying so", label, named(revisions[other]), named(r))
			}
			c.labelled[label] = i
		}
	}
	return c, c.link()
}

// link finds the revisions that each one names.
func (c *collection) link() error {
	c.needs = c.parents // until there are dependencies
	for i, r := range c.revisions {
		for n, parent := range r.Parents {
			place, ok := c.place[parent]
			if !ok {
				return fmt.Errorf("revision %s has the parent %q, which is not there; was its file deleted or not committed?", named(r), parent)
			}
			if slices.Contains(r.Parents[:n], parent) {
				return fmt.Errorf("revision %s names the parent %q twice", named(r), parent)
			}
			c.parents[i] = append(c.parents[i], place)
		}
		for _, list := range []struct {
			name string
			ops  op.List
		}{{"Up", r.Up}, {"Down", r.Down}} {
			if i := slices.Index(list.ops, nil); i >= 0 {
				return fmt.Errorf("revision %s: operation %d of %s is nil", named(r), i+1, list.name)
			}
		}
	}
	c.depends = slices.ContainsFunc(c.revisions, func(r op.Revision) bool { return len(r.DependsOn) > 0 })
	if !c.depends {
		return nil
	}
	c.needs = make(edges, len(c.revisions))
	for i, r := range c.revisions {
		c.needs[i] = slices.Clone(c.parents[i])
		for n, name := range r.DependsOn {
			place, ok := c.place[name]
			if !ok {
				place, ok = c.labelled[name]
			}
			switch {
			case !ok:
				return fmt.Errorf("revision %s depends on %q, which is neither the id nor the label of another; was its file deleted or not committed?", named(r), name)
			case slices.Contains(r.DependsOn[:n], name):
				return fmt.Errorf("revision %s depends on %q twice", named(r), name)
			case !slices.Contains(c.needs[i], place):
				c.needs[i] = append(c.needs[i], place)
			}
		}
	}
	return nil
}

// checkName refuses ids and labels that a target could not name.
func checkName(what, name string) error {
	switch {
	case name == "":
		return fmt.Errorf("the %s is empty", what)
	case strings.ContainsAny(name, "@:+-") || strings.ContainsFunc(name, unicode.IsSpace):
		article := "a"
		if what == "id" {
			article = "an"
		}
		return fmt.Errorf("%s %s has no blanks and none of @ : + -", article, what)
	case slices.Contains([]string{"head", "heads", "base", "current"}, name):
		return fmt.Errorf("the %s is a word that targets use", what)
	}
	return nil
}

// twice says that two revisions have one id.
func twice(a, b op.Revision) error {
	by := func(r op.Revision) string {
		switch {
		case r.File == "" && r.Message == "":
			return "one without a message"
		case r.File == "":
			return strconv.Quote(r.Message)
		}
		return fmt.Sprintf("%q in %s", r.Message, r.File)
	}
	return fmt.Errorf("the id %q is used twice, by %s and %s; give one of them another id", a.ID, by(a), by(b))
}

// named is how errors call a revision: its id, its message where it has one yet,
// and its file where that is known.
func named(r op.Revision) string {
	switch {
	case r.File == "" && r.Message == "":
		return strconv.Quote(r.ID)
	case r.File == "":
		return fmt.Sprintf("%q (%s)", r.ID, r.Message)
	}
	return fmt.Sprintf("%q (%s, in %s)", r.ID, r.Message, r.File)
}

// errNoOrder is for revisions that lead to themselves.
var errNoOrder = errors.New("no order is possible")
