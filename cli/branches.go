package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

func (p *program) heads() *cobra.Command {
	var (
		f       listing
		resolve bool
	)
	cmd := &cobra.Command{
		Use:   "heads",
		Short: "Show the revisions that no other builds on",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			graph, err := migrate.NewGraph(p.config.Revisions)
			if err != nil {
				return err
			}
			heads := graph.Heads()
			if resolve {
				heads = graph.EffectiveHeads()
			}
			if len(heads) == 0 && !f.json {
				p.config.sayNoRevisions()
			}
			return p.list(entriesOf(graph, heads), f)
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&resolve, "resolve-dependencies", false, "leave out heads that another branch depends on")
	return cmd
}

func (p *program) branches() *cobra.Command {
	var f listing
	cmd := &cobra.Command{
		Use:   "branches",
		Short: "Show the revisions where branches begin, and what follows each",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			graph, err := migrate.NewGraph(p.config.Revisions)
			if err != nil {
				return err
			}
			points := entriesOf(graph, graph.BranchPoints())
			for i := range points {
				points[i].Children = entriesOf(graph, graph.Children(points[i].ID))
			}
			if len(points) == 0 && !f.json {
				p.config.say("there are no branches")
			}
			if f.json || f.verbose {
				return p.list(points, f)
			}
			for _, e := range points {
				fmt.Fprintln(p.config.Stdout, e)
				for _, child := range e.Children {
					fmt.Fprintf(p.config.Stdout, "  -> %s\n", child)
				}
			}
			return nil
		},
	}
	f.register(cmd)
	return cmd
}

// entriesOf are revisions as they are without a database.
func entriesOf(g *migrate.Graph, list []op.Revision) []entry {
	var entries []entry
	for _, r := range list {
		entries = append(entries, entryOf(g, migrate.Entry{Revision: r, Head: len(g.Children(r.ID)) == 0}))
	}
	return entries
}
