package autogen_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	shop "github.com/go-limbeck/limbeck/examples/shop/models"
	"github.com/go-limbeck/limbeck/internal/golden"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// source returns the generated file, with the version of SQLite taken out,
// which is not the same everywhere.
func source(t *testing.T, result autogen.Result) []byte {
	t.Helper()
	text, err := os.ReadFile(result.File)
	if err != nil {
		t.Fatal(err)
	}
	if result.Verified == "" {
		t.Error("the revision was not verified")
	}
	return []byte(strings.ReplaceAll(string(text), result.Verified, "sqlite X.Y.Z"))
}

// TestBooks is the story of the README: a table, a column more, back and forth
// with rows in it.
func TestBooks(t *testing.T) {
	p := newProject(t)
	first := p.generate(&Book{})
	golden.Check(t, "testdata/create_books.golden", source(t, first))
	same(t, "20261123101500_create_books_3f9a1c07b2d4.go", filepath.Base(first.File))
	same(t, "create books", first.Revision.Message)
	if tables := p.schema(); len(tables) > 0 {
		t.Errorf("generating applied something: %q", tables)
	}
	p.upgrade()
	p.exec("INSERT INTO books (title) VALUES ('Dune'), ('Emma')")

	before := p.files()
	second := p.generate(&BookWithISBN{})
	golden.Check(t, "testdata/add_isbn_to_books.golden", source(t, second))
	same(t, "add isbn to books", second.Revision.Message)
	after := p.files()
	delete(after, filepath.Base(second.File))
	same(t, before, after)

	p.upgrade()
	same(t, []string{"Dune", "Emma"}, p.query("SELECT title FROM books WHERE isbn IS NULL ORDER BY id"))
	p.downgrade("-1")
	same(t, []string{"Dune", "Emma"}, p.query("SELECT title FROM books ORDER BY id"))
	p.upgrade()
	p.downgrade("base")
	same(t, []string(nil), p.query("SELECT name FROM sqlite_master WHERE name <> 'sqlite_sequence'"))
}

func TestShop(t *testing.T) {
	p := newProject(t)
	if err := shop.Setup(p.db); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/create_the_shop.golden", source(t, p.generate(shop.All()...)))
}

// TestStable repeats what a map's order would disturb.
func TestStable(t *testing.T) {
	var first []byte
	for range 5 {
		p := newProject(t)
		if err := shop.Setup(p.db); err != nil {
			t.Fatal(err)
		}
		got := source(t, p.generate(shop.All()...))
		if first == nil {
			first = got
		}
		same(t, string(first), string(got))
	}
}

func TestNothingToDo(t *testing.T) {
	p := newProject(t)
	p.generate(&Book{})
	p.upgrade()
	p.exec("CREATE TABLE audit_log (id integer)")
	check := p.unchanged()
	result, err := autogen.Generate(t.Context(), p.options(&Book{}))
	if err != nil {
		t.Fatal(err)
	}
	if result.File != "" || result.Revision.ID != "" || !result.Plan.Empty() {
		t.Errorf("there is nothing to do, but the result is %+v", result)
	}
	check()
}

// TestFromRevisions needs nothing but a driver: no database of the user's is
// opened or made.
func TestFromRevisions(t *testing.T) {
	p := newProject(t)
	options := func(models ...any) autogen.Options {
		o := p.options(models...)
		o.DB, o.From, o.Scratch = nil, autogen.FromRevisions, open(t, ":memory:")
		return o
	}
	p.add(autogen.Generate(t.Context(), options(&Book{})))
	for range 2 {
		check := p.unchanged()
		result, err := autogen.Generate(t.Context(), options(&Book{}))
		if err != nil || result.File != "" {
			t.Errorf("the second time: file %q, error %v", result.File, err)
		}
		check()
	}
	second := p.add(autogen.Generate(t.Context(), options(&BookWithISBN{})))
	same(t, []string{"3f9a1c07b2d4"}, second.Revision.Parents)
	same(t, []string{"add column books.isbn (text)"}, lines(second.Revision.Up))
	p.upgrade()
	plan, err := autogen.Compare(t.Context(), p.options(&BookWithISBN{}))
	if err != nil || !plan.Empty() {
		t.Errorf("applied, the database differs: %v, %v", plan, err)
	}
}

