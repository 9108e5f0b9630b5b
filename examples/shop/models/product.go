package models

// Product is something that is sold.
type Product struct {
	Deletable
	// SKU may be used again once the product that had it is deleted.
	SKU  string `gorm:"column:sku;size:32;not null;uniqueIndex:idx_products_live_sku,where:deleted_at IS NULL"`
	Name string `gorm:"size:200;not null"`
	// Subtitle is searched with the name where there is none. A comma in an
	// option is escaped.
	Subtitle    *string `gorm:"size:200;index:idx_products_heading,expression:coalesce(subtitle\\,name)"`
	Description string  `gorm:"type:text;index:,length:40"`

	// Price and BrandID are one index, the brand first though it stands second
	// here, the dearest product first.
	Price   float64 `gorm:"precision:12;scale:2;not null;check:products_price_not_negative,price >= 0;index:idx_products_brand_price,priority:2,sort:desc"`
	BrandID *uint64 `gorm:"index:idx_products_brand_price,priority:1"`
	VATRate float64 `gorm:"precision:4;scale:3;not null;default:0.19"`
	Grams   uint32  `gorm:"not null;default:0;comment:weight with the package"`
	// Discount is in percent; its check has no name, so GORM makes one.
	Discount int8 `gorm:"not null;default:0;check:discount BETWEEN 0 AND 90"`
	// Active is a pointer because GORM leaves a plain false out of an INSERT,
	// and the database would then make it true.
	Active     *bool          `gorm:"not null;default:true;index:,where:active = true,comment:what the shop window reads"`
	Attributes map[string]any `gorm:"serializer:json"`
	// Shown is computed by the program and has no column.
	Shown string `gorm:"-"`

	Brand      *Brand
	Categories []Category `gorm:"many2many:product_categories;constraint:OnDelete:CASCADE"`
	Tags       []Tag      `gorm:"many2many:product_tags"`
	Related    []*Product `gorm:"many2many:related_products;constraint:OnDelete:CASCADE"`
	Images     []Image    `gorm:"polymorphic:Owner"`
	Comments   []Comment  `gorm:"polymorphicType:SubjectType;polymorphicID:SubjectID;polymorphicValue:product"`
	Stock      []Stock    `gorm:"constraint:OnDelete:CASCADE"`
}
