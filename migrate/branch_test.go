package migrate

import (
	"strings"
	"testing"
)

// TestBranches: where branches part, what their heads are, and which labels
// each revision has.
func TestBranches(t *testing.T) {
	for _, test := range []struct{ shape, points, heads, effective, labels string }{
		{"none", "", "", "", ""},
		{"linear", "", "c", "c", "a: b: c:"},
		{"fork", "a>b,c", "b d", "b d", "a: b: c: d:"},
		{"merged", "a>b,c", "n", "n", "a: b: c: d: m: n:"},
		{"roots", "", "b c", "b c", "a: b: c:"},
		{"branches", "a>x1,y1", "x2 y2", "x2 y2", "a: x1:x x2:x y1:y y2:y"},
		{"met", "a>x1,y1", "n", "n", "a: x1:x x2:x y1:y y2:y m:x,y n:x,y"},
		{"lines", "", "p3 q2", "p3 q2", "p1:p,parts p2:p,parts p3:p,parts q1:q q2:q"},
		{"dependent", "", "p3 q3", "p3 q3", "p1:p p2:p p3:p q1:q q2:q q3:q"},
		{"on a label", "", "p2 q1", "q1", "p1:p p2:p q1:q"},
		{"deep", "b>x1,y1 x2>x3,x4", "x3 x4 y1", "x3 x4 y1", "a: b: x1:x x2:x x3:x x4:x y1:"},
	} {
		t.Run(test.shape, func(t *testing.T) {
			g := mustGraph(t, shapes[test.shape]...)
			var points, labels []string
			for _, r := range g.BranchPoints() {
				points = append(points, r.ID+">"+strings.Join(ids(g.Children(r.ID)), ","))
			}
			byID := map[string]string{}
			for _, r := range g.Revisions() {
				byID[r.ID] = r.ID + ":" + strings.Join(g.BranchLabels(r.ID), ",")
			}
			for _, r := range shapes[test.shape] { // in the order of the table
				labels = append(labels, byID[r.ID])
			}
			for _, got := range [][3]string{
				{"branch points", strings.Join(points, " "), test.points},
				{"heads", strings.Join(ids(g.Heads()), " "), test.heads},
				{"effective heads", strings.Join(ids(g.EffectiveHeads()), " "), test.effective},
				{"labels", strings.Join(labels, " "), test.labels},
			} {
				if got[1] != got[2] {
					t.Errorf("%s %q, want %q", got[0], got[1], got[2])
				}
			}
			if g.Children("?") != nil || g.BranchLabels("?") != nil {
				t.Error("a revision that is not there has children or labels")
			}
		})
	}
}

// TestRange: from and to are included.
func TestRange(t *testing.T) {
	for _, test := range []struct{ shape, applied, text, want string }{
		{"linear", "", ":", "a b c"},
		{"linear", "", "base:heads", "a b c"},
		{"linear", "", "b:", "b c"},
		{"linear", "", ":b", "a b"},
		{"linear", "", "a:b", "a b"},
		{"linear", "", "b:b", "b"},
		{"linear", "", "-1:", "b c"},
		{"linear", "", "-1:b", "a b"},
		{"linear", "", "a:+1", "a b"},
		{"linear", "", "base:+2", "a b"},
		{"linear", "a b", ":current", "a b"},
		{"linear", "a b", "current:", "b c"},
		{"linear", "a b", "current-1:current", "a b"},
		{"linear", "", "current:", "a b c"},
		{"linear", "", ":current", ""},
		{"linear", "", "head-1:head", "b c"},
		{"none", "", ":", ""},
		{"fork", "", ":", "a b c d"},
		{"fork", "", ":d", "a c d"},
		{"fork", "", "c:", "c d"},
		{"fork", "", "a:b", "a b"},
		{"merged", "", "c:n", "c d m n"},
		{"branches", "", "x:", "x1 x2"},
		{"branches", "", ":y@head", "a y1 y2"},
		{"branches", "", "x@base+1:x@head", "x1 x2"},
		{"dependent", "", "p2:q@head", "p2 q2 q3"},
		{"deep", "", "x1:x@heads", "x1 x2 x3 x4"},

		{"linear", "", "b", `!unknown target "b": a range has the form from:to, one of which may be left out`},
		{"linear", "", "a:b:c", `!unknown target "a:b:c": a range has the form from:to, one of which may be left out`},
		{"linear", "", "c:a", `!unknown target "c:a": what is after the colon does not build on what is before it`},
		{"fork", "", "b:d", `!unknown target "b:d": what is after the colon does not build on what is before it`},
		{"linear", "", "-1:+1", `!unknown target "-1:+1": one end has to name a revision for the other to count from`},
		{"linear", "", "-9:", `!unknown target "-9": 2 steps are possible, and nothing stands before "a" (message of a)`},
		{"fork", "", "-1:", "!ambiguous target \"-1\": steps from which of them?\n  b  message of b\n  d  message of d\nname one"},
		{"linear", "", "x:", "!unknown target \"x\"; the revisions are\n  a  message of a\n  b  message of b\n  c  message of c"},
		{"linear", "", "a:b@", `!unknown target "b@": before the @ stands a label or an id, and after it a target on that branch`},
	} {
		t.Run(test.shape+" "+test.text, func(t *testing.T) {
			list, err := mustGraph(t, shapes[test.shape]...).Range(test.text, set(strings.Fields(test.applied)...))
			got := strings.Join(ids(list), " ")
			if err != nil {
				got += "!" + err.Error()
			}
			if got != test.want {
				t.Errorf("%s\nwant %s", got, test.want)
			}
		})
	}
}

// TestResolve: what show and merge make of a target.
func TestResolve(t *testing.T) {
	for _, test := range []struct{ shape, applied, target, want string }{
		{"linear", "", "head", "c"},
		{"linear", "", "base", ""},
		{"linear", "a b", "current", "b"},
		{"linear", "", "current", ""},
		{"linear", "a b", "+1", "c"},
		{"linear", "a b", "-1", "a"},
		{"linear", "", "+1", "a"},
		{"linear", "", "b", "b"},
		{"fork", "", "heads", "b d"},
		{"fork", "a b c", "current", "b c"},
		{"branches", "a x1 y1 y2", "x@current", "x1"},
		{"branches", "a x1 y1 y2", "x@+1", "x2"},
		{"branches", "a", "x@current", "a"},
		{"branches", "", "y", "y1"},
		{"deep", "", "x@heads", "x3 x4"},
		{"dependent", "p1 p2 q1 q2", "current", "q2"},
		{"dependent", "p1 p2 q1 q2", "p@current", "p2"},
		{"linear", "", "", "!unknown target \"\"; the revisions are\n  a  message of a\n  b  message of b\n  c  message of c"},
	} {
		t.Run(test.shape+" "+test.target, func(t *testing.T) {
			list, err := mustGraph(t, shapes[test.shape]...).Resolve(test.target, set(strings.Fields(test.applied)...))
			got := strings.Join(ids(list), " ")
			if err != nil {
				got += "!" + err.Error()
			}
			if got != test.want {
				t.Errorf("%s\nwant %s", got, test.want)
			}
		})
	}
}

func TestUsesCurrent(t *testing.T) {
	for text, want := range map[string]bool{
		"head": false, "a": false, "a-1": false, "x@head": false, "current": true, "current-1": true, "+1": true, "-1": true, "x@+1": true,
		"a +1": true, "a b": false, ":": false, "-1:head": false, "current:": true, ":x@current": true, "a:+1": false, "@": false, "": false,
	} {
		if got := UsesCurrent(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
