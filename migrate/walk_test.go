package migrate

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

// labelled returns a revision with labels.
func labelled(r op.Revision, labels ...string) op.Revision {
	r.Labels = labels
	return r
}

// dependent returns a revision that depends on others.
func dependent(r op.Revision, on ...string) op.Revision {
	r.DependsOn = on
	return r
}

// shapes are the collections of TestWalks.
var shapes = map[string]op.Revisions{
	"none":   nil,
	"linear": linear,
	"fork":   fork,
	"merged": merged,
	"roots":  roots,
	// Two branches of one trunk, each with a label on its first revision.
	"branches": {
		rev("a"), labelled(rev("x1", "a"), "x"), rev("x2", "x1"), labelled(rev("y1", "a"), "y"), rev("y2", "y1"),
	},
	// The same, met again.
	"met": {
		rev("a"), labelled(rev("x1", "a"), "x"), rev("x2", "x1"), labelled(rev("y1", "a"), "y"), rev("y2", "y1"),
		rev("m", "x2", "y2"), rev("n", "m"),
	},
	// Two lines that have nothing in common, and both names of one.
	"lines": {labelled(rev("p1"), "p", "parts"), rev("p2", "p1"), rev("p3", "p2"), labelled(rev("q1"), "q"), rev("q2", "q1")},
	// The second needs part of the first, and stays separate.
	"dependent": {
		labelled(rev("p1"), "p"), rev("p2", "p1"), rev("p3", "p2"),
		labelled(rev("q1"), "q"), dependent(rev("q2", "q1"), "p2"), rev("q3", "q2"),
	},
	// The whole of the second needs the first's labelled revision.
	"on a label": {rev("p1"), labelled(rev("p2", "p1"), "p"), dependent(labelled(rev("q1"), "q"), "p")},
	// A label far from where its branch begins, and a branch that parts again.
	"deep": {
		rev("a"), rev("b", "a"), rev("x1", "b"), labelled(rev("x2", "x1"), "x"), rev("x3", "x2"), rev("x4", "x2"), rev("y1", "b"),
	},
}

// TestWalks: from where a database is, by a command, in which order, to where.
// Each row has the shape, the applied revisions, the command, what is run and
// the heads after it; for a command that is refused, "!" and the end of the
// error's text with | for new lines.
func TestWalks(t *testing.T) {
	for _, row := range walks {
		t.Run(row[0]+" "+row[1]+" "+row[2], func(t *testing.T) {
			g := mustGraph(t, shapes[row[0]]...)
			applied := set(strings.Fields(row[1])...)
			path, err := walk(g, row[2], applied)
			if want, refused := strings.CutPrefix(row[3], "!"); refused {
				if err == nil || !strings.HasSuffix(strings.ReplaceAll(err.Error(), "\n", "|"), want) || len(path) > 0 {
					t.Fatalf("%v, error %v\nwant …%s", ids(path), err, want)
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(ids(path), " "); err == nil && got != row[3] {
				t.Errorf("ran %q, want %q", got, row[3])
			}
			if got := strings.Join(ids(g.HeadsOf(applied)), " "); got != row[4] {
				t.Errorf("is at %q, want %q", got, row[4])
			}
		})
	}
}

// walk does what a command says in applied, and returns the revisions in the
// order in which they came or went. Each one has to fit where it comes.
func walk(g *Graph, command string, applied map[string]bool) ([]op.Revision, error) {
	verb, target, _ := strings.Cut(command, " ")
	var path []op.Revision
	var err error
	switch verb {
	case "up":
		path, err = g.UpgradePath(target, applied)
	case "down":
		path, err = g.DowngradePath(target, applied)
	case "stamp":
		wanted, err := g.stamped(target, applied)
		if err == nil {
			clear(applied)
		}
		for _, r := range wanted {
			applied[r.ID] = true
		}
		return wanted, err
	}
	for _, r := range path {
		if err := g.fits(r, applied, verb == "down"); err != nil {
			return nil, err
		}
		applied[r.ID] = verb == "up"
	}
	return path, err
}
