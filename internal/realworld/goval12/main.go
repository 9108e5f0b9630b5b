// Command goval12 holds Limbeck to the models of goval-dictionary v0.12.0, as
// db/rdb.go there opens and migrates them, on SQLite with its pure Go driver.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/glebarez/sqlite"
	"github.com/vulsio/goval-dictionary/models"
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
		config := &gorm.Config{DisableForeignKeyConstraintWhenMigrating: true}
		if dialect != "sqlite" {
			return harness.Open(dialect, dsn, config)
		}
		db, err := gorm.Open(sqlite.Open(dsn), config)
		if err != nil {
			return nil, err
		}
		return db, db.Exec("PRAGMA foreign_keys = ON").Error
	},
	Models: []any{
		&models.FetchMeta{},
		&models.Root{},
		&models.Definition{},
		&models.Package{},
		&models.Reference{},
		&models.Advisory{},
		&models.Cve{},
		&models.Bugzilla{},
		&models.Resolution{},
		&models.Component{},
		&models.Cpe{},
		&models.Debian{},
	},
}
