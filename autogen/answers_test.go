package autogen_test

import (
	"errors"
	"os"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

type (
	BookRenamed struct {
		books
		ID   uint
		Name string `gorm:"size:100;not null"`
	}
	BookWithPages struct {
		books
		ID    uint
		Title string `gorm:"size:100;not null"`
		Pages int    `gorm:"not null"`
	}
	Novel struct {
		ID    uint
		Title string `gorm:"size:100;not null"`
	}
)

// withRows returns a project with a filled table books.
func withRows(t *testing.T) *project {
	t.Helper()
	p := newProject(t)
	p.generate(&Book{})
	p.upgrade()
	p.exec("INSERT INTO books (title) VALUES ('Dune'), ('Emma')")
	return p
}

func TestQuestions(t *testing.T) {
	p := withRows(t)
	check := p.unchanged()
	_, err := autogen.Generate(t.Context(), p.options(&BookRenamed{}))
	var questions *autogen.QuestionsError
	if !errors.As(err, &questions) {
		t.Fatalf("the error is %v, want a *QuestionsError", err)
	}
	if len(questions.Questions) != 1 || questions.Questions[0].About != "books.title" {
		t.Errorf("the questions are %+v", questions.Questions)
	}
	wantError(t, err, "nothing was written", "--rename books.title=name", "--drop books.title")
	preview, err := autogen.Diff(t.Context(), p.options(&BookRenamed{}))
	if err != nil || len(preview.Questions) != 1 || preview.Steps != nil || preview.Verified != "" {
		t.Errorf("Diff with a question: %+v, %v", preview, err)
	}
	check()
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		name   string
		model  any
		answer func(*autogen.Options)
		up     []string
		// query shows the rows after Up, want is what it shows.
		query string
		want  []string
	}{
		{"rename a column", &BookRenamed{}, func(o *autogen.Options) {
			o.Renames = []diff.Rename{{Table: "books", From: "title", To: "name"}}
		}, []string{"rename column books.title to name"}, "SELECT name FROM books ORDER BY id", []string{"Dune", "Emma"}},
		{"rename a table", &Novel{}, func(o *autogen.Options) {
			o.Renames = []diff.Rename{{From: "books", To: "novels"}}
		}, []string{"rename table books to novels"}, "SELECT title FROM novels ORDER BY id", []string{"Dune", "Emma"}},
		{"drop a column", &BookRenamed{}, func(o *autogen.Options) { o.Drops = []string{"books.title"} },
			nil, "SELECT '(' || name || ')' FROM books ORDER BY id", []string{"()", "()"}},
		{"backfill", &BookWithPages{}, func(o *autogen.Options) {
			o.Backfills = map[string]op.Default{"books.pages": op.Literal(7)}
		}, nil, "SELECT title || pages FROM books ORDER BY id", []string{"Dune7", "Emma7"}},
		{"the zero value fills", &BookWithPages{}, func(o *autogen.Options) {},
			nil, "SELECT title || pages FROM books ORDER BY id", []string{"Dune0", "Emma0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := withRows(t)
			o := p.options(c.model)
			c.answer(&o)
			result := p.add(autogen.Generate(t.Context(), o))
			if c.up != nil {
				same(t, c.up, lines(result.Revision.Up))
			}
			p.upgrade()
			same(t, c.want, p.query(c.query))
			if plan, err := autogen.Compare(t.Context(), p.options(c.model)); err != nil || !plan.Empty() {
				t.Errorf("after the upgrade: %v, %v", plan, err)
			}
			p.downgrade("-1")
			same(t, []string{"2"}, p.query("SELECT count(*) FROM books"))
			if c.name != "drop a column" {
				same(t, []string{"Dune", "Emma"}, p.query("SELECT title FROM books ORDER BY id"))
			}
			p.revisions = p.revisions[:1]
			if err := os.Remove(result.File); err != nil {
				t.Fatal(err)
			}
			if plan, err := autogen.Compare(t.Context(), p.options(&Book{})); err != nil || !plan.Empty() {
				t.Errorf("after the downgrade: %v, %v", plan, err)
			}
		})
	}
}

func TestAnswerThatDoesNotFit(t *testing.T) {
	p := withRows(t)
	check := p.unchanged()
	o := p.options(&Book{})
	o.Drops = []string{"books.titel"}
	_, err := autogen.Generate(t.Context(), o)
	wantError(t, err, `"books.titel"`, "title")
	check()
}

// A table that revisions made goes with its model.
func TestModelGoes(t *testing.T) {
	p := withRows(t)
	result := p.add(autogen.Generate(t.Context(), p.options()))
	same(t, []string{"drop table books"}, lines(result.Revision.Up))
	p.upgrade()
	same(t, []string(nil), p.schema())
	p.downgrade("-1")
	same(t, []string{"0"}, p.query("SELECT count(*) FROM books"))
}
