package main

import (
	"time"

	"github.com/go-limbeck/limbeck/examples/library/models"
	"github.com/go-limbeck/limbeck/op"
)

// createBooks is what the models of this package ask for. The tests write it
// themselves, so that they do not depend on the generated files.
var createBooks = op.Revision{
	ID:      "a00000000001",
	Message: "create books",
	Up: op.List{
		op.CreateTable{
			Name: "authors",
			Columns: []op.Column{
				{Name: "id", Type: op.Uint(64), AutoIncrement: true},
				{Name: "name", Type: op.String(100), NotNull: true},
			},
			PrimaryKey: op.Columns("id"),
			Indexes:    []op.Index{{Name: "idx_authors_name", Unique: true, Columns: op.Columns("name")}},
		},
		op.CreateTable{
			Name: "books",
			Columns: []op.Column{
				{Name: "id", Type: op.Uint(64), AutoIncrement: true},
				{Name: "created_at", Type: op.Time(), NotNull: true},
				{Name: "updated_at", Type: op.Time(), NotNull: true},
				{Name: "title", Type: op.String(100), NotNull: true},
				{Name: "isbn", Type: op.String(13)},
				{Name: "year", Type: op.Int(64)},
				{Name: "author_id", Type: op.Uint(64)},
			},
			PrimaryKey: op.Columns("id"),
			Indexes: []op.Index{
				{Name: "idx_books_author_id", Columns: op.Columns("author_id")},
				{Name: "idx_books_isbn", Unique: true, Columns: op.Columns("isbn")},
				{Name: "idx_books_title", Columns: op.Columns("title")},
			},
			ForeignKeys: []op.ForeignKey{{
				Name: "fk_books_author", Columns: []string{"author_id"},
				RefTable: "authors", RefColumns: []string{"id"}, OnDelete: "SET NULL",
			}},
		},
	},
	Down: op.List{op.DropTable{Name: "books"}, op.DropTable{Name: "authors"}},
}

// addPages is the revision of a later version of the program.
var addPages = op.Revision{
	ID:      "a00000000002",
	Parents: []string{createBooks.ID},
	Message: "add pages to books",
	Up: op.List{op.AddColumn{
		Table:  "books",
		Column: op.Column{Name: "pages", Type: op.Int(64), NotNull: true, Default: op.Literal(0)},
	}},
	Down: op.List{op.DropColumn{Table: "books", Column: "pages"}},
}

// laterModels are the models of that version: a book knows its pages.
func laterModels() []any {
	type Book struct {
		ID        uint64
		CreatedAt time.Time `gorm:"not null"`
		UpdatedAt time.Time `gorm:"not null"`
		Title     string    `gorm:"size:100;not null;index"`
		ISBN      *string   `gorm:"size:13;uniqueIndex"`
		Year      *int
		AuthorID  *uint64        `gorm:"index"`
		Author    *models.Author `gorm:"constraint:OnDelete:SET NULL"`
		Pages     int            `gorm:"not null;default:0"`
	}
	return []any{&models.Author{}, &Book{}}
}
