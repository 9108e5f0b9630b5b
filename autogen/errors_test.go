package autogen_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
)

// wantError checks that the error says all of these.
func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("there is no error, want one with %q", parts)
		return
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not say %q:\n%v", part, err)
		}
	}
}

func wantErrorIs(t *testing.T, err, target error, parts ...string) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Errorf("the error is %v, want %v", err, target)
	}
	wantError(t, err, parts...)
}

// TestFolder is all that can be wrong with the folder. Nothing is written, by
// none of the three.
func TestFolder(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare func(p *project, o *autogen.Options)
		is      error
		says    []string
	}{
		{"not set", func(p *project, o *autogen.Options) { o.Dir = "" }, autogen.ErrFolder, []string{"Options.Dir"}},
		{"missing", func(p *project, o *autogen.Options) { o.Dir = filepath.Join(p.dir, "none") }, autogen.ErrFolder,
			[]string{"there is no folder", "none", "limbeck init", "var Revisions op.Revisions"}},
		{"a file", func(p *project, o *autogen.Options) { o.Dir = filepath.Join(p.dir, "migrations.go") }, autogen.ErrFolder,
			[]string{"migrations.go"}},
		{"below a file", func(p *project, o *autogen.Options) { o.Dir = filepath.Join(p.dir, "migrations.go", "x") }, autogen.ErrFolder,
			[]string{"migrations.go"}},
		{"without the variable", func(p *project, o *autogen.Options) { p.write("migrations.go", "package migrations\n") }, autogen.ErrFolder,
			[]string{"declares `var Revisions op.Revisions`", "limbeck init"}},
		{"the variable in a function", func(p *project, o *autogen.Options) {
			p.write("migrations.go", "package migrations\n\nfunc f() { var Revisions int; _ = Revisions }\n")
		}, autogen.ErrFolder, []string{"declares"}},
		{"the variable in a test", func(p *project, o *autogen.Options) {
			p.write("x_test.go", collection)
			p.write("migrations.go", "package migrations\n")
		}, autogen.ErrFolder, []string{"declares"}},
		{"a file that does not parse", func(p *project, o *autogen.Options) { p.write("broken.go", "package migrations\n\nfunc {\n") },
			autogen.ErrFolder, []string{"broken.go", "3:6"}},
		{"a revision that the program lacks", func(p *project, o *autogen.Options) {
			p.write("a.go", "package migrations\n\nfunc init() {\n\tRevisions.Add(op.Revision{Message: \"x\", ID: \"feedbeef\"})\n}\n")
		}, autogen.ErrStale, []string{"feedbeef in a.go", "build it again"}},
		{"a revision that the folder lacks", func(p *project, o *autogen.Options) {
			o.Revisions = op.Revisions{{ID: "cafe", Message: "gone"}}
		}, autogen.ErrStale, []string{"cafe (gone)", "restore the file"}},
		{"other parents", func(p *project, o *autogen.Options) {
			p.write("a.go", "package migrations\n\nvar a = op.Revision{ID: \"aa\"}\n")
			p.write("b.go", "package migrations\n\nvar b = op.Revision{ID: \"bb\", Parents: []string{\"aa\"}}\n")
			o.Revisions = op.Revisions{{ID: "aa"}, {ID: "bb", Message: "two"}}
		}, autogen.ErrStale, []string{`built with other parents for bb in b.go (none, and the file says "aa")`, "build it again"}},
		{"other labels and dependencies", func(p *project, o *autogen.Options) {
			p.write("a.go", "package migrations\n\nvar a = op.Revision{ID: \"aa\", Labels: []string{\"x\"}}\n")
			p.write("b.go", "package migrations\n\nvar b = op.Revision{ID: \"bb\", DependsOn: []string{\"x\"}, Labels: some()}\n")
			o.Revisions = op.Revisions{{ID: "aa", Labels: []string{"y"}}, {ID: "bb", DependsOn: []string{"y"}, Labels: []string{"z"}}}
		}, autogen.ErrStale, []string{`built with other dependencies for bb in b.go ("y", and the file says "x"), labels for aa in a.go ("y", and the file says "x"); build it again`}},
		{"parents that are gone", func(p *project, o *autogen.Options) {
			p.write("a.go", "package migrations\n\nvar a = op.Revision{ID: \"aa\"}\n")
			p.write("b.go", "package migrations\n\nvar b = op.Revision{ID: \"bb\"}\n")
			p.write("c.go", "package migrations\n\nvar c = op.Revision{ID: \"cc\", Parents: []string{}}\n")
			o.Revisions = op.Revisions{{ID: "aa"}, {ID: "bb", Parents: []string{"aa"}}, {ID: "cc", Parents: []string{"bb", "aa"}}}
		}, autogen.ErrStale, []string{`parents for bb in b.go ("aa", and the file says none), parents for cc in c.go ("bb", "aa", and the file says none)`}},
		{"one id in two files", func(p *project, o *autogen.Options) {
			p.write("a.go", "package migrations\n\nvar a = op.Revision{ID: \"aa\"}\n")
			p.write("copy.go", "package migrations\n\nvar b = op.Revision{ID: \"aa\"}\n")
			o.Revisions = op.Revisions{{ID: "aa"}}
		}, autogen.ErrFolder, []string{"revision aa stands in a.go and in copy.go", "another id"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newProject(t)
			p.exec("CREATE TABLE books (id integer PRIMARY KEY AUTOINCREMENT, title text NOT NULL)")
			o := p.options(&Book{})
			c.prepare(p, &o)
			o.Message = "x"
			check := p.unchanged()
			_, err := autogen.Generate(t.Context(), o)
			wantErrorIs(t, err, c.is, c.says...)
			_, err = autogen.Empty(o)
			wantErrorIs(t, err, c.is, c.says...)
			if o.Revisions == nil {
				_, err = autogen.Baseline(t.Context(), o)
				wantErrorIs(t, err, c.is, c.says...)
			}
			check()
		})
	}
}

