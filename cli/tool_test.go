package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/cli"
)

const nextSteps = `  1. list your models in cmd/migrate/main.go, and import their package
  2. go mod tidy
  3. go run ./cmd/migrate revision --autogenerate -m "first tables"
     review the file in migrations/, then
  4. go run ./cmd/migrate upgrade head
after each change of the models: 3 and 4 again (-m may be left out)
for a database that AutoMigrate has made, take it over instead of 3 and 4:
     go run ./cmd/migrate revision --baseline
`

func TestTool(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	tool := func(args ...string) outcome {
		var stdout, stderr bytes.Buffer
		code := cli.Tool(context.Background(), args, &stdout, &stderr)
		return outcome{code, filepath.ToSlash(stdout.String()), filepath.ToSlash(stderr.String())}
	}
	check := func(want outcome, args ...string) {
		t.Helper()
		if diff := cmp.Diff(want, tool(args...)); diff != "" {
			t.Errorf("limbeck %q (-want +got):\n%s", args, diff)
		}
	}
	check(outcome{1, "", "error: setting a project up: there is no go.mod in this folder or above it; make a module first: go mod init example.com/mine\n"}, "init")
	if err := os.WriteFile("go.mod", []byte("module m\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	check(outcome{0, "migrations/migrations.go\ncmd/migrate/main.go\n", "\nnext:\n" + nextSteps}, "init")
	check(outcome{0, "", "there already, left alone: migrations/migrations.go\nthere already, left alone: cmd/migrate/main.go\nnothing to do\n"}, "init")

	if err := os.RemoveAll("migrations"); err != nil {
		t.Fatal(err)
	}
	t.Chdir("cmd")
	check(outcome{0, "../migrations/migrations.go\n", "there already, left alone: migrate/main.go\n\nnext, in ..:\n" + nextSteps}, "init")

	check(outcome{64, "", "error: unknown command \"inti\"; did you mean init?; see limbeck --help\n"}, "inti")
	check(outcome{64, "", "error: unknown command \"x\" for \"limbeck init\"; see limbeck init --help\n"}, "init", "x")
	check(outcome{64, "", "error: \"revision\" needs your models and revisions, so it is a command of your own program: go run ./cmd/migrate revision --autogenerate\n"}, "revision", "--autogenerate")
}
