package autogen_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

type (
	BookIndexed struct {
		books
		ID    uint
		Title string `gorm:"size:100;not null;index"`
	}
	Pen struct {
		ID uint
		X  string
	}
	PenWithY struct {
		ID uint
		X  string
		Y  string
	}
)

func (PenWithY) TableName() string { return "pens" }

const createPens = "CREATE TABLE `pens` (`id` integer PRIMARY KEY AUTOINCREMENT, `x` text)"

// A revision that fits this database alone would fail on every new one, and
// the tool with it, which replays the revisions.
func TestWhatWouldFailElsewhereIsRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		setUp func(*project)
		model any
		says  []string
	}{
		{
			"a table that no revision made, before any revision",
			func(p *project) { p.exec(createPens) },
			&PenWithY{}, []string{"there are no revisions yet", "revision --baseline"},
		},
		{
			"a table that no revision made, beside revisions",
			func(p *project) { p.generate(&Book{}); p.upgrade(); p.exec(createPens) },
			&PenWithY{}, []string{`no revision makes it`, "create table pens", "--from revisions"},
		},
		{
			"an index that was dropped by hand",
			func(p *project) { p.generate(&BookIndexed{}); p.upgrade(); p.exec("DROP INDEX idx_books_title") },
			&BookIndexed{}, []string{"idx_books_title", "mend this database by hand"},
		},
		{
			"an index of the model's name that somebody else made",
			func(p *project) {
				p.generate(&Book{})
				p.upgrade()
				p.exec("CREATE INDEX idx_books_title ON books(id)")
			},
			&BookIndexed{}, []string{`no index "idx_books_title"`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newProject(t)
			c.setUp(p)
			models := []any{c.model}
			if _, ok := c.model.(*PenWithY); ok && len(p.revisions) > 0 {
				models = append(models, &Book{})
			}
			check := p.unchanged()
			_, err := autogen.Generate(t.Context(), p.options(models...))
			var questions *autogen.QuestionsError
			if !errors.Is(err, autogen.ErrDrift) && !errors.As(err, &questions) {
				t.Fatalf("the error is %v, want ErrDrift or a question", err)
			}
			wantError(t, err, c.says...)
			check()
			// It is still there to be seen.
			plan, err := autogen.Compare(t.Context(), p.options(models...))
			if err != nil || plan.Empty() {
				t.Errorf("Compare: %+v, %v", plan, err)
			}
		})
	}
}

// What raw SQL made is nobody's, but it is there on every database.
func TestRawSQLMayMakeWhatRevisionsChange(t *testing.T) {
	p := newProject(t)
	p.generate(&Book{})
	p.revisions.Add(op.Revision{
		ID: "fff000fff000", Parents: []string{p.revisions[0].ID}, Message: "pens by hand",
		Up: op.List{op.Exec{SQL: createPens}}, Down: op.List{op.Exec{SQL: "DROP TABLE pens"}},
	})
	p.write("pens.go", "package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\nfunc init() {\n\tRevisions.Add(op.Revision{ID: \"fff000fff000\", Parents: []string{\""+p.revisions[0].ID+"\"}})\n}\n")
	p.upgrade()
	nothing := func(when string, models ...any) {
		t.Helper()
		for _, from := range []autogen.From{autogen.FromDatabase, autogen.FromRevisions} {
			o := p.options(models...)
			o.From = from
			plan, err := autogen.Compare(t.Context(), o)
			if err != nil || !plan.Empty() {
				t.Errorf("%s, from %s: %+v, %v", when, from, plan, err)
			}
		}
	}
	nothing("with the table of raw SQL", &Book{}, &Pen{})
	p.generate(&Book{}, &PenWithY{})
	p.upgrade()
	nothing("after a column was added to it", &Book{}, &PenWithY{})

	// A new database gets there too.
	other := newProject(t)
	other.revisions = p.revisions
	other.upgrade()
	plan, err := autogen.Compare(t.Context(), other.options(&Book{}, &PenWithY{}))
	if err != nil || !plan.Empty() {
		t.Errorf("on a new database: %+v, %v", plan, err)
	}
}

