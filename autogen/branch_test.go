package autogen_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// forked is a project with a trunk and two branches, each of which makes a
// table. Its folder and its collection agree.
func forked(t *testing.T) *project {
	t.Helper()
	p := newProject(t)
	table := func(name string) (up, down op.List) {
		return op.List{op.CreateTable{
			Name: name, Columns: []op.Column{{Name: "id", Type: op.Uint(64), AutoIncrement: true}}, PrimaryKey: op.Columns("id"),
		}}, op.List{op.DropTable{Name: name}}
	}
	for _, r := range []op.Revision{
		{ID: "a", Message: "begin"},
		{ID: "x1", Parents: []string{"a"}, Labels: []string{"shop"}, Message: "make books"},
		{ID: "y1", Parents: []string{"a"}, Labels: []string{"staff"}, Message: "make people"},
	} {
		switch r.ID {
		case "x1":
			r.Up, r.Down = table("books")
		case "y1":
			r.Up, r.Down = table("people")
		}
		p.revisions = append(p.revisions, r)
		p.write(r.ID+".go", "package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\nfunc init() { Revisions.Add(op.Revision{ID: \""+r.ID+"\", Parents: []string{"+quoted(r.Parents)+"}, Labels: []string{"+quoted(r.Labels)+"}}) }\n")
	}
	return p
}

func quoted(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return `"` + strings.Join(ids, `", "`) + `"`
}

