package models

import "time"

// Book is one title of the library. What may be unknown about it is a pointer
// and may be null in the database.
type Book struct {
	ID        uint64
	CreatedAt time.Time `gorm:"not null"`
	UpdatedAt time.Time `gorm:"not null"`
	Title     string    `gorm:"size:100;not null;index"`
	// ISBN is the digits without hyphens: 10, or 13 since 2007.
	ISBN *string `gorm:"size:13;uniqueIndex"`
	Year *int

	AuthorID *uint64 `gorm:"index"`
	Author   *Author `gorm:"constraint:OnDelete:SET NULL"`
}
