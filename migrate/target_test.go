package migrate

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

// targetTest is a target on a collection. Where err is set, message is the
// error's text; otherwise want is the ids of the result.
type targetTest struct {
	name      string
	revisions op.Revisions
	applied   map[string]bool
	target    string
	want      string
	err       error
	message   string
}

func (test targetTest) check(t *testing.T, got []op.Revision, err error) {
	t.Helper()
	if test.err != nil {
		if !errors.Is(err, test.err) || err.Error() != test.message {
			t.Errorf("error %v\nwant  %s", err, test.message)
		}
		if got != nil {
			t.Errorf("%v came with the error", ids(got))
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(ids(got), " "); got != test.want {
		t.Errorf("%q, want %q", got, test.want)
	}
}

// long are ids that have a beginning in common.
var long = op.Revisions{rev("3f9a1c"), rev("3f9b00", "3f9a1c"), rev("8d2e", "3f9b00"), rev("8d", "8d2e")}

const bothHeads = "\n  b  message of b\n  d  message of d\n"

func TestUpgradePath(t *testing.T) {
	for _, test := range []targetTest{
		{name: "head from base", revisions: linear, target: "head", want: "a b c"},
		{name: "heads from base", revisions: linear, target: "heads", want: "a b c"},
		{name: "head from the middle", revisions: linear, applied: set("a"), target: "head", want: "b c"},
		{name: "head at head", revisions: linear, applied: set("a", "b", "c"), target: "head"},
		{name: "what is not in the graph is nothing", revisions: linear, applied: set("a", "gone"), target: "head", want: "b c"},
		{name: "head without revisions", target: "head"},
		{name: "heads without revisions", target: "heads"},
		{name: "an id", revisions: linear, target: "b", want: "a b"},
		{name: "an id that is applied", revisions: linear, applied: set("a", "b"), target: "b"},
		{name: "an id below", revisions: linear, applied: set("a", "b"), target: "a"},
		{name: "one that was put in between", revisions: linear, applied: set("a", "c"), target: "head", want: "b"},
		{name: "+1", revisions: linear, target: "+1", want: "a"},
		{name: "+2 from the middle", revisions: linear, applied: set("a"), target: "+2", want: "b c"},
		{name: "+1 before a merge", revisions: merged, applied: set("a", "b"), target: "+1", want: "c"},
		{name: "heads of a fork", revisions: fork, target: "heads", want: "a b c d"},
		{name: "one head of a fork", revisions: fork, target: "d", want: "a c d"},
		{name: "the other head", revisions: fork, applied: set("a", "c", "d"), target: "b", want: "b"},
		{name: "a merge", revisions: merged, applied: set("a", "b"), target: "m", want: "c d m"},
		{name: "heads of several roots", revisions: roots, target: "heads", want: "a b c"},
		{name: "a root's line alone", revisions: roots, target: "c", want: "a c"},
		{name: "the beginning of an id", revisions: long, target: "3f9b", want: "3f9a1c 3f9b00"},
		{name: "an id that is another's beginning", revisions: long, applied: set("3f9a1c", "3f9b00"), target: "8d", want: "8d2e 8d"},

		{name: "head of a fork", revisions: fork, target: "head", err: ErrAmbiguousTarget,
			message: `ambiguous target: there are 2 heads:` + bothHeads + `name one of them, take "heads" for all, or join them (merge)`},
		{name: "where branches part", revisions: fork, applied: set("a"), target: "+1", err: ErrAmbiguousTarget,
			message: "ambiguous target \"+1\": each of these could be number 1:\n  b  message of b\n  c  message of c\nname one of them"},
		{name: "past where branches part", revisions: fork, target: "+2", err: ErrAmbiguousTarget,
			message: "ambiguous target \"+2\": each of these could be number 2:\n  b  message of b\n  c  message of c\nname one of them"},
		{name: "the beginning of two ids", revisions: long, target: "3f9", err: ErrAmbiguousTarget,
			message: "ambiguous target \"3f9\": it could be\n  3f9a1c  message of 3f9a1c\n  3f9b00  message of 3f9b00"},
		{name: "unknown", revisions: linear, target: "x", err: ErrUnknownTarget,
			message: "unknown target \"x\"; the revisions are\n  a  message of a\n  b  message of b\n  c  message of c"},
		{name: "no target", revisions: op.Revisions{rev("a")}, target: "", err: ErrUnknownTarget,
			message: "unknown target \"\"; the revisions are\n  a  message of a"},
		{name: "longer than an id", revisions: op.Revisions{rev("a")}, target: "ab", err: ErrUnknownTarget,
			message: "unknown target \"ab\"; the revisions are\n  a  message of a"},
		{name: "unknown without revisions", target: "x", err: ErrUnknownTarget, message: `unknown target "x": there are no revisions yet`},
		{name: "base", revisions: linear, target: "base", err: ErrUnknownTarget,
			message: `unknown target "base" for an upgrade; "base" and "-n" are for downgrade`},
		{name: "-1", revisions: linear, target: "-1", err: ErrUnknownTarget,
			message: `unknown target "-1" for an upgrade; "base" and "-n" are for downgrade`},
		{name: "+4 of three", revisions: linear, target: "+4", err: ErrUnknownTarget, message: `unknown target "+4": only 3 left to apply`},
		{name: "+1 at head", revisions: linear, applied: set("a", "b", "c"), target: "+1", err: ErrUnknownTarget, message: `unknown target "+1": only 0 left to apply`},
		{name: "+1 without revisions", target: "+1", err: ErrUnknownTarget, message: `unknown target "+1": only 0 left to apply`},
		{name: "+", revisions: linear, target: "+", err: ErrUnknownTarget, message: `unknown target "+": a number of steps from 1 on has to follow the sign`},
		{name: "+0", revisions: linear, target: "+0", err: ErrUnknownTarget, message: `unknown target "+0": a number of steps from 1 on has to follow the sign`},
		{name: "++1", revisions: linear, target: "++1", err: ErrUnknownTarget, message: `unknown target "++1": a number of steps from 1 on has to follow the sign`},
		{name: "+-1", revisions: linear, target: "+-1", err: ErrUnknownTarget, message: `unknown target "+-1": a number of steps from 1 on has to follow the sign`},
		{name: "+1.5", revisions: linear, target: "+1.5", err: ErrUnknownTarget, message: `unknown target "+1.5": a number of steps from 1 on has to follow the sign`},
		{name: "+ and very many", revisions: linear, target: "+99999999999999999999", err: ErrUnknownTarget,
			message: `unknown target "+99999999999999999999": a number of steps from 1 on has to follow the sign`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := mustGraph(t, test.revisions...).UpgradePath(test.target, test.applied)
			test.check(t, got, err)
		})
	}
}

func TestDowngradePath(t *testing.T) {
	all := set("a", "b", "c", "d", "m", "n")
	for _, test := range []targetTest{
		{name: "base", revisions: linear, applied: set("a", "b", "c"), target: "base", want: "c b a"},
		{name: "base from the middle", revisions: linear, applied: set("a", "b"), target: "base", want: "b a"},
		{name: "base at base", revisions: linear, target: "base"},
		{name: "base without revisions", target: "base"},
		{name: "base of a fork", revisions: fork, applied: all, target: "base", want: "d c b a"},
		{name: "base of several roots", revisions: roots, applied: all, target: "base", want: "c b a"},
		{name: "-1", revisions: linear, applied: set("a", "b", "c"), target: "-1", want: "c"},
		{name: "-3", revisions: linear, applied: set("a", "b", "c"), target: "-3", want: "c b a"},
		{name: "an id", revisions: linear, applied: set("a", "b", "c"), target: "a", want: "c b"},
		{name: "the beginning of an id", revisions: long, applied: set("3f9a1c", "3f9b00", "8d2e"), target: "3f9a", want: "8d2e 3f9b00"},
		{name: "where it is", revisions: linear, applied: set("a", "b"), target: "b"},
		{name: "below a gap", revisions: linear, applied: set("a", "c"), target: "a", want: "c"},
		{name: "-1 above a gap", revisions: linear, applied: set("a", "c"), target: "-1", want: "c"},
		{name: "below a merge", revisions: merged, applied: all, target: "c", want: "n m d"},
		{name: "-1 from a merge", revisions: merged, applied: set("a", "b", "c", "d", "m"), target: "-1", want: "m"},
		{name: "-1 on one branch", revisions: fork, applied: set("a", "c", "d"), target: "-1", want: "d"},
		{name: "the fork", revisions: fork, applied: all, target: "a", want: "d c b"},
		// What does not build on the target stays, as it does in Alembic.
		{name: "on one branch, the other stays", revisions: fork, applied: all, target: "c", want: "d"},
		{name: "the end of a branch", revisions: fork, applied: all, target: "b"},

		{name: "-1 on two branches", revisions: fork, applied: all, target: "-1", err: ErrAmbiguousTarget,
			message: `ambiguous target "-1": the database is at 2 heads:` + bothHeads + `name the revision to go back to`},
		{name: "-4 of three", revisions: linear, applied: set("a", "b", "c"), target: "-4", err: ErrUnknownTarget, message: `unknown target "-4": only 3 applied`},
		{name: "-1 at base", revisions: linear, target: "-1", err: ErrUnknownTarget, message: `unknown target "-1": only 0 applied`},
		{name: "-", revisions: linear, target: "-", err: ErrUnknownTarget, message: `unknown target "-": a number of steps from 1 on has to follow the sign`},
		{name: "--1", revisions: linear, applied: set("a"), target: "--1", err: ErrUnknownTarget, message: `unknown target "--1": a number of steps from 1 on has to follow the sign`},
		{name: "-+1", revisions: linear, applied: set("a"), target: "-+1", err: ErrUnknownTarget, message: `unknown target "-+1": a number of steps from 1 on has to follow the sign`},
		{name: "head", revisions: linear, target: "head", err: ErrUnknownTarget,
			message: `unknown target "head" for a downgrade; say "base", "-n" or the revision to go back to`},
		{name: "heads", revisions: linear, target: "heads", err: ErrUnknownTarget,
			message: `unknown target "heads" for a downgrade; say "base", "-n" or the revision to go back to`},
		{name: "+1", revisions: linear, target: "+1", err: ErrUnknownTarget,
			message: `unknown target "+1" for a downgrade; say "base", "-n" or the revision to go back to`},
		{name: "one that is not applied", revisions: linear, applied: set("a"), target: "b", err: ErrUnknownTarget,
			message: `unknown target "b": revision "b" (message of b) is not applied, so there is no going back to it; the database is at` + "\n  a  message of a"},
		{name: "one of another branch", revisions: fork, applied: set("a", "c", "d"), target: "b", err: ErrUnknownTarget,
			message: `unknown target "b": revision "b" (message of b) is not applied, so there is no going back to it; the database is at` + "\n  d  message of d"},
		{name: "an id at base", revisions: linear, target: "a", err: ErrUnknownTarget,
			message: `unknown target "a": revision "a" (message of a) is not applied, so there is no going back to it; the database is at base`},
		{name: "unknown", revisions: op.Revisions{rev("a")}, applied: set("a"), target: "x", err: ErrUnknownTarget,
			message: "unknown target \"x\"; the revisions are\n  a  message of a"},
		{name: "the beginning of two ids", revisions: long, applied: set("3f9a1c"), target: "3", err: ErrAmbiguousTarget,
			message: "ambiguous target \"3\": it could be\n  3f9a1c  message of 3f9a1c\n  3f9b00  message of 3f9b00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := mustGraph(t, test.revisions...).DowngradePath(test.target, test.applied)
			test.check(t, got, err)
		})
	}
}

