package conformance

import "time"

// tags are the column tags of section 1.3 of reference/gorm-ddl.md, and the
// ways to write a tag of section 1.1.
func tags() []row {
	type Renamed struct {
		A int `gorm:"column:Other Name"`
		B int `gorm:"column:CamelCase"`
		C int `gorm:"column:select"`
		D int `gorm:"column:"`
	}
	type TypeWords struct {
		A string `gorm:"type:bool"`
		B string `gorm:"type:int"`
		C string `gorm:"type:uint"`
		D string `gorm:"type:float"`
		E int    `gorm:"type:string"`
		F string `gorm:"type:TIME"`
		G string `gorm:"type:bytes"`
	}
	type TypeRaw struct {
		A string  `gorm:"type:varchar(30)"`
		B float64 `gorm:"type:decimal(10,2)"`
		C string  `gorm:"type:NVARCHAR(5)"`
		D int     `gorm:"type:tinyint(1)"`
		E string  `gorm:"type: char(3)"`
		F string  `gorm:"type:double precision"`
	}
	type TypeWithNotNull struct {
		A string `gorm:"type:varchar(10) NOT NULL"`
	}
	type TypeWithUnique struct {
		A string `gorm:"type:varchar(10) UNIQUE"`
	}
	type TypeWithDefault struct {
		A string `gorm:"type:varchar(10) DEFAULT 'x'"`
	}
	type TypeWithCollate struct {
		A string `gorm:"type:text COLLATE NOCASE"`
	}
	type TypeWithCheck struct {
		A int `gorm:"type:integer CHECK (a > 0)"`
	}
	type TypeWithKey struct {
		A int `gorm:"type:integer PRIMARY KEY"`
		B int
	}
	type TypeGenerated struct {
		A int
		B int `gorm:"->;type:integer GENERATED ALWAYS AS (a * 2) STORED"`
		C int `gorm:"->;type:integer GENERATED ALWAYS AS (a + 1) VIRTUAL"`
	}
	type Sizes struct {
		A string  `gorm:"size:20"`
		B int     `gorm:"size:8"`
		C uint    `gorm:"size:16"`
		D []byte  `gorm:"size:99"`
		E float64 `gorm:"size:32"`
		F string  `gorm:"size: 20 "`
		G string  `gorm:"size:100000"`
	}
	type Precisions struct {
		A float64   `gorm:"precision:10"`
		B float64   `gorm:"precision:10;scale:2"`
		C float64   `gorm:"scale:2"`
		D time.Time `gorm:"precision:3"`
		E time.Time `gorm:"precision:0"`
	}
	type NotNulls struct {
		A int    `gorm:"not null"`
		B string `gorm:"NOT NULL"`
		C int    `gorm:"notnull"`
		D int    `gorm:"not null:false"`
		E int    `gorm:"not_null"`
	}
	type Uniques struct {
		A int    `gorm:"unique"`
		B string `gorm:"unique:foo"`
		C int    `gorm:"unique:false"`
		D int    `gorm:"column:other;unique"`
	}
	type Comments struct {
		A int `gorm:"comment:it's a note"`
		B int `gorm:"comment"`
	}
	type Checks struct {
		A int    `gorm:"check:a > 0"`
		B int    `gorm:"check:named,b > 0"`
		C int    `gorm:"check:,c <> 7"`
		D string `gorm:"check:d in ('a','b')"`
		E int    `gorm:"check:e > 1;check:e > 2"`
		F string `gorm:"check:f <> 'a, (b'"`
		G int    `gorm:"check:(g > 1) OR (g < 0)"`
	}
	type KeyByTag struct {
		Code string `gorm:"primaryKey"`
		B    int
	}
	type KeyByName struct {
		A int `gorm:"column:id"`
	}
	type KeyOfText struct{ ID string }
	type KeyOfInt8 struct {
		Small int8 `gorm:"primaryKey"`
	}
	type KeyCompositeText struct {
		B string `gorm:"primaryKey"`
		A string `gorm:"primaryKey"`
	}
	type KeyCompositeInt struct {
		B int `gorm:"primaryKey"`
		A int `gorm:"primaryKey"`
	}
	type KeyUnnumbered struct {
		ID int `gorm:"autoIncrement:false"`
	}
	type KeyTyped struct {
		ID int `gorm:"type:bigint;primaryKey"`
	}
	type KeyElsewhere struct {
		Seq  int `gorm:"autoIncrement"`
		Name string
	}
	type KeyIncrement struct {
		ID int `gorm:"autoIncrementIncrement:10"`
	}
	type NoKey struct{ A int }
	type Permissions struct {
		A int       `gorm:"->"`
		B int       `gorm:"<-:create"`
		C int       `gorm:"->:false"`
		D time.Time `gorm:"autoCreateTime"`
		E int64     `gorm:"autoUpdateTime:milli"`
	}
	type Ignored struct {
		A int
		B int `gorm:"-"`
		C int `gorm:"-:all"`
		D int `gorm:"-:migration"`
	}
	type Unknown struct {
		A int `gorm:"renamedFrom:b;nonsense"`
		B int `gorm:"null"`
	}
	type Identity struct {
		A int `gorm:"generated:identity"`
	}
	return each(&Renamed{}, &TypeWords{}, &TypeRaw{}, &TypeWithNotNull{}, &TypeWithUnique{}, &TypeWithDefault{}, &TypeWithCollate{},
		&TypeWithCheck{}, &TypeWithKey{}, &TypeGenerated{}, &Sizes{}, &Precisions{}, &NotNulls{}, &Uniques{}, &Comments{}, &Checks{},
		&KeyByTag{}, &KeyByName{}, &KeyOfText{}, &KeyOfInt8{}, &KeyCompositeText{}, &KeyCompositeInt{}, &KeyUnnumbered{}, &KeyTyped{},
		&KeyElsewhere{}, &KeyIncrement{}, &NoKey{}, &Permissions{}, &Ignored{}, &Unknown{}, &Identity{})
}
