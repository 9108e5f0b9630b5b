package conformance

import (
	"strings"

	"gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// names are long, reserved and odd names, of sections 1.6 and 2.4 of
// reference/gorm-ddl.md.
func names() []row {
	// With uni_limits_ in front these names have 63, 64, 65 and more letters.
	type Limit struct {
		A int `gorm:"index;unique;check:aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeff > 0;column:aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeff"`
		B int `gorm:"unique;check:aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefff > 0;column:aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefff"`
		C int `gorm:"unique;check:aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffff > 0;column:aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffff"`
		D int `gorm:"unique;column:aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg"`
	}
	type LongRelation struct {
		ID                                             uint
		AVeryLongFieldThatRefersToAnotherTableUpID     *uint
		AVeryLongFieldThatRefersToAnotherTableUp       *LongRelation
		AVeryLongFieldThatRefersToSeveralOthersOfThese []*LongRelation `gorm:"many2many:a_very_long_name_of_a_join_table_between_long_ones"`
	}
	type Words struct {
		Select  int    `gorm:"index"`
		From    string `gorm:"unique;size:9"`
		Where   int    `gorm:"check:where_positive,b > 0"`
		B       int
		Primary int `gorm:"uniqueIndex"`
		Check   int `gorm:"column:check"`
		Default int `gorm:"default:7"`
		Values  int `gorm:"column:values;index:,sort:desc"`
		UserRef int `gorm:"column:user"`
	}
	type Odd struct {
		A int `gorm:"column:two words;index:an odd-one;not null"`
		B int `gorm:"column:Größe;unique"`
		C int `gorm:"column:it's;default:1"`
		D int `gorm:"column:100%"`
		E int `gorm:"column:a-b;index"`
		F int `gorm:"column:?;comment:is it?"`
		G int `gorm:"column:$1"`
		H int `gorm:"column:日本"`
	}
	type Quotes struct {
		A int `gorm:"column:say \"hi\";index:the \"quoted\" one"`
		B int
	}
	type Mixed struct {
		ID      uint
		OwnerID uint   `gorm:"column:OwnerID;index:IDX_Owner"`
		Owner   *Mixed `gorm:"constraint:FK_Owner"`
		Name    string `gorm:"column:FullName;size:20;unique;check:CHK_Name,\"FullName\" <> ''"`
	}
	type LongColumn struct {
		A int `gorm:"column:aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg"`
		B int
	}
	rows := each(&Limit{}, &LongRelation{}, &Words{}, &Odd{}, &Quotes{}, &Mixed{}, &LongColumn{}, &Gen[int]{}, &Gen[string]{})
	qualified := schema.NamingStrategy{TablePrefix: "s1."}
	return append(rows,
		row{name: "Qualified tables", models: []any{&QualifiedOwner{}, &QualifiedPart{}, &Class{}, &Pupil{}}, config: gorm.Config{NamingStrategy: qualified}, scratch: true}.
			except("sqlite", bug{source: "go-gorm/gorm#3958", fails: "unknown database", refuses: `"s1.`}).
			except("mysql", bug{lacks: "a database of that name", fails: "Unknown database 's1'", refuses: "create table s1."}).
			except("postgres", bug{source: "section 1.6", fails: `schema "s1" does not exist`, right: func(db *gorm.DB) error {
				if err := db.Exec("CREATE SCHEMA IF NOT EXISTS s1").Error; err != nil {
					return err
				}
				return db.AutoMigrate(&QualifiedOwner{}, &QualifiedPart{}, &Class{}, &Pupil{})
			}}),
		row{name: "Strings of 100", models: gormModels(), mysql: mysql.Config{DefaultStringSize: 100}},
		row{name: "Times to the second", models: gormModels(), mysql: mysql.Config{DisableDatetimePrecision: true}},
		row{name: "Times to the microsecond", models: gormModels(), mysql: mysql.Config{DefaultDatetimePrecision: new(6)}},
		row{name: "Replaced names", models: gormModels(), config: gorm.Config{NamingStrategy: schema.NamingStrategy{NameReplacer: strings.NewReplacer("User", "Member", "CID", "Cid")}}},
	)
}

// Gen is generic, with a name of its own.
type Gen[T any] struct {
	ID    uint
	Value T `gorm:"not null"`
}

func (Gen[T]) TableName() string {
	var zero T
	switch any(zero).(type) {
	case int:
		return "numbers"
	}
	return "texts"
}

type (
	QualifiedOwner struct {
		ID    uint
		Name  string          `gorm:"size:20;unique;check:name <> ''"`
		Parts []QualifiedPart `gorm:"constraint:OnDelete:CASCADE"`
	}
	QualifiedPart struct {
		ID               uint
		QualifiedOwnerID uint   `gorm:"index"`
		Label            string `gorm:"index:,sort:desc;size:9"`
		UpID             *uint
		Up               *QualifiedPart
	}
)
