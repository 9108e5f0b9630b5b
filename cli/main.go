package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"gorm.io/gorm/logger"
)

// Main runs the command that the process's arguments name, and exits. It
// silences logger.Default, GORM's logger of last resort: that prints to
// standard output, which is for results, and what it says of models that
// cannot be parsed is in the error too. A logger that Config.Open sets stays.
//
// The first interrupt lets a migration's running statement come to its end,
// records it and stops there; the second aborts the statement.
func Main(c Config) {
	logger.Default = logger.Discard
	c.interrupts = &interrupts{}
	ctx, stop := c.interrupts.catch(context.Background())
	name := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	code := run(ctx, c, name, os.Args[1:])
	stop()
	os.Exit(code)
}

// Run runs one command and returns the exit code. Errors are printed to
// standard error, once.
func Run(ctx context.Context, c Config, args []string) int {
	return run(ctx, c, "limbeck", args)
}

func run(ctx context.Context, c Config, name string, args []string) int {
	c = c.withDefaults()
	root := Command(c)
	// Unlike Use, it may have blanks: "shop migrate".
	root.Annotations = map[string]string{cobra.CommandDisplayNameAnnotation: name}
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	code := ExitCode(ctx, err)
	switch {
	case code == ExitInterrupted:
		c.say("interrupted: %v", err)
	case err != nil && !errors.Is(err, errDifferent):
		c.say("error: %v", err)
	}
	return code
}

// Command returns the tree, for programs that have commands of their own; they
// may give it another name. Its commands return errors and print none. What
// [ExitCode] makes of an error is the exit code; that of check and diff, when
// they find something, says no more than that.
func Command(c Config) *cobra.Command {
	c = c.withDefaults()
	root := &cobra.Command{
		Use:   "limbeck",
		Short: "Migrations for GORM models",
		Args:  noCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(c.Stdout)
	root.SetErr(c.Stderr)
	root.CompletionOptions.DisableDefaultCmd = true
	p := &program{config: &c}
	root.PersistentFlags().StringVar(&p.database, "database", "", "the database to work on, as cli.Config.Open takes it (default: cli.Config.URL)")
	root.AddCommand(
		p.revision(), p.merge(), p.upgrade(), p.downgrade(),
		p.current(), p.history(), p.heads(), p.branches(), p.show(),
		p.check(), p.diff(), p.stamp(), p.sql(),
	)
	settle(root)
	return root
}

// program is what the commands share.
type program struct {
	config *Config
	// database is the flag, empty where it is not given.
	database string
}

// settle gives a tree our manners, also where it is part of another one: errors
// are left to the caller, without the usage behind them, and what is wrong with
// flags and arguments ends in its own exit code.
func settle(cmd *cobra.Command) {
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return wrongUsage(cmd, err) })
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return wrongUsage(cmd, err)
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		settle(sub)
	}
}

func wrongUsage(cmd *cobra.Command, err error) error {
	return usageError{fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())}
}

// noCommand is for arguments where only the name of a command can stand.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2 // cobra's own default, which it sets later
	if list := cmd.SuggestionsFor(args[0]); len(list) > 0 {
		return fmt.Errorf("unknown command %q; did you mean %s?", args[0], strings.Join(list, " or "))
	}
	return fmt.Errorf("unknown command %q", args[0])
}