// The models and this database may agree on what no revision makes. Every
// other database would lack it.
func TestUnrecorded(t *testing.T) {
	p := newProject(t)
	p.generate(&Book{})
	p.upgrade()
	p.exec(createPens, "ALTER TABLE books ADD COLUMN isbn text")
	plan, err := autogen.Compare(t.Context(), p.options(&BookWithISBN{}, &Pen{}))
	if err != nil || len(plan.Questions) != 1 {
		t.Fatalf("Compare: %+v, %v, want one question", plan, err)
	}
	for _, text := range []string{"create table pens", "add column books.isbn", "--from revisions", "stamp"} {
		if !strings.Contains(plan.Questions[0].Text, text) {
			t.Errorf("the question %q does not say %q", plan.Questions[0].Text, text)
		}
	}
	// The way out that it names.
	o := p.options(&BookWithISBN{}, &Pen{})
	o.From = autogen.FromRevisions
	p.add(autogen.Generate(t.Context(), o))
	p.stamp()
	plan, err = autogen.Compare(t.Context(), p.options(&BookWithISBN{}, &Pen{}))
	if err != nil || !plan.Empty() {
		t.Errorf("after the way out: %+v, %v", plan, err)
	}
}

// A step that fits nothing before it is an error with a way out.
func TestReplayThatDoesNotFit(t *testing.T) {
	p := newProject(t)
	p.revisions.Add(op.Revision{ID: "abc", Message: "odd", Up: op.List{op.DropIndex{Table: "books", Name: "x"}}})
	o := p.options(&Book{})
	o.From = autogen.FromRevisions
	_, err := autogen.Compare(t.Context(), o)
	if !errors.Is(err, op.ErrConflict) {
		t.Errorf("the error is %v, want one that wraps op.ErrConflict", err)
	}
	wantError(t, err, `revision "abc" (odd)`, "step 1", "mend the file")
}

// A raw type ties a revision to the database that it was made on; the file
// says so, and the runtime refuses it elsewhere.
func TestRawTextNamesItsDatabase(t *testing.T) {
	type Priced struct {
		books
		ID    uint
		Price float64 `gorm:"type:money"`
	}
	p := newProject(t)
	if r := p.generate(&Book{}).Revision; r.Database != "" {
		t.Errorf("portable words are only for %q", r.Database)
	}
	p.upgrade()
	o := p.options(&Priced{})
	o.Drops = []string{"books.title"}
	r := p.add(autogen.Generate(t.Context(), o))
	if r.Revision.Database != "sqlite" {
		t.Errorf("a raw type is for %q", r.Revision.Database)
	}
	source, err := os.ReadFile(r.File)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{`Only for sqlite: column "price" has the raw type money.`, `Database: "sqlite"`} {
		if !strings.Contains(string(source), text) {
			t.Errorf("the file does not say %q:\n%s", text, source)
		}
	}
}

// A check follows the column that it is about, also in what the revisions are
// known to make.
func TestRenameOfACheckedColumn(t *testing.T) {
	type Checked struct {
		books
		ID   uint
		Name string `gorm:"check:chk_name,name <> 'zz'"`
	}
	type Renamed struct {
		books
		ID       uint
		FullName string `gorm:"check:chk_name,full_name <> 'zz'"`
	}
	p := newProject(t)
	p.generate(&Checked{})
	p.upgrade()
	p.exec("INSERT INTO books (name) VALUES ('a')")
	o := p.options(&Renamed{})
	o.Renames = []diff.Rename{{Table: "books", From: "name", To: "full_name"}}
	r := p.add(autogen.Generate(t.Context(), o))
	if len(r.Plan.Up) != 1 {
		t.Errorf("up: %v, want the rename alone", r.Plan.Up)
	}
	p.upgrade()
	if got := p.query("SELECT full_name FROM books"); len(got) != 1 || got[0] != "a" {
		t.Errorf("the rows are %v", got)
	}
	for _, from := range []autogen.From{autogen.FromDatabase, autogen.FromRevisions} {
		o := p.options(&Renamed{})
		o.From = from
		if plan, err := autogen.Compare(t.Context(), o); err != nil || !plan.Empty() {
			t.Errorf("afterwards, from %s: %+v, %v", from, plan, err)
		}
	}
}
