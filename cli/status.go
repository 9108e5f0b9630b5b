package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/migrate"
)

// status reads where the database is.
func (p *program) status(ctx context.Context) (migrate.Status, error) {
	db, closeDB, err := p.openDatabase()
	if err != nil {
		return migrate.Status{}, err
	}
	defer closeDB()
	return migrate.New(db, p.config.Revisions).Status(ctx)
}

func foreignEntries(status migrate.Status) []entry {
	var list []entry
	for _, r := range status.Foreign {
		list = append(list, entry{ID: r.ID, Message: r.Message, AppliedAt: &r.AppliedAt, Foreign: true})
	}
	return list
}

func (p *program) current() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "current",
		Short: "Show the revision that the database is at",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			status, err := p.status(cmd.Context())
			if err != nil {
				return err
			}
			var entries []entry
			for _, e := range status.Current() {
				entries = append(entries, entryOf(e))
			}
			entries = append(entries, foreignEntries(status)...)
			if len(entries) == 0 {
				p.config.say("base: no revision is applied")
			}
			for _, e := range edited(status) {
				if !e.Current {
					p.config.say("%s", e.editedLine())
				}
			}
			if n := len(status.Pending()); n > 0 {
				p.config.say("%s not applied; next: upgrade head", count(n))
			}
			return p.list(entries, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *program) history() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List the revisions, the newest first, and when (UTC) each was applied",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			status, err := p.status(cmd.Context())
			if err != nil {
				return err
			}
			entries := foreignEntries(status)
			for _, e := range slices.Backward(status.Entries) {
				entries = append(entries, entryOf(e))
			}
			if asJSON {
				return p.list(entries, true)
			}
			if len(entries) == 0 {
				p.config.say("there are no revisions yet; next: revision --autogenerate")
			}
			widest := 0
			for _, e := range entries {
				widest = max(widest, len(e.ID))
			}
			for _, e := range entries {
				when := "not applied"
				if e.AppliedAt != nil {
					when = e.AppliedAt.UTC().Format(time.DateTime)
				}
				fmt.Fprintf(p.config.Stdout, "%-*s  %-*s  %s%s\n", widest, e.ID, len(time.DateTime), when, oneLine(e.Message), e.marks())
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// count says how many revisions are or were something.
func count(n int) string {
	if n == 1 {
		return "1 revision is"
	}
	return fmt.Sprintf("%d revisions are", n)
}
