package cli

import (
	"errors"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestModulePath(t *testing.T) {
	for text, want := range map[string]string{
		"module example.com/m\n":                               "example.com/m",
		"// module wrong\nmodule example.com/m // a comment\n": "example.com/m",
		"\ufeffgo 1.26\n\nmodule example.com/m/v2\n":           "example.com/m/v2",
		"module \"example.com/quoted\"\n":                      "example.com/quoted",
		"module `example.com/raw`\n":                           "example.com/raw",
		"module (\n\t// why\n\texample.com/block\n)\n":         "example.com/block",
		"module(example.com/tight)\n":                          "example.com/tight",
		"module m\r\n\r\ngo 1.26\r\n":                          "m",
		"// Deprecated: old.\nmodule gopkg.in/My-App_1.v3\n":   "gopkg.in/My-App_1.v3",
	} {
		got, err := modulePath(write(t, filepath.Join(t.TempDir(), "go.mod"), text))
		if err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"", "go 1.26\n", "module\n", "module // x\n"} {
		if got, err := modulePath(write(t, filepath.Join(t.TempDir(), "go.mod"), text)); err == nil {
			t.Errorf("%q: no error, but %q", text, got)
		}
	}
}

func TestModuleRoot(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module outer\n")
	write(t, filepath.Join(dir, "a", "b", "x"), "")
	write(t, filepath.Join(dir, "inner", "go.mod"), "module inner\n")
	write(t, filepath.Join(dir, "inner", "c", "x"), "")
	write(t, filepath.Join(dir, "a", "b", "go.mod", "x"), "") // a folder of that name is no module
	for from, want := range map[string]string{".": ".", "a": ".", "a/b": ".", "inner": "inner", "inner/c": "inner"} {
		got, err := moduleRoot(filepath.Join(dir, filepath.FromSlash(from)))
		if err != nil || got != filepath.Join(dir, want) {
			t.Errorf("%s: %q, %v; want %q", from, got, err, filepath.Join(dir, want))
		}
	}
	if got, err := moduleRoot(t.TempDir()); !errors.Is(err, errNoModule) {
		t.Errorf("outside of a module: %q, %v", got, err)
	}
}

func TestDir(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "go.mod"), "module m\n")
	write(t, filepath.Join(root, "cmd", "x"), "")
	t.Chdir(filepath.Join(root, "cmd"))
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ dir, want string }{
		{"", filepath.Join(root, "migrations")},
		{"internal/db/migrations", filepath.Join(root, "internal", "db", "migrations")},
		{filepath.Join(root, "elsewhere"), filepath.Join(root, "elsewhere")},
	} {
		got, err := Config{Dir: c.dir}.withDefaults().dir()
		if err != nil || got != c.want {
			t.Errorf("Dir %q: %q, %v; want %q", c.dir, got, err, c.want)
		}
	}
}

func TestScaffold(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "go.mod"), "module example.com/m\n")
	folder := filepath.Join(root, "a", "b")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	migrations := filepath.Join(root, "migrations", "migrations.go")
	program := filepath.Join(root, "cmd", "migrate", "main.go")

	s, err := scaffoldProject(folder, "sqlite", `odd "name".db`)
	if err != nil {
		t.Fatal(err)
	}
	want := scaffold{root: root, written: []string{migrations, program}}
	if diff := cmp.Diff(want, s, cmp.AllowUnexported(scaffold{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, file := range s.written {
		if _, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.AllErrors); err != nil {
			t.Error(err)
		}
	}
	text, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"example.com/m/migrations"`, `"odd \"name\".db"`, "//go:generate go run . revision --autogenerate --from revisions\n"} {
		if !strings.Contains(string(text), part) {
			t.Errorf("%s does not say %s:\n%s", program, part, text)
		}
	}

	// What a user has made of a file stays; what is missing comes back.
	write(t, migrations, "package mine\n")
	if err := os.Remove(program); err != nil {
		t.Fatal(err)
	}
	s, err = scaffoldProject(root, "sqlite", "other.db")
	want = scaffold{root: root, written: []string{program}, kept: []string{migrations}}
	if diff := cmp.Diff(want, s, cmp.AllowUnexported(scaffold{})); diff != "" || err != nil {
		t.Errorf("the second time: %v, -want +got:\n%s", err, diff)
	}
	if text, err := os.ReadFile(migrations); err != nil || string(text) != "package mine\n" {
		t.Errorf("a file that was there is now %q (%v)", text, err)
	}
}

func TestScaffoldErrors(t *testing.T) {
	blocked := t.TempDir()
	write(t, filepath.Join(blocked, "go.mod"), "module m\n")
	write(t, filepath.Join(blocked, "migrations"), "a file")
	nameless := t.TempDir()
	write(t, filepath.Join(nameless, "go.mod"), "go 1.26\n")
	for _, c := range []struct{ name, folder, want string }{
		{"no module", t.TempDir(), "setting a project up: there is no go.mod in this folder or above it; make a module first: go mod init example.com/mine"},
		{"module without a name", nameless, "names no module"},
		{"a file in the way", blocked, "setting a project up: "},
	} {
		_, err := scaffoldProject(c.folder, "sqlite", "test.db")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestScaffoldDrivers(t *testing.T) {
	for _, c := range []struct {
		driver, database string
		has              []string
	}{
		{"sqlite", "data/my.db", []string{`"gorm.io/driver/sqlite"`, `cli.FromRoot("data/my.db")`, `":memory:"`}},
		{"sqlite", ":memory:", []string{`URL:       ":memory:"`}},
		{"sqlite", "file:x.db?cache=shared", []string{`URL:       "file:x.db?cache=shared"`}},
		{"postgres", "", []string{`"gorm.io/driver/postgres"`, "postgres.Open(url)", `os.Getenv("DATABASE_URL")`, `os.Getenv("SCRATCH_URL")`}},
		{"mysql", "", []string{`"gorm.io/driver/mysql"`, "mysql.Open(url)", `os.Getenv("DATABASE_URL")`}},
	} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module example.com/m\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := scaffoldProject(folder, c.driver, c.database); err != nil {
			t.Fatal(err)
		}
		source, err := os.ReadFile(filepath.Join(folder, "cmd", "migrate", "main.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range c.has {
			if !strings.Contains(string(source), text) {
				t.Errorf("%s %q: the program does not say %s:\n%s", c.driver, c.database, text, source)
			}
		}
	}
}