// What the go command does not build is not looked into, and the package's
// name is that of the collection's file.
func TestFolderWithOtherFiles(t *testing.T) {
	p := newProject(t)
	p.write("_old.go", "not Go")
	p.write(".hidden.go", "not Go")
	p.write("notes.txt", "not Go")
	p.write("zz_tool.go", "//go:build ignore\n\npackage main\n\nfunc main() {}\n")
	if err := os.Mkdir(filepath.Join(p.dir, "sub.go"), 0o777); err != nil {
		t.Fatal(err)
	}
	result := p.generate(&Book{})
	if text := p.files()[filepath.Base(result.File)]; !strings.HasPrefix(text, "package migrations\n") {
		t.Errorf("the file does not begin with the package's name:\n%s", text)
	}
}

// Parents that are more than literals are not compared: they stand in no file.
func TestFolderWithParentsMadeElsewhere(t *testing.T) {
	p := newProject(t)
	p.write("a.go", "package migrations\n\nvar a = op.Revision{ID: \"aa\"}\n")
	p.write("b.go", "package migrations\n\nvar b = op.Revision{ID: \"bb\", Parents: a.below()}\n")
	p.write("c.go", "package migrations\n\nvar c = op.Revision{ID: \"cc\", Parents: []string{first}}\n")
	p.revisions = op.Revisions{{ID: "aa"}, {ID: "bb", Parents: []string{"aa"}}, {ID: "cc", Parents: []string{"bb"}}}
	o := p.options()
	o.Message = "more"
	if _, err := autogen.Empty(o); err != nil {
		t.Error(err)
	}
}

func TestFolderSaysAPathOnce(t *testing.T) {
	p := newProject(t)
	p.write("broken.go", "package migrations\n\nfunc {\n")
	o := p.options()
	o.Message = "x"
	_, err := autogen.Empty(o)
	wantErrorIs(t, err, autogen.ErrFolder, "broken.go:3:6: ")
	if n := strings.Count(err.Error(), "broken.go"); n != 1 {
		t.Errorf("the path stands %d times in %q", n, err)
	}
}

func TestFolderCannotBeWritten(t *testing.T) {
	p := newProject(t)
	// What stands in the place of the new file stays.
	const name = "20261123101500_create_books_3f9a1c07b2d4.go"
	p.write(name, "package migrations\n")
	check := p.unchanged()
	_, err := autogen.Generate(t.Context(), p.options(&Book{}))
	wantErrorIs(t, err, autogen.ErrFolder, name, "is there already")
	check()
	if err := os.Remove(filepath.Join(p.dir, name)); err != nil {
		t.Fatal(err)
	}
	// A symlink that leads nowhere would be written through.
	if err := os.Symlink(filepath.Join(t.TempDir(), "x"), filepath.Join(p.dir, name)); err != nil {
		t.Skipf("no symlinks here: %v", err)
	}
	_, err = autogen.Generate(t.Context(), p.options(&Book{}))
	wantError(t, err, name)
}

func TestFolderReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("permissions do not bind root; TestWriteFails has the same error from a folder that takes no files at all")
	}
	p := newProject(t)
	if err := os.Chmod(p.dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(p.dir, 0o755) })
	check := p.unchanged()
	_, err := autogen.Generate(t.Context(), p.options(&Book{}))
	wantErrorIs(t, err, autogen.ErrFolder, "make the folder writable")
	check()
}

