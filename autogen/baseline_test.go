package autogen_test

import (
	"errors"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	shop "github.com/go-limbeck/limbeck/examples/shop/models"
	"github.com/go-limbeck/limbeck/internal/golden"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

type (
	Author struct {
		ID    uint
		Name  string `gorm:"size:100;not null;index"`
		Notes string `gorm:"uniqueIndex"`
	}
	BookByAuthor struct {
		books
		ID       uint
		Title    string `gorm:"size:100;not null;check:chk_title,title <> ''"`
		AuthorID uint
		Author   Author
	}
)

// drifted is what AutoMigrate made once, and hands changed since.
func drifted(t *testing.T) *project {
	t.Helper()
	p := newProject(t)
	if err := p.db.AutoMigrate(&Author{}, &BookByAuthor{}); err != nil {
		t.Fatal(err)
	}
	p.exec(
		"INSERT INTO authors (name, notes) VALUES ('Herbert', 'sf')",
		"INSERT INTO books (title, author_id) VALUES ('Dune', 1)",
		"CREATE TABLE audit_log (a)",
		"ALTER TABLE books ADD COLUMN legacy text",
		"CREATE INDEX by_legacy ON books (legacy)",
		"DROP INDEX idx_authors_name",
		"CREATE UNIQUE INDEX idx_authors_name ON authors (name)", // drifted: unique
		"DROP INDEX idx_authors_notes",                           // drifted: missing
		"CREATE VIEW titles AS SELECT title FROM books",
	)
	p.db = open(t, p.file)
	return p
}

func TestBaseline(t *testing.T) {
	p := drifted(t)
	before := p.schema()
	result := p.add(autogen.Baseline(t.Context(), p.options(&Author{}, &BookByAuthor{})))
	golden.Check(t, "testdata/baseline.golden", source(t, result))
	same(t, "baseline", result.Revision.Message)
	same(t, before, p.schema())
	same(t, []string{"Dune1"}, p.query("SELECT title || author_id FROM books"))
	status, err := migrate.New(p.db, p.revisions).Status(t.Context())
	if err != nil || len(status.Pending()) > 0 || len(status.Current()) != 1 {
		t.Errorf("stamped, the status is %+v, %v", status, err)
	}
	var unmanaged []string
	for _, o := range result.Plan.Unmanaged {
		unmanaged = append(unmanaged, o.String())
	}
	slices.Sort(unmanaged)
	same(t, []string{"column books.legacy", "index by_legacy on books", "table audit_log"}, unmanaged)

	noEmptyLists(t, reflect.ValueOf(result.Revision))

	// The next revision has the real differences and nothing else.
	next := p.generate(&Author{}, &BookByAuthor{})
	same(t, []string{
		"drop index idx_authors_name on authors",
		"create index idx_authors_name on authors (name)",
		"create unique index idx_authors_notes on authors (notes)",
	}, lines(next.Revision.Up))
	p.upgrade()
	plan, err := autogen.Compare(t.Context(), p.options(&Author{}, &BookByAuthor{}))
	if err != nil || !plan.Empty() {
		t.Errorf("after the upgrade: %v, %v", plan, err)
	}

	// Elsewhere both run, and lead to the models.
	p.db = open(t, t.TempDir()+"/other.db")
	p.upgrade()
	if plan, err := autogen.Compare(t.Context(), p.options(&Author{}, &BookByAuthor{})); err != nil || !plan.Empty() || plan.Unmanaged != nil {
		t.Errorf("on an empty database: %v, %v", plan, err)
	}
}

// noEmptyLists looks for lists that are empty and not nil: they are not in the
// file, and the checksum would tell the two apart.
func noEmptyLists(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Interface:
		noEmptyLists(t, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			noEmptyLists(t, v.Field(i))
		}
	case reflect.Slice:
		if v.Len() == 0 && !v.IsNil() {
			t.Errorf("a list is empty and not nil: %#v", v)
		}
		for i := range v.Len() {
			noEmptyLists(t, v.Index(i))
		}
	}
}

