package conformance

import (
	"encoding/json"
	"slices"
	"time"

	"gorm.io/gorm"
)

// mysqlRows are what models can say to MariaDB and MySQL only, or better there.
func mysqlRows() []row {
	type Indexed struct {
		A string `gorm:"size:300;index:,length:10"`
		B string `gorm:"index:,class:FULLTEXT"`
		C string `gorm:"type:text;index:,class:FULLTEXT,comment:for the search"`
		D string `gorm:"type:point;not null;index:,class:SPATIAL"`
		E string `gorm:"size:20;index:pair,length:5,priority:2;index:,comment:it is one"`
		F int    `gorm:"index:pair,sort:desc,priority:1"`
		G string `gorm:"type:text;index:,length:20"`
		H []byte `gorm:"index:,length:16"`
	}
	type Touched struct {
		ID        uint
		CreatedAt time.Time `gorm:"type:timestamp;not null;default:CURRENT_TIMESTAMP"`
		UpdatedAt time.Time `gorm:"type:timestamp;not null;default:CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP"`
		SeenAt    time.Time `gorm:"default:CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)"`
	}
	type StringKey struct {
		ID   string
		Name string `gorm:"index"`
		Nick string `gorm:"unique"`
		Free string `gorm:"uniqueIndex"`
		Said string `gorm:"default:x"`
		Off  string `gorm:"unique:false"`
	}
	type Reference struct {
		ID    uint
		Seq   int32 `gorm:"index"`
		UpID  *uint
		Up    *Reference
		SetID uint       `gorm:"index:by_set"`
		Set   *Reference `gorm:"constraint:OnDelete:CASCADE,OnUpdate:RESTRICT"`
	}
	type Tabular struct{ A int }
	tabular := together(&Tabular{})
	tabular.session = func(db *gorm.DB) *gorm.DB {
		return db.Set("gorm:table_options", " ENGINE=Aria COMMENT='it''s a table' ROW_FORMAT=PAGE CHARSET=latin1").
			Session(&gorm.Session{})
	}
	rows := slices.Concat(append(each(&Indexed{}, &Touched{}, &StringKey{}, &Reference{}), tabular),
		of[string]("type:enum('a','b''c','d,e')", "type:enum('a','b');default:a", "type:ENUM('Small', 'Big');not null;default:'Big'", "type:set('x','y')", "type:set('x','y');default:x", "type:longtext", "type:mediumtext", "type:tinytext", "type:text(100)",
			"type:varchar(10) CHARACTER SET latin1", "type:varchar(10) CHARACTER SET latin1 COLLATE latin1_bin", "type:varchar(10) COLLATE utf8mb4_bin", "type:varchar(10) CHARACTER SET ascii NOT NULL", "type:char(3) BINARY", "type:varchar(9) CHARSET utf8mb3",
			"type:nvarchar(5)", "type:national char(5)", "type:binary(3)", "type:varbinary(9)", "type:tinyblob", "type:json", "type:json;not null", "type:uuid", "type:inet6", "type:point", "type:geometry", "type:year", "type:varchar(10) INVISIBLE", "type:varchar(20) DEFAULT 'x' NOT NULL",
			"type:varchar(20) COMMENT 'it''s'", "type:text;default:'x'", "type:time(3)", "type:bit(8)", "type:character varying(10)", "type:varchar(10) UNIQUE", "type:text CHECK (a <> '')", "type:varchar(10) NOT NULL",
			"size:65536", "size:70000", "size:16777216", "size:20000000", "size:255;unique", "size:191;index", "primaryKey", "primaryKey;size:30;default:x", "index", "type:text;index", "type:longtext;index", "type:text;uniqueIndex", "type:text;index:,sort:desc", "unique", "unique:false", "uniqueIndex", "size:30;uniqueIndex", "default:abc", "default:''", "default:(uuid())", "default:(concat('a', 'b'))", "default:true", "default:12",
			"comment:it's 100%", "comment:5 digits", "comment:a \"word\"", "size:30;index:,length:5", "size:30;index:,sort:desc", "size:30;index:,comment:for it", "size:30;index:,class:FULLTEXT", "size:30;index:,type:btree", "size:30;index:,type:hash",
			"size:30;index:,option:KEY_BLOCK_SIZE=4", "size:30;index:,where:b > 0", "size:30;uniqueIndex:named,sort:desc", "check:char_length(trim(a)) BETWEEN 1 AND 9 or a is null", "check:a in ('x','y')", "check:a REGEXP '^[a-z]+$'", "check:length(a) > 2 AND a NOT LIKE '%''%'", "check:a <=> 'x'"),
		of[int]("type:mediumint", "type:int(5) unsigned zerofill", "type:tinyint(1)", "type:tinyint(1) unsigned", "type:int unsigned", "type:bigint unsigned", "type:mediumint unsigned;not null", "type:bigint unsigned;primaryKey", "type:serial", "type:int(11)", "type:bit", "type:bool",
			"size:24", "size:8;default:3", "type:int GENERATED ALWAYS AS (b * 2) STORED", "type:bigint AS (b + 1) VIRTUAL", "type:bigint AS (b + 1) PERSISTENT", "type:int UNIQUE", "type:int COMMENT 'it''s'", "type:int NOT NULL DEFAULT 5", "primaryKey;autoIncrement:false", "autoIncrement;unique", "autoIncrement;index", "type:year",
			"check:a div 2 = 1", "check:a mod 2 = 0 and not (a = 4)", "check:a <> 3 or b is not null"),
		of[uint]("", "size:24", "size:8", "default:3", "type:int(10) unsigned;index"),
		of[float64]("type:double(10,2)", "type:float(7,4)", "type:float(24)", "type:decimal(10,2)", "type:decimal(10, 2);default:1.005", "type:decimal", "type:numeric(12,4) unsigned", "type:double unsigned", "type:fixed(5,1)", "type:real", "precision:10;scale:2;default:1.5", "size:32"),
		of[time.Time]("precision:6", "precision:0", "not null", "type:datetime", "type:datetime(6)", "type:timestamp", "type:timestamp NULL", "type:timestamp(6);default:CURRENT_TIMESTAMP(6)", "default:CURRENT_TIMESTAMP", "default:CURRENT_TIMESTAMP(3)", "default:(now())", "default:now()",
			"default:CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;precision:0", "default:CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3);not null", "default:NULL ON UPDATE CURRENT_TIMESTAMP;precision:0", "type:datetime;not null;default:CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP", "type:date;default:(CURRENT_DATE)", "type:date;default:'2020-01-02'",
			"type:TIME(0);default:'10:00'", "type:year", "default:'2020-01-02 03:04:05'", "index:,sort:desc"),
		of[bool]("", "default:true;not null", "type:tinyint(1);default:0", "type:bit(1)"),
		of[[]byte]("size:16", "size:70000", "size:20000000", "size:16;index", "index", "type:tinyblob;index", "uniqueIndex", "size:16;default:'abc'", "type:blob", "type:binary(16);primaryKey"),
		of[json.RawMessage]("type:json;index", "type:json", "type:json;default:'{}'", "type:json;default:(json_object('a', 1));not null"),
	)
	return native("mysql", rows)
}
