package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/migrate"
)

// Tool runs the command limbeck itself, which knows no models and no
// revisions, and returns the exit code. It sets a project up; what works on a
// database is the program that it scaffolds.
func Tool(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := &cobra.Command{
		Use:     "limbeck",
		Short:   "Set a project up for migrations of its GORM models",
		Version: migrate.Version(),
		Args:    noCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(initCommand(stdout, stderr))
	settle(root)
	root.SetArgs(args)
	var err error
	if len(args) > 0 && isProgramCommand(args[0]) {
		err = usageError{fmt.Errorf("%q needs your models and revisions, so it is a command of your own program: go run ./%s %s",
			args[0], programDir, strings.Join(args, " "))}
	} else {
		err = root.ExecuteContext(ctx)
	}
	if err != nil {
		fmt.Fprintf(stderr, "error: %v\n", err)
	}
	return ExitCode(ctx, err)
}

// isProgramCommand reports whether the scaffolded program has the command.
func isProgramCommand(name string) bool {
	return slices.ContainsFunc(Command(Config{}).Commands(), func(cmd *cobra.Command) bool { return cmd.Name() == name })
}

func initCommand(stdout, stderr io.Writer) *cobra.Command {
	driver, database := "sqlite", "test.db"
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write the migrations package and the program that works on it",
		Long: "Write migrations/migrations.go and cmd/migrate/main.go into the module of the\n" +
			"working folder. Files that are there already are left alone.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			working, err := os.Getwd()
			if err != nil {
				return fmt.Errorf("finding the module: %w", err)
			}
			if !slices.Contains(drivers, driver) {
				return usageError{fmt.Errorf("--driver %q: say %s", driver, strings.Join(drivers, ", "))}
			}
			s, err := scaffoldProject(working, driver, database)
			for _, file := range s.written {
				fmt.Fprintln(stdout, relative(file))
			}
			for _, file := range s.kept {
				fmt.Fprintf(stderr, "there already, left alone: %s\n", relative(file))
			}
			if err != nil {
				return err
			}
			if len(s.written) == 0 {
				fmt.Fprintln(stderr, "nothing to do")
				return nil
			}
			where := ""
			if s.root != working {
				where = ", in " + relative(s.root)
			}
			fmt.Fprintf(stderr, nextSteps, where)
			return nil
		},
	}
	cmd.Flags().StringVar(&driver, "driver", driver, "the database: "+strings.Join(drivers, ", "))
	cmd.Flags().StringVar(&database, "url", database, "the SQLite file that the program works on")
	return cmd
}

const nextSteps = `
next%s:
  1. list your models in cmd/migrate/main.go, and import their package
  2. go mod tidy
  3. go run ./cmd/migrate revision --autogenerate -m "first tables"
     review the file in migrations/, then
  4. go run ./cmd/migrate upgrade head
after each change of the models: 3 and 4 again (-m may be left out)
for a database that AutoMigrate has made, take it over instead of 3 and 4:
     go run ./cmd/migrate revision --baseline
`