// TestStamped: the history says what it would say after an upgrade or a
// downgrade to the target.
func TestStamped(t *testing.T) {
	for _, test := range []targetTest{
		{name: "head", revisions: linear, target: "head", want: "a b c"},
		{name: "heads", revisions: fork, target: "heads", want: "a b c d"},
		{name: "head without revisions", target: "head"},
		{name: "base", revisions: linear, applied: set("a", "b"), target: "base"},
		{name: "an id, forward", revisions: linear, applied: set("a"), target: "b", want: "a b"},
		{name: "an id, back", revisions: linear, applied: set("a", "b", "c"), target: "b", want: "a b"},
		{name: "the beginning of an id", revisions: long, target: "3f9b", want: "3f9a1c 3f9b00"},
		{name: "a branch", revisions: fork, applied: set("a"), target: "d", want: "a c d"},
		{name: "back on one branch, the other stays", revisions: fork, applied: set("a", "b", "c", "d"), target: "c", want: "a b c"},
		{name: "forward on one branch, the other stays", revisions: fork, applied: set("a", "b"), target: "c", want: "a b c"},
		{name: "below a merge", revisions: merged, applied: set("a", "b", "c", "d", "m"), target: "b", want: "a b c d"},
		{name: "a merge", revisions: merged, target: "m", want: "a b c d m"},
		{name: "head of a fork", revisions: fork, target: "head", err: ErrAmbiguousTarget,
			message: `ambiguous target: there are 2 heads:` + bothHeads + `name one of them, take "heads" for all, or join them (merge)`},
		{name: "unknown", revisions: op.Revisions{rev("a")}, target: "x", err: ErrUnknownTarget,
			message: "unknown target \"x\"; the revisions are\n  a  message of a"},
		{name: "nothing", revisions: op.Revisions{rev("a")}, target: " ", err: ErrUnknownTarget,
			message: "unknown target \"\"; the revisions are\n  a  message of a"},
		{name: "two of which one builds on the other", revisions: linear, target: "a c", err: ErrAmbiguousTarget,
			message: "ambiguous target \"a c\": revision \"c\" (message of c) builds on another of them; name it alone"},
		{name: "base beside others", revisions: linear, target: "a base", err: ErrUnknownTarget,
			message: "unknown target \"base\": it cannot stand beside others"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := mustGraph(t, test.revisions...).stamped(test.target, test.applied)
			test.check(t, got, err)
		})
	}
}

