package models

import "time"

// The states of an order.
const (
	OrderPending = "pending"
	OrderPaid    = "paid"
	OrderShipped = "shipped"
)

// Order is what a customer buys at one time.
type Order struct {
	Deletable
	Number string `gorm:"size:20;not null;uniqueIndex:idx_orders_number"`
	Status string `gorm:"size:16;not null;default:pending;check:orders_status_known,status IN ('pending','paid','shipped');index:idx_orders_open,where:status <> 'shipped'"`
	// PlacedAt is set by the database. It has no fractional seconds because
	// CURRENT_TIMESTAMP has none, and MySQL wants the two to agree.
	PlacedAt time.Time `gorm:"precision:0;not null;default:CURRENT_TIMESTAMP;index:idx_orders_history,priority:2,sort:desc"`
	Currency string    `gorm:"type:char(3);not null;default:EUR"`
	Gift     bool      `gorm:"not null;default:false"`
	// Shipping is copied from the customer, who may move later.
	Shipping Address `gorm:"embedded;embeddedPrefix:shipping_"`

	CustomerID    uint64 `gorm:"not null;index:idx_orders_history,priority:1"`
	Customer      *Customer
	HandlerNumber *int32
	Handler       *Employee `gorm:"foreignKey:HandlerNumber;references:Number;constraint:OnUpdate:CASCADE,OnDelete:SET NULL"`

	Lines    []OrderLine `gorm:"constraint:OnDelete:CASCADE"`
	Payment  *Payment    `gorm:"constraint:OnDelete:RESTRICT"`
	Coupons  []Coupon    `gorm:"many2many:order_coupons;joinForeignKey:OrderID;joinReferences:Code"`
	Comments []Comment   `gorm:"polymorphic:Subject;polymorphicValue:order"`
}
