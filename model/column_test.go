package model_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"testing"
	"time"

	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// Valued takes its type from what a zero Value returns.
type Valued struct{ Inner [4]byte }

func (Valued) Value() (driver.Value, error) { return "text", nil }

// Words is a type that GORM knows by its name.
type Words []string

func (Words) GormDataType() string { return "tsvector" }

// Document names another type for each database.
type Document []byte

func (Document) GormDataType() string { return "json" }
func (Document) GormDBDataType(db *gorm.DB, _ *schema.Field) string {
	if db.Dialector.Name() == "sqlite" {
		return "JSON"
	}
	return "JSONB"
}

// Token has a portable kind and a spelling of its own.
type Token string

func (Token) GormDataType() string                              { return "string" }
func (Token) GormDBDataType(_ *gorm.DB, f *schema.Field) string { f.Size = 9; return "char(26)" }

// Snowflake is a number that nothing increments.
type Snowflake int64

func (Snowflake) GormDBDataType(*gorm.DB, *schema.Field) string { return "bigint" }

func TestColumnTypes(t *testing.T) {
	type Types struct {
		ID         uint
		Bool       bool
		BoolPtr    **bool
		Int        int
		Int8       int8
		Int16      int16
		Int32      rune
		Duration   time.Duration
		Uint       uint
		Uint8      uint8
		Uint64     uint64
		Float32    float32
		Float64    float64
		String     string
		Bytes      []byte
		Array      [16]byte
		JSON       json.RawMessage
		Time       time.Time
		Deleted    gorm.DeletedAt
		NullString sql.NullString
		NullInt    sql.Null[int32]
		Valued     Valued
		Words      Words
		Document   Document
		Token      Token

		Size20       string          `gorm:"size:20"`
		SizeBad      string          `gorm:"size: 20"`
		SizeBadIndex string          `gorm:"size: 20;index"`
		Index        string          `gorm:"index"`
		UniqueIndex  string          `gorm:"uniqueIndex"`
		Unique       string          `gorm:"unique"`
		UniqueFalse  string          `gorm:"unique:false"`
		Default      string          `gorm:"default:x"`
		Size24       int             `gorm:"size:24"`
		Size16       []byte          `gorm:"size:16"`
		Precision    float64         `gorm:"precision:12"`
		Scale        float64         `gorm:"precision:12;scale:2"`
		OnlyScale    float64         `gorm:"scale:2"`
		Time0        time.Time       `gorm:"precision:0"`
		Time6        time.Time       `gorm:"precision:6"`
		TypeString   int             `gorm:"type:string"`
		TypeInt      string          `gorm:"type:INT"`
		TypeTime     time.Time       `gorm:"type:time"`
		TypeRaw      string          `gorm:"type: varchar(20)"`
		TypeAny      any             `gorm:"type:jsonb"`
		TypeStrings  []string        `gorm:"type:text[]"`
		Serialized   map[string]int  `gorm:"serializer:json"`
		SerialSize   map[string]int  `gorm:"serializer:json;size:40"`
		SerialTime   time.Time       `gorm:"serializer:json"`
		Renamed      string          `gorm:"column:other Name"`
		ReadOnly     string          `gorm:"->"`
		Hidden       string          `gorm:"-:migration;index;unique;check:hidden > 1"`
		Ignored      string          `gorm:"-;index;column:ignored"`
		IgnoredAll   map[string]bool `gorm:"-:all"`
		unexported   string
	}
	got := table(t, load(t, open(t), Types{unexported: ""}), "types")
	same(t, []op.Column{
		{Name: "id", Type: op.Uint(64), AutoIncrement: true},
		{Name: "bool", Type: op.Bool()},
		{Name: "bool_ptr", Type: op.Bool()},
		{Name: "int", Type: op.Int(64)},
		{Name: "int8", Type: op.Int(8)},
		{Name: "int16", Type: op.Int(16)},
		{Name: "int32", Type: op.Int(32)},
		{Name: "duration", Type: op.Int(64)},
		{Name: "uint", Type: op.Uint(64)},
		{Name: "uint8", Type: op.Uint(8)},
		{Name: "uint64", Type: op.Uint(64)},
		{Name: "float32", Type: op.Float(32)},
		{Name: "float64", Type: op.Float(64)},
		{Name: "string", Type: op.Text()},
		{Name: "bytes", Type: op.Bytes()},
		{Name: "array", Type: op.Bytes()},
		{Name: "json", Type: op.Bytes()},
		{Name: "time", Type: op.Time()},
		{Name: "deleted", Type: op.Time()},
		{Name: "null_string", Type: op.Text()},
		{Name: "null_int", Type: op.Int(32)},
		{Name: "valued", Type: op.Text()},
		{Name: "words", Type: op.Raw("tsvector")},
		{Name: "document", Type: op.Raw("JSON")},
		{Name: "token", Type: op.Text()},

		{Name: "size20", Type: op.String(20)},
		{Name: "size_bad", Type: op.Text()},
		{Name: "size_bad_index", Type: op.Text()},
		{Name: "index", Type: op.KeyText()},
		{Name: "unique_index", Type: op.Text()},
		{Name: "unique", Type: op.KeyText()},
		{Name: "unique_false", Type: op.KeyText()},
		{Name: "default", Type: op.KeyText(), Default: op.Literal("x")},
		{Name: "size24", Type: op.Int(24)},
		{Name: "size16", Type: op.Bytes(16)},
		{Name: "precision", Type: op.Decimal(12)},
		{Name: "scale", Type: op.Decimal(12, 2)},
		{Name: "only_scale", Type: op.Float(64)},
		{Name: "time0", Type: op.Time(0)},
		{Name: "time6", Type: op.Time(6)},
		{Name: "type_string", Type: op.String(64)},
		{Name: "type_int", Type: op.Int(0)},
		{Name: "type_time", Type: op.Time()},
		{Name: "type_raw", Type: op.Raw(" varchar(20)")},
		{Name: "type_any", Type: op.Raw("jsonb")},
		{Name: "type_strings", Type: op.Raw("text[]")},
		{Name: "serialized", Type: op.Text()},
		{Name: "serial_size", Type: op.String(40)},
		{Name: "serial_time", Type: op.Time()},
		{Name: "other Name", Type: op.Text()},
		{Name: "read_only", Type: op.Text()},
	}, got.Columns)
	// The tags of Hidden and Ignored make nothing either.
	same(t, []op.Index{
		{Name: "idx_types_index", Columns: op.Columns("index")},
		{Name: "idx_types_size_bad_index", Columns: op.Columns("size_bad_index")},
		{Name: "idx_types_unique_index", Unique: true, Columns: op.Columns("unique_index")},
	}, got.Indexes)
	same(t, []op.Unique{{Name: "uni_types_unique", Columns: op.Columns("unique")}}, got.Uniques)
	same(t, []op.Check(nil), got.Checks)
}

