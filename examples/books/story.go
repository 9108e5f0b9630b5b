package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
)

// The model as it is at first, and as it is later. In a project it is one
// struct that changes; a story needs both at once.
type (
	bookAtFirst struct {
		ID    int
		Title string `gorm:"size:100"`
	}
	bookLater struct {
		ID    int
		Title string `gorm:"size:100"`
		Isbn  string
	}
)

func (bookAtFirst) TableName() string { return "books" }
func (bookLater) TableName() string   { return "books" }

// story is the state between the steps.
type story struct {
	out       io.Writer
	db        *gorm.DB
	dir       string
	revisions op.Revisions // what a rebuilt program would have compiled in
}

// play runs the story in a folder that is gone afterwards.
func play(ctx context.Context, out io.Writer) (err error) {
	folder, err := os.MkdirTemp("", "limbeck-books-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	s := &story{out: out, dir: filepath.Join(folder, "migrations")}
	if err := s.begin(filepath.Join(folder, "test.db")); err != nil {
		return err
	}
	defer func() {
		pool, poolErr := s.db.DB()
		if poolErr == nil {
			poolErr = pool.Close()
		}
		err = errors.Join(err, poolErr)
	}()
	for i, step := range []struct {
		title string
		run   func(context.Context) error
	}{
		{"the model Book becomes a migration file; nothing is applied", s.generateFirst},
		{"upgrade head makes the table", s.upgradeFirst},
		{"rows come in", s.insert},
		{"Book gets the field Isbn: a second file, which names itself", s.generateSecond},
		{"upgrade head adds the column; the rows stay", s.upgradeSecond},
		{"with nothing to do, nothing is written", s.generateNothing},
		{"downgrade -1 takes the column back; the rows stay", s.downgradeOne},
		{"upgrade head again, and downgrade base leaves nothing of ours", s.upAndToBase},
	} {
		fmt.Fprintf(out, "\n== %d. %s\n", i+1, step.title)
		if err := step.run(ctx); err != nil {
			return fmt.Errorf("step %d, %s: %w", i+1, step.title, err)
		}
	}
	fmt.Fprintln(out, "\nThe story went as told.")
	return nil
}

// begin lays out what `limbeck init` would.
func (s *story) begin(database string) (err error) {
	if err := os.Mkdir(s.dir, 0o755); err != nil {
		return err
	}
	const source = "package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\nvar Revisions op.Revisions\n"
	if err := os.WriteFile(filepath.Join(s.dir, "migrations.go"), []byte(source), 0o644); err != nil {
		return err
	}
	s.db, err = open(database)
	return err
}

func (s *story) generateFirst(ctx context.Context) error {
	if err := s.generate(ctx, "create books table", &bookAtFirst{}); err != nil {
		return err
	}
	return s.expect(tables{})
}

func (s *story) upgradeFirst(ctx context.Context) error {
	if err := s.upgrade(ctx); err != nil {
		return err
	}
	if err := s.history(ctx); err != nil {
		return err
	}
	return s.expect(tables{"books": {"id", "title"}, migrate.Table: nil})
}

func (s *story) insert(context.Context) error {
	for _, title := range []string{"The Go Programming Language", "Database Internals"} {
		if err := s.db.Create(&bookAtFirst{Title: title}).Error; err != nil {
			return err
		}
	}
	return s.expect(tables{"books": {"id", "title"}, migrate.Table: nil}, "1 The Go Programming Language", "2 Database Internals")
}

func (s *story) generateSecond(ctx context.Context) error {
	before, err := s.files()
	if err != nil {
		return err
	}
	if err := s.generate(ctx, "", &bookLater{}); err != nil {
		return err
	}
	if got, want := s.revisions[1].Message, "add isbn to books"; got != want {
		return fmt.Errorf("the message is %q, not %q", got, want)
	}
	after, err := s.files()
	if err != nil {
		return err
	}
	for name, text := range before {
		if after[name] != text {
			return fmt.Errorf("the file %s was touched", name)
		}
	}
	return s.expect(tables{"books": {"id", "title"}, migrate.Table: nil}, "1 The Go Programming Language", "2 Database Internals")
}

func (s *story) upgradeSecond(ctx context.Context) error {
	if err := s.upgrade(ctx); err != nil {
		return err
	}
	return s.expect(tables{"books": {"id", "title", "isbn"}, migrate.Table: nil},
		"1 The Go Programming Language <nil>", "2 Database Internals <nil>")
}

func (s *story) generateNothing(ctx context.Context) error {
	result, err := autogen.Generate(ctx, s.options(&bookLater{}))
	if err != nil {
		return err
	}
	if result.File != "" || !result.Plan.Empty() {
		return fmt.Errorf("it wrote %q", result.File)
	}
	fmt.Fprintln(s.out, "nothing to do: the models and the database agree")
	return nil
}

func (s *story) downgradeOne(ctx context.Context) error {
	if err := s.downgrade(ctx, "-1"); err != nil {
		return err
	}
	return s.expect(tables{"books": {"id", "title"}, migrate.Table: nil}, "1 The Go Programming Language", "2 Database Internals")
}

func (s *story) upAndToBase(ctx context.Context) error {
	if err := s.upgrade(ctx); err != nil {
		return err
	}
	if err := s.downgrade(ctx, "base"); err != nil {
		return err
	}
	return s.expect(tables{})
}

func (s *story) options(models ...any) autogen.Options {
	return autogen.Options{DB: s.db, Models: models, Revisions: s.revisions, Dir: s.dir}
}

// generate writes a revision, shows the file, and takes the revision in as
// building the program again would.
func (s *story) generate(ctx context.Context, message string, models ...any) error {
	o := s.options(models...)
	o.Message = message
	result, err := autogen.Generate(ctx, o)
	if err != nil {
		return err
	}
	if result.File == "" {
		return errors.New("no file was written")
	}
	text, err := os.ReadFile(result.File)
	if err != nil {
		return err
	}
	if err := render.Text(s.out, result.Revision.Up); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "\n-- migrations/%s --\n%s", filepath.Base(result.File), text)
	s.revisions.Add(result.Revision)
	return nil
}

