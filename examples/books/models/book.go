// Package models holds the tables of the example.
package models

// Book is the table books.
type Book struct {
	ID    int
	Title string `gorm:"size:100"`
	Isbn  string
}
