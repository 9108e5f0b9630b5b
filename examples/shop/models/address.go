package models

// Address is a postal address, a part of other tables' rows.
//
// It has no index tags on purpose. GORM names an index after the field and not
// after the prefix, so an index on City would become one index over
// billing_city and shipping_city together where a model embeds two addresses.
type Address struct {
	Street     string `gorm:"size:200"`
	PostalCode string `gorm:"size:16"`
	City       string `gorm:"size:100"`
	Country    string `gorm:"type:char(2);comment:ISO country code"`
}
