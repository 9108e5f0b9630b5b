package models

// Category is one node of the tree that products are sorted into.
type Category struct {
	Base
	// Name is unique among the categories of one parent.
	Name     string  `gorm:"size:100;not null;uniqueIndex:idx_categories_sibling,priority:2"`
	ParentID *uint64 `gorm:"uniqueIndex:idx_categories_sibling,priority:1;check:parent_id <> id"`
	Position int16   `gorm:"not null;default:0"`

	Parent *Category
	// Children go with their parent.
	Children []Category `gorm:"foreignKey:ParentID;constraint:OnDelete:CASCADE"`

	Products []Product `gorm:"many2many:product_categories;constraint:OnDelete:CASCADE"`
	Images   []Image   `gorm:"polymorphic:Owner"`
}
