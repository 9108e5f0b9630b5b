// Package models has two generations of models: what a program begins with, and
// what it has become. Between them lies all that rebuilds a table on SQLite.
package models

import "time"

// Author stays as it is while the books that refer to it change.
type Author struct {
	ID   uint
	Name string `gorm:"size:100;not null;uniqueIndex"`
	Bio  *string
}

// Book is the first generation.
type Book struct {
	ID       uint
	Title    string
	Pages    int
	Price    float64 `gorm:"type:decimal(10,2)"`
	Cover    []byte
	Printed  time.Time
	AuthorID uint
	Author   Author `gorm:"constraint:OnDelete:CASCADE"`
	SequelID *uint
	Sequel   *Book `gorm:"constraint:OnDelete:SET NULL"`
}

// LaterBook is the second: without pages, with a title that must be there and a
// code that is unique.
type LaterBook struct {
	ID       uint
	Title    string  `gorm:"not null;default:untitled;check:chk_books_title,title <> ''"`
	Code     *string `gorm:"size:20;unique"`
	Price    float64 `gorm:"type:decimal(12,2);index:idx_books_price,where:price > 0"`
	Cover    []byte
	Printed  time.Time
	Shelf    string `gorm:"not null"`
	AuthorID uint   `gorm:"index"`
	Author   Author `gorm:"constraint:OnDelete:CASCADE"`
	SequelID *uint
	Sequel   *LaterBook `gorm:"constraint:OnDelete:SET NULL"`
}

// TableName is that of the first generation.
func (LaterBook) TableName() string { return "books" }

// First returns the models of the first generation.
func First() []any { return []any{&Author{}, &Book{}} }

// Second returns the models of the second.
func Second() []any { return []any{&Author{}, &LaterBook{}} }
