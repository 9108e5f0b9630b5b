package conformance

import (
	"time"

	"gorm.io/gorm"
)

// thing names the table of a struct that embeds it, so that two structs can
// ask for one table. GORM sees no column in it, since it is not exported.
type thing struct{}

func (thing) TableName() string { return "things" }

// bugs are rows where AutoMigrate fails or does what users call wrong, by what
// Limbeck does with them: sections are those of reference/gorm-ddl.md.
func bugs() []row { return append(refused(), righted()...) }

// refused are models that no schema fits.
func refused() []row {
	type Owner struct{ ID uint }
	type RelationUnique struct {
		ID, OwnerID uint
		Owner       Owner `gorm:"unique"`
	}
	type RelationIndex struct {
		ID, OwnerID uint
		Owner       Owner `gorm:"index"`
	}
	type Left struct {
		ID     uint
		Rights []Owner `gorm:"many2many:joins"`
	}
	type NamedTwice struct {
		ID     uint
		Owners []Owner `gorm:"many2many:named_owners;constraint:fk_mine,OnDelete:CASCADE"`
	}
	type IndexHere struct {
		A int `gorm:"index:same"`
	}
	type IndexThere struct {
		A int `gorm:"index:same"`
	}
	type PointInColumn struct {
		A int `gorm:"column:a.b"`
	}
	type CaseOnly struct {
		A int `gorm:"column:x"`
		B int `gorm:"column:X"`
	}
	type NoColumn struct{}
	type NoSuchSerializer struct {
		A []string `gorm:"serializer:nope"`
	}
	type Unmappable struct{ A map[string]int }
	type DefaultOfToday struct {
		A time.Time `gorm:"default:0"`
	}
	type DefaultNotBool struct {
		A bool `gorm:"default:yes"`
	}
	type TypeOfMySQL struct {
		A string `gorm:"type:enum('a','b')"`
	}
	type CheckBelowPrefix struct {
		ID    uint
		Inner struct {
			Size int `gorm:"check:size > 0"`
		} `gorm:"embedded;embeddedPrefix:inner_"`
	}
	known := func(r row, source, fails, refuses string) row {
		r.known = &bug{source: source, fails: fails, refuses: refuses}
		return r
	}
	joinLast := row{name: "join model not set up", models: []any{&Left{}, &Owner{}, &Join{}}}
	joinFirst := row{name: "join model not set up, first", models: []any{&Join{}, &Left{}, &Owner{}}}
	return []row{
		known(together(&RelationUnique{}), "go-gorm/gorm#7126", "unrecognized token", `field "Owner": a unique tag on a relation`),
		known(together(&RelationIndex{}), "go-gorm/gorm#7126", "unrecognized token", `field "Owner": index "idx_relation_indices_owner" on a relation`),
		known(joinLast, "ariga/atlas-provider-gorm#34", "", `call db.SetupJoinTable(&Left{}, "Rights", &Join{})`),
		known(joinFirst, "ariga/atlas-provider-gorm#34", "", `call db.SetupJoinTable(&Left{}, "Rights", &Join{})`),
		known(row{name: "two models, one table", models: []any{&OneA{}, &OneB{}}}, "section 2.2", "", `conflict about a table "things"`),
		known(together(&NamedTwice{}), "section 2.2", "", `two foreign keys of table "named_owners" are called "fk_mine"`),
		known(row{name: "one index name, two tables", models: []any{&IndexHere{}, &IndexThere{}}}, "section 1.5", "already exists", "index same already exists"),
		known(together(&PointInColumn{}), "section 1.1", "syntax error", `"a.b"`),
		known(together(&Qualified{}), "go-gorm/gorm#3958", "unknown database", `"s1.things"`),
		known(together(&CaseOnly{}), "section 3.2", "duplicate column", "duplicate column name: X"),
		known(together(&NoColumn{}), "section 1.2", "syntax error", "the struct has no column"),
		known(together(&NoSuchSerializer{}), "section 1.3", "unsupported data type", "unsupported data type"),
		known(together(&Unmappable{}), "section 1.2", "unsupported data type", "unsupported data type"),
		known(together(&DefaultOfToday{}), "section 1.4", "", `field "A": the default "0" of a time has no year`),
		known(together(&DefaultNotBool{}), "section 1.4", "failed to parse yes", "failed to parse yes"),
		known(together(&TypeOfMySQL{}), "go-gorm/gorm#7364", "syntax error", "create table type_of_my_sqls: statement 1 of 1"),
		known(together(&CheckBelowPrefix{}), "section 1.3", "no such column: size", "no such column: size"),
	}
}

