package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/migrate"
)

func (p *program) history() *cobra.Command {
	var (
		f       listing
		text    string
		applied bool
	)
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List the revisions, the newest first",
		Long: "List the revisions, the newest first; with -i also when (UTC) each was applied.\n" +
			"Without -i no database is needed, unless the range names current.\n\n" +
			"A range is from:to, both included and either left out: 3f9a:head, :current,\n" +
			"-3: for the last three and the one before, shop@base+1:shop@head.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			entries, err := p.historyEntries(cmd.Context(), text, applied)
			if err != nil {
				return err
			}
			if len(entries) == 0 && len(p.config.Revisions) == 0 {
				p.config.sayNoRevisions()
			}
			if f.json || f.verbose || !applied {
				return p.list(entries, f)
			}
			p.listApplied(entries)
			return nil
		},
	}
	f.register(cmd)
	cmd.Flags().StringVarP(&text, "range", "r", ":", "list a part: from:to")
	cmd.Flags().BoolVarP(&applied, "indicate-current", "i", false, "mark what is applied to the database")
	return cmd
}

func (c Config) sayNoRevisions() {
	c.say("there are no revisions yet; next: revision --autogenerate")
}

// historyEntries are the revisions of a range, the newest first.
func (p *program) historyEntries(ctx context.Context, text string, applied bool) ([]entry, error) {
	graph, err := migrate.NewGraph(p.config.Revisions)
	if err != nil {
		return nil, err
	}
	status, err := graph.Status(nil)
	if applied || migrate.UsesCurrent(text) {
		status, err = p.status(ctx)
	}
	if err != nil {
		return nil, err
	}
	list, err := graph.Range(text, status.Applied())
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, r := range list {
		wanted[r.ID] = true
	}
	entries := foreignEntries(status)
	for _, e := range slices.Backward(status.Entries) {
		if wanted[e.Revision.ID] {
			entries = append(entries, entryOf(graph, e))
		}
	}
	return entries, nil
}

// listApplied prints entries with the time when each was applied.
func (p *program) listApplied(entries []entry) {
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
}
