package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/migrate"
)

func (p *program) stamp() *cobra.Command {
	var o migrate.StampOptions
	cmd := &cobra.Command{
		Use:   "stamp <target>...",
		Short: "Say that the database is at a target (head, base, an id); run nothing",
		Long: "Write into the history that the database is at a target, and run nothing. Other\n" +
			"branches stay as they are; several targets are one on each branch.\n\n" + targetHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			db, closeDB, err := p.openDatabase()
			if err != nil {
				return err
			}
			defer closeDB()
			if err := p.migrator(db).Stamp(cmd.Context(), strings.Join(args, " "), o); err != nil {
				return err
			}
			p.config.say("stamped with %s; nothing was run", strings.Join(args, " "))
			return nil
		},
	}
	cmd.Flags().BoolVar(&o.Purge, "purge", false, "forget what the history says before, unknown revisions included")
	return p.takesTargets(cmd, someTargets("head, heads, base or an id"))
}
