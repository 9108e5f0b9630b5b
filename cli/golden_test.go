package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/cli"
	"github.com/go-limbeck/limbeck/internal/golden"
)

// TestCommandSurface shows every command with its help: what users have learnt
// by heart is not to change unnoticed.
func TestCommandSurface(t *testing.T) {
	var b bytes.Buffer
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		fmt.Fprintf(&b, "=== %s\n", cmd.CommandPath())
		args := append(strings.Fields(cmd.CommandPath())[1:], "--help")
		var out bytes.Buffer
		code := cli.Run(context.Background(), cli.Config{URL: "secret@host", Stdout: &out, Stderr: io.Discard}, args)
		if code != cli.ExitOK {
			t.Errorf("%s --help: exit code %d", cmd.CommandPath(), code)
		}
		if strings.Contains(out.String(), "secret") {
			t.Errorf("%s --help shows the database's URL, which may hold a password", cmd.CommandPath())
		}
		b.Write(out.Bytes())
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(cli.Command(cli.Config{}))
	golden.Check(t, "testdata/commands.golden", b.Bytes())
}

func TestToolSurface(t *testing.T) {
	var b bytes.Buffer
	for _, args := range [][]string{{}, {"init", "--help"}} {
		fmt.Fprintf(&b, "=== limbeck %s\n", strings.Join(args, " "))
		if code := cli.Tool(context.Background(), args, &b, io.Discard); code != cli.ExitOK {
			t.Errorf("limbeck %q: exit code %d", args, code)
		}
	}
	golden.Check(t, "testdata/tool.golden", b.Bytes())
}
