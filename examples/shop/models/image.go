package models

// Image is a picture of a product or of a category. The owner's table stands
// in OwnerType, so no foreign key can guard the relation.
type Image struct {
	Base
	OwnerType string `gorm:"size:40;not null;index:idx_images_owner,priority:1"`
	OwnerID   uint64 `gorm:"not null;index:idx_images_owner,priority:2"`
	URL       string `gorm:"size:500;not null"`
	AltText   string `gorm:"size:200;not null;default:''"`
	Width     uint16
	Height    uint16
	Checksum  []byte `gorm:"size:32;index:,unique"`
	Thumbnail []byte
}
