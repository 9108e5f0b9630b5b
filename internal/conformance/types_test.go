package conformance

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"net"
	"time"

	"gorm.io/datatypes"
	"gorm.io/gorm"
	gormschema "gorm.io/gorm/schema"
)

// types are the Go types of section 1.2 of reference/gorm-ddl.md.
func types() []row {
	type Truth struct{ A bool }
	type SignedInts struct {
		A int
		B int8
		C int16
		D int32
		E int64
		F rune
		G time.Duration
	}
	type UnsignedInts struct {
		A uint
		B uint8
		C uint16
		D uint32
		E uint64
	}
	type Floats struct {
		A float32
		B float64
	}
	type Strings struct {
		A string
		B word
	}
	type Blobs struct {
		A []byte
		B [16]byte
		C json.RawMessage
		D net.IP
	}
	type Times struct {
		A time.Time
		B moment
		C gorm.DeletedAt
	}
	type Pointers struct {
		A *bool
		B **int
		C *string
		D *time.Time
		E *[]byte
	}
	type SQLNulls struct {
		A sql.NullBool
		B sql.NullInt16
		C sql.NullInt32
		D sql.NullInt64
		E sql.NullFloat64
		F sql.NullString
		G sql.NullTime
		H sql.NullByte
		I sql.Null[int]
		J sql.Null[string]
	}
	type Valuers struct{ A textValuer }
	type NullValuers struct{ A structValuer }
	type DataTypes struct{ A dataTyped }
	type RawDataTypes struct{ A rawDataTyped }
	type DBDataTypes struct{ A dbDataTyped }
	type BothDataTypes struct{ A bothDataTyped }
	type JSONs struct {
		A datatypes.JSON
		B datatypes.JSONMap
		C datatypes.JSONType[[]string]
		D datatypes.JSONSlice[int]
	}
	type DateAndTime struct {
		A datatypes.Date
		B datatypes.Time
	}
	type URLs struct{ A datatypes.URL }
	type UUIDs struct {
		A datatypes.UUID
		B datatypes.BinUUID
	}
	type DataNulls struct {
		A datatypes.Null[int]
		B datatypes.Null[string]
	}
	type Unexported struct {
		A int
		b int //nolint:unused // that is the row
	}
	_ = Unexported{b: 1}
	type Soft struct{ gorm.Model }
	type Serialized struct {
		A map[string]int `gorm:"serializer:json"`
		B []string       `gorm:"serializer:gob"`
		C int64          `gorm:"serializer:unixtime"`
		D string         `gorm:"serializer:json"`
	}
	type Anything struct {
		A any            `gorm:"type:text"`
		B map[string]int `gorm:"type:json"`
		C []string       `gorm:"type:text[]"`
	}
	return each(&Truth{}, &SignedInts{}, &UnsignedInts{}, &Floats{}, &Strings{}, &Blobs{}, &Times{}, &Pointers{}, &SQLNulls{},
		&Valuers{}, &NullValuers{}, &DataTypes{}, &RawDataTypes{}, &DBDataTypes{}, &BothDataTypes{}, &JSONs{}, &DateAndTime{}, &URLs{},
		&UUIDs{}, &DataNulls{}, &Unexported{}, &Soft{}, &Serialized{}, &Anything{})
}

type (
	word   string
	moment time.Time

	textValuer    struct{ n int }
	structValuer  struct{ A int }
	dataTyped     struct{ A int }
	rawDataTyped  struct{ A int }
	dbDataTyped   struct{ A int }
	bothDataTyped struct{ A int }
)

func (v textValuer) Value() (driver.Value, error) { return string(rune('a' + v.n)), nil }
func (v *textValuer) Scan(any) error              { return nil }

func (structValuer) Value() (driver.Value, error) { return nil, nil }
func (*structValuer) Scan(any) error              { return nil }

func (dataTyped) GormDataType() string         { return "string" }
func (dataTyped) Value() (driver.Value, error) { return "", nil }

func (rawDataTyped) GormDataType() string         { return "geometry" }
func (rawDataTyped) Value() (driver.Value, error) { return "", nil }

func (dbDataTyped) GormDBDataType(*gorm.DB, *gormschema.Field) string { return "varchar(7)" }
func (dbDataTyped) Value() (driver.Value, error)                      { return nil, nil }

func (bothDataTyped) GormDataType() string                              { return "int" }
func (bothDataTyped) GormDBDataType(*gorm.DB, *gormschema.Field) string { return "NUMERIC(10, 2)" }
func (bothDataTyped) Value() (driver.Value, error)                      { return nil, nil }
