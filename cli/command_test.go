package cli_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/cli"
)

// TestCommandInAnotherTree mounts the tree under a name of the user's.
func TestCommandInAnotherTree(t *testing.T) {
	for _, c := range []struct {
		args   string
		code   int
		stdout string
		err    string
	}{
		{"db upgrade +1", cli.ExitOK, "applied aaa111  create books", ""},
		{"db check", cli.ExitDifferent, "not applied: aaa111", "there are differences"},
		{"db upgrade nowhere", cli.ExitError, "", `unknown target "nowhere"`},
		{"db upgrade", cli.ExitUsage, "", "one target is needed, not 0: head, heads, an id or +1; see app db upgrade --help"},
		{"db upgrade --foo", cli.ExitUsage, "", "unknown flag: --foo; see app db upgrade --help"},
		{"db upgrad", cli.ExitUsage, "", `unknown command "upgrad"; did you mean upgrade?; see app db --help`},
		{"db", cli.ExitOK, "app db [command]", ""},
	} {
		var stdout, stderr bytes.Buffer
		config := books(t)
		config.Stdout, config.Stderr = &stdout, &stderr
		tree := cli.Command(config)
		tree.Use = "db"
		app := &cobra.Command{Use: "app", SilenceErrors: true}
		app.SetErr(&stderr)
		app.SetOut(&stdout)
		app.AddCommand(tree)
		app.SetArgs(strings.Fields(c.args))
		err := app.ExecuteContext(context.Background())
		if code := cli.ExitCode(context.Background(), err); code != c.code {
			t.Errorf("%s: exit code %d, want %d", c.args, code, c.code)
		}
		if got := stdout.String(); !strings.Contains(got, c.stdout) || c.stdout == "" && got != "" {
			t.Errorf("%s: standard output %q, want it to say %q", c.args, got, c.stdout)
		}
		if (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: error %v, want %q", c.args, err, c.err)
		}
		if strings.Contains(stderr.String(), "Usage:") {
			t.Errorf("%s: the usage is printed behind the error:\n%s", c.args, &stderr)
		}
	}
}

func TestInterruptedRun(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var stdout, stderr bytes.Buffer
	c := books(t)
	c.Stdout, c.Stderr = &stdout, &stderr
	if code := cli.Run(ctx, c, []string{"upgrade", "head"}); code != cli.ExitInterrupted {
		t.Errorf("exit code %d, want %d", code, cli.ExitInterrupted)
	}
	if stdout.Len() > 0 || !strings.HasPrefix(stderr.String(), "interrupted: ") {
		t.Errorf("stdout %q, stderr %q", &stdout, &stderr)
	}
	play(t, c, []step{{"current", outcome{0, "", "base: no revision is applied\n2 revisions are not applied; next: upgrade head\n"}}})
}

func TestSeveralHeads(t *testing.T) {
	c := books(t)
	other := addISBN
	other.ID, other.Message = "ccc333", "add isbn again"
	c.Revisions = append(c.Revisions, other)
	got := run(c, "upgrade", "head")
	for _, part := range []string{"bbb222", "ccc333", `"heads"`} {
		if got.Code != cli.ExitError || !strings.Contains(got.Stderr, part) {
			t.Errorf("upgrade head: %+v, want %s in it", got, part)
		}
	}
	play(t, c, []step{{"heads", outcome{0, "bbb222  add isbn to books (head)\nccc333  add isbn again (head)\n", ""}}})
}
