package conformance

import (
	"slices"
	"time"

	"gorm.io/datatypes"
	"gorm.io/gorm"
)

// postgresRows are what models can say to PostgreSQL only, or better there.
func postgresRows() []row {
	type Indexed struct {
		A    int
		B    string
		Incl string         `gorm:"index:,option:INCLUDE (a\\, b)"`
		Fill string         `gorm:"index:,option:WITH (fillfactor = 70)"`
		Dist string         `gorm:"uniqueIndex:,option:NULLS NOT DISTINCT"`
		Doc  datatypes.JSON `gorm:"index:,type:gin"`
		Path datatypes.JSON `gorm:"index:,type:gin,expression:path jsonb_path_ops"`
		Tags string         `gorm:"type:text[];index:,type:gin"`
		Hash string         `gorm:"index:,type:hash"`
		When time.Time      `gorm:"index:,type:brin"`
		Low  string         `gorm:"index:,expression:lower(low) varchar_pattern_ops DESC NULLS LAST"`
		Nul  string         `gorm:"index:,sort:desc nulls last"`
		Fst  string         `gorm:"index:,sort:nulls first"`
		Coll string         `gorm:"index:,collate:\"C\""`
		Soon string         `gorm:"index:,option:CONCURRENTLY"`
		Text string         `gorm:"type:tsvector;index:,type:gist"`
	}
	type PartialUnique struct {
		Email     string         `gorm:"uniqueIndex:,where:deleted_at IS NULL"`
		State     string         `gorm:"index:,where:state IN ('a'\\,'b') AND email <> ''"`
		DeletedAt gorm.DeletedAt `gorm:"index"`
	}
	type MixedIndex struct {
		A string `gorm:"index:mixed,expression:lower(a),priority:2"`
		B int    `gorm:"index:mixed,sort:desc,priority:1"`
		C string `gorm:"index:mixed,collate:\"C\",priority:3;index:,unique,where:c <> ''"`
	}
	type Enumerated struct {
		Mood  string `gorm:"type:mood;default:happy;not null"`
		Moods string `gorm:"type:mood[]"`
		Odd   string `gorm:"type:\"Odd Mood\""`
		Money string `gorm:"type:amount"`
	}
	type Identities struct {
		ID    uint  `gorm:"generated:identity"`
		Other int32 `gorm:"generated:identity always;not null"`
	}
	type SerialsSQLite struct {
		thing
		ID    int64 `gorm:"type:bigserial;primaryKey"`
		Other int
		Small int16 `gorm:"type:smallserial"`
	}
	type Serials struct {
		thing
		ID    int64 `gorm:"type:bigserial;primaryKey"`
		Other int   `gorm:"autoIncrement"`
		Small int16 `gorm:"type:smallserial"`
	}
	type SmallKey struct{ ID int16 }
	type UUIDKey struct {
		ID    string `gorm:"type:uuid;default:gen_random_uuid();primaryKey"`
		UpID  *string
		Up    *UUIDKey
		Other string `gorm:"type:uuid;index"`
	}
	type GeneratedColumns struct {
		thing
		A int
		B string `gorm:"size:20"`
		C int    `gorm:"->;generated:a * 2"`
		D string `gorm:"->;generated:upper(b) || '!';size:70;index"`
	}
	type GeneratedSQLite struct {
		thing
		A int
		B string `gorm:"size:20"`
		C int    `gorm:"->;type:integer GENERATED ALWAYS AS (a * 2) STORED"`
		D string `gorm:"->;type:text GENERATED ALWAYS AS (upper(b) || '!') STORED;index"`
	}
	type GeneratedMySQL struct {
		thing
		A int
		B string `gorm:"size:20"`
		C int    `gorm:"->;type:bigint GENERATED ALWAYS AS (a * 2) STORED"`
		D string `gorm:"->;type:varchar(70) GENERATED ALWAYS AS (upper(b) || '!') STORED;index"`
	}
	type Deferred struct {
		ID    uint
		UpID  *uint
		Up    *Deferred `gorm:"constraint:OnDelete:SET NULL DEFERRABLE INITIALLY DEFERRED"`
		NilID *uint
		Nil   *Deferred `gorm:"foreignKey:NilID;constraint:OnDelete:SET DEFAULT,OnUpdate:NO ACTION"`
	}
	generated := together(&GeneratedColumns{}).
		except("sqlite", bug{source: "go-gorm/gorm#3887", right: migrated(&GeneratedSQLite{})}).
		except("mysql", bug{source: "go-gorm/mysql#189", right: migrated(&GeneratedMySQL{})})
	serials := together(&Serials{}).except("sqlite", bug{source: "section 1.3, driver v1.6.0", right: migrated(&SerialsSQLite{})})
	enumerated := together(&Enumerated{})
	enumerated.setUp = func(db *gorm.DB) error {
		if db.Dialector.Name() != "postgres" {
			return nil
		}
		return db.Exec(`CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TYPE "Odd Mood" AS ENUM ('x'); CREATE DOMAIN amount AS numeric(10,2) CHECK (value > 0)`).Error
	}
	rows := append(each(&Indexed{}, &PartialUnique{}, &MixedIndex{}, &Identities{}, &SmallKey{}, &UUIDKey{}, &Deferred{}), enumerated, generated, serials)
	rows = slices.Concat(rows,
		of[string]("type:jsonb", "type:jsonb;default:'{}'", "type:json", "type:uuid", "type:uuid;default:gen_random_uuid()", "type:text[]", "type:varchar(5)[3]", "type:integer ARRAY",
			"type:text[];default:'{}'", "type:character varying(7)", "type:VARCHAR( 10 )", "type:char(2)", "type:char", "type:bpchar(4)", "type:citext", "type:name", "type:inet", "type:cidr", "type:macaddr",
			"type:tsvector", "type:tsquery", "type:xml", "type:money", "type:bit(4)", "type:varbit(9)", "type:bit varying(5)", "type:interval", "type:interval second(3)", "type:interval day to second",
			"type:int4range", "type:tstzrange", "type:point", "type:box", "type:path", "type:hstore", "type:oid", "type:regclass", "type:text COLLATE \"C\"", "type:varchar(10) COLLATE \"POSIX\" NOT NULL",
			"type:time(0)", "type:timetz", "type:time with time zone", "type:numeric(10,2)", "type:NUMERIC(10)", "type:numeric", "type:dec(5,2)", "type:character(3)", "type:national character varying(9)",
			"type:jsonb;not null;default:('[]'::jsonb)", "type:text;default:('a'::text)", "type:varchar(9);default:('x'::character varying)", "type:text DEFAULT 'x' NOT NULL", "type:text CHECK (a <> '')",
			"type:text UNIQUE", "type:varchar(10)[];not null", "comment:it's \"a\" comment\\n", "comment:'quoted'", "default:a\\b", "default:upper('x')", "default:CURRENT_USER", "type:\"char\"",
			"index:,collate:\"C\"", "index:,type:hash", "index:,type:btree", "index:,expression:lower(a)", "index:,expression:(a || b)", "index:,expression:a text_pattern_ops", "index:,where:a LIKE 'x%'",
			"index:,option:INCLUDE (b)", "uniqueIndex:,option:NULLS NOT DISTINCT", "index:,option:CONCURRENTLY", "index:,unique,option:WITH (fillfactor=50)", "index:,sort:desc nulls last", "index:,sort:asc nulls first",
			"index:,type:gin,expression:to_tsvector('simple'\\, a)", "index:,type:spgist", "check:a ~ '^[a-z]+$'", "check:length(a) > 2 AND a NOT LIKE '%''%'", "check:a = ANY (ARRAY['x','y'])", "check:a::text <> 'q'",
			"check:a SIMILAR TO 'x'", "check:b > 0 AND a IS DISTINCT FROM 'z'", "size:20000000", "size:10485760", "type:varchar", "type:character varying"),
		of[int]("type:serial", "type:bigserial", "type:smallserial", "type:bigserial;primaryKey", "type:integer;primaryKey", "type:int2", "type:int4", "type:int8", "type:INT", "generated:identity", "generated:identity;primaryKey", "generated:identity always;primaryKey",
			"type:bigint GENERATED BY DEFAULT AS IDENTITY", "type:integer GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5)", "type:bigint GENERATED ALWAYS AS (b * 2) STORED", "generated:b + 1", "generated:(b + 1) * 2;not null",
			"autoIncrement", "default:(1 + 2)", "check:a > 0 AND (b < 10 OR a = 5)", "check:a BETWEEN 1 AND 9", "check:a in (1,2,3)", "type:smallint;default:5", "type:bigint;default:-7", "index:,type:brin"),
		of[float64]("type:real", "type:double precision", "type:float(24)", "type:float(53)", "type:float4", "type:float8", "type:numeric(12,4);default:1.50", "precision:12;scale:2;default:1.5", "precision:40", "type:decimal(10, 2)"),
		of[time.Time]("precision:0", "precision:3", "precision:6", "type:timestamp", "type:timestamp(3) without time zone", "type:timestamptz(3)", "type:timestamp with time zone", "type:timestamp(0) with time zone", "type:date;default:CURRENT_DATE",
			"default:now()", "default:CURRENT_TIMESTAMP(3)", "type:timestamp;default:(now() at time zone 'utc')", "default:LOCALTIMESTAMP", "default:clock_timestamp()", "default:'2020-01-02 03:04:05+00'", "type:time without time zone;default:'10:00'"),
		of[bool]("type:boolean;default:false", "type:bool;default:true;not null", "index:,where:a"),
		of[[]byte]("default:'\\\\x00'", "type:bytea;not null", "type:bit(8)"),
		of[datatypes.JSON]("default:'{}'", "default:'[]'::jsonb;not null", "index:,type:gin"),
	)
	return native("postgres", rows)
}