func TestDefaults(t *testing.T) {
	type Defaults struct {
		Key       int       `gorm:"primaryKey;default:7"`
		Bool      bool      `gorm:"default:T"`
		Hex       int       `gorm:"default:0x10"`
		Octal     uint8     `gorm:"default:010"`
		Negative  int       `gorm:"default:-1"`
		Float     float64   `gorm:"default:1.50"`
		Exponent  float64   `gorm:"default:1e10"`
		Plain     string    `gorm:"default:draft"`
		Quoted    string    `gorm:"default:'draft'"`
		Empty     string    `gorm:"default:''"`
		Nothing   string    `gorm:"default:"`
		Apos      string    `gorm:"default:it's"`
		NotNow    string    `gorm:"default:CURRENT_TIMESTAMP"`
		Call      string    `gorm:"default:lower('X')"`
		Null      *string   `gorm:"default:NULL"`
		Elsewhere string    `gorm:"default:(-)"`
		Date      time.Time `gorm:"default:2020-01-02"`
		Moment    time.Time `gorm:"default:2020-01-02 03:04:05"`
		Now       time.Time `gorm:"default:CURRENT_TIMESTAMP"`
		Blob      []byte    `gorm:"default:'{}'"`
		Bare      string    `gorm:"default"`
	}
	want := map[string]op.Default{
		"key":       op.Literal(7),
		"bool":      op.Literal(true),
		"hex":       op.Literal(16),
		"octal":     op.Literal(8),
		"negative":  op.Literal(-1),
		"float":     op.Literal(1.5),
		"exponent":  op.Literal(1e10),
		"plain":     op.Literal("draft"),
		"quoted":    op.Literal("draft"),
		"empty":     op.Literal(""),
		"nothing":   {},
		"apos":      op.Literal("it's"),
		"not_now":   op.Literal("CURRENT_TIMESTAMP"),
		"call":      op.Expr("lower('X')"),
		"null":      op.Expr("NULL"),
		"elsewhere": op.DatabaseDefault(),
		"date":      op.Literal("2020-01-02 00:00:00"),
		"moment":    op.Literal("2020-01-02 03:04:05"),
		"now":       op.Expr("CURRENT_TIMESTAMP"),
		"blob":      op.Expr("'{}'"),
		"bare":      op.Literal("DEFAULT"),
	}
	got := map[string]op.Default{}
	for _, c := range table(t, load(t, open(t), &Defaults{}), "defaults").Columns {
		got[c.Name] = c.Default
	}
	same(t, want, got)
}

