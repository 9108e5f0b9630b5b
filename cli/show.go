package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

func (p *program) heads() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "heads",
		Short: "Show the revisions that no other builds on",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			graph, err := migrate.NewGraph(p.config.Revisions)
			if err != nil {
				return err
			}
			var entries []entry
			for _, r := range graph.Heads() {
				entries = append(entries, entryOf(migrate.Entry{Revision: r, Head: true}))
			}
			return p.list(entries, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *program) show() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show <revision>",
		Short: "Show what a revision does, up and down",
		Args:  oneTarget("head or an id"),
		RunE: func(_ *cobra.Command, args []string) error {
			graph, err := migrate.NewGraph(p.config.Revisions)
			if err != nil {
				return err
			}
			target := args[0]
			if heads := graph.Heads(); target == "head" && len(heads) == 1 {
				target = heads[0].ID
			}
			r, err := graph.Find(target)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(p.config.Stdout, r)
			}
			out, parents := p.config.Stdout, "none"
			if len(r.Parents) > 0 {
				parents = strings.Join(r.Parents, ", ")
			}
			fmt.Fprintf(out, "revision %s\nparents  %s\ncreated  %s\nmessage  %s\n", r.ID, parents, r.Created, r.Message)
			for _, side := range []struct {
				name string
				ops  op.List
			}{{"up", r.Up}, {"down", r.Down}} {
				fmt.Fprintf(out, "\n%s\n", side.name)
				if len(side.ops) == 0 {
					fmt.Fprintln(out, "nothing")
				}
				printLines(out, side.ops)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
