// Command casbin holds Limbeck to the model of casbin's GORM adapter v3.41.0, as
// adapter.go there opens and migrates it, on SQLite with its pure Go driver.
package main

import (
	"context"
	"fmt"
	"os"

	gormadapter "github.com/casbin/gorm-adapter/v3"
	"github.com/glebarez/sqlite"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/internal/realworld/harness"
)

func main() {
	if err := harness.Run(context.Background(), project, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var project = harness.Project{
	Open: func(dialect, dsn string) (*gorm.DB, error) {
		if dialect == "sqlite" {
			return gorm.Open(sqlite.Open(dsn), &gorm.Config{})
		}
		return harness.Open(dialect, dsn, &gorm.Config{})
	},
	Models: []any{&gormadapter.CasbinRule{}},
	Start: func(db *gorm.DB) error {
		_, err := gormadapter.NewAdapterByDB(db)
		return err
	},
	// Made by an SQL statement of its own, which no tag asks for.
	Unmanaged: []string{"index idx_casbin_rule on casbin_rule"},
}