func TestColumnAttributes(t *testing.T) {
	type Attribute struct {
		ID        uint64 `gorm:"autoIncrement:false"`
		Required  string `gorm:"not null"`
		Nullable  string `gorm:"not null:false"`
		Comment   string `gorm:"comment:what it's for"`
		Sum       int    `gorm:"->;generated:id + 1"`
		Bare      int    `gorm:"generated"`
		Identity  int    `gorm:"generated:identity"`
		Identity2 int    `gorm:"generated:IDENTITY always"`
	}
	same(t, []op.Column{
		{Name: "id", Type: op.Uint(64)},
		{Name: "required", Type: op.Text(), NotNull: true},
		{Name: "nullable", Type: op.Text()},
		{Name: "comment", Type: op.Text(), Comment: "what it's for"},
		{Name: "sum", Type: op.Int(64), Generated: op.Generated{Expr: "id + 1", Stored: true}},
		{Name: "bare", Type: op.Int(64)},
		{Name: "identity", Type: op.Int(64)},
		{Name: "identity2", Type: op.Int(64)},
	}, table(t, load(t, open(t), &Attribute{}), "attributes").Columns)
}

func TestPrimaryKey(t *testing.T) {
	type Implicit struct{ ID string }
	type ByColumn struct {
		Key int8 `gorm:"column:id"`
	}
	type Lone struct {
		Number int8 `gorm:"primaryKey"`
	}
	type Composite struct {
		B string `gorm:"primaryKey"`
		A int    `gorm:"primary_key"`
	}
	type WithID struct {
		ID int `gorm:"primaryKey"`
		B  int `gorm:"primaryKey"`
	}
	type None struct{ Name string }
	type InType struct {
		ID int `gorm:"type:integer PRIMARY KEY"`
	}
	type RawInteger struct {
		ID uint `gorm:"type:integer;primaryKey"`
	}
	type Numbered struct {
		Seq  int `gorm:"autoIncrement"`
		Name string
	}
	type Flake struct{ ID Snowflake }
	type Half struct {
		A int `gorm:"primaryKey;autoIncrement:false"`
		B int `gorm:"primaryKey;-:migration"`
	}
	for _, c := range []struct {
		model   any
		table   string
		key     op.PrimaryKey
		numbers []string
	}{
		{Implicit{}, "implicits", op.Columns("id"), nil},
		{ByColumn{}, "by_columns", op.Columns("id"), []string{"id"}},
		{Lone{}, "lones", op.Columns("number"), []string{"number"}},
		{Composite{}, "composites", op.Columns("b", "a"), nil},
		// The driver for SQLite v1.6.0 makes id the whole key.
		{WithID{}, "with_ids", op.Columns("id", "b"), []string{"id"}},
		{None{}, "nones", nil, nil},
		{InType{}, "in_types", nil, nil},
		// SQLite's driver writes the raw type and no AUTOINCREMENT.
		{RawInteger{}, "raw_integers", op.Columns("id"), nil},
		{Numbered{}, "numbereds", op.Columns("seq"), []string{"seq"}},
		{Flake{}, "flakes", op.Columns("id"), nil},
		{Half{}, "halves", op.Columns("a"), nil},
	} {
		t.Run(c.table, func(t *testing.T) {
			got := table(t, load(t, open(t), c.model), c.table)
			same(t, c.key, got.PrimaryKey)
			var numbers []string
			for _, column := range got.Columns {
				if column.AutoIncrement {
					numbers = append(numbers, column.Name)
				}
			}
			same(t, c.numbers, numbers)
		})
	}
}

