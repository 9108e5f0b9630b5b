package cli

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/go-limbeck/limbeck/migrate"
)

func (p *program) upgrade() *cobra.Command {
	return &cobra.Command{
		Use:   "upgrade <target>",
		Short: "Apply revisions up to a target: head, heads, an id, +1",
		Args:  oneTarget("head, heads, an id or +1"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.migrate(cmd.Context(), "applied", func(ctx context.Context, m *migrate.Migrator) (migrate.Result, error) {
				return m.Upgrade(ctx, args[0])
			})
		},
	}
}

func (p *program) downgrade() *cobra.Command {
	return &cobra.Command{
		Use:   "downgrade <target>",
		Short: "Take revisions back to a target: base, an id, -1",
		Args:  cobra.ArbitraryArgs, // seen to below
		// A target such as -1 would be taken for a flag.
		DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			target, err := downgradeTarget(cmd, args)
			if errors.Is(err, pflag.ErrHelp) {
				return cmd.Help()
			}
			if err != nil {
				return wrongUsage(cmd, err)
			}
			return p.migrate(cmd.Context(), "took back", func(ctx context.Context, m *migrate.Migrator) (migrate.Result, error) {
				return m.Downgrade(ctx, target)
			})
		},
	}
}

var negative = regexp.MustCompile(`^-[0-9]+$`)

// downgradeTarget parses the flags around the target.
func downgradeTarget(cmd *cobra.Command, args []string) (string, error) {
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
		return "", err
	}
	if help, err := cmd.Flags().GetBool("help"); err == nil && help {
		return "", pflag.ErrHelp
	}
	targets = append(targets, cmd.Flags().Args()...)
	if err := oneTarget("base, an id or -1")(cmd, targets); err != nil {
		return "", err
	}
	return targets[0], nil
}

// migrate runs a migration and tells what was done, also where it failed half
// way.
func (p *program) migrate(ctx context.Context, verb string, work func(context.Context, *migrate.Migrator) (migrate.Result, error)) error {
	db, closeDB, err := p.openDatabase()
	if err != nil {
		return err
	}
	defer closeDB()
	result, err := work(ctx, migrate.New(db, p.config.Revisions))
	for _, done := range result.Done {
		fmt.Fprintf(p.config.Stdout, "%s %s  %s (%s)\n", verb, done.Revision.ID, done.Revision.Message, done.Duration.Round(time.Millisecond))
	}
	if err == nil && len(result.Done) == 0 {
		p.config.say("nothing to do")
	}
	return err
}
