package server

import (
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/go-limbeck/limbeck/examples/library/models"
)

func find(tx *gorm.DB, id uint64) (models.Book, error) {
	var book models.Book
	err := tx.Preload("Author").Take(&book, id).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return book, errNoSuchBook
	case err != nil:
		return book, fmt.Errorf("reading book %d: %w", id, err)
	}
	return book, nil
}

// save makes the book what the input says and stores it, with its author where
// nobody of that name is there yet.
func save(tx *gorm.DB, book *models.Book, in input) error {
	if err := in.check(); err != nil {
		return err
	}
	book.Title, book.ISBN, book.Year = *in.Title, in.ISBN, in.Year
	book.Author, book.AuthorID = nil, nil
	if in.Author != nil {
		author, err := findOrAdd(tx, *in.Author)
		if err != nil {
			return err
		}
		book.Author, book.AuthorID = &author, &author.ID
	}
	// The author is saved above; without Omit, GORM would save it once more.
	err := tx.Omit(clause.Associations).Save(book).Error
	switch {
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return errSameISBN
	case err != nil:
		return fmt.Errorf("saving book %q: %w", book.Title, err)
	}
	return nil
}

// findOrAdd returns the author of that name. It adds first and reads then, so
// that two requests with one new author do not trip over each other.
func findOrAdd(tx *gorm.DB, name string) (models.Author, error) {
	added := models.Author{Name: name}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&added).Error; err != nil {
		return added, fmt.Errorf("adding author %q: %w", name, err)
	}
	var author models.Author
	if err := tx.Take(&author, "name = ?", name).Error; err != nil {
		return author, fmt.Errorf("reading author %q: %w", name, err)
	}
	return author, nil
}