func TestNotAtHead(t *testing.T) {
	p := newProject(t)
	p.generate(&Book{})
	check := p.unchanged()
	for name, call := range map[string]func(o autogen.Options) error{
		"Generate": func(o autogen.Options) error { _, err := autogen.Generate(t.Context(), o); return err },
		"Compare":  func(o autogen.Options) error { _, err := autogen.Compare(t.Context(), o); return err },
		"Diff":     func(o autogen.Options) error { _, err := autogen.Diff(t.Context(), o); return err },
	} {
		err := call(p.options(&BookWithISBN{}))
		wantErrorIs(t, err, autogen.ErrNotAtHead, "3f9a1c07b2d4  create books", "upgrade head", "stamp head")
		if t.Failed() {
			t.Fatalf("by %s", name)
		}
	}
	check()
}

func TestForeignRevision(t *testing.T) {
	p := newProject(t)
	p.generate(&Book{})
	p.upgrade()
	o := p.options(&Book{})
	o.Revisions = nil
	check := p.unchanged()
	_, err := autogen.Compare(t.Context(), o)
	wantErrorIs(t, err, migrate.ErrForeignRevision, "3f9a1c07b2d4", "create books", "restore its file")
	check()
}

func TestSeveralHeads(t *testing.T) {
	p := newProject(t)
	p.revisions = op.Revisions{{ID: "aa", Message: "one"}, {ID: "bb", Message: "other"}}
	p.write("a.go", "package migrations\n\nvar a = op.Revision{ID: \"aa\"}\n")
	p.write("b.go", "package migrations\n\nvar b = op.Revision{ID: \"bb\"}\n")
	p.upgrade()
	check := p.unchanged()
	_, err := autogen.Generate(t.Context(), p.options(&Book{}))
	wantErrorIs(t, err, autogen.ErrSeveralHeads, "aa  one", "bb  other", "join them first")
	o := p.options()
	o.Message = "x"
	_, err = autogen.Empty(o)
	wantErrorIs(t, err, autogen.ErrSeveralHeads)
	check()
	// Comparing asks for no parent.
	if plan, err := autogen.Compare(t.Context(), p.options(&Book{})); err != nil || len(plan.Up) != 1 {
		t.Errorf("comparing with several heads: %v, %v", plan.Up, err)
	}
}

func TestBadCollection(t *testing.T) {
	p := newProject(t)
	o := p.options(&Book{})
	o.Revisions = op.Revisions{{ID: "aa", Parents: []string{"gone"}}}
	_, err := autogen.Compare(t.Context(), o)
	wantErrorIs(t, err, migrate.ErrBadCollection, "gone")
	o.Revisions = op.Revisions{{ID: "aa", Up: op.List{op.DropTable{Name: "none"}}}}
	_, err = autogen.Compare(t.Context(), o)
	wantErrorIs(t, err, op.ErrConflict, `replaying revision "aa"`)
}

func TestModelsThatGORMCannotParse(t *testing.T) {
	type Chan struct{ C chan int }
	for name, c := range map[string]struct {
		model any
		says  string
	}{
		"field":     {&Chan{}, "autogen_test.Chan"},
		"no struct": {42, "not a model"},
		"nil":       {nil, "not a model"},
		"panics":    {&Panics{}, "Panics"},
		"no column": {&NoColumn{}, "no column"},
		"qualified": {&Qualified{}, `"main.things"`},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProject(t)
			check := p.unchanged()
			_, err := autogen.Generate(t.Context(), p.options(&Book{}, c.model))
			wantError(t, err, c.says)
			var known *model.Error
			if name != "qualified" && name != "no struct" && name != "nil" && !errors.As(err, &known) {
				t.Errorf("the error is a %T, want a *model.Error", err)
			}
			check()
		})
	}
}

type NoColumn struct{}

type Panics struct{ ID uint }

func (Panics) TableName() string { panic("no name") }

type Qualified struct{ ID uint }

func (Qualified) TableName() string { return "main.things" }

func TestOptions(t *testing.T) {
	db := open(t, ":memory:")
	for _, c := range []struct {
		o    autogen.Options
		says string
	}{
		{autogen.Options{}, "Options.DB is not set"},
		{autogen.Options{From: autogen.FromDatabase}, "Options.DB is not set"},
		{autogen.Options{From: autogen.FromRevisions}, "neither Options.Scratch nor Options.DB"},
		{autogen.Options{From: "live", DB: db}, `"live"`},
		{autogen.Options{DB: &gorm.DB{}}, "gorm.Open"},
	} {
		_, err := autogen.Compare(t.Context(), c.o)
		wantError(t, err, c.says)
	}
	tx := db.Begin()
	defer tx.Rollback()
	_, err := autogen.Compare(t.Context(), autogen.Options{DB: tx})
	wantErrorIs(t, err, migrate.ErrInTransaction)
}
