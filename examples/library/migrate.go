package main

import (
	"os"

	"github.com/go-limbeck/limbeck/cli"
	"github.com/go-limbeck/limbeck/examples/library/migrations"
	"github.com/go-limbeck/limbeck/examples/library/models"
)

//go:generate go run . migrate revision --autogenerate --from revisions

// migrateMain runs Limbeck's command tree and exits.
func migrateMain(args []string) {
	// cli.Main reads its arguments from os.Args.
	os.Args = append([]string{"library migrate"}, args...)
	cli.Main(cli.Config{
		Open:      open,
		URL:       databaseFile(),
		Scratch:   ":memory:",
		Models:    models.All(),
		Revisions: migrations.Revisions,
		Dir:       "examples/library/migrations",
	})
}
