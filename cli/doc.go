// Package cli is the command tree that a project embeds in a program of its
// own, which is what links its models and its revisions:
//
//	func main() {
//		cli.Main(cli.Config{
//			Open:      func(url string) (*gorm.DB, error) { return gorm.Open(sqlite.Open(url)) },
//			URL:       "test.db",
//			Scratch:   ":memory:",
//			Models:    []any{&models.Book{}},
//			Revisions: migrations.Revisions,
//			Dir:       "migrations",
//		})
//	}
//
// The verbs are Alembic's. Results go to standard output, everything else to
// standard error. The exit code says what happened: see [ExitOK] and its
// neighbours. A program with a command tree of its own mounts [Command] in it and
// asks [ExitCode] for the code.
package cli
