package cli

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

func (p *program) upgrade() *cobra.Command {
	return p.migration(&cobra.Command{
		Use:   "upgrade <target>",
		Short: "Apply revisions up to a target: head, heads, an id, +1",
	}, "head, heads, an id or +1", "applied", (*migrate.Migrator).Upgrade)
}

func (p *program) downgrade() *cobra.Command {
	return p.migration(&cobra.Command{
		Use:   "downgrade <target>",
		Short: "Take revisions back to a target: base, an id, -1",
	}, "base, an id or -1", "took back", (*migrate.Migrator).Downgrade)
}

// migration makes a command that works towards a target; which says what that
// may be.
func (p *program) migration(cmd *cobra.Command, which, verb string, work func(*migrate.Migrator, context.Context, string) (migrate.Result, error)) *cobra.Command {
	cmd.Args = cobra.ArbitraryArgs // seen to below
	// A target such as -1 would be taken for a flag.
	cmd.DisableFlagParsing = true
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		target, err := parseTarget(cmd, args, which)
		if errors.Is(err, pflag.ErrHelp) {
			return cmd.Help()
		}
		if err != nil {
			return wrongUsage(cmd, err)
		}
		return p.migrate(cmd.Context(), target, verb, work)
	}
	return cmd
}

var negative = regexp.MustCompile(`^-[0-9]+$`)

// parseTarget parses the flags around the target.
func parseTarget(cmd *cobra.Command, args []string, which string) (string, error) {
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
	if err := oneTarget(which)(cmd, targets); err != nil {
		return "", err
	}
	return targets[0], nil
}

// migrate runs a migration and tells what was done, also where it failed half
// way.
func (p *program) migrate(ctx context.Context, target, verb string, work func(*migrate.Migrator, context.Context, string) (migrate.Result, error)) error {
	db, closeDB, err := p.openDatabase()
	if err != nil {
		return err
	}
	defer closeDB()
	m := migrate.New(db, p.config.Revisions)
	result, err := work(m, ctx, target)
	for _, done := range result.Done {
		fmt.Fprintf(p.config.Stdout, "%s %s  %s (%s)\n", verb, done.Revision.ID, oneLine(done.Revision.Message), taken(done.Duration))
	}
	if err != nil {
		return withStamp(err)
	}
	if len(result.Done) > 0 {
		return nil
	}
	p.config.say("nothing to do")
	status, err := m.Status(ctx)
	if err == nil {
		p.config.sayEdited(status)
	}
	return err
}

// withStamp names the way on where an upgrade would create what is there: a
// database that was made by other means, or a history that was lost. What the
// databases say of that differs. All of it has to be there: where a database
// commits each step by itself, half of the revision may be.
func withStamp(err error) error {
	var (
		revision *migrate.RevisionError
		step     *migrate.StepError
	)
	if !errors.As(err, &revision) || revision.Down || !errors.As(err, &step) {
		return err
	}
	creates := slices.ContainsFunc(step.Ops, func(o op.Operation) bool {
		return strings.HasPrefix(o.Kind(), "create_") || strings.HasPrefix(o.Kind(), "add_")
	})
	if !creates || !isThere.MatchString(step.Err.Error()) {
		return err
	}
	return fmt.Errorf("%w\nnext: if all that it makes is there already, say so: stamp %s", err, revision.ID)
}

var isThere = regexp.MustCompile(`(?i)\balready\b|duplicate (column|key|foreign key constraint) name`)
