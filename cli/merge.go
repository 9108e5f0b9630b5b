package cli

import (
	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/autogen"
)

func (p *program) merge() *cobra.Command {
	var (
		place   placement
		message string
	)
	cmd := &cobra.Command{
		Use:   "merge [head]...",
		Short: "Write a revision that joins branches; apply nothing",
		Long: "Write a revision that has several heads as its parents, all of them where none\n" +
			"is named, into the migrations folder. It does nothing by itself.",
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			dir, err := p.config.dir()
			if err != nil {
				return err
			}
			o := autogen.Options{Dir: dir, Message: message, Revisions: p.config.Revisions}
			place.apply(&o)
			result, err := autogen.Merge(o, args...)
			if err != nil {
				return err
			}
			p.wrote(result, "review the file, then upgrade "+headAfter(p.config.Revisions, result))
			return nil
		},
	}
	place.register(cmd)
	cmd.Flags().StringVarP(&message, "message", "m", "", "what it is for (default: the ids that it joins)")
	return cmd
}
