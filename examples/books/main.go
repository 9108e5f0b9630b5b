// Command books is the shortest tour of Limbeck.
//
// Without arguments it plays a story in a temporary folder, against a real
// SQLite file: a model becomes a migration file, the file is applied, the model
// changes, and so on, printing every file, the SQL and the tables. It fails if
// any step does not do what it says.
//
// With arguments it is what a project's own program looks like: the command
// tree over the models and the migrations beside this file.
//
//	go run ./examples/books
//	go run ./examples/books upgrade head
//	go run ./examples/books history
package main

import (
	"context"
	"fmt"
	"os"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/cli"
	"github.com/go-limbeck/limbeck/examples/books/migrations"
	"github.com/go-limbeck/limbeck/examples/books/models"
)

//go:generate go run . revision --autogenerate --from revisions

func main() {
	if len(os.Args) == 1 {
		if err := play(context.Background(), os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "the story went wrong:", err)
			os.Exit(1)
		}
		return
	}
	cli.Main(cli.Config{
		Open:      open,
		URL:       "test.db",
		Scratch:   ":memory:",
		Models:    []any{&models.Book{}},
		Revisions: migrations.Revisions,
		Dir:       "examples/books/migrations",
	})
}

func open(url string) (*gorm.DB, error) {
	return gorm.Open(sqlite.Open(url), &gorm.Config{Logger: logger.Discard})
}
