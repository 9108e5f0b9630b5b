package models

// Brand is the maker's name on a product.
type Brand struct {
	Base
	Name    string  `gorm:"size:100;not null;unique"`
	Website *string `gorm:"size:255"`

	// Products stay when their brand goes. Product.Brand is the other side of
	// this relation; were the actions written there, GORM would drop them.
	Products []Product `gorm:"constraint:OnDelete:SET NULL"`
}