// A database that AutoMigrate has just made is taken over whole.
func TestBaselineOfAutoMigrate(t *testing.T) {
	p := newProject(t)
	if err := shop.Setup(p.db); err != nil {
		t.Fatal(err)
	}
	if err := p.db.AutoMigrate(shop.All()...); err != nil {
		t.Fatal(err)
	}
	result := p.add(autogen.Baseline(t.Context(), p.options(shop.All()...)))
	if len(result.Plan.Unmanaged) > 0 {
		t.Errorf("unmanaged is %v", result.Plan.Unmanaged)
	}
	if plan, err := autogen.Compare(t.Context(), p.options(shop.All()...)); err != nil || !plan.Empty() {
		t.Errorf("after the baseline: %v, %v", plan, err)
	}
}

// What uses a column that the models do not have is left out with it.
func TestBaselineLeavesOutWhatWouldNotRun(t *testing.T) {
	p := newProject(t)
	p.exec("CREATE TABLE authors (id integer PRIMARY KEY AUTOINCREMENT, code text UNIQUE)",
		`CREATE TABLE books (id integer PRIMARY KEY AUTOINCREMENT, title text NOT NULL, legacy text, author_id integer,
			CONSTRAINT chk_title CHECK (title <> legacy), CONSTRAINT fk_books_author FOREIGN KEY (author_id) REFERENCES authors(code))`)
	result := p.add(autogen.Baseline(t.Context(), p.options(&Author{}, &BookByAuthor{})))
	for _, o := range result.Revision.Up {
		if create, ok := o.(op.CreateTable); ok && (create.Checks != nil || create.ForeignKeys != nil) {
			t.Errorf("taken over: %v %v", create.Checks, create.ForeignKeys)
		}
	}
}

func TestBaselineRefuses(t *testing.T) {
	t.Run("revisions", func(t *testing.T) {
		p := withRows(t)
		check := p.unchanged()
		_, err := autogen.Baseline(t.Context(), p.options(&Book{}))
		wantErrorIs(t, err, autogen.ErrNotFirst, "the program has 1")
		check()
	})
	t.Run("from revisions", func(t *testing.T) {
		p := newProject(t)
		o := p.options(&Book{})
		o.From = autogen.FromRevisions
		_, err := autogen.Baseline(t.Context(), o)
		wantError(t, err, "it describes a database")
	})
	t.Run("nothing in common", func(t *testing.T) {
		p := newProject(t)
		p.exec("CREATE TABLE other (a)")
		check := p.unchanged()
		_, err := autogen.Baseline(t.Context(), p.options(&Book{}))
		wantErrorIs(t, err, autogen.ErrNothingInCommon, "ordinary first revision")
		check()
	})
	t.Run("no database", func(t *testing.T) {
		p := newProject(t)
		o := p.options(&Book{})
		o.DB = nil
		_, err := autogen.Baseline(t.Context(), o)
		wantError(t, err, "Options.DB")
	})
	t.Run("a history of others", func(t *testing.T) {
		p := withRows(t)
		p.revisions = nil
		if err := os.Remove(p.dir + "/20261123101500_create_books_3f9a1c07b2d4.go"); err != nil {
			t.Fatal(err)
		}
		check := p.unchanged()
		_, err := autogen.Baseline(t.Context(), p.options(&Book{}))
		wantErrorIs(t, err, migrate.ErrForeignRevision)
		check()
	})
}

// Where the stamp fails the file would only be in the way.
func TestBaselineThatCannotStamp(t *testing.T) {
	p := drifted(t)
	p.db = open(t, "file:"+p.file+"?mode=ro")
	check := p.unchanged()
	result, err := autogen.Baseline(t.Context(), p.options(&Author{}, &BookByAuthor{}))
	wantError(t, err, "stamping the database", "readonly")
	if result.File != "" || errors.Is(err, os.ErrNotExist) {
		t.Errorf("the result is %+v, %v", result, err)
	}
	check()
}
