package models

import "database/sql"

// Customer is somebody who has an account.
type Customer struct {
	Deletable
	// Email is unique as written; the second index finds it in any case.
	Email string `gorm:"size:254;not null;unique;index:idx_customers_email_lower,expression:lower(email)"`
	// Name is sorted without regard to case. NOCASE is SQLite's name for that.
	Name       string         `gorm:"size:100;not null;index:idx_customers_name,collate:NOCASE"`
	Nickname   *string        `gorm:"size:50"`
	Phone      sql.NullString `gorm:"size:32;comment:in international form"`
	Born       sql.NullTime   `gorm:"type:date"`
	Newsletter bool           `gorm:"not null;default:false"`
	Language   string         `gorm:"size:8;not null;default:en"`

	Billing  Address `gorm:"embedded;embeddedPrefix:billing_"`
	Shipping Address `gorm:"embedded;embeddedPrefix:shipping_"`

	Profile *Profile `gorm:"constraint:OnDelete:CASCADE"`
	// Orders keeps a customer who has any from being deleted. The foreign key
	// has a name and actions here, and not at Order.Customer: where both sides
	// of a relation are declared, GORM takes the side that has.
	Orders []Order `gorm:"constraint:fk_orders_customer,OnUpdate:CASCADE,OnDelete:RESTRICT"`
}

// Profile is what a customer tells about himself. Its key is the customer's,
// so there is one at most.
type Profile struct {
	CustomerID  uint64            `gorm:"primaryKey;autoIncrement:false"`
	Biography   string            `gorm:"type:text"`
	Preferences map[string]string `gorm:"serializer:json"`
}
