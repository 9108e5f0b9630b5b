package migrate

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

// anyTarget draws text of which much is a target of the revisions.
func anyTarget(revisions op.Revisions) *rapid.Generator[string] {
	names := []string{"head", "heads", "base", "current", "", "x"}
	for _, r := range revisions {
		names = append(append(names, r.ID, r.ID[:1]), r.Labels...)
	}
	return rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"", "", "x@"}).Draw(t, "at") + rapid.SampledFrom(names).Draw(t, "symbol") +
			rapid.SampledFrom([]string{"", "", "+1", "+2", "-1", "-2", "+", ":"}).Draw(t, "steps")
	})
}

// TestAnyTarget: on any collection, any state and any target, a command is
// refused in the package's own errors or walks parents first; it ends where
// nothing is applied without what it needs, and the same way whatever order
// the revisions were added in. A stamp ends where the walk would.
func TestAnyTarget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		revisions := anyRevisions.Draw(t, "revisions")
		g, err := NewGraph(revisions)
		if err != nil {
			t.Fatal(err)
		}
		other, err := NewGraph(rapid.Permutation(revisions).Draw(t, "shuffled"))
		if err != nil {
			t.Fatal(err)
		}
		start := map[string]bool{}
		if len(revisions) > 0 {
			for range rapid.IntRange(0, 3).Draw(t, "branches") {
				path, err := g.UpgradePath(rapid.SampledFrom(revisions).Draw(t, "at").ID, start)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range path {
					start[r.ID] = true
				}
			}
		}
		target := anyTarget(revisions).Draw(t, "target")
		if len(revisions) > 0 && strings.HasPrefix(target, "x@") {
			target = rapid.SampledFrom(revisions).Draw(t, "branch").ID + target[1:]
		}
		ends, paths := map[string]map[string]bool{}, map[string]map[string]bool{}
		for _, verb := range []string{"up", "down", "stamp"} {
			applied, shuffled := maps.Clone(start), maps.Clone(start)
			path, err := walk(g, verb+" "+target, applied)
			again, otherErr := walk(other, verb+" "+target, shuffled)
			if diff := cmp.Diff(ids(path), ids(again)); diff != "" || (err == nil) != (otherErr == nil) {
				t.Fatalf("%s %s depends on the order of adding: %v, %v\n%s", verb, target, err, otherErr, diff)
			}
			if err != nil {
				if !errors.Is(err, ErrUnknownTarget) && !errors.Is(err, ErrAmbiguousTarget) {
					t.Fatalf("%s %s: %v", verb, target, err)
				}
				continue
			}
			for _, r := range g.Revisions() {
				for _, needed := range append(r.Parents[:len(r.Parents):len(r.Parents)], r.DependsOn...) {
					if applied[r.ID] && !applied[needed] {
						t.Fatalf("after %s %s %q is applied without %q", verb, target, r.ID, needed)
					}
				}
			}
			ends[verb], paths[verb] = applied, set(ids(path)...)
		}
		stamped, ok := ends["stamp"]
		if !ok {
			return
		}
		for _, r := range revisions {
			up, canUp := paths["up"]
			down, canDown := paths["down"]
			id, was, is := r.ID, start[r.ID], stamped[r.ID]
			if canUp && is != was && is != up[id] || canDown && is != was && is == down[id] || canUp && up[id] && !is || canDown && down[id] && is {
				t.Fatalf("stamp %s and the walk there differ in %q", target, id)
			}
		}
	})
}
