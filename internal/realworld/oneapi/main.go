// Command oneapi holds Limbeck to the models of one-api v0.6.10, as
// model/main.go there opens and migrates them.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/songquanpeng/one-api/model"
	"gorm.io/driver/postgres"
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
		config := &gorm.Config{PrepareStmt: true}
		if dialect == "postgres" {
			return gorm.Open(postgres.New(postgres.Config{DSN: dsn, PreferSimpleProtocol: true}), config)
		}
		if dialect == "sqlite" {
			dsn += "?_busy_timeout=3000"
		}
		return harness.Open(dialect, dsn, config)
	},
	Models: []any{
		&model.Channel{},
		&model.Token{},
		&model.User{},
		&model.Option{},
		&model.Redemption{},
		&model.Ability{},
		&model.Log{},
	},
	// It migrates one model after the other, and the first one again.
	Start: func(db *gorm.DB) error {
		for _, m := range []any{
			&model.Channel{},
			&model.Token{},
			&model.User{},
			&model.Option{},
			&model.Redemption{},
			&model.Ability{},
			&model.Log{},
			&model.Channel{},
		} {
			if err := db.AutoMigrate(m); err != nil {
				return err
			}
		}
		return nil
	},
}
