package conformance

import (
	"gorm.io/gorm"
	gormschema "gorm.io/gorm/schema"
)

// tables are names, table options and embedding: sections 1.3 and 1.6 of
// reference/gorm-ddl.md.
func tables() []row {
	type Part struct {
		City string `gorm:"size:40;not null"`
		Zip  int    `gorm:"default:-1"`
	}
	type Checked struct {
		Size int `gorm:"check:size > 0"`
	}
	type Anonymous struct {
		Part
		Checked
		gorm.Model
		A int
	}
	type EmbeddedByTag struct {
		ID   uint
		Part Part `gorm:"embedded"`
	}
	type EmbeddedWithPrefix struct {
		ID   uint
		Bill Part `gorm:"embedded;embeddedPrefix:bill_"`
	}
	type EmbeddedPointer struct {
		ID uint
		P  *struct {
			A int
			B *struct{ C int } `gorm:"embedded;embeddedPrefix:b_"`
		} `gorm:"embedded;embeddedPrefix:p_"`
	}
	type Shadowed struct {
		Part
		City int
	}
	type APIKeyURL struct {
		HTTPStatus int
		UserID     int
		OAuth2Key  string
		IPv4       string
		Élan       int
	}
	type News struct{ A int }
	type Person struct{ A int }
	rows := each(&Anonymous{}, &EmbeddedByTag{}, &EmbeddedWithPrefix{}, &EmbeddedPointer{}, &Shadowed{}, &APIKeyURL{}, &News{}, &Person{},
		&NamedTable{}, &NamedByNamer{}, &Reserved{}, &NamedWithSpace{})
	return append(rows, together(&EmbeddedLeaks{}), row{name: "Qualified", models: []any{&Qualified{}}, scratch: true})
}

type NamedTable struct{ A int }

func (*NamedTable) TableName() string { return "CamelTable" }

type NamedByNamer struct{ A int }

func (NamedByNamer) TableName(n gormschema.Namer) string { return n.TableName("special") + "_x" }

type Reserved struct {
	Order int `gorm:"index;unique;check:\"order\" > 0"`
	Group int
}

func (Reserved) TableName() string { return "table" }

type NamedWithSpace struct {
	A int `gorm:"column:a b;index;unique"`
}

func (NamedWithSpace) TableName() string { return "my table" }

// EmbeddedLeaks has tags on the embedding field, which GORM gives to all
// fields below it.
type EmbeddedLeaks struct {
	ID   uint
	Part struct{ A, B int } `gorm:"embedded;check:1 = 1;not null"`
}

type Qualified struct{ gorm.Model }

func (Qualified) TableName() string { return "s1.things" }
