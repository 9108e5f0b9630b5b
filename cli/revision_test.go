package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/cli"
	"github.com/go-limbeck/limbeck/op"
)

// inModule makes the working folder a module with an empty migrations package.
func inModule(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.Mkdir("migrations", 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"go.mod":                   "module example.com/books\n",
		"migrations/migrations.go": "package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\nvar Revisions op.Revisions\n",
	} {
		if err := os.WriteFile(filepath.FromSlash(name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

var (
	newID    = regexp.MustCompile(`\b[0-9a-f]{12}\b|_[0-9a-f]{12}\.go`)
	newStamp = regexp.MustCompile(`\b[0-9]{14}_`)
	version  = regexp.MustCompile(`sqlite [0-9.]+`)
)

// runRevision hides what is new in every run.
func runRevision(c cli.Config, args ...string) outcome {
	o := run(c, append([]string{"revision"}, args...)...)
	hide := func(text string) string {
		text = newID.ReplaceAllStringFunc(text, func(id string) string {
			return strings.Replace(id, strings.Trim(id, "_.go"), "ID", 1)
		})
		return version.ReplaceAllString(newStamp.ReplaceAllString(filepath.ToSlash(text), "TIME_"), "sqlite VERSION")
	}
	return outcome{o.Code, hide(o.Stdout), hide(o.Stderr)}
}

func count(t *testing.T, pattern string) int {
	t.Helper()
	list, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestRevision(t *testing.T) {
	created := outcome{0, "migrations/TIME_create_books_ID.go\n", `+ create table books
    id int(64), auto-increment
    title string(100)
    isbn text
    primary key (id)
revision ID: create books
verified: up, down, up on sqlite VERSION
next: review the file, then upgrade head
`}
	empty := outcome{0, "migrations/TIME_fill_isbn_ID.go\n", "revision ID: fill isbn\nnext: fill in its Up and Down, then upgrade head\n"}
	named, unverified, inFolder := created, created, created
	named.Stdout = "migrations/TIME_my_message_ID.go\n"
	named.Stderr = strings.Replace(created.Stderr, "ID: create books", "ID: my message", 1)
	unverified.Stderr = strings.Replace(created.Stderr, "verified: up, down, up on sqlite VERSION\n", "", 1)
	unverified.Stderr = strings.Replace(unverified.Stderr, "next:", "not verified: that was switched off\nnext:", 1)
	inFolder.Stdout = "../../migrations/TIME_create_books_ID.go\n"

	for _, c := range []struct {
		name   string
		folder string
		args   []string
		want   outcome
	}{
		{"autogenerate", ".", []string{"--autogenerate"}, created},
		{"from revisions", ".", []string{"--autogenerate", "--from", "revisions"}, created},
		{"message", ".", []string{"--autogenerate", "-m", "my message"}, named},
		{"not verified", ".", []string{"--autogenerate", "--no-verify"}, unverified},
		{"in a folder of the module", "cmd/migrate", []string{"--autogenerate"}, inFolder},
		{"empty", ".", []string{"-m", "fill isbn"}, empty},
	} {
		t.Run(c.name, func(t *testing.T) {
			inModule(t)
			root, err := os.Getwd()
			if err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(c.folder, 0o777); err != nil {
				t.Fatal(err)
			}
			t.Chdir(c.folder)
			config := books(t)
			config.Revisions = nil
			if diff := cmp.Diff(c.want, runRevision(config, c.args...)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if n := count(t, filepath.Join(root, "migrations", "*")); n != 2 {
				t.Errorf("%d files in migrations, want 2", n)
			}
		})
	}
}

func TestRevisionWithNothingToDo(t *testing.T) {
	inModule(t)
	c := books(t)
	mustRun(t, c, "upgrade", "head")
	for i, r := range c.Revisions {
		text := fmt.Sprintf("package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\nvar _ = op.Revision{ID: %q, Parents: %#v}\n", r.ID, r.Parents)
		if err := os.WriteFile(filepath.Join("migrations", string(rune('a'+i))+".go"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	play(t, c, []step{
		{"revision --autogenerate", outcome{0, "", "nothing to do: the models and the database agree\n"}},
		{"revision --autogenerate --from revisions", outcome{0, "", "nothing to do: the models and the revisions agree\n"}},
	})
	if n := count(t, "migrations/*"); n != 3 {
		t.Errorf("%d files in migrations, want 3", n)
	}
}

func TestRevisionAsks(t *testing.T) {
	c := renamedISBN(t)
	got := runRevision(c, "--autogenerate")
	if got.Code != cli.ExitError || got.Stdout != "" {
		t.Errorf("with a question: %+v", got)
	}
	for _, part := range []string{"error: nothing was written", "\n    --rename books.number=isbn\n", "\n    --drop books.number\n"} {
		if n := strings.Count(got.Stderr, part); n != 1 {
			t.Errorf("%q stands %d times, want once, in:\n%s", part, n, got.Stderr)
		}
	}
	if n := count(t, "migrations/*"); n != 3 {
		t.Errorf("%d files in migrations, want 3", n)
	}

	renamed := runRevision(c, "--autogenerate", "--rename", "books.number=isbn")
	if renamed.Code != 0 || !strings.Contains(renamed.Stderr, "~ rename column books.number to isbn") {
		t.Errorf("with --rename: %+v", renamed)
	}
	if n := count(t, "migrations/*"); n != 4 {
		t.Errorf("%d files in migrations, want 4", n)
	}
}

// renamedISBN is a project whose column books.number the models call isbn.
func renamedISBN(t *testing.T) cli.Config {
	t.Helper()
	inModule(t)
	c := books(t)
	isbnWas := addISBN
	isbnWas.Up = op.List{op.AddColumn{Table: "books", Column: op.Column{Name: "number", Type: op.Text()}}}
	isbnWas.Down = op.List{op.DropColumn{Table: "books", Column: "number"}}
	c.Revisions = op.Revisions{createBooks, isbnWas}
	for i, r := range c.Revisions {
		text := fmt.Sprintf("package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\nvar _ = op.Revision{ID: %q, Parents: %#v}\n", r.ID, r.Parents)
		if err := os.WriteFile(filepath.Join("migrations", string(rune('a'+i))+".go"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	mustRun(t, c, "upgrade", "head")
	return c
}
