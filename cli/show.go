package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

func (p *program) show() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show <revision>",
		Short: "Show what a revision does, up and down",
		Long:  "Show what a revision does, up and down.\n\n" + targetHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.showTarget(cmd.Context(), args[0], asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return p.takesTargets(cmd, oneTarget("head or an id"))
}

func (p *program) showTarget(ctx context.Context, target string, asJSON bool) error {
	graph, err := migrate.NewGraph(p.config.Revisions)
	if err != nil {
		return err
	}
	applied, err := p.appliedFor(ctx, target)
	if err != nil {
		return err
	}
	list, err := graph.Resolve(target, applied)
	if err != nil {
		return err
	}
	if asJSON {
		// One that may be several is a list also where it is one.
		if symbol := target[strings.LastIndexByte(target, '@')+1:]; len(list) != 1 || symbol == "heads" || symbol == "current" {
			return printJSON(p.config.Stdout, append([]op.Revision{}, list...))
		}
		return printJSON(p.config.Stdout, list[0])
	}
	if len(list) == 0 {
		p.config.say("base: there is no revision")
	}
	for i, r := range list {
		if i > 0 {
			fmt.Fprintln(p.config.Stdout)
		}
		p.showRevision(graph, r)
	}
	return nil
}

func (p *program) showRevision(g *migrate.Graph, r op.Revision) {
	e := entryOf(g, migrate.Entry{Revision: r})
	e.Branches = nil // which need not stand there twice
	if len(r.Labels) == 0 {
		e.Branches = g.BranchLabels(r.ID)
	}
	p.detail(e)
	out := p.config.Stdout
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
}

// appliedFor returns the ids of the applied revisions where a target or a range
// cannot do without.
func (p *program) appliedFor(ctx context.Context, target string) (map[string]bool, error) {
	if !migrate.UsesCurrent(target) {
		return nil, nil
	}
	status, err := p.status(ctx)
	return status.Applied(), err
}
