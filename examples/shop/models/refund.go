package models

// Refund is money given back for some pieces of an order line. The line is
// found by a foreign key of two columns.
type Refund struct {
	Base
	OrderID    uint64  `gorm:"not null;index:idx_refunds_line"`
	LineNumber uint16  `gorm:"not null;index:idx_refunds_line"`
	Pieces     int     `gorm:"not null;default:1"`
	Amount     float64 `gorm:"precision:12;scale:2;not null"`
	Reason     string  `gorm:"size:200;not null"`

	// ApprovedBy is kept when the employee's row is gone, so the database has
	// no foreign key for it.
	ApprovedBy *int32
	Approver   *Employee `gorm:"foreignKey:ApprovedBy;references:Number;constraint:-"`

	// Line needs the belongsTo: OrderLine has fields of these names too, and
	// GORM would guess first that the line holds the foreign key.
	Line *OrderLine `gorm:"belongsTo:Line;foreignKey:OrderID,LineNumber;references:OrderID,LineNumber;constraint:OnUpdate:CASCADE,OnDelete:CASCADE"`
}
