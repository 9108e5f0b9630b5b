// Command gotify29 holds Limbeck to the models of gotify v2.9.1, as
// database/database.go there opens and migrates them.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/gotify/server/v2/model"
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
		return harness.Open(dialect, dsn, &gorm.Config{
			DisableForeignKeyConstraintWhenMigrating: true,
			TranslateError:                           true,
		})
	},
	Models: []any{new(model.User), new(model.Application), new(model.Message), new(model.Client), new(model.PluginConf)},
}
