package models

// Comment is what a customer writes about a product or an order, or the
// answer to another comment.
type Comment struct {
	ID uint64 `gorm:"primaryKey"`
	// CreatedAt is in milliseconds since 1970.
	CreatedAt   int64  `gorm:"autoCreateTime:milli;not null;index:,sort:desc"`
	SubjectType string `gorm:"size:20;not null;index:,composite:subject"`
	SubjectID   uint64 `gorm:"not null;index:,composite:subject"`
	Body        string `gorm:"type:text;not null;check:length(body) > 0"`
	Stars       *uint8 `gorm:"check:comments_stars_range,stars BETWEEN 1 AND 5"`

	AuthorID uint64    `gorm:"not null;index"`
	Author   *Customer `gorm:"constraint:OnDelete:CASCADE"`

	AnsweredID *uint64
	Answers    []Comment `gorm:"foreignKey:AnsweredID;constraint:OnDelete:CASCADE"`
}
