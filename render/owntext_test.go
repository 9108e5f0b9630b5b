package render_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
	othersteps "github.com/go-limbeck/limbeck/render/testdata/other/steps"
	"github.com/go-limbeck/limbeck/render/testdata/steps"
)

// An operation that writes its own Go syntax is written so.
func TestGoStringer(t *testing.T) {
	r := op.Revision{ID: "b9", Message: "spoken", Up: op.List{
		steps.Spell("books"),
		steps.Spoken{Go: `op.Exec{SQL: "SELECT 1"}`},
	}}
	var b bytes.Buffer
	if err := render.Go(&b, r); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"\t\t\tsteps.Spell(\"books\"),\n", "\t\t\top.Exec{SQL: \"SELECT 1\"},\n"} {
		if !strings.Contains(b.String(), line) {
			t.Errorf("the file lacks %s:\n%s", line, &b)
		}
	}
	r.Up[1], r.File = op.Exec{SQL: "SELECT 1"}, "file.go"
	got := run(t, map[string]string{"main.go": printJSON, "migrations/file.go": b.String()})
	if diff := cmp.Diff(asJSON(t, op.Revisions{r}), string(got)); diff != "" {
		t.Errorf("the compiled file holds something else (-want +got):\n%s", diff)
	}
}

func TestGoStringerRefused(t *testing.T) {
	for _, test := range []struct{ text, why string }{
		{"{", "is no Go expression"},
		{"time.Now()", `names "time"; it may name the packages op and "steps"`},
		{`steps.Spell("x")`, `names the package "steps", which is another one in this file`},
	} {
		err := render.Go(&bytes.Buffer{}, op.Revision{ID: "a", Up: op.List{othersteps.Note{Text: "takes the name"}, steps.Spoken{Go: test.text}}})
		if err == nil || !strings.Contains(err.Error(), test.why) {
			t.Errorf("%s: the error is %v, want one with %q", test.text, err, test.why)
		}
	}
}
