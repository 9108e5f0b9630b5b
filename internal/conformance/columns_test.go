package conformance

import (
	"database/sql"
	"slices"
	"time"

	"gorm.io/gorm"
)

// columns are the Go types with the tags of section 1.3 and 1.4 of
// reference/gorm-ddl.md that mean something on every database, a line each.
func columns() []row {
	whole := []string{"", "not null", "default:7", "default:0;not null", "index", "unique", "check:a > 1"}
	return slices.Concat(
		of[bool]("", "not null", "default:true", "default:false;not null", "default:1", "index", "unique", "uniqueIndex", "type:bool"),
		of[int](append(whole, "size:8", "size:16", "size:24", "size:32", "size:64", "default:-3", "default:010", "uniqueIndex", "primaryKey", "primaryKey;autoIncrement:false", "size:16;primaryKey",
			"check:positive,a > 0", "check:,a <> 3", "check:a > b", "comment:a number", "column:n", "type:int", "type:uint", "type:float", "type:smallint", "type:bigint;not null", "type:integer;default:4",
			"type:decimal(8)", "index:,sort:desc", "index:,unique", "index:by_a;index:by_b,sort:desc", "<-:create", "->", "unique;index", "default:null", "autoIncrementIncrement:5")...),
		of[int8](whole...), of[int16](whole...), of[int32](whole...), of[int64](whole...),
		of[uint](append(whole, "primaryKey", "size:16", "size:32", "size:8")...), of[uint8](whole...), of[uint16](whole...), of[uint32](whole...), of[uint64](whole...),
		of[float32]("", "default:0.1", "not null", "index"),
		of[float64]("", "default:1.5", "default:1e10", "default:-0.25;not null", "precision:10", "precision:10;scale:2", "precision:10;scale:2;default:1.5;not null", "scale:2", "size:32", "type:decimal(10,2)", "type:numeric(12,4)", "type:real", "type:double precision", "check:a >= 0", "unique"),
		of[string]("", "size:20", "size:255;not null", "size:70000", "not null", "default:abc", "default:'abc'", "default:", "default:''", "default:null", "default:two words", "default:(lower('ABC'))", "default:(-)", "default:true", "default:12", "default:1;size:1",
			"index", "unique", "uniqueIndex", "size:30;uniqueIndex:one", "size:30;index:,sort:desc", "size:20;primaryKey", "primaryKey", "type:varchar(30)", "type:char(3)", "type:text", "type:date", "type:time", "comment:a word", "comment:it's one",
			"check:a <> ''", "check:a in ('x','y')", "size:9;check:length(a) > 2", "type:varchar(9);default:x;not null", "type:numeric(10,2)", "serializer:json", "size:12;unique;not null;default:a b;comment:all;check:a <> 'q'"),
		of[[]byte]("", "not null", "size:16", "size:70000"),
		of[time.Time]("", "not null", "precision:3", "precision:6", "precision:0", "default:CURRENT_TIMESTAMP", "default:2020-01-02", "default:2020-01-02 03:04:05", "index", "autoCreateTime", "autoUpdateTime;not null", "type:date", "type:timestamp", "unique", "default:null"),
		of[time.Duration]("", "default:5"),
		of[*string]("", "size:10", "not null", "default:x", "index"), of[*int]("", "not null", "default:1", "unique"), of[*bool]("", "default:true"), of[*time.Time]("", "not null", "index"), of[*float64](""),
		of[sql.NullString]("", "size:9;unique", "default:x"), of[sql.NullInt64]("", "default:1"), of[sql.NullInt16](""), of[sql.NullByte](""), of[sql.NullFloat64](""), of[sql.NullTime]("", "precision:3"), of[sql.NullBool]("default:true"), of[sql.Null[int]](""), of[sql.Null[string]]("size:5"),
		of[gorm.DeletedAt]("", "index"), of[deletedAt]("", "index", "softDelete:milli"),
		of[map[string]int]("serializer:json", "serializer:json;not null", "type:json;serializer:json"), of[[]string]("serializer:json", "serializer:gob", "serializer:json;type:text"), of[int64]("serializer:unixtime;type:time"),
	)
}

// deletedAt is what gorm.io/plugin/soft_delete declares.
type deletedAt uint

// sqliteRows are what models can say to SQLite only.
func sqliteRows() []row {
	type Strict struct{ A int }
	strict := together(&Strict{})
	strict.session = func(db *gorm.DB) *gorm.DB {
		if db.Dialector.Name() == "sqlite" {
			db = db.Set("gorm:table_options", " STRICT").Session(&gorm.Session{})
		}
		return db
	}
	return native("sqlite", []row{strict},
		of[string]("type:text COLLATE NOCASE", "type:text COLLATE RTRIM;not null", "index:,collate:NOCASE", "index:,expression:substr(a\\,1\\,2)", "index:,expression:a || b", "index:,where:a GLOB 'x*'", "default:(strftime('%Y','now'))", "default:(hex(randomblob(4)))",
			"type:nocase", "type:any", "type:clob", "type:nvarchar(10)", "check:a GLOB 'x*'", "check:json_valid(a)", "check:typeof(a) = 'text'", "type:text DEFAULT 'x' NOT NULL", "type:text CHECK (a <> '')"),
		of[int]("type:integer GENERATED ALWAYS AS (b * 2) STORED", "type:integer AS (b + 1) VIRTUAL", "type:integer PRIMARY KEY", "type:integer PRIMARY KEY AUTOINCREMENT", "type:int unsigned", "type:tinyint(1)", "check:a IS NOT b"),
		of[time.Time]("default:(datetime('now'))", "default:(julianday('now'))", "default:(unixepoch())", "type:timestamp;default:CURRENT_TIMESTAMP"),
		of[[]byte]("default:x'00ff'"),
	)
}
