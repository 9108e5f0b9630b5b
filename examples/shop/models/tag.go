package models

import "time"

// Tag is a word that products are found by.
type Tag struct {
	ID   uint32 `gorm:"primaryKey"`
	Word string `gorm:"size:40;not null;uniqueIndex"`
}

// ProductTag is the join model of Product.Tags: a join table with columns of
// its own.
//
// It declares its two relations itself. With them AutoMigrate gives the table
// its foreign keys also in a program that forgets [Setup].
type ProductTag struct {
	ProductID uint64    `gorm:"primaryKey;autoIncrement:false"`
	TagID     uint32    `gorm:"primaryKey;autoIncrement:false;index"`
	Weight    float64   `gorm:"not null;default:0.5"`
	CreatedAt time.Time `gorm:"precision:6"`

	Product *Product `gorm:"constraint:OnDelete:CASCADE"`
	Tag     *Tag     `gorm:"constraint:OnDelete:CASCADE"`
}
