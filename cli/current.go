package cli

import (
	"github.com/spf13/cobra"
)

func (p *program) current() *cobra.Command {
	var (
		f     listing
		check bool
	)
	cmd := &cobra.Command{
		Use:   "current",
		Short: "Show the revision that the database is at",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			graph, status, err := p.graphAndStatus(cmd.Context())
			if err != nil {
				return err
			}
			var entries []entry
			for _, e := range status.Current() {
				entries = append(entries, entryOf(graph, e))
			}
			entries = append(entries, foreignEntries(status)...)
			if len(entries) == 0 {
				p.config.say("base: no revision is applied")
			}
			for _, e := range edited(graph, status) {
				if !e.Current {
					p.config.say("%s", e.editedLine())
				}
			}
			if n := len(status.Pending()); n > 0 {
				p.config.say("%s not applied; next: upgrade %s", count(n), allHeads(graph))
			}
			if err := p.list(entries, f); err != nil {
				return err
			}
			if check && !status.AtHeads() {
				return errDifferent
			}
			return nil
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&check, "check-heads", false, "exit 2 where the database is not at all heads")
	return cmd
}
