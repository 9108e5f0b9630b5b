// Command shop writes and applies the revisions of a larger schema: 17 models
// with every kind of relation, and a join table that is a model of its own.
//
//	go generate ./examples/shop                  write what the models changed
//	go run ./examples/shop upgrade head          apply it to shop.db
//	go run ./examples/shop history
package main

import (
	"github.com/go-limbeck/limbeck/cli"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/examples/shop/migrations"
	"github.com/go-limbeck/limbeck/examples/shop/models"
)

//go:generate go run . revision --autogenerate --from revisions

func main() { cli.Main(config()) }

func config() cli.Config {
	return cli.Config{
		Open:      open,
		URL:       "shop.db",
		Scratch:   ":memory:",
		Models:    models.All(),
		Revisions: migrations.Revisions,
		Dir:       "examples/shop/migrations",
	}
}

// open opens a database and tells GORM of the join table that is a model: that
// is kept in the *gorm.DB, so each one that is opened has to be told.
func open(url string) (*gorm.DB, error) {
	db, err := gorm.Open(sqlite.Open(url), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		return nil, err
	}
	return db, models.Setup(db)
}
