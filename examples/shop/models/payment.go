package models

import (
	"database/sql"
	"encoding/json"
)

// Payment is how an order was paid: nullable columns in every spelling that
// database/sql has.
type Payment struct {
	Base
	OrderID  uint64 `gorm:"not null;index:,class:UNIQUE"`
	Provider string `gorm:"size:40;not null;uniqueIndex:idx_payments_reference"`
	// Reference is the provider's own number. It is written once.
	Reference string  `gorm:"<-:create;size:100;not null;uniqueIndex:idx_payments_reference"`
	Amount    float64 `gorm:"precision:12;scale:2;not null;check:amount <> 0"`

	Fee       sql.NullFloat64 `gorm:"precision:12;scale:2"`
	Captured  sql.NullBool
	Parts     sql.NullInt16
	Clerk     sql.NullInt32
	Batch     sql.NullInt64
	Risk      sql.NullByte
	PaidAt    sql.NullTime `gorm:"precision:6"`
	Remark    sql.Null[string]
	Signature []byte
	// Answer is what the provider sent, untouched.
	Answer json.RawMessage
}
