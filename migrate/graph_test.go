package migrate

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

// rev is a revision that does nothing.
func rev(id string, parents ...string) op.Revision {
	return op.Revision{ID: id, Parents: parents, Message: "message of " + id}
}

// in returns a revision that a file added.
func in(r op.Revision, file string) op.Revision {
	r.File = file
	return r
}

func mustGraph(t testing.TB, revisions ...op.Revision) *Graph {
	t.Helper()
	g, err := NewGraph(revisions)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// set is the applied revisions, as words.
func set(ids ...string) map[string]bool {
	m := map[string]bool{}
	for _, id := range ids {
		m[id] = true
	}
	return m
}

// The shapes that a collection may have.
var (
	linear = op.Revisions{rev("a"), rev("b", "a"), rev("c", "b")}
	fork   = op.Revisions{rev("a"), rev("b", "a"), rev("c", "a"), rev("d", "c")}
	merged = append(slices.Clone(fork), rev("m", "b", "d"), rev("n", "m"))
	roots  = op.Revisions{rev("a"), rev("b"), rev("c", "a")}
)

func TestOrder(t *testing.T) {
	dated := func(r op.Revision, created string) op.Revision {
		r.Created = created
		return r
	}
	for _, test := range []struct {
		name         string
		revisions    op.Revisions
		order, heads string
	}{
		{"nothing", nil, "", ""},
		{"one", op.Revisions{rev("a")}, "a", "a"},
		{"linear", linear, "a b c", "c"},
		{"linear, ids against the order", op.Revisions{rev("a", "b"), rev("b", "c"), rev("c")}, "c b a", "a"},
		{"fork", fork, "a b c d", "b d"},
		{"merge", merged, "a b c d m n", "n"},
		{"several roots", roots, "a b c", "b c"},
		{"roots that meet", op.Revisions{rev("a"), rev("b"), rev("c", "b", "a")}, "a b c", "c"},
		{"diamond of unequal arms", op.Revisions{rev("a"), rev("z", "a"), rev("b", "a"), rev("c", "b"), rev("m", "c", "z")}, "a b c z m", "m"},
		{"the time of creation goes before the id", op.Revisions{
			rev("a"), dated(rev("b", "a"), "2026-01-02T00:00:00Z"), dated(rev("c", "a"), "2026-01-01T00:00:00Z"),
		}, "a c b", "c b"},
		{"but parents go before children", op.Revisions{
			dated(rev("a"), "2026-01-03T00:00:00Z"), dated(rev("b", "a"), "2026-01-01T00:00:00Z"),
		}, "a b", "b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := mustGraph(t, test.revisions...)
			if got := strings.Join(ids(g.Revisions()), " "); got != test.order {
				t.Errorf("order %q, want %q", got, test.order)
			}
			if got := strings.Join(ids(g.Heads()), " "); got != test.heads {
				t.Errorf("heads %q, want %q", got, test.heads)
			}
			for _, r := range test.revisions {
				if got, ok := g.Revision(r.ID); !ok || !cmp.Equal(got, r) {
					t.Errorf("Revision(%q) = %v, %v", r.ID, got, ok)
				}
			}
			if got, ok := g.Revision(""); ok {
				t.Errorf("Revision of no id = %v", got)
			}
		})
	}
}

// TestRevisionsIsACopy: what a caller does to the list does nothing to the
// graph.
func TestRevisionsIsACopy(t *testing.T) {
	g := mustGraph(t, linear...)
	slices.Reverse(g.Revisions())
	if got := strings.Join(ids(g.Revisions()), " "); got != "a b c" {
		t.Errorf("order %q after a caller has reversed it", got)
	}
}

