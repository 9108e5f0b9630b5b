package render_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/internal/golden"
	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
	"github.com/go-limbeck/limbeck/render/testdata/steps"
)

func TestTextOfEveryVerb(t *testing.T) {
	var up op.List
	for _, verb := range verbs {
		up = append(up, verb.rich, verb.minimal)
	}
	var b bytes.Buffer
	if err := render.Text(&b, up); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/text.golden", b.Bytes())
}

func TestLines(t *testing.T) {
	for _, test := range []struct {
		name string
		up   op.List
		want []render.Line
	}{
		{"nothing", nil, nil},
		{
			"steps of one table stand together",
			op.List{
				addColumn("books", "a"),
				op.DropTable{Name: "authors"},
				op.Exec{SQL: "SELECT 1"},
				op.RenameColumn{Table: "books", From: "b", To: "c"},
				op.Exec{SQL: "SELECT 2"},
			},
			[]render.Line{
				{Sign: "+", Text: "add column books.a ()"},
				{Sign: "~", Text: "rename column books.b to c"},
				{Sign: "-", Text: "drop table authors"},
				{Sign: "*", Text: "exec SELECT 1"},
				{Sign: "*", Text: "exec SELECT 2"},
			},
		},
		{
			"lines of a table stand below it",
			op.List{op.CreateTable{
				Name:       "books",
				Columns:    []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}},
				PrimaryKey: op.Columns("id"),
			}},
			[]render.Line{
				{Sign: "+", Text: "create table books"},
				{Indent: 1, Text: "id int(64), auto-increment"},
				{Indent: 1, Text: "primary key (id)"},
			},
		},
		{
			"other operations, and none",
			op.List{nil, steps.Fill{Table: "books"}},
			[]render.Line{{Sign: "*", Text: "fill books"}},
		},
		{
			"control characters",
			op.List{op.DropTable{Name: "a\nb\x1b[31m"}},
			[]render.Line{{Sign: "-", Text: "drop table a b[31m"}},
		},
	} {
		if diff := cmp.Diff(test.want, render.Lines(test.up)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestEveryVerbStandsWithItsTable: no verb is forgotten where the lines are
// gathered.
func TestEveryVerbStandsWithItsTable(t *testing.T) {
	for _, verb := range verbs {
		if kind := verb.rich.Kind(); kind == "exec" || strings.Contains(kind, "enum") || strings.Contains(kind, "view") {
			continue // these are about no table
		}
		lines := render.Lines(op.List{addColumn("books", "first"), op.DropTable{Name: "other"}, verb.rich})
		if last := lines[len(lines)-1]; last.Text != "drop table other" {
			t.Errorf("%s does not stand with table books", verb.rich.Kind())
		}
	}
}

// TestTextHasALineForEachLine: no name can break a line or hide one.
func TestTextHasALineForEachLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		up := op.List(rapid.SliceOfN(anyOperation, 0, 6).Draw(t, "up"))
		lines := render.Lines(up)
		var b bytes.Buffer
		if err := render.Text(&b, up); err != nil {
			t.Fatal(err)
		}
		if got := bytes.Count(b.Bytes(), []byte("\n")); got != len(lines) {
			t.Fatalf("%d lines of text for %d lines", got, len(lines))
		}
		steps := 0
		for _, line := range lines {
			if line.Sign != "" {
				steps++
			}
		}
		if steps != len(up) {
			t.Fatalf("%d lines with a sign for %d operations", steps, len(up))
		}
	})
}