// migrator shows the SQL that it runs.
func (s *story) migrator() *migrate.Migrator {
	return migrate.New(s.db, s.revisions).With(migrate.Options{Hooks: migrate.Hooks{AfterStep: func(_ context.Context, e migrate.Event) error {
		for _, statement := range e.Step.Statements {
			fmt.Fprintf(s.out, "%s;\n", statement.SQL)
		}
		return nil
	}}})
}

func (s *story) upgrade(ctx context.Context) error {
	result, err := s.migrator().Upgrade(ctx, "head")
	if err == nil && len(result.Done) != 1 {
		err = fmt.Errorf("%d revisions were applied, not 1", len(result.Done))
	}
	return err
}

func (s *story) downgrade(ctx context.Context, target string) error {
	result, err := s.migrator().Downgrade(ctx, target)
	if err == nil && len(result.Done) == 0 {
		err = errors.New("nothing was taken back")
	}
	return err
}

func (s *story) history(ctx context.Context) error {
	status, err := migrate.New(s.db, s.revisions).Status(ctx)
	if err != nil {
		return err
	}
	current := status.Current()
	if len(current) != 1 {
		return fmt.Errorf("the database is at %d revisions, not 1", len(current))
	}
	fmt.Fprintf(s.out, "\ncurrent: %s  %s\n", current[0].Revision.ID, current[0].Revision.Message)
	return nil
}

// files returns the text of the generated files by name.
func (s *story) files() (map[string]string, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join(s.dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		files[entry.Name()] = string(text)
	}
	return files, nil
}

// sameWords reports whether two lists read the same.
func sameWords(a, b []string) bool { return strings.Join(a, "\n") == strings.Join(b, "\n") }