// A revision with steps by hand is replayed too: what they made is there, and
// is nobody's to drop.
func TestFromRevisionsRunsSQL(t *testing.T) {
	p := newProject(t)
	p.revisions = op.Revisions{{ID: "aa", Up: op.List{op.Exec{SQL: "CREATE TABLE notes (id integer)"}}}}
	p.write("aa.go", "package migrations\n\nfunc init() { Revisions.Add(op.Revision{ID: \"aa\"}) }\n")
	o := p.options(&Book{})
	o.From = autogen.FromRevisions
	plan, err := autogen.Compare(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	same(t, []string{"create table books"}, lines(plan.Up))
	if len(plan.Unmanaged) != 1 || plan.Unmanaged[0].String() != "table notes" {
		t.Errorf("unmanaged is %v, want table notes", plan.Unmanaged)
	}

	p.revisions[0].Up = op.List{op.Exec{SQL: "CREATE TABEL notes (id integer)"}}
	o.Revisions = p.revisions
	_, err = autogen.Compare(t.Context(), o)
	wantError(t, err, `replaying revision "aa"`, "syntax error")
}

func TestMessage(t *testing.T) {
	p := newProject(t)
	o := p.options(&Book{})
	o.Message = "  the beginning "
	result := p.add(autogen.Generate(t.Context(), o))
	same(t, "the beginning", result.Revision.Message)
	same(t, "20261123101500_the_beginning_3f9a1c07b2d4.go", filepath.Base(result.File))
}

func TestDefaultClockAndID(t *testing.T) {
	p := newProject(t)
	o := p.options(&Book{})
	o.Now, o.NewID = nil, nil
	r := p.add(autogen.Generate(t.Context(), o)).Revision
	if len(r.ID) != 12 || strings.Trim(r.ID, "0123456789abcdef") != "" {
		t.Errorf("the id is %q, want 12 hexadecimal digits", r.ID)
	}
	if !strings.HasSuffix(r.Created, "Z") {
		t.Errorf("Created is %q, want a time in UTC", r.Created)
	}
}

func TestNoVerify(t *testing.T) {
	p := newProject(t)
	o := p.options(&Book{})
	o.NoVerify = true
	result := p.add(autogen.Generate(t.Context(), o))
	if result.Verified != "" || !strings.Contains(p.files()[filepath.Base(result.File)], "Not verified") {
		t.Errorf("Verified is %q, and the file holds\n%s", result.Verified, p.files()[filepath.Base(result.File)])
	}
}

func TestEmpty(t *testing.T) {
	p := newProject(t)
	p.generate(&Book{})
	o := p.options()
	o.DB, o.Message = nil, "fill isbn"
	result := p.add(autogen.Empty(o))
	golden.Check(t, "testdata/empty.golden", []byte(p.files()[filepath.Base(result.File)]))
	same(t, []string{"3f9a1c07b2d4"}, result.Revision.Parents)
	p.upgrade()

	check := p.unchanged()
	o = p.options()
	_, err := autogen.Empty(o)
	wantError(t, err, "needs a message")
	o.Message, o.Dir = "x", ""
	_, err = autogen.Empty(o)
	wantErrorIs(t, err, autogen.ErrFolder)
	check()
}

func TestDiff(t *testing.T) {
	p := newProject(t)
	p.generate(&Book{})
	p.upgrade()
	check := p.unchanged()
	preview, err := autogen.Diff(t.Context(), p.options(&BookWithISBN{}))
	if err != nil {
		t.Fatal(err)
	}
	check()
	same(t, "add isbn to books", preview.Message)
	same(t, []string{"add column books.isbn (text)"}, lines(preview.Up))
	same(t, []string{"drop column books.isbn"}, lines(preview.Down))
	if len(preview.Steps) != 1 || len(preview.Steps[0].Statements) != 1 ||
		preview.Steps[0].Statements[0].SQL != "ALTER TABLE `books` ADD COLUMN `isbn` text" {
		t.Errorf("the steps are %+v", preview.Steps)
	}
	if !strings.HasPrefix(preview.Verified, "sqlite 3.") {
		t.Errorf("Verified is %q", preview.Verified)
	}

	preview, err = autogen.Diff(t.Context(), p.options(&Book{}))
	if err != nil || !preview.Plan.Empty() || preview.Steps != nil || preview.Verified != "" {
		t.Errorf("without a difference: %+v, %v", preview, err)
	}
}

// The names of the history table and of a model's must not meet.
func TestHistoryTableIsTaken(t *testing.T) {
	p := newProject(t)
	_, err := autogen.Compare(t.Context(), p.options(&History{}))
	wantError(t, err, migrate.Table)
}

type History struct{ ID uint }

func (History) TableName() string { return migrate.Table }
