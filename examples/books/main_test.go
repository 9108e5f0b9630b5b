package main

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/examples/books/migrations"
	"github.com/go-limbeck/limbeck/examples/books/models"
)

func TestStory(t *testing.T) {
	var out bytes.Buffer
	if err := play(t.Context(), &out); err != nil {
		t.Fatalf("%v; it printed:\n%s", err, &out)
	}
	for _, text := range []string{"CREATE TABLE `books`", "ADD COLUMN `isbn`", "Add isbn to books.", "The story went as told."} {
		if !strings.Contains(out.String(), text) {
			t.Errorf("the story does not show %q", text)
		}
	}
}

// A story that could not fail would prove nothing.
func TestStoryNoticesWhatIsWrong(t *testing.T) {
	s := &story{out: io.Discard, dir: t.TempDir()}
	var err error
	if s.db, err = open(t.TempDir() + "/test.db"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if pool, err := s.db.DB(); err == nil {
			pool.Close()
		}
	})
	if err := s.db.Exec("CREATE TABLE books (id integer, title text); INSERT INTO books VALUES (1, 'a')").Error; err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"a table too many":  s.expect(tables{}),
		"a column too few":  s.expect(tables{"books": {"id", "title", "isbn"}}, "1 a"),
		"a row too many":    s.expect(tables{"books": {"id", "title"}}),
		"another row":       s.expect(tables{"books": {"id", "title"}}, "1 b"),
		"a table not there": s.expect(tables{"books": {"id", "title"}, "authors": nil}, "1 a"),
	} {
		if err == nil {
			t.Errorf("%s went unnoticed", name)
		}
	}
	if err := s.expect(tables{"books": {"id", "title"}}, "1 a"); err != nil {
		t.Errorf("what is right was refused: %v", err)
	}
}

func TestMigrationsAreUpToDate(t *testing.T) {
	scratch, err := open(":memory:")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := autogen.Compare(t.Context(), autogen.Options{
		Scratch: scratch, From: autogen.FromRevisions, Models: []any{&models.Book{}}, Revisions: migrations.Revisions,
	})
	if err != nil {
		t.Fatal(err)
	}
	if !plan.Empty() {
		t.Errorf("run go generate ./examples/books: %v", plan.Up)
	}
}
