package models_test

import (
	"testing"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/examples/shop/models"
)

// open returns an empty SQLite database in memory that checks foreign keys.
func open(t *testing.T) *gorm.DB {
	t.Helper()
	db, err := gorm.Open(sqlite.Open(":memory:?_foreign_keys=on"), &gorm.Config{})
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	// Each connection to :memory: is a database of its own.
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = pool.Close() })
	return db
}

// migrated returns such a database with the shop's tables in it.
func migrated(t *testing.T) *gorm.DB {
	t.Helper()
	db := open(t)
	if err := models.Setup(db); err != nil {
		t.Fatal(err)
	}
	if err := db.AutoMigrate(models.All()...); err != nil {
		t.Fatal(err)
	}
	return db
}
