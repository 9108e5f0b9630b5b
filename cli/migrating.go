package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/migrate"
)

// limits are the flags about waiting.
type limits struct {
	lock, tableLock, statement time.Duration
	together                   bool
}

func (l *limits) register(cmd *cobra.Command) {
	cmd.Flags().DurationVar(&l.lock, "lock-timeout", 0, "how long to wait for another migration; negative: not at all (default 1m)")
	cmd.Flags().DurationVar(&l.tableLock, "table-lock-timeout", 0, "how long a statement waits for a table that others keep (default: the session's own)")
	cmd.Flags().DurationVar(&l.statement, "statement-timeout", 0, "how long a statement may run (default: the session's own)")
	cmd.Flags().BoolVar(&l.together, "single-transaction", false, "run everything in one transaction, where the database can")
}

// apply sets what the flags say.
func (l *limits) apply(o *migrate.Options) {
	for _, limit := range []struct {
		from time.Duration
		to   *time.Duration
	}{{l.lock, &o.LockTimeout}, {l.tableLock, &o.TableLockTimeout}, {l.statement, &o.StatementTimeout}} {
		if limit.from != 0 {
			*limit.to = limit.from
		}
	}
	o.SingleTransaction = o.SingleTransaction || l.together
}

// migrateOptions are what the configuration tells package migrate.
func (p *program) migrateOptions() migrate.Options {
	var o migrate.Options
	if p.config.Migrate != nil {
		p.config.Migrate(&o)
	}
	return o
}

// migrator returns one for the commands that work without much ado.
func (p *program) migrator(db *gorm.DB) *migrate.Migrator {
	return migrate.New(db, p.config.Revisions).With(p.migrateOptions())
}

// report makes the hooks print each revision when it is done, beside what they
// do already, and say for whom the migration waits.
func (p *program) reportTo(hooks *migrate.Hooks) {
	c, done, waiting := p.config, hooks.Done, hooks.Waiting
	hooks.Done = func(ctx context.Context, d migrate.Done) {
		verb := "applied"
		if d.Down {
			verb = "took back"
		}
		fmt.Fprintf(c.Stdout, "%s %s  %s (%s)\n", verb, d.Revision.ID, oneLine(d.Revision.Message), size(d))
		if done != nil {
			done(ctx, d)
		}
	}
	hooks.Waiting = func(ctx context.Context, holder string) {
		c.say("waiting for another migration: %s", holder)
		if waiting != nil {
			waiting(ctx, holder)
		}
	}
}

// size is how long a revision took, and where that was long, what it did.
func size(d migrate.Done) string {
	text := taken(d.Duration)
	if d.Duration < time.Second {
		return text
	}
	if d.Steps == 1 {
		text += ", 1 step"
	} else {
		text += fmt.Sprintf(", %d steps", d.Steps)
	}
	switch {
	case d.Rows == 1:
		text += ", 1 row"
	case d.Rows > 1:
		text += fmt.Sprintf(", %d rows", d.Rows)
	}
	return text
}
