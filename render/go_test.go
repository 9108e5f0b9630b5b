package render_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/internal/golden"
	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
	othersteps "github.com/go-limbeck/limbeck/render/testdata/other/steps"
	"github.com/go-limbeck/limbeck/render/testdata/steps"
	stringsteps "github.com/go-limbeck/limbeck/render/testdata/string"
)

func TestFileOptions(t *testing.T) {
	var b bytes.Buffer
	err := render.File{
		Package:  "main",
		Variable: "history",
		Comment:  "\nverified: up, down, up on sqlite 3.45\n\n+build linux\nnot verified: \"Exec\"\n",
		Revision: op.Revision{ID: "a", Message: "merge branches?\n\nThey *were* two. */"},
	}.WriteGo(&b)
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/options.golden", b.Bytes())
}

// foreign are operations of other packages: two share a name, and one has the
// name of a type that the file needs.
var foreign = op.Revision{
	ID:      "b7",
	Message: "steps of other packages",
	Up: op.List{
		steps.Fill{
			Base:    steps.Base{Reason: "new"},
			Table:   "books",
			Mode:    "slow",
			Retries: -3,
			Limit:   math.MaxUint64,
			Ratio:   1e-9,
			Force:   true,
			Tags:    []string{"a", "b"},
			Codes:   [2]int{0, 7},
			Default: op.Literal("x"),
			Columns: []op.Column{{Name: "id", Type: op.Int(64)}},
			Value:   uint8(3),
			Values:  []any{nil, "s", true, 1, int64(2), 2.5, []string{"deep"}, steps.Mode("m"), op.Columns("a"), op.Text(), []any{}},
			Nested:  op.List{op.DropColumn{Table: "books", Column: "x"}, othersteps.Note{Text: "in it"}},
		},
		steps.Fill{},
		othersteps.Note{Text: "after"},
		stringsteps.Lines{Texts: []string{"a", "b"}},
		op.Exec{SQL: "SELECT 1"},
	},
}

func TestOperationsOfOtherPackages(t *testing.T) {
	var b bytes.Buffer
	if err := render.Go(&b, foreign); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/foreign.golden", b.Bytes())

	got := run(t, map[string]string{"main.go": printJSON, "migrations/file.go": b.String()})
	want := foreign
	want.File = "file.go"
	if diff := cmp.Diff(asJSON(t, op.Revisions{want}), string(got)); diff != "" {
		t.Errorf("the compiled file holds something else (-want +got):\n%s", diff)
	}
}

func TestToFillIn(t *testing.T) {
	r := op.Revision{ID: "b8", Message: "fill isbn"}
	var b bytes.Buffer
	if err := (render.File{Revision: r, ToFillIn: true}).WriteGo(&b); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/empty.golden", b.Bytes())
	got := run(t, map[string]string{"main.go": printJSON, "migrations/file.go": b.String()})
	r.Up, r.Down, r.File = op.List{}, op.List{}, "file.go"
	if diff := cmp.Diff(asJSON(t, op.Revisions{r}), string(got)); diff != "" {
		t.Errorf("the compiled file holds something else (-want +got):\n%s", diff)
	}
}

