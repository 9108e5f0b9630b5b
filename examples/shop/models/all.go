package models

import (
	"fmt"

	"gorm.io/gorm"
)

// All returns one pointer to every model, a table before those that refer to
// it. The order is part of the schema: GORM takes the columns of a join
// table's primary key in the order in which it meets the models.
func All() []any {
	return []any{
		&Employee{},
		&Customer{},
		&Profile{},
		&Category{},
		&Brand{},
		&Tag{},
		&Product{},
		&ProductTag{},
		&Image{},
		&Comment{},
		&Warehouse{},
		&Stock{},
		&Coupon{},
		&Order{},
		&OrderLine{},
		&Payment{},
		&Refund{},
	}
}

// Setup tells GORM that the rows between products and tags are [ProductTag]
// values, so that appending to Product.Tags runs that model's hooks and fills
// its other columns. GORM keeps this in the *gorm.DB it is told, so it is
// needed once after every gorm.Open; Limbeck asks for it as well, since without
// it two structs claim the table product_tags. The error is GORM's own, for a
// model that it cannot parse.
func Setup(db *gorm.DB) error {
	if err := db.SetupJoinTable(&Product{}, "Tags", &ProductTag{}); err != nil {
		return fmt.Errorf("setting up join table %q: %w", "product_tags", err)
	}
	return nil
}
