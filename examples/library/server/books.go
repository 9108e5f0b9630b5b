package server

import (
	"fmt"
	"math"
	"net/http"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/examples/library/models"
)

const (
	defaultLimit = 20
	maxLimit     = 100
)

// books has the handlers for books.
type books struct{ db *gorm.DB }

type page struct {
	Books []output `json:"books"`
	// Total is how many books there are on all pages.
	Total int64 `json:"total"`
}

func (b *books) list(r *http.Request) (reply, error) {
	query := r.URL.Query()
	limit, err := queryInt(query, "limit", defaultLimit, 1, maxLimit)
	if err != nil {
		return reply{}, err
	}
	offset, err := queryInt(query, "offset", 0, 0, math.MaxInt32)
	if err != nil {
		return reply{}, err
	}
	db := b.db.WithContext(r.Context())
	var total int64
	if err := db.Model(&models.Book{}).Count(&total).Error; err != nil {
		return reply{}, fmt.Errorf("counting books: %w", err)
	}
	var found []models.Book
	if err := db.Preload("Author").Order("id").Limit(limit).Offset(offset).Find(&found).Error; err != nil {
		return reply{}, fmt.Errorf("listing books: %w", err)
	}
	answer := page{Books: make([]output, len(found)), Total: total}
	for i, book := range found {
		answer.Books[i] = outputOf(book)
	}
	return reply{status: http.StatusOK, body: answer}, nil
}

func (b *books) create(r *http.Request) (reply, error) {
	body, err := readJSON(r)
	if err != nil {
		return reply{}, err
	}
	var in input
	if err := decode(body, &in); err != nil {
		return reply{}, err
	}
	var book models.Book
	err = b.db.WithContext(r.Context()).Transaction(func(tx *gorm.DB) error {
		return save(tx, &book, in)
	})
	if err != nil {
		return reply{}, err
	}
	return reply{
		status:   http.StatusCreated,
		location: fmt.Sprintf("/books/%d", book.ID),
		body:     outputOf(book),
	}, nil
}

func (b *books) get(r *http.Request) (reply, error) {
	id, err := pathID(r)
	if err != nil {
		return reply{}, err
	}
	book, err := find(b.db.WithContext(r.Context()), id)
	if err != nil {
		return reply{}, err
	}
	return reply{status: http.StatusOK, body: outputOf(book)}, nil
}

func (b *books) replace(r *http.Request) (reply, error) {
	return b.update(r, func(models.Book) input { return input{} })
}

func (b *books) patch(r *http.Request) (reply, error) {
	return b.update(r, inputOf)
}

// update changes a book to what the body says. Fields that the body leaves out
// are what start makes of the book as it was.
func (b *books) update(r *http.Request, start func(models.Book) input) (reply, error) {
	id, err := pathID(r)
	if err != nil {
		return reply{}, err
	}
	body, err := readJSON(r)
	if err != nil {
		return reply{}, err
	}
	var book models.Book
	err = b.db.WithContext(r.Context()).Transaction(func(tx *gorm.DB) error {
		if book, err = find(tx, id); err != nil {
			return err
		}
		in := start(book)
		if err := decode(body, &in); err != nil {
			return err
		}
		return save(tx, &book, in)
	})
	if err != nil {
		return reply{}, err
	}
	return reply{status: http.StatusOK, body: outputOf(book)}, nil
}

func (b *books) remove(r *http.Request) (reply, error) {
	id, err := pathID(r)
	if err != nil {
		return reply{}, err
	}
	result := b.db.WithContext(r.Context()).Delete(&models.Book{}, id)
	if result.Error != nil {
		return reply{}, fmt.Errorf("deleting book %d: %w", id, result.Error)
	}
	if result.RowsAffected == 0 {
		return reply{}, errNoSuchBook
	}
	return reply{status: http.StatusNoContent}, nil
}
