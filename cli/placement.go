package cli

import (
	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// placement are the flags that say where a new revision stands.
type placement struct {
	head, id          string
	splice            bool
	labels, dependsOn []string
}

// register adds the flags that all commands have which write a revision.
func (l *placement) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&l.splice, "splice", false, "let it build on what is not a head: a branch begins there")
	flags.StringArrayVar(&l.labels, "branch-label", nil, "a name for its branch, for targets such as shop@head")
	flags.StringArrayVar(&l.dependsOn, "depends-on", nil, "a revision of another branch that has to run before it: an id, a label, shop@head")
	flags.StringVar(&l.id, "rev-id", "", "its id (default: 12 random hexadecimal digits)")
}

func (l *placement) apply(o *autogen.Options) {
	o.Head, o.Splice, o.Labels, o.DependsOn = l.head, l.splice, l.labels, l.dependsOn
	if l.id != "" {
		o.NewID = func() string { return l.id }
	}
}

// headAfter is the target that applies everything once the new revision is
// compiled in.
func headAfter(revisions op.Revisions, result autogen.Result) string {
	graph, err := migrate.NewGraph(append(revisions[:len(revisions):len(revisions)], result.Revision))
	if err != nil {
		return "head"
	}
	return allHeads(graph)
}
