package models

import "time"

// Coupon is a discount on orders. The code that customers type is the key.
type Coupon struct {
	Code    string `gorm:"primaryKey;size:20"`
	Percent uint8  `gorm:"not null;default:10;check:percent BETWEEN 1 AND 100"`
	// ValidFrom is the day of creation unless it is given. The parentheses
	// make the default an expression on every database.
	ValidFrom time.Time  `gorm:"type:date;not null;default:(CURRENT_DATE)"`
	ValidTo   *time.Time `gorm:"type:date"`
	MaxUses   *uint32
}
