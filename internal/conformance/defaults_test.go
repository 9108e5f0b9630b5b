package conformance

import (
	"time"

	"gorm.io/datatypes"
)

// defaults are those of section 1.4 of reference/gorm-ddl.md. Each stands for
// itself, since many of them make GORM's driver rebuild the table at every
// start.
func defaults() []row {
	type DefaultBools struct {
		A bool `gorm:"default:true"`
		B bool `gorm:"default:0"`
		C bool `gorm:"default:TRUE;not null"`
	}
	type DefaultInts struct {
		A int  `gorm:"default:7"`
		B int  `gorm:"default:-1"`
		C uint `gorm:"default:0"`
		D int  `gorm:"default:9223372036854775807"`
	}
	type DefaultIntBases struct {
		A int `gorm:"default:0x10"`
		B int `gorm:"default:010"`
	}
	type DefaultFloats struct {
		A float64 `gorm:"default:1.5"`
		B float64 `gorm:"default:1.50"`
		C float64 `gorm:"default:1e10"`
		D float64 `gorm:"default:-0.25"`
	}
	type DefaultStrings struct {
		A string  `gorm:"default:abc"`
		B string  `gorm:"default:'abc'"`
		C string  `gorm:"default:\"abc\""`
		D *string `gorm:"default:two words"`
		E string  `gorm:"default:CURRENT_TIMESTAMP"`
		G string  `gorm:"default:''"`
		H string  `gorm:"default"`
		I word    `gorm:"default:42"`
	}
	type DefaultApostrophe struct {
		A string `gorm:"default:it's"`
		B int
	}
	type DefaultTimes struct {
		A time.Time `gorm:"default:CURRENT_TIMESTAMP"`
		B time.Time `gorm:"default:2020-01-02"`
		C time.Time `gorm:"default:current_date"`
	}
	type DefaultNull struct {
		A *string `gorm:"default:null"`
		B *int    `gorm:"default:NULL"`
	}
	type DefaultByDatabase struct {
		A string `gorm:"default:(-)"`
		B int    `gorm:"default:(-)"`
	}
	type DefaultExpression struct {
		A string    `gorm:"default:(lower('ABC'))"`
		B int       `gorm:"default:(1 + 2)"`
		C time.Time `gorm:"default:(datetime('now'))"`
	}
	type DefaultBytes struct {
		A []byte         `gorm:"default:'{}'"`
		B []byte         `gorm:"default:x'00ff'"`
		C datatypes.JSON `gorm:"default:'[]'"`
	}
	type DefaultSerialized struct {
		A map[string]int `gorm:"serializer:json;default:'{}'"`
	}
	type DefaultEmpty struct {
		A string `gorm:"default:"`
		B int    `gorm:"default:"`
	}
	type DefaultOfTyped struct {
		A string  `gorm:"type:varchar(9);default:x;not null"`
		B float64 `gorm:"type:decimal(10,2);default:0.5"`
	}
	apostrophe := together(&DefaultApostrophe{}).
		breaks("sqlite", "GORM's driver v1.6.0 rebuilds the table and drops the columns after the apostrophe, rows and all")
	return append(each(&DefaultBools{}, &DefaultInts{}, &DefaultIntBases{}, &DefaultFloats{}, &DefaultStrings{}, &DefaultTimes{}, &DefaultNull{},
		&DefaultByDatabase{}, &DefaultExpression{}, &DefaultBytes{}, &DefaultSerialized{}, &DefaultEmpty{}, &DefaultOfTyped{}), apostrophe)
}
