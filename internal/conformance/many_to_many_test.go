package conformance

import "gorm.io/gorm"

// manyToMany are the join tables of section 2.2 of reference/gorm-ddl.md.
func manyToMany() []row {
	type Tag struct{ ID uint }
	type Tagged struct {
		ID   uint
		Tags []Tag `gorm:"many2many:tagged_tags"`
	}
	type TaggedActions struct {
		ID   uint
		Tags []*Tag `gorm:"many2many:TagUse;constraint:OnDelete:CASCADE,OnUpdate:CASCADE"`
	}
	type TaggedKeys struct {
		ID   uint
		Tags []Tag `gorm:"many2many:key_tags;joinForeignKey:Thing;joinReferences:Label"`
	}
	type Coded struct {
		ID   uint
		Code string `gorm:"uniqueIndex;size:9"`
	}
	type TaggedByCode struct {
		ID    uint
		Name  string  `gorm:"unique"`
		Coded []Coded `gorm:"many2many:code_names;foreignKey:Name;references:Code"`
	}
	type TaggedWithoutKeys struct {
		ID   uint
		Tags []Tag `gorm:"many2many:free_tags;constraint:-"`
	}
	type Word struct {
		ID     uint   `gorm:"primaryKey;autoIncrement:false"`
		Locale string `gorm:"primaryKey;size:5"`
	}
	type TaggedPairs struct {
		ID     uint   `gorm:"primaryKey;autoIncrement:false"`
		Locale string `gorm:"primaryKey"`
		Words  []Word `gorm:"many2many:pair_words"`
	}
	type Friend struct {
		ID      uint
		Friends []*Friend `gorm:"many2many:friendships"`
	}
	joined := func(db *gorm.DB) error { return db.SetupJoinTable(&Team{}, "Players", &Membership{}) }
	rows := each(&Tagged{}, &TaggedActions{}, &TaggedKeys{}, &TaggedByCode{}, &TaggedWithoutKeys{}, &TaggedPairs{}, &Friend{})
	return append(rows,
		row{name: "many2many, both sides", models: []any{&Class{}, &Pupil{}}},
		row{name: "many2many, one side listed", models: []any{&Pupil{}}},
		row{name: "many2many, set up", models: []any{&Team{}, &Player{}, &Membership{}}, setUp: joined},
		row{name: "many2many, set up, unlisted", models: []any{&Team{}}, setUp: joined},
	)
}

type (
	Class struct {
		ID     uint
		Pupils []Pupil `gorm:"many2many:class_pupils"`
	}
	Pupil struct {
		ID      uint
		Classes []Class `gorm:"many2many:class_pupils"`
	}

	Team struct {
		ID      uint
		Players []Player `gorm:"many2many:memberships"`
	}
	Player     struct{ ID uint }
	Membership struct {
		TeamID   uint   `gorm:"primaryKey"`
		PlayerID uint   `gorm:"primaryKey"`
		Role     string `gorm:"default:guest;index"`
	}
)
