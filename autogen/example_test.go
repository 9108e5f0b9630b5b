package autogen_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
)

func ExampleGenerate() {
	dir, err := os.MkdirTemp("", "migrations")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	// The collection, which limbeck init writes.
	err = os.WriteFile(filepath.Join(dir, "migrations.go"), []byte(collection), 0o666)
	if err != nil {
		log.Fatal(err)
	}
	db, err := gorm.Open(sqlite.Open(filepath.Join(dir, "test.db")), &gorm.Config{})
	if err != nil {
		log.Fatal(err)
	}

	type Book struct {
		ID    uint
		Title string `gorm:"size:100;not null"`
	}
	result, err := autogen.Generate(context.Background(), autogen.Options{
		DB: db, Models: []any{&Book{}}, Dir: dir,
		Revisions: nil, // migrations.Revisions

		// For an example that is the same each time.
		Now:   func() time.Time { return time.Date(2026, 11, 23, 10, 15, 2, 0, time.UTC) },
		NewID: func() string { return "3f9a1c07b2d4" },
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(filepath.Base(result.File))
	fmt.Println("up:  ", result.Revision.Up)
	fmt.Println("down:", result.Revision.Down)
	// Output:
	// 20261123101502_create_books_3f9a1c07b2d4.go
	// up:   [create table books]
	// down: [drop table books]
}

func ExampleCompare() {
	db, err := gorm.Open(sqlite.Open("file:compare?mode=memory&cache=shared"), &gorm.Config{})
	if err != nil {
		log.Fatal(err)
	}
	for _, sql := range []string{
		"CREATE TABLE books (id integer PRIMARY KEY AUTOINCREMENT, title text)",
		"CREATE TABLE audit_log (note text)",
	} {
		if err := db.Exec(sql).Error; err != nil {
			log.Fatal(err)
		}
	}

	type Book struct {
		ID    uint
		Title string
		ISBN  string `gorm:"uniqueIndex"`
	}
	plan, err := autogen.Compare(context.Background(), autogen.Options{DB: db, Models: []any{&Book{}}})
	if err != nil {
		log.Fatal(err)
	}
	for _, step := range plan.Up {
		fmt.Println(step)
	}
	fmt.Println("left alone:", plan.Unmanaged)
	// Output:
	// add column books.isbn (text)
	// create unique index idx_books_isbn on books (isbn)
	// left alone: [table audit_log]
}
