// Command gotify28 holds Limbeck to the models of gotify v2.8.0, as
// database/database.go there opens and migrates them.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

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
		})
	},
	Models: []any{new(model.User), new(model.Application), new(model.Message), new(model.Client), new(model.PluginConf)},
	Rows:   rows,
}

// rows inserts two users with an application each, one of them with more.
func rows(db *gorm.DB) error {
	used := time.Date(2026, 11, 23, 10, 15, 2, 0, time.UTC)
	for _, list := range []any{
		[]*model.User{
			{Name: "admin", Pass: []byte{0, 1, 0xff}, Admin: true, Applications: []model.Application{
				{Token: "A1", Name: "backup", Description: "it's \"done\"", DefaultPriority: 5, LastUsed: &used},
				{Token: "A2", Name: "häuser ⛵", Internal: true},
			}, Clients: []model.Client{{Token: "C1", Name: "phone", LastUsed: &used}}},
			{Name: "guest", Pass: []byte("x"), Applications: []model.Application{{Token: "A3", Name: "backup"}}},
		},
		[]*model.Message{
			{ApplicationID: 1, Message: "two\nlines", Title: "", Priority: -1, Extras: []byte(`{"a":1}`), Date: used},
			{ApplicationID: 3, Message: "hello", Title: "hi", Date: used.Add(time.Second)},
		},
		[]*model.PluginConf{{UserID: 2, ModulePath: "github.com/x/y", Token: "P1", ApplicationID: 3, Enabled: true, Config: []byte("a: b\n")}},
	} {
		if err := db.Create(list).Error; err != nil {
			return err
		}
	}
	return nil
}