func TestSpell(t *testing.T) {
	type Spelled struct {
		ID       uint
		Name     string
		TypeTime time.Time `gorm:"type:time"`
		Token    Token
		Document Document
		Raw      string `gorm:"type:varchar(9)"`
	}
	got, err := model.Loader{DB: open(t), Spell: spell}.Load(&Spelled{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, []op.Column{
		{Name: "id", Type: op.Uint(64), AutoIncrement: true},
		{Name: "name", Type: op.Text()},
		{Name: "type_time", Type: op.Time().On("sqlite", "time")},
		// Token wrote a size into the field it was asked about: a copy.
		// What a Go type says of itself is asked for every database, so that it does
		// not matter on which of them a file is made.
		{Name: "token", Type: op.Text().On("mysql", "char(26)").On("postgres", "char(26)").On("sqlite", "char(26)")},
		{Name: "document", Type: op.Raw("JSON").On("mysql", "JSONB").On("postgres", "JSONB")},
		{Name: "raw", Type: op.Raw("varchar(9)")},
	}, table(t, got, "spelleds").Columns)
}

// mysqlLike answers as GORM's MySQL driver does, and writes into the field.
type mysqlLike struct{ gorm.Dialector }

func (mysqlLike) Name() string { return "mysql" }
func (mysqlLike) DataTypeOf(f *schema.Field) string {
	if f.DataType == schema.Time {
		if f.Precision == 0 && f.TagSettings["PRECISION"] == "" {
			f.Precision = 3
		}
		return "DateTime(3) NULL"
	}
	if f.DataType != schema.String {
		return string(f.DataType)
	}
	return "varchar(100)"
}

func TestSpellMySQL(t *testing.T) {
	type Spelled struct {
		Name string
		At   time.Time
		Raw  int `gorm:"type:int NULL"`
	}
	db := open(t)
	db.Dialector = mysqlLike{db.Dialector}
	l := model.Loader{DB: db, Spell: func(t op.Type) string {
		if t.Word == op.WordTime {
			return "datetime(3)"
		}
		if t.Word == op.WordRaw {
			return t.Text
		}
		return "longtext"
	}}
	for range 2 { // the second time, the field must be as it was
		got, err := l.Load(&Spelled{})
		if err != nil {
			t.Fatal(err)
		}
		same(t, []op.Column{
			{Name: "name", Type: op.Text().On("mysql", "varchar(100)")},
			{Name: "at", Type: op.Time()},
			{Name: "raw", Type: op.Raw("int NULL")}, // its NULL is its own
		}, table(t, got, "spelleds").Columns)
	}
}
