package models

import "time"

// Warehouse is a place that holds products.
type Warehouse struct {
	ID   uint16 `gorm:"primaryKey"`
	Name string `gorm:"size:100;not null;unique"`
	Address
	// Handling is how long a parcel takes to leave the house.
	Handling time.Duration `gorm:"not null;default:86400000000000"`

	Stock []Stock `gorm:"constraint:OnDelete:RESTRICT"`
}

// Stock is how many pieces of a product a warehouse holds.
type Stock struct {
	WarehouseID uint16    `gorm:"primaryKey;autoIncrement:false"`
	ProductID   uint64    `gorm:"primaryKey;autoIncrement:false;index"`
	Pieces      int       `gorm:"not null;default:0;check:pieces >= reserved"`
	Reserved    int       `gorm:"not null;default:0;check:stock_levels_reserved_not_negative,reserved >= 0"`
	CountedAt   time.Time `gorm:"precision:0;autoUpdateTime"`
}

// TableName returns "stock_levels"; GORM would say "stocks".
func (Stock) TableName() string { return "stock_levels" }
