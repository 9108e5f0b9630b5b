package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/migrate"
)

func (p *program) sql() *cobra.Command {
	var o migrate.ScriptOptions
	cmd := &cobra.Command{
		Use:   "sql [from:]to",
		Short: "Print the SQL of an upgrade or a downgrade, as a script",
		Long: "Print a script that does what an upgrade or a downgrade would do between two\n" +
			"targets, with the history, for the database's own client to run: base:head,\n" +
			"current:+1, head:base. Without from it begins at base, without to it ends at the\n" +
			"heads; from is base, a revision, or current. It goes down where to has run by\n" +
			"then, or is base or -1.\n\n" +
			"The revisions run on the scratch database to find out their SQL; without one,\n" +
			"SQLite has memory, and PostgreSQL a schema that is rolled back. Steps in Go\n" +
			"cannot be in a script, and SQLite has no --idempotent.",
		Args: oneTarget("from:to, such as base:head"),
		RunE: func(cmd *cobra.Command, args []string) error {
			from, _, isRange := strings.Cut(args[0], ":")
			db, scratch, closeAll, err := p.openForSQL(isRange && migrate.UsesCurrent(from))
			if err != nil {
				return err
			}
			defer closeAll()
			o.Scratch = scratch
			return p.migrator(db).Script(cmd.Context(), p.config.Stdout, args[0], o)
		},
	}
	cmd.Flags().BoolVar(&o.Idempotent, "idempotent", false, "let each revision run only where it has not yet")
	return cmd
}

// openForSQL opens the scratch database, if there is one, and the live one
// where that is needed or where there is no other. The caller has to close
// them.
func (p *program) openForSQL(live bool) (db, scratch *gorm.DB, closeAll func(), err error) {
	closeScratch := func() {}
	if p.config.Scratch != "" {
		if scratch, closeScratch, err = p.openScratch(); err != nil {
			return nil, nil, nil, err
		}
		if !live {
			return scratch, scratch, closeScratch, nil
		}
	}
	db, closeDB, err := p.openDatabase()
	if err != nil {
		closeScratch()
		return nil, nil, nil, err
	}
	return db, scratch, func() { closeDB(); closeScratch() }, nil
}
