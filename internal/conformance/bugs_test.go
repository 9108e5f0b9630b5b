package conformance

import "time"

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
	const all = "sqlite postgres mysql"
	const broken = "unrecognized token|syntax error|unterminated quoted|SQL syntax"
	known := func(r row, databases, source, fails, refuses string) row {
		return r.except(databases, bug{source: source, fails: fails, refuses: refuses})
	}
	joinLast := row{name: "join model not set up", models: []any{&Left{}, &Owner{}, &Join{}}}
	joinFirst := row{name: "join model not set up, first", models: []any{&Join{}, &Left{}, &Owner{}}}
	sameName := row{name: "one index name, two tables", models: []any{&IndexHere{}, &IndexThere{}}}
	checkBelow := together(&CheckBelowPrefix{})
	for dialect, says := range map[string]string{"sqlite": "no such column: size", "postgres": `column "size" does not exist`, "mysql": "Unknown column 'size'"} {
		checkBelow = known(checkBelow, dialect, "section 1.3", says, says)
	}
	return []row{
		known(together(&RelationUnique{}), all, "go-gorm/gorm#7126", broken, `field "Owner": a unique tag on a relation`),
		known(together(&RelationIndex{}), all, "go-gorm/gorm#7126", broken, `field "Owner": index "idx_relation_indices_owner" on a relation`),
		known(joinLast, all, "ariga/atlas-provider-gorm#34", "", `call db.SetupJoinTable(&Left{}, "Rights", &Join{})`),
		known(joinFirst, all, "ariga/atlas-provider-gorm#34", "", `call db.SetupJoinTable(&Left{}, "Rights", &Join{})`),
		known(row{name: "two models, one table", models: []any{&OneA{}, &OneB{}}}, all, "section 2.2", "", `conflict about a table "things"`),
		known(known(together(&NamedTwice{}), "sqlite", "section 2.2", "", `two foreign keys of table "named_owners" are called "fk_mine"`),
			"postgres mysql", "section 2.2", "already exists|errno: 1", `two foreign keys of table "named_owners" are called "fk_mine"`),
		known(known(sameName, "sqlite", "section 1.5", "already exists", `index "same" has the name of an index of`),
			"postgres", "section 1.5", "", `index "same" has the name of an index of`),
		known(together(&PointInColumn{}), all, "section 1.1", broken+"|Incorrect table name", `"a.b"`),
		known(together(&CaseOnly{}), "sqlite", "section 3.2", "duplicate column", "duplicate column name: X").
			except("mysql", bug{lacks: "names that differ by case only", fails: "Duplicate column", refuses: "create table case_onlies: statement 1 of 1"}),
		known(known(together(&NoColumn{}), "sqlite mysql", "section 1.2", broken, "the struct has no column"),
			"postgres", "section 1.2", "", "the struct has no column"),
		known(together(&NoSuchSerializer{}), all, "section 1.2", "unsupported data type", "unsupported data type"),
		known(together(&Unmappable{}), all, "section 1.2", "unsupported data type", "unsupported data type"),
		known(together(&DefaultOfToday{}), all, "section 1.4", "", `field "A": the default "0" of a time has no year`),
		known(together(&DefaultNotBool{}), all, "section 1.4", "failed to parse yes", "failed to parse yes"),
		known(known(together(&TypeOfMySQL{}), "sqlite", "go-gorm/gorm#7364", broken, "create table type_of_my_sqls: statement 1 of 1"),
			"postgres", "go-gorm/gorm#7364", `type "enum" does not exist`, "create table type_of_my_sqls: statement 1 of 1"),
		checkBelow,
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
	type GeneratedTagMySQL struct {
		thing
		A int
		B int `gorm:"->;type:bigint GENERATED ALWAYS AS (a * 2) STORED"`
	}
	const all = "sqlite postgres mysql"
	known := func(databases, source, fails string, m, right any) row {
		return together(m).except(databases, bug{source: source, fails: fails, right: migrated(right)})
	}
	const noColumn = `no such column: b|column "b" .*does not exist|column 'b'`
	return []row{
		known("sqlite", "section 1.3, driver v1.6.0", "", &KeyOfTwo{}, &KeyOfTwoRight{}),
		known("sqlite", "section 1.3", "more than one primary key", &NumberedTwice{}, &NumberedTwiceRight{}).
			except("mysql", bug{lacks: "a second auto column", fails: "Error 1075", refuses: "create table things: statement 1 of 1"}),
		known(all, "section 1.3", noColumn, &HiddenIndex{}, &Just{}),
		known(all, "section 1.3", noColumn, &HiddenUnique{}, &Just{}),
		known(all, "section 1.3", noColumn, &HiddenCheck{}, &Just{}),
		known("sqlite", "section 1.3", "", &IgnoredColumn{}, &Just{}).
			except("postgres mysql", bug{source: "section 1.3", fails: "syntax error|SQL syntax", right: migrated(&Just{})}),
		known("sqlite", "section 1.5", "syntax error", &IndexMethod{}, &IndexMethodRight{}),
		known("sqlite", "section 1.4", "syntax error", &DefaultCall{}, &DefaultCallRight{}).
			except("postgres mysql", bug{lacks: "the function randomblob", fails: "randomblob", refuses: "create table things: statement 1 of 1"}),
		known("sqlite", "go-gorm/gorm#3887", "", &GeneratedTag{}, &GeneratedTagRight{}).
			except("mysql", bug{source: "go-gorm/mysql#189", right: migrated(&GeneratedTagMySQL{})}),
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
