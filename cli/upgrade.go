package cli

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

func (p *program) upgrade() *cobra.Command {
	return p.migration(&cobra.Command{
		Use:   "upgrade <target>",
		Short: "Apply revisions up to a target: head, heads, an id, +1",
		Long:  "Apply revisions up to a target, with all that they need.\n\n" + targetHelp,
	}, "head, heads, an id or +1", (*migrate.Migrator).Upgrade, (*migrate.Migrator).PlanUpgrade)
}

func (p *program) downgrade() *cobra.Command {
	return p.migration(&cobra.Command{
		Use:   "downgrade <target>",
		Short: "Take revisions back to a target: base, an id, -1",
		Long: "Take back what builds on a target; other branches stay. It refuses to pass a\n" +
			"revision that has no Down.\n\n" + targetHelp,
	}, "base, an id or -1", (*migrate.Migrator).Downgrade, (*migrate.Migrator).PlanDowngrade)
}

type (
	work func(*migrate.Migrator, context.Context, string) (migrate.Result, error)
	plan func(*migrate.Migrator, context.Context, string, *gorm.DB) ([]migrate.Planned, error)
)

// migration makes a command that works towards a target; which says what that
// may be.
func (p *program) migration(cmd *cobra.Command, which string, work work, plan plan) *cobra.Command {
	var l limits
	l.register(cmd)
	var dryRun, asJSON bool
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case dryRun:
			return p.dryRun(cmd.Context(), args[0], asJSON, plan)
		case asJSON:
			return wrongUsage(cmd, errors.New("--json needs --dry-run"))
		}
		return p.migrate(cmd.Context(), args[0], l, work)
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show the revisions and their SQL, and change nothing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "with --dry-run: print JSON")
	return p.takesTargets(cmd, oneTarget(which))
}

// migrate runs a migration and tells what was done, also where it failed half
// way.
func (p *program) migrate(ctx context.Context, target string, l limits, work work) error {
	db, closeDB, err := p.openDatabase()
	if err != nil {
		return err
	}
	defer closeDB()
	o := p.migrateOptions()
	l.apply(&o)
	p.reportTo(&o.Hooks)
	stop, done := p.config.interrupts.working(func() {
		p.config.say("stopping when the running statement has ended; interrupt again to abort it")
	})
	defer done()
	if o.Stop == nil {
		o.Stop = stop
	}
	m := migrate.New(db, p.config.Revisions).With(o)
	result, err := work(m, ctx, target)
	if err != nil {
		return withStamp(err)
	}
	if len(result.Done) > 0 {
		return nil
	}
	p.config.say("nothing to do")
	p.config.sayForeign(result.Foreign)
	graph, err := migrate.NewGraph(p.config.Revisions)
	if err != nil {
		return err
	}
	status, err := m.Status(ctx)
	if err == nil {
		p.config.sayEdited(graph, status)
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
