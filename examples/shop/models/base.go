package models

import (
	"time"

	"gorm.io/gorm"
)

// Base is what most tables begin with. It is embedded without a name, so its
// columns have no prefix.
type Base struct {
	ID        uint64    `gorm:"primaryKey"`
	CreatedAt time.Time `gorm:"not null;precision:3"`
	UpdatedAt time.Time `gorm:"not null;precision:3"`
}

// Deletable is Base for rows that are hidden instead of deleted: GORM sets
// DeletedAt, and leaves out the rows that have it.
type Deletable struct {
	Base
	DeletedAt gorm.DeletedAt `gorm:"index"`
}