func TestFind(t *testing.T) {
	for _, test := range []targetTest{
		{name: "full", revisions: long, target: "3f9a1c", want: "3f9a1c"},
		{name: "beginning", revisions: long, target: "3f9a", want: "3f9a1c"},
		{name: "full, though it begins another", revisions: long, target: "8d", want: "8d"},
		{name: "not the end", revisions: op.Revisions{rev("ab")}, target: "b", err: ErrUnknownTarget,
			message: "unknown target \"b\"; the revisions are\n  ab  message of ab"},
		{name: "a word", revisions: op.Revisions{rev("ab")}, target: "head", err: ErrUnknownTarget,
			message: "unknown target \"head\"; the revisions are\n  ab  message of ab"},
		{name: "the newest of many are listed", revisions: chain(12), target: "x", err: ErrUnknownTarget,
			message: "unknown target \"x\"; the revisions are\n  … 2 more\n  000002  \n  000003  \n  000004  \n  000005  \n  000006  \n  000007  \n  000008  \n  000009  \n  000010  \n  000011  "},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := mustGraph(t, test.revisions...).Find(test.target)
			var got []op.Revision
			if r.ID != "" {
				got = []op.Revision{r}
			}
			test.check(t, got, err)
		})
	}
}

// TestPathsAgree: on any collection, up to all heads and down to base are each
// other's reverse; down to an id and up again ends where it began; and after
// any path nothing is applied without its parents.
func TestPathsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, err := NewGraph(anyRevisions.Draw(t, "revisions"))
		if err != nil {
			t.Fatal(err)
		}
		applied := map[string]bool{}
		walk := func(path []op.Revision, err error, down bool) {
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range path {
				if err := g.fits(r, applied, down); err != nil {
					t.Fatal(err)
				}
				if applied[r.ID] != down {
					t.Fatalf("%q is walked twice", r.ID)
				}
				applied[r.ID] = !down
			}
		}
		up, err := g.UpgradePath("heads", applied)
		walk(up, err, false)
		if len(up) > 0 {
			target := rapid.SampledFrom(up).Draw(t, "target").ID
			stamped, err := g.stamped(target, applied)
			if err != nil {
				t.Fatal(err)
			}
			path, err := g.DowngradePath(target, applied)
			walk(path, err, true)
			for _, r := range up {
				if applied[r.ID] != set(ids(stamped)...)[r.ID] {
					t.Fatalf("after the downgrade and after the stamp differ in %q", r.ID)
				}
			}
			path, err = g.UpgradePath("heads", applied)
			walk(path, err, false)
		}
		down, err := g.DowngradePath("base", applied)
		walk(down, err, true)
		if len(down) != len(up) {
			t.Fatalf("%d up and %d down", len(up), len(down))
		}
		for i := range up {
			if up[i].ID != down[len(down)-1-i].ID {
				t.Fatalf("up %v, down %v", ids(up), ids(down))
			}
		}
	})
}