func TestBadCollections(t *testing.T) {
	for _, test := range []struct {
		name      string
		revisions op.Revisions
		want      string
	}{
		{"an id twice", op.Revisions{rev("a"), {ID: "a", Message: "other"}},
			`the id "a" is used twice, by "message of a" and "other"; give one of them another id`},
		{"the same revision twice", op.Revisions{rev("a"), rev("a")},
			`the id "a" is used twice, by "message of a" and "message of a"; give one of them another id`},
		{"a parent that is missing", op.Revisions{rev("b", "a")},
			`revision "b" (message of b) has the parent "a", which is not there; was its file deleted or not committed?`},
		{"a parent twice", op.Revisions{rev("a"), rev("b", "a", "a")},
			`revision "b" (message of b) names the parent "a" twice`},
		{"its own parent", op.Revisions{rev("a", "a")},
			`no order is possible: "a" builds on "a"`},
		{"two that build on each other", op.Revisions{rev("a", "b"), rev("b", "a")},
			`no order is possible: "a" builds on "b", "b" builds on "a"`},
		{"a cycle of three below and above others", op.Revisions{
			rev("0"), rev("z", "y"), rev("y", "0", "x"), rev("x", "z"), rev("child", "z"), rev("b", "child"),
		}, `no order is possible: "x" builds on "z", "z" builds on "y", "y" builds on "x"`},
		{"no id", op.Revisions{{Message: "first"}}, `revision "" (first): the id is empty`},
		{"a blank in the id", op.Revisions{rev("a b")}, `revision "a b" (message of a b): an id has no blanks and none of @ : + -`},
		{"a wide blank in the id", op.Revisions{rev("a\u00a0b")}, "revision \"a\\u00a0b\" (message of a\u00a0b): an id has no blanks and none of @ : + -"},
		{"a minus in the id", op.Revisions{rev("-1")}, `revision "-1" (message of -1): an id has no blanks and none of @ : + -`},
		{"a plus in the id", op.Revisions{rev("a+1")}, `revision "a+1" (message of a+1): an id has no blanks and none of @ : + -`},
		{"a colon in the id", op.Revisions{rev("a:b")}, `revision "a:b" (message of a:b): an id has no blanks and none of @ : + -`},
		{"an at in the id", op.Revisions{rev("a@head")}, `revision "a@head" (message of a@head): an id has no blanks and none of @ : + -`},
		{"head", op.Revisions{rev("head")}, `revision "head" (message of head): the id is a word that targets use`},
		{"heads", op.Revisions{rev("heads")}, `revision "heads" (message of heads): the id is a word that targets use`},
		{"base", op.Revisions{rev("base")}, `revision "base" (message of base): the id is a word that targets use`},
		{"current", op.Revisions{rev("current")}, `revision "current" (message of current): the id is a word that targets use`},
		{"files are named where they are known", op.Revisions{in(rev("a"), "1.go"), in(op.Revision{ID: "a", Message: "other"}, "2.go")},
			`the id "a" is used twice, by "message of a" in 1.go and "other" in 2.go; give one of them another id`},
		{"the file without a parent", op.Revisions{in(rev("b", "a"), "b.go")},
			`revision "b" (message of b, in b.go) has the parent "a", which is not there; was its file deleted or not committed?`},
		{"the files of a cycle", op.Revisions{in(rev("a", "b"), "a.go"), in(rev("b", "a"), "b.go")},
			`no order is possible: "a" builds on "b" (a.go), "b" builds on "a" (b.go)`},
		{"a dependency that is missing", op.Revisions{dependent(rev("a"), "z")},
			`revision "a" (message of a) depends on "z", which is neither the id nor the label of another; was its file deleted or not committed?`},
		{"a dependency twice", op.Revisions{rev("a"), dependent(rev("b", "a"), "a", "a")},
			`revision "b" (message of b) depends on "a" twice`},
		{"its own dependency", op.Revisions{dependent(rev("a"), "a")}, `no order is possible: "a" depends on "a"`},
		{"its own dependency by label", op.Revisions{dependent(labelled(rev("a"), "x"), "x")}, `no order is possible: "a" depends on "a"`},
		{"a dependency on what builds on it", op.Revisions{rev("b", "a"), dependent(rev("a"), "b")},
			`no order is possible: "a" depends on "b", "b" builds on "a"`},
		{"branches that depend on each other", op.Revisions{rev("a"), dependent(rev("x", "a"), "y"), dependent(rev("y", "a"), "x")},
			`no order is possible: "x" depends on "y", "y" depends on "x"`},
		{"a label twice", op.Revisions{labelled(rev("a"), "x"), labelled(rev("b", "a"), "x")},
			`the label "x" is used twice, by "a" (message of a) and "b" (message of b); what builds on a revision has its labels without saying so`},
		{"a label twice on one", op.Revisions{labelled(rev("a"), "x", "x")},
			`the label "x" is used twice, by "a" (message of a) and "a" (message of a); what builds on a revision has its labels without saying so`},
		{"a label that is an id", op.Revisions{rev("a"), labelled(rev("b", "a"), "a")},
			`revision "b" (message of b) has the label "a", which is the id of "a" (message of a); give it another label`},
		{"no label", op.Revisions{labelled(rev("a"), "")}, `revision "a" (message of a) has the label "": the label is empty`},
		{"a sign in a label", op.Revisions{labelled(rev("a"), "x-y")}, `revision "a" (message of a) has the label "x-y": a label has no blanks and none of @ : + -`},
		{"head as a label", op.Revisions{labelled(rev("a"), "head")}, `revision "a" (message of a) has the label "head": the label is a word that targets use`},
		{"a blank in an id, and no message yet", op.Revisions{{ID: "a b"}}, `revision "a b": an id has no blanks and none of @ : + -`},
		{"no message and no file", op.Revisions{rev("a"), {ID: "a"}}, `the id "a" is used twice, by "message of a" and one without a message; give one of them another id`},
		{"no operation in Up", op.Revisions{{ID: "a", Message: "m", Up: op.List{op.Exec{}, nil}}}, `revision "a" (m): operation 2 of Up is nil`},
		{"no operation in Down", op.Revisions{{ID: "a", Message: "m", Down: op.List{nil}}}, `revision "a" (m): operation 1 of Down is nil`},
	} {
		t.Run(test.name, func(t *testing.T) {
			g, err := NewGraph(test.revisions)
			if g != nil || !errors.Is(err, ErrBadCollection) {
				t.Fatalf("%v, %v; want no graph and ErrBadCollection", g, err)
			}
			if want := "the revisions do not fit together: " + test.want; err.Error() != want {
				t.Errorf("error %s\nwant  %s", err, want)
			}
		})
	}
}

