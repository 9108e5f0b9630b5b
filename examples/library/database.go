package main

import (
	"fmt"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// open opens a SQLite file, which is made where there is none. Foreign keys are
// checked, writers wait for each other, and a transaction takes its lock at
// once: one that reads first and writes later could otherwise fail halfway.
func open(file string) (*gorm.DB, error) {
	const settings = "?_foreign_keys=on&_busy_timeout=5000&_txlock=immediate"
	db, err := gorm.Open(sqlite.Open(file+settings), &gorm.Config{
		// Errors as gorm.ErrDuplicatedKey and its like, for package server.
		TranslateError: true,
		// Failures come back as errors and are logged once, where they are
		// handled. GORM's own logger would call a repeated ISBN one, too.
		Logger: logger.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("opening database %q: %w", file, err)
	}
	return db, nil
}