// TestPlacement: where a new revision stands.
func TestPlacement(t *testing.T) {
	for _, test := range []struct {
		name    string
		options autogen.Options
		want    op.Revision
		err     error
		text    string
	}{
		{name: "several heads", err: autogen.ErrSeveralHeads,
			text: "the revisions have several heads:\n  x1  make books\n  y1  make people\njoin them first (merge), or name the one that the revision is to build on (--head)"},
		{name: "one of them", options: autogen.Options{Head: "x1"}, want: op.Revision{Parents: []string{"x1"}}},
		{name: "the head of a branch", options: autogen.Options{Head: "staff@head"}, want: op.Revision{Parents: []string{"y1"}}},
		{name: "a line of its own", options: autogen.Options{Head: "base", Labels: []string{"mail"}}, want: op.Revision{Labels: []string{"mail"}}},
		{name: "not a head", options: autogen.Options{Head: "a"}, err: autogen.ErrNotHead,
			text: "the revision is not a head: on \"a\" (begin) builds\n  x1  make books\n  y1  make people\nname a head, or say that a branch is to begin there (--splice)"},
		{name: "spliced", options: autogen.Options{Head: "a", Splice: true}, want: op.Revision{Parents: []string{"a"}}},
		{name: "several", options: autogen.Options{Head: "heads"}, err: migrate.ErrAmbiguousTarget,
			text: "placing the new revision: ambiguous target \"heads\": it has to name one revision, and names 2\n  x1  make books\n  y1  make people"},
		{name: "nothing", options: autogen.Options{Head: "z"}, err: migrate.ErrUnknownTarget,
			text: "placing the new revision: unknown target \"z\"; the revisions are\n  a  begin\n  x1  make books (shop)\n  y1  make people (staff)"},
		{name: "dependencies", options: autogen.Options{Head: "x1", DependsOn: []string{"staff"}}, want: op.Revision{Parents: []string{"x1"}, DependsOn: []string{"staff"}}},
		{name: "dependencies by target", options: autogen.Options{Head: "x1", DependsOn: []string{"staff@head", "a"}}, want: op.Revision{Parents: []string{"x1"}, DependsOn: []string{"y1", "a"}}},
		{name: "a dependency that is not there", options: autogen.Options{Head: "x1", DependsOn: []string{"z"}}, err: migrate.ErrUnknownTarget,
			text: "finding what the new revision depends on: unknown target \"z\"; the revisions are\n  a  begin\n  x1  make books (shop)\n  y1  make people (staff)"},
		{name: "a dependency on nothing", options: autogen.Options{Head: "x1", DependsOn: []string{"base"}}, err: migrate.ErrUnknownTarget,
			text: `finding what the new revision depends on: unknown target "base": it names no revision`},
		{name: "a label twice", options: autogen.Options{Head: "x1", Labels: []string{"staff"}}, err: migrate.ErrBadCollection,
			text: `placing the new revision: the revisions do not fit together: the label "staff" is used twice, by "y1" (make people) and "new"; what builds on a revision has its labels without saying so`},
		{name: "an id twice", options: autogen.Options{Head: "x1", NewID: func() string { return "a" }}, err: migrate.ErrBadCollection,
			text: `placing the new revision: the revisions do not fit together: the id "a" is used twice, by "begin" and one without a message; give one of them another id`},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := forked(t)
			o := test.options
			o.Dir, o.Revisions, o.Message = p.dir, p.revisions, "new"
			if o.NewID == nil {
				o.NewID = func() string { return "new" }
			}
			result, err := autogen.Empty(o)
			if test.err != nil {
				if !errors.Is(err, test.err) || err.Error() != test.text || result.File != "" {
					t.Fatalf("%v\nwant %s", err, test.text)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := op.Revision{Parents: result.Revision.Parents, DependsOn: result.Revision.DependsOn, Labels: result.Revision.Labels}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if _, err := migrate.NewGraph(append(p.revisions, result.Revision)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestMerge(t *testing.T) {
	p := forked(t)
	options := func() autogen.Options {
		o := p.options()
		o.NewID = func() string { return "merged" }
		return o
	}
	for _, test := range []struct {
		targets []string
		change  func(*autogen.Options)
		err     error
		want    string
	}{
		{[]string{"x1"}, nil, autogen.ErrNothingToMerge, `merging: there is nothing to merge: it takes two heads, and "x1" is the only one`},
		{[]string{"x1", "shop@head"}, nil, autogen.ErrNothingToMerge, `merging: there is nothing to merge: it takes two heads, and "x1" is the only one`},
		{[]string{"x1", "a"}, nil, autogen.ErrNotHead, "merging: the revision is not a head: on \"a\" (begin) builds\n  x1  make books\n  y1  make people\nname a head, or say that it is meant (--splice)"},
		{[]string{"x1", "a"}, func(o *autogen.Options) { o.Splice = true }, autogen.ErrNothingToMerge, `merging: there is nothing to merge: "a" leads to "x1" already`},
		{[]string{"x1", "z"}, nil, migrate.ErrUnknownTarget, "merging: unknown target \"z\"; the revisions are\n  a  begin\n  x1  make books (shop)\n  y1  make people (staff)"},
	} {
		o := options()
		if test.change != nil {
			test.change(&o)
		}
		if _, err := autogen.Merge(o, test.targets...); !errors.Is(err, test.err) || err.Error() != test.want {
			t.Errorf("%q: %v\nwant %s", test.targets, err, test.want)
		}
	}
	files, err := filepath.Glob(filepath.Join(p.dir, "*.go"))
	if err != nil || len(files) != 4 {
		t.Fatalf("files %q, %v", files, err)
	}

	result := p.add(autogen.Merge(options()))
	if got := result.Revision.Message; got != "merge x1 and y1" {
		t.Errorf("message %q", got)
	}
	text, err := os.ReadFile(result.File)
	if err != nil || !strings.Contains(string(text), `Parents: []string{"x1", "y1"},`) {
		t.Errorf("%v\n%s", err, text)
	}
	if _, err := autogen.Merge(options()); !errors.Is(err, autogen.ErrNothingToMerge) {
		t.Errorf("with one head: %v", err)
	}
	// It runs up and down, and a new revision follows it.
	m := migrate.New(p.db, p.revisions)
	for _, step := range []string{"up head", "down -1", "up head"} {
		verb, target, _ := strings.Cut(step, " ")
		work := m.Upgrade
		if verb == "down" {
			work = m.Downgrade
		}
		if _, err := work(t.Context(), target); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
	}
	o := options()
	o.Message, o.NewID = "next", func() string { return "next" }
	next, err := autogen.Empty(o)
	if err != nil || !cmp.Equal(next.Revision.Parents, []string{"merged"}) {
		t.Errorf("%v follows %q", err, next.Revision.Parents)
	}
}

// TestMergeOfTheSame: both branches make a table of one name, which no database
// takes.
func TestMergeOfTheSame(t *testing.T) {
	p := forked(t)
	p.revisions[2].Up, p.revisions[2].Down = p.revisions[1].Up, p.revisions[1].Down
	_, err := autogen.Merge(p.options())
	if err == nil || !strings.Contains(err.Error(), `merging: the branches do not go together: replaying revision "y1" (make people): step 1, create table books`) {
		t.Error(err)
	}
}

func TestMergeWithoutRevisions(t *testing.T) {
	p := newProject(t)
	if _, err := autogen.Merge(p.options()); !errors.Is(err, autogen.ErrNothingToMerge) || !strings.Contains(err.Error(), "there are no revisions") {
		t.Error(err)
	}
}

// staffMember is in a table of the branch staff.
type staffMember struct {
	ID   uint
	Name string
}

func (staffMember) TableName() string { return "people" }

type plainBook struct{ ID uint }

func (plainBook) TableName() string { return "books" }

// TestGenerateOnABranch: what a branch does not build or depend on it may not
// change.
func TestGenerateOnABranch(t *testing.T) {
	p := forked(t)
	if _, err := migrate.New(p.db, p.revisions).Upgrade(t.Context(), "heads"); err != nil {
		t.Fatal(err)
	}
	models := []any{&plainBook{}, &staffMember{}}
	if _, err := autogen.Generate(t.Context(), p.options(models...)); !errors.Is(err, autogen.ErrSeveralHeads) {
		t.Errorf("without a head: %v", err)
	}
	o := p.options(models...)
	o.Head = "shop@head"
	_, err := autogen.Generate(t.Context(), o)
	if !errors.Is(err, autogen.ErrOtherBranch) || !strings.Contains(err.Error(), `there is no table "people"; join the branches first (merge), or say what the revision needs (--depends-on)`) {
		t.Errorf("about another branch: %v", err)
	}
	o.DependsOn = []string{"staff"}
	result := p.add(autogen.Generate(t.Context(), o))
	if diff := cmp.Diff([]string{"staff"}, result.Revision.DependsOn); diff != "" || result.Verified == "" {
		t.Errorf("verified %q, depends on (-want +got):\n%s", result.Verified, diff)
	}
	if _, err := migrate.New(p.db, p.revisions).Upgrade(t.Context(), "heads"); err != nil {
		t.Fatal(err)
	}
	plan, err := autogen.Compare(t.Context(), p.options(models...))
	if err != nil || !plan.Empty() {
		t.Errorf("left: %v, %v", plan.Up, err)
	}
}
