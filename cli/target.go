package cli

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// targetHelp is what the help of commands with a target says of them.
const targetHelp = `A target is head, heads (where there are several), base, an id or the beginning
of one, a label, or current; +2 and -1 are steps from where the database is,
3f9a+1 and head-1 from a revision; shop@head, shop@+1, shop@base are about the
branch of a label or an id.`

// oneTarget is for commands that take one target; which says what it may be.
func oneTarget(which string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return fmt.Errorf("one target is needed, not %d: %s", len(args), which)
	}
}

// someTargets is for commands that take several.
func someTargets(which string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return nil
		}
		return fmt.Errorf("a target is needed: %s", which)
	}
}

// takesTargets lets a command have targets such as -1, which would be taken for
// flags, as its arguments.
func (p *program) takesTargets(cmd *cobra.Command, check cobra.PositionalArgs) *cobra.Command {
	run := cmd.RunE
	cmd.Args = cobra.ArbitraryArgs // seen to below
	cmd.DisableFlagParsing = true
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		targets, err := parseTargets(cmd, args, check)
		if errors.Is(err, pflag.ErrHelp) {
			return cmd.Help()
		}
		if err != nil {
			return wrongUsage(cmd, err)
		}
		return run(cmd, targets)
	}
	return cmd
}

var negative = regexp.MustCompile(`^-[0-9]+$`)

// parseTargets parses the flags around the targets.
func parseTargets(cmd *cobra.Command, args []string, check cobra.PositionalArgs) ([]string, error) {
	var targets, rest []string
	for _, arg := range args {
		if negative.MatchString(arg) {
			targets = append(targets, arg)
		} else {
			rest = append(rest, arg)
		}
	}
	cmd.InheritedFlags() // which adds them to the command's own
	if err := cmd.Flags().Parse(rest); err != nil {
		return nil, err
	}
	if help, err := cmd.Flags().GetBool("help"); err == nil && help {
		return nil, pflag.ErrHelp
	}
	targets = append(targets, cmd.Flags().Args()...)
	return targets, check(cmd, targets)
}
