package cli_test

import (
	"context"
	"fmt"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/cli"
	"github.com/go-limbeck/limbeck/op"
)

func ExampleRun() {
	type Book struct {
		ID    uint
		Title string `gorm:"size:100"`
	}
	code := cli.Run(context.Background(), cli.Config{
		Open:    func(url string) (*gorm.DB, error) { return gorm.Open(sqlite.Open(url)) },
		URL:     "test.db",
		Scratch: ":memory:",
		Models:  []any{&Book{}},
		Revisions: op.Revisions{{
			ID: "3f9a1c07b2d4", Message: "create books",
			Up: op.List{op.CreateTable{
				Name:       "books",
				Columns:    []op.Column{{Name: "id", Type: op.Uint(64), AutoIncrement: true}},
				PrimaryKey: op.Columns("id"),
			}},
		}},
	}, []string{"check", "--from", "revisions"})
	fmt.Println("exit code", code)
	// Output:
	// + add column books.title (string(100))
	// exit code 2
}
