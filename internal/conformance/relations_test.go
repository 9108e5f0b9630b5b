package conformance

import "gorm.io/gorm"

// relations are those of section 2.1 of reference/gorm-ddl.md that need no join
// table.
func relations() []row {
	type Owner struct{ ID uint }
	type BelongsTo struct {
		ID      uint
		OwnerID uint
		Owner   Owner
	}
	type BelongsToNull struct {
		ID      uint
		OwnerID *uint `gorm:"index"`
		Owner   *Owner
	}
	type Actions struct {
		ID      uint
		OwnerID uint
		Owner   Owner `gorm:"constraint:OnUpdate:CASCADE,OnDelete:set null"`
	}
	type ActionNamed struct {
		ID      uint
		OwnerID uint
		Owner   Owner `gorm:"constraint:fk_mine,OnDelete:RESTRICT"`
	}
	type ActionNone struct {
		ID      uint
		OwnerID uint
		Owner   Owner `gorm:"constraint:-"`
	}
	type NameAlone struct {
		ID      uint
		OwnerID uint
		Owner   Owner `gorm:"constraint:fk_mine"`
	}
	type Chosen struct {
		ID    uint
		Ref   uint
		Other Owner `gorm:"foreignKey:Ref"`
	}
	type Coded struct {
		ID   uint
		Code string `gorm:"unique;size:10"`
	}
	type ByCode struct {
		ID        uint
		CodedCode string
		Coded     Coded `gorm:"references:Code"`
	}
	type Wide struct {
		ID string `gorm:"size:26"`
	}
	type Inherits struct {
		ID     uint
		WideID string
		Wide   Wide
		Loud   string `gorm:"type:varchar(99)"`
		WideB  Wide   `gorm:"foreignKey:Loud"`
	}
	type Pair struct {
		A string `gorm:"primaryKey"`
		B string `gorm:"primaryKey"`
	}
	type ToPair struct {
		ID    uint
		PairA string
		PairB string
		Pair  Pair `gorm:"foreignKey:PairA,PairB;references:A,B"`
	}
	type Word struct {
		Code string `gorm:"primaryKey"`
	}
	type ToWord struct {
		ID     uint
		WordID string
		Word   Word `gorm:"references:Code"`
	}
	type Item struct {
		ID        uint
		HasManyID uint
	}
	type HasMany struct {
		ID    uint
		Items []Item `gorm:"constraint:OnDelete:CASCADE"`
	}
	type Tree struct {
		ID       uint
		ParentID *uint
		Parent   *Tree
		Children []Tree `gorm:"foreignkey:ParentID"`
	}
	type Picture struct {
		ID        uint
		OwnerID   uint
		OwnerType string
	}
	type Album struct {
		ID       uint
		Pictures []Picture `gorm:"polymorphic:Owner"`
		Cover    Picture   `gorm:"polymorphic:Owner;polymorphicValue:cover"`
	}
	type Inner struct {
		OwnerID uint
		Owner   Owner
	}
	type EmbeddedRelation struct {
		ID uint
		Inner
	}
	type HiddenRelation struct {
		ID      uint
		OwnerID uint
		Owner   Owner `gorm:"-:migration"`
	}
	type ToNoKey struct {
		ID    uint
		Code  string
		Name  string
		Named *ToNoKey `gorm:"foreignKey:Code;references:Name"`
	}
	type SoftOwner struct{ gorm.Model }
	type OfSoft struct {
		gorm.Model
		SoftOwnerID uint
		SoftOwner   SoftOwner
	}
	one := func(name string, models ...any) row { return row{name: name, models: models} }
	return []row{
		together(&BelongsTo{}), together(&BelongsToNull{}), together(&Actions{}), together(&ActionNamed{}), together(&ActionNone{}),
		together(&NameAlone{}), together(&Chosen{}), together(&ByCode{}), together(&Inherits{}), together(&ToPair{}), together(&ToWord{}),
		together(&HasOne{}, &One{}), one("child before parent", childBeforeParent()...), one("parent alone", &HasMany{}),
		together(&HasMany{}, &Item{}), one("child alone", &Item{}), together(&Tree{}), together(&Album{}, &Picture{}),
		together(&EmbeddedRelation{}), together(&HiddenRelation{}), together(&OfSoft{}), together(&ToNoKey{}),
		one("both sides", &Author{}, &Post{}), one("both sides, one off", &Boss{}, &Worker{}), one("cycle", &Ping{}, &Pong{}), one("cycle of three", &Rock{}, &Paper{}, &Scissors{}),
		one("guessed has-one", &Nest{}, &Egg{}), one("belongsTo by tag", &Shelf{}, &Jar{}), one("two keys, one column", &Road{}, &Stone{}),
		one("embedded twice", &Trip{}), one("pets of two owners", &Cat{}, &Dog{}, &Collar{}),
	}
}

func childBeforeParent() []any { return []any{&One{}, &HasOne{}} }

// Types that refer to each other cannot be declared in a function.
type (
	One struct {
		ID       uint
		HasOneID uint
	}
	HasOne struct {
		ID  uint
		One One
	}

	Author struct {
		ID    uint
		Posts []Post `gorm:"constraint:has_side,OnDelete:CASCADE"`
	}
	Post struct {
		ID       uint
		AuthorID uint
		Author   Author `gorm:"constraint:belongs_side,OnDelete:RESTRICT"`
	}

	Boss struct {
		ID      uint
		Workers []Worker `gorm:"constraint:-"`
	}
	Worker struct {
		ID     uint
		BossID uint
		Boss   Boss
	}

	Ping struct {
		ID     uint
		PongID *uint
		Pong   *Pong `gorm:"belongsTo"`
	}
	Pong struct {
		ID     uint
		PingID *uint
		Ping   *Ping `gorm:"belongsTo"`
	}

	Rock struct {
		ID      uint
		PaperID *uint
		Paper   *Paper `gorm:"belongsTo;constraint:OnDelete:SET NULL"`
		Chips   []Rock `gorm:"foreignKey:PartOf"`
		PartOf  *uint
	}
	Paper struct {
		ID         uint
		ScissorsID *uint
		Scissors   *Scissors `gorm:"belongsTo"`
		Wraps      []Rock    `gorm:"many2many:wraps"`
	}
	Scissors struct {
		ID     uint
		RockID *uint
		Rock   *Rock `gorm:"belongsTo;constraint:OnDelete:CASCADE"`
	}

	Nest struct {
		ID    uint
		EggID uint
		Egg   *Egg
	}
	Egg struct {
		ID     uint
		NestID uint
	}

	Shelf struct {
		ID    uint
		JarID uint
		Jar   *Jar `gorm:"belongsTo"`
	}
	Jar struct {
		ID      uint
		ShelfID uint
	}

	Road struct {
		ID    uint
		First Stone   `gorm:"foreignKey:RoadID"`
		All   []Stone `gorm:"foreignKey:RoadID;constraint:OnDelete:CASCADE"`
	}
	Stone struct {
		ID     uint
		RoadID uint
	}

	Spot struct{ ID uint }
	Stop struct {
		SpotID uint
		Spot   Spot
	}
	Trip struct {
		ID   uint
		From Stop `gorm:"embedded;embeddedPrefix:from_"`
		To   Stop `gorm:"embedded;embeddedPrefix:to_"`
	}

	Cat struct {
		ID      uint
		Collars []Collar `gorm:"polymorphic:Wearer"`
	}
	Dog struct {
		ID      int64
		Collars []Collar `gorm:"polymorphic:Wearer"`
	}
	Collar struct {
		ID         uint
		WearerID   string
		WearerType string
	}
)