func TestHeadsOf(t *testing.T) {
	for _, test := range []struct {
		name      string
		revisions op.Revisions
		applied   map[string]bool
		want      string
	}{
		{"nothing applied", linear, nil, ""},
		{"half way", linear, set("a", "b"), "b"},
		{"all", linear, set("a", "b", "c"), "c"},
		{"one that is not in the graph", linear, set("a", "gone"), "a"},
		{"set to false", linear, map[string]bool{"a": true, "b": false}, "a"},
		{"both branches", fork, set("a", "b", "c"), "b c"},
		{"one branch", fork, set("a", "c", "d"), "d"},
		{"merged", merged, set("a", "b", "c", "d", "m"), "m"},
		// A revision that was put in between later is not applied; what is below
		// it is still not where the database is.
		{"a gap", linear, set("a", "c"), "c"},
		{"a gap in a branch", merged, set("a", "c", "d", "n"), "n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := mustGraph(t, test.revisions...)
			if got := strings.Join(ids(g.HeadsOf(test.applied)), " "); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// anyRevisions draws a collection that makes a graph, parents first.
var anyRevisions = rapid.Custom(func(t *rapid.T) op.Revisions {
	names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-f][0-9a-f]{0,3}`), 0, 12, rapid.ID).Draw(t, "ids")
	var list op.Revisions
	for i, id := range names {
		r := op.Revision{ID: id, Created: rapid.SampledFrom([]string{"", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"}).Draw(t, "created")}
		if i > 0 {
			r.Parents = rapid.SliceOfNDistinct(rapid.SampledFrom(names[:i]), 0, min(i, 3), rapid.ID).Draw(t, "parents")
			r.DependsOn = rapid.SliceOfNDistinct(rapid.SampledFrom(names[:i]), 0, min(i, 1), rapid.ID).Draw(t, "depends on")
		}
		if rapid.IntRange(0, 3).Draw(t, "labelled") == 0 {
			r.Labels = []string{"on_" + id}
		}
		list = append(list, r)
	}
	return list
})

// TestOrderHolds: parents before children, each once, and the same whatever
// the order in which the revisions were added.
func TestOrderHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		revisions := anyRevisions.Draw(t, "revisions")
		g, err := NewGraph(revisions)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, r := range g.Revisions() {
			for _, needed := range append(r.Parents[:len(r.Parents):len(r.Parents)], r.DependsOn...) {
				if !seen[needed] {
					t.Fatalf("%q stands before %q, which it needs", r.ID, needed)
				}
			}
			if seen[r.ID] {
				t.Fatalf("%q stands there twice", r.ID)
			}
			seen[r.ID] = true
		}
		if len(seen) != len(revisions) {
			t.Fatalf("%d of %d revisions", len(seen), len(revisions))
		}
		shuffled, err := NewGraph(rapid.Permutation(revisions).Draw(t, "shuffled"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(g.Revisions(), shuffled.Revisions()); diff != "" {
			t.Fatalf("the order depends on the order of adding:\n%s", diff)
		}
		if diff := cmp.Diff(g.Heads(), shuffled.Heads()); diff != "" {
			t.Fatalf("the heads depend on the order of adding:\n%s", diff)
		}
	})
}

// TestCyclesAreFound wherever they are: an edge back from a revision to one
// that it leads to.
func TestCyclesAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "n")
		revisions := chain(n)
		to := rapid.IntRange(0, n-1).Draw(t, "to")
		from := rapid.IntRange(0, to).Draw(t, "from")
		revisions[from].Parents = append(slices.Clone(revisions[from].Parents), revisions[to].ID)
		_, err := NewGraph(rapid.Permutation(revisions).Draw(t, "shuffled"))
		if !errors.Is(err, ErrBadCollection) {
			t.Fatalf("error %v", err)
		}
		// The cycle is these, and all of these.
		if got, want := strings.Count(err.Error(), "builds on"), to-from+1; got != want {
			t.Fatalf("%d links, want %d: %v", got, want, err)
		}
	})
}

// chain is n revisions in a row.
func chain(n int) op.Revisions {
	list := make(op.Revisions, n)
	for i := range list {
		list[i] = op.Revision{ID: fmt.Sprintf("%06d", i)}
		if i > 0 {
			list[i].Parents = []string{list[i-1].ID}
		}
	}
	return list
}

func BenchmarkGraph(b *testing.B) {
	revisions := chain(10_000)
	applied := map[string]bool{}
	for _, r := range revisions[:9_000] {
		applied[r.ID] = true
	}
	for b.Loop() {
		g, err := NewGraph(revisions)
		if err != nil {
			b.Fatal(err)
		}
		if path, err := g.UpgradePath("head", applied); err != nil || len(path) != 1_000 {
			b.Fatal(len(path), err)
		}
		if path, err := g.DowngradePath("-1", applied); err != nil || len(path) != 1 {
			b.Fatal(len(path), err)
		}
	}
}
