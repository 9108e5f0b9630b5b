package render_test

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
	"github.com/go-limbeck/limbeck/render/testdata/steps"
)

// TestRandomOperationsRun holds the law that a file means what it was made of:
// random operations, with text that is hard on a printer, are printed, compiled
// into one program and compared with what it holds. The program answers in gob,
// since JSON cannot hold text that is not UTF-8.
func TestRandomOperationsRun(t *testing.T) {
	var want op.Revisions
	files := map[string]string{}
	rapid.Check(t, func(t *rapid.T) {
		r := op.Revision{
			ID:        fmt.Sprintf("r%04d", len(want)),
			Message:   anyText.Draw(t, "message"),
			Parents:   rapid.SliceOfN(anyText, 0, 2).Draw(t, "parents"),
			DependsOn: rapid.SliceOfN(anyText, 0, 2).Draw(t, "depends on"),
			Labels:    rapid.SliceOfN(anyText, 0, 2).Draw(t, "labels"),
			Created:   anyText.Draw(t, "created"),
			Up:        rapid.SliceOfN(anyOperation, 1, 5).Draw(t, "up"),
			Down:      rapid.SliceOfN(anyOperation, 0, 1).Draw(t, "down"),
		}
		r.File = r.ID + ".go" // which the file does not say
		files["migrations/"+r.ID+".go"] = checkSource(t, render.File{
			Revision: r,
			Comment:  anyText.Draw(t, "comment"),
		})
		want = append(want, r)
	})

	registered, program := map[string]bool{}, ""
	for _, r := range want {
		for _, o := range append(r.Up[:len(r.Up):len(r.Up)], r.Down...) {
			gob.Register(o)
			if name := fmt.Sprintf("%T", o); !registered[name] {
				registered[name] = true
				program += "\tgob.Register(" + name + "{})\n"
			}
		}
	}
	files["main.go"] = `package main

import (
	"encoding/gob"
	"fmt"
	"os"

	"example.com/program/migrations"
	"github.com/go-limbeck/limbeck/op"
)

func main() {
` + program + `	if err := gob.NewEncoder(os.Stdout).Encode(migrations.Revisions); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
`
	var got op.Revisions
	if err := gob.NewDecoder(bytes.NewReader(run(t, files))).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("the program holds %d revisions, want %d", len(got), len(want))
	}
	for i := range want {
		if diff := cmp.Diff(want[i], got[i], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("the compiled file holds something else (-want +got):\n%s\n%s", diff, files["migrations/"+want[i].ID+".go"])
		}
	}
}

// TestLayoutIsThatOfGofmt: without its help.
func TestLayoutIsThatOfGofmt(t *testing.T) {
	operation := rapid.OneOf(operationsWith(tameText), anyOperation)
	rapid.Check(t, func(t *rapid.T) {
		checkSource(t, render.File{Revision: op.Revision{
			ID:      "a",
			Parents: rapid.SliceOfN(tameText, 0, 3).Draw(t, "parents"),
			Message: tameText.Draw(t, "message"),
			Up:      rapid.SliceOfN(operation, 0, 3).Draw(t, "up"),
			Down:    rapid.SliceOfN(operation, 0, 3).Draw(t, "down"),
		}})
	})
}

// TestLayoutOfStrangeText: gofmt has rules of its own for keys and lines that are
// very long, and lines within an expression count as lines.
func TestLayoutOfStrangeText(t *testing.T) {
	column := func(word op.Type) op.Operation {
		return op.AddColumn{Table: "t", Column: op.Column{Name: "c", Type: word, NotNull: true, Comment: "x"}}
	}
	for name, o := range map[string]op.Operation{
		"lines before an argument": column(op.EnumType("a\nb", "c")),
		"lines in several":         column(op.EnumType("a\nb", "c", "d\ne", "f")),
		"lines before a call":      column(op.Raw("a\nb").On("mysql", "c\nd").On("sqlite", "e")),
		"lines in a list":          op.AddPrimaryKey{Table: "t", Columns: op.Columns("a\nb", "c"), Name: "k"},
		"lines in a field":         op.Exec{SQL: "SELECT 1;\nSELECT 2"},
		"a tab":                    op.RenameTable{From: "a\t\"b\"", To: "c"},
		"a very long line":         op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: strings.Repeat("a", 1_000_000), Options: "x"}},
		"long keys": steps.LongKeys{
			A: "a", AnotherFieldThatHasANameOfFarMoreThanFortyLetters: "b", B: "c",
			AFieldThatHasANameOfJustAboutFortyLetters: "d", C: strings.Repeat("e", 100),
		},
	} {
		t.Run(name, func(t *testing.T) {
			checkFormat(t, render.File{Revision: op.Revision{ID: "a", Up: op.List{o, op.Exec{SQL: "SELECT 1"}, o}}})
		})
	}
}

// TestMessagesNeverBreakTheFile: the message and the comment are free text.
func TestMessagesNeverBreakTheFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkSource(t, render.File{
			Comment: strings.Join(rapid.SliceOfN(anyText, 0, 4).Draw(t, "comment"), "\n"),
			Revision: op.Revision{
				ID:      "a" + anyText.Draw(t, "id"),
				Message: strings.Join(rapid.SliceOfN(anyText, 0, 4).Draw(t, "message"), "\n"),
				Up:      op.List{op.DropTable{Name: anyText.Draw(t, "table")}},
			},
		})
	})
}

// FuzzMessage is the same for go test -fuzz.
func FuzzMessage(f *testing.F) {
	for _, text := range []string{
		"create books", "a\nb", "*/", "// x", "+build linux", "go:build linux", "//go:build linux", "# Title", "- item\n- item",
		"[link]: https://example.com", "Deprecated: no", "  indented\n\ttab", "``quoted''", "1. one\n2. two", "\x00\ufeff\r\xff", "é",
	} {
		f.Add(text, "")
		f.Add("create books", text)
	}
	f.Fuzz(func(t *testing.T, message, comment string) {
		checkSource(t, render.File{Comment: comment, Revision: op.Revision{ID: "a", Message: message}})
	})
}

// checkSource does as [checkFormat], and returns the file where it has no build
// constraint and has one init func with one comment.
func checkSource(t rapid.TB, file render.File) string {
	t.Helper()
	source := checkFormat(t, file)
	if !strings.HasPrefix(source, "package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\n//") {
		t.Fatalf("something stands above the comment:\n%s", source)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), "x.go", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if len(parsed.Decls) != 2 {
		t.Fatalf("%d declarations, want the import and init:\n%s", len(parsed.Decls), source)
	}
	if f, ok := parsed.Decls[1].(*ast.FuncDecl); !ok || f.Name.Name != "init" || f.Doc == nil {
		t.Fatalf("there is no init func with a comment:\n%s", source)
	}
	return source
}

// checkFormat renders the file twice and returns it where it is stable and
// gofmt-clean.
func checkFormat(t rapid.TB, file render.File) string {
	t.Helper()
	var b, again bytes.Buffer
	for _, w := range []*bytes.Buffer{&b, &again} {
		if err := file.WriteGo(w); err != nil {
			t.Fatalf("%#v\n%v", file, err)
		}
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Fatalf("two runs differ:\n%s", cmp.Diff(b.String(), again.String()))
	}
	formatted, err := format.Source(b.Bytes())
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	if diff := cmp.Diff(b.String(), string(formatted)); diff != "" {
		t.Fatalf("gofmt changes the file (-file +gofmt):\n%s", diff)
	}
	return b.String()
}