// righted are models whose meaning is clear. The second struct says the same
// in words that AutoMigrate understands.
func righted() []row {
	type KeyOfTwo struct {
		thing
		ID uint `gorm:"primaryKey"`
		B  int  `gorm:"primaryKey"`
	}
	type KeyOfTwoRight struct {
		thing
		ID uint `gorm:"primaryKey;autoIncrement:false"`
		B  int  `gorm:"primaryKey"`
	}
	type NumberedTwice struct {
		thing
		ID  uint
		Seq int `gorm:"autoIncrement"`
	}
	type NumberedTwiceRight struct {
		thing
		ID  uint
		Seq int
	}
	type Just struct {
		thing
		A int
	}
	type HiddenIndex struct {
		thing
		A int
		B int `gorm:"-:migration;index"`
	}
	type HiddenUnique struct {
		thing
		A int
		B int `gorm:"-:migration;unique"`
	}
	type HiddenCheck struct {
		thing
		A int
		B int `gorm:"-:migration;check:b > 0"`
	}
	type IgnoredColumn struct {
		thing
		A int
		B int `gorm:"-;column:x"`
	}
	type IndexMethod struct {
		thing
		A int `gorm:"index:,type:btree"`
	}
	type IndexMethodRight struct {
		thing
		A int `gorm:"index"`
	}
	type DefaultCall struct {
		thing
		A string `gorm:"default:hex(randomblob(4))"`
	}
	type DefaultCallRight struct {
		thing
		A string `gorm:"default:(hex(randomblob(4)))"`
	}
	type GeneratedTag struct {
		thing
		A int
		B int `gorm:"->;generated:a * 2"`
	}
	type GeneratedTagRight struct {
		thing
		A int
		B int `gorm:"->;type:integer GENERATED ALWAYS AS (a * 2) STORED"`
	}
	known := func(source, fails string, m, right any) row {
		r := together(m)
		r.known = &bug{source: source, fails: fails, right: []any{right}}
		return r
	}
	return []row{
		known("section 1.3, driver v1.6.0", "", &KeyOfTwo{}, &KeyOfTwoRight{}),
		known("section 1.3", "more than one primary key", &NumberedTwice{}, &NumberedTwiceRight{}),
		known("section 1.3", "no such column: b", &HiddenIndex{}, &Just{}),
		known("section 1.3", "no such column: b", &HiddenUnique{}, &Just{}),
		known("section 1.3", "no such column: b", &HiddenCheck{}, &Just{}),
		known("section 1.3", "", &IgnoredColumn{}, &Just{}),
		known("section 1.5", "syntax error", &IndexMethod{}, &IndexMethodRight{}),
		known("section 1.4", "syntax error", &DefaultCall{}, &DefaultCallRight{}),
		known("go-gorm/gorm#3887", "", &GeneratedTag{}, &GeneratedTagRight{}),
	}
}

type Join struct {
	LeftID  uint `gorm:"primaryKey"`
	OwnerID uint `gorm:"primaryKey"`
	Extra   int
}

type OneA struct {
	thing
	A int
}

type OneB struct {
	thing
	B int
}

type Qualified struct{ gorm.Model }

func (Qualified) TableName() string { return "s1.things" }
