package server

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/go-limbeck/limbeck/examples/library/models"
)

const (
	// maxText is the size of the columns for titles and names, in characters.
	maxText = 100
	// A year outside of these is a mistake in typing.
	minYear, maxYear = 1000, 2100
)

// input is what clients say about a book. Pointers tell null from empty.
type input struct {
	Title  *string `json:"title"`
	ISBN   *string `json:"isbn"`
	Year   *int    `json:"year"`
	Author *string `json:"author"`
}

// output is a book as clients see it.
type output struct {
	ID     uint64  `json:"id"`
	Title  string  `json:"title"`
	ISBN   *string `json:"isbn"`
	Year   *int    `json:"year"`
	Author *string `json:"author"`
}

func outputOf(b models.Book) output {
	out := output{ID: b.ID, Title: b.Title, ISBN: b.ISBN, Year: b.Year}
	if b.Author != nil {
		out.Author = &b.Author.Name
	}
	return out
}

// inputOf is what a client would have said to make the book as it is.
func inputOf(b models.Book) input {
	out := outputOf(b)
	return input{Title: &out.Title, ISBN: out.ISBN, Year: out.Year, Author: out.Author}
}

// check trims the texts and returns an error for the client about the first
// field that is not valid.
func (in *input) check() error {
	if in.Title == nil {
		return badRequest("title is required")
	}
	if err := checkText("title", in.Title); err != nil {
		return err
	}
	if in.Author != nil {
		if err := checkText("author", in.Author); err != nil {
			return err
		}
	}
	if in.ISBN != nil && !isISBN(*in.ISBN) {
		return badRequest("isbn is not 10 or 13 digits")
	}
	if in.Year != nil && (*in.Year < minYear || *in.Year > maxYear) {
		return badRequest(fmt.Sprintf("year is not from %d to %d", minYear, maxYear))
	}
	return nil
}

func checkText(name string, text *string) error {
	*text = strings.TrimSpace(*text)
	switch n := utf8.RuneCountInString(*text); {
	case n == 0:
		return badRequest(name + " is empty")
	case n > maxText:
		return badRequest(fmt.Sprintf("%s has %d characters, at most %d are allowed", name, n, maxText))
	}
	return nil
}

func isISBN(text string) bool {
	if len(text) != 10 && len(text) != 13 {
		return false
	}
	return strings.Trim(text, "0123456789") == ""
}
