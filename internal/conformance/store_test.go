package conformance

import (
	"time"

	"gorm.io/gorm"
)

// store returns a shop in words that every database understands.
func store() []any {
	return []any{&Client{}, &Shelving{}, &Label{}, &Article{}, &Photo{}, &Purchase{}, &PurchaseLine{}, &Voucher{}, &Depot{}, &Holding{}}
}

type (
	Postal struct {
		Street  string `gorm:"size:200"`
		Country string `gorm:"type:char(2);comment:ISO country code"`
	}
	Client struct {
		ID        uint64         `gorm:"primaryKey"`
		CreatedAt time.Time      `gorm:"not null;precision:3"`
		DeletedAt gorm.DeletedAt `gorm:"index"`
		Email     string         `gorm:"size:254;not null;unique"`
		Name      string         `gorm:"size:100;not null;index"`
		Loyal     bool           `gorm:"not null;default:false"`
		Points    int32          `gorm:"not null;default:0;check:client_points,points >= 0"`
		Rate      float64        `gorm:"default:1.5"`
		Avatar    []byte
		Bill      Postal            `gorm:"embedded;embeddedPrefix:bill_"`
		Ship      Postal            `gorm:"embedded;embeddedPrefix:ship_"`
		Settings  map[string]string `gorm:"serializer:json"`
		Friends   []*Client         `gorm:"many2many:client_friends"`
	}
	Shelving struct {
		ID       uint32
		Name     string  `gorm:"size:100;not null;uniqueIndex:idx_shelving_sibling,priority:2"`
		UpID     *uint32 `gorm:"uniqueIndex:idx_shelving_sibling,priority:1"`
		Up       *Shelving
		Below    []Shelving `gorm:"foreignKey:UpID;constraint:OnDelete:CASCADE"`
		Position int16      `gorm:"not null;default:-1"`
	}
	Label struct {
		Word string    `gorm:"primaryKey;size:40"`
		Seen time.Time `gorm:"type:date"`
	}
	Article struct {
		gorm.Model
		SKU        string  `gorm:"column:sku;size:32;not null;uniqueIndex"`
		Title      string  `gorm:"size:120;not null;default:untitled"`
		Body       string  `gorm:"type:text"`
		Price      float64 `gorm:"precision:10;scale:2;not null;check:price >= 0"`
		Weight     float32
		State      uint8 `gorm:"index:,sort:desc"`
		ShelvingID uint32
		Shelving   Shelving `gorm:"constraint:OnUpdate:CASCADE,OnDelete:RESTRICT"`
		Labels     []Label  `gorm:"many2many:article_labels;constraint:OnDelete:CASCADE"`
		Photos     []Photo  `gorm:"polymorphic:Owner"`
	}
	Photo struct {
		ID        uint
		OwnerID   uint   `gorm:"index:idx_photo_owner"`
		OwnerType string `gorm:"size:40;index:idx_photo_owner"`
	}
	Purchase struct {
		ID       uint
		ClientID uint64 `gorm:"not null"`
		Client   Client
		Status   string `gorm:"size:16;not null;default:pending;check:status IN ('pending','paid','shipped')"`
		PaidAt   *time.Time
		Lines    []PurchaseLine `gorm:"constraint:OnDelete:CASCADE"`
	}
	PurchaseLine struct {
		PurchaseID uint `gorm:"primaryKey;autoIncrement:false"`
		Number     int  `gorm:"primaryKey;autoIncrement:false"`
		ArticleID  *uint
		Article    *Article `gorm:"constraint:OnDelete:SET NULL"`
		Count      uint16   `gorm:"not null"`
	}
	Voucher struct {
		Code      string    `gorm:"primaryKey;size:20"`
		Percent   uint8     `gorm:"not null;default:10;check:percent BETWEEN 1 AND 100"`
		IssuedAt  time.Time `gorm:"autoCreateTime"`
		Spent     int64
		Remaining *int8
	}
	Depot struct {
		A int `gorm:"primaryKey;autoIncrement:false"`
		B int `gorm:"primaryKey;autoIncrement:false"`
	}
	Holding struct {
		ID     uint
		DepotA int
		DepotB int
		Depot  Depot `gorm:"foreignKey:DepotA,DepotB;references:A,B;constraint:OnDelete:CASCADE"`
	}
)