func TestWhatHasNoGoForm(t *testing.T) {
	type local struct{ op.Exec }
	number := 1
	for _, test := range []struct {
		name string
		o    op.Operation
		want []string // parts of the error
	}{
		{"nil", nil, []string{"field Up", "item 2", "nil"}},
		{"pointer", &op.CreateTable{Name: "books"}, []string{"item 2", "*op.CreateTable", "ptr"}},
		{"func", steps.Bad{Func: func() {}}, []string{"item 2", "steps.Bad", "field Func", "func"}},
		{"map", steps.Bad{Map: map[string][]int{"a": {1}}}, []string{"field Map", "map"}},
		{"chan", steps.Bad{Chan: make(chan int)}, []string{"field Chan", "chan"}},
		{"pointer field", steps.Bad{Pointer: &number}, []string{"field Pointer", "ptr"}},
		{"type without a name", steps.Bad{Inner: struct{ Deep []any }{Deep: []any{1}}}, []string{"field Inner", "no name"}},
		{"not a number", steps.Bad{Ratio: math.NaN()}, []string{"field Ratio", "NaN"}},
		{"infinite", steps.Bad{Ratio: math.Inf(-1)}, []string{"field Ratio", "Inf"}},
		{"negative zero", steps.Fill{Values: []any{math.Copysign(0, -1)}}, []string{"field Values", "item 1", "-0"}},
		{"field not exported", steps.WithPrivate(), []string{"steps.Bad", "field private", "not exported"}},
		{"type not exported", local{}, []string{"render_test.local", "not exported"}},
		{"type parameters", steps.Of[int]{Value: 1}, []string{"Of[int]", "type parameters"}},
		{"deep", steps.Fill{Values: []any{1, map[string]int{}}}, []string{"item 2", "steps.Fill", "field Values", "item 2", "map"}},
		{"in a nested list", steps.Fill{Nested: op.List{steps.Bad{Func: func() {}}}}, []string{"steps.Fill", "field Nested", "item 1", "steps.Bad", "field Func"}},
	} {
		var b bytes.Buffer
		err := render.Go(&b, op.Revision{ID: "3f9a", Up: op.List{op.Exec{}, test.o}})
		if err == nil {
			t.Errorf("%s: no error, wrote\n%s", test.name, b.String())
			continue
		}
		rest := err.Error()
		for _, part := range append([]string{`revision "3f9a"`}, test.want...) {
			_, after, found := strings.Cut(rest, part)
			if !found {
				t.Errorf("%s: the error does not say %q in its place: %v", test.name, part, err)
			}
			rest = after
		}
		if b.Len() > 0 {
			t.Errorf("%s: wrote a part of the file", test.name)
		}
	}
}

func TestFilesThatCannotBe(t *testing.T) {
	r := op.Revision{ID: "a"}
	for name, file := range map[string]render.File{
		"package with a hyphen":    {Package: "my-migrations", Revision: r},
		"keyword as package":       {Package: "func", Revision: r},
		"blank package":            {Package: "_", Revision: r},
		"package with a line":      {Package: "a\nb", Revision: r},
		"variable of a package":    {Variable: "other.Revisions", Revision: r},
		"variable hides op":        {Variable: "op", Revision: r},
		"variable hides a type":    {Variable: "string", Revision: r},
		"variable is the function": {Variable: "init", Revision: r},
		"no id":                    {},
		"id of spaces":             {Revision: op.Revision{ID: " "}},
	} {
		var b bytes.Buffer
		if err := file.WriteGo(&b); err == nil || b.Len() > 0 {
			t.Errorf("%s: error %v, wrote\n%s", name, err, b.String())
		}
	}
}

type brokenWriter struct{}

var errBroken = errors.New("the disk is full")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestErrorsOfTheWriter(t *testing.T) {
	if err := render.Go(brokenWriter{}, op.Revision{ID: "a"}); !errors.Is(err, errBroken) {
		t.Errorf("Go: %v", err)
	}
	if err := render.Text(brokenWriter{}, op.List{op.Exec{}}); !errors.Is(err, errBroken) {
		t.Errorf("Text: %v", err)
	}
}

// TestEmptyListsAreLeftOut: nothing in op tells an empty list from none.
func TestEmptyListsAreLeftOut(t *testing.T) {
	var nils, empties bytes.Buffer
	if err := render.Go(&nils, op.Revision{ID: "a", Up: op.List{op.CreateTable{Name: "t"}}}); err != nil {
		t.Fatal(err)
	}
	if err := render.Go(&empties, op.Revision{
		ID: "a", Parents: []string{}, Down: op.List{},
		Up: op.List{op.CreateTable{Name: "t", Columns: []op.Column{}, PrimaryKey: op.Columns(), Indexes: []op.Index{}}},
	}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(nils.String(), empties.String()); diff != "" {
		t.Error(diff)
	}
}

// TestLineWidth: what fits into 100 columns stays on one line, an indentation
// counting as four, and nothing longer does.
func TestLineWidth(t *testing.T) {
	longest := 0
	for n := range 100 {
		var b bytes.Buffer
		if err := render.Go(&b, op.Revision{ID: "a", Up: op.List{op.CreateIndex{
			Table: strings.Repeat("t", n),
			Index: op.Index{Name: strings.Repeat("ä", n), Columns: op.Columns("a", "b")},
		}}}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			text := strings.TrimSpace(line)
			if strings.HasPrefix(text, "Index: op.Index{") && strings.HasSuffix(text, "},") {
				longest = max(longest, 4*strings.Count(line, "\t")+utf8.RuneCountInString(text))
			}
		}
	}
	if longest != 100 {
		t.Errorf("the longest line of an index has %d columns, want 100", longest)
	}
}
