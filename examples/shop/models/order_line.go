package models

// OrderLine is one position of an order. Order and line number together are
// its key; neither is counted by the database.
type OrderLine struct {
	OrderID    uint64  `gorm:"primaryKey;autoIncrement:false"`
	LineNumber uint16  `gorm:"primaryKey;autoIncrement:false;check:line_number > 0"`
	Quantity   int     `gorm:"not null;default:1;check:order_lines_some_pieces,quantity > 0"`
	UnitPrice  float64 `gorm:"precision:12;scale:2;not null"`

	ProductID uint64   `gorm:"not null;index"`
	Product   *Product `gorm:"constraint:OnDelete:RESTRICT"`
}
