package models

// Author is who wrote a book. Two authors of one name are one author here.
type Author struct {
	ID   uint64
	Name string `gorm:"size:100;not null;uniqueIndex"`
}
