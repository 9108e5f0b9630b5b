package model_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"database/sql/driver"

	"github.com/go-limbeck/limbeck/model"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

type Loud struct{ ID uint }

func (*Loud) TableName() string { panic("no name today") }

type Nil struct{ p *int }

func (n Nil) Value() (driver.Value, error) { return *n.p, nil }

type Named struct{ ID uint }

func (Named) TableName() string { return "" }

type (
	TeamView  struct{ ID uint }
	WholeTeam struct {
		ID   uint
		Name string
	}
)

func (TeamView) TableName() string  { return "whole_teams" }
func (WholeTeam) TableName() string { return "whole_teams" }

type (
	Bill struct {
		ID        uint
		CountryID string
		Country   Country
	}
	BillView struct {
		ID        uint
		CountryID string `gorm:"size:2"`
	}
)

func (BillView) TableName() string { return "bills" }

type (
	Left struct {
		ID     uint
		Rights []Right `gorm:"many2many:shared"`
	}
	Right struct{ ID uint }
	Third struct {
		ID     uint
		Rights []Right `gorm:"many2many:shared"`
	}
)

func TestErrors(t *testing.T) {
	type Company struct{ ID uint }
	type BadDefault struct {
		ID   uint
		Live bool `gorm:"default:yes"`
	}
	type BadSerializer struct {
		Data string `gorm:"serializer:nosuch"`
	}
	type BadMap struct{ Data map[string]int }
	type BadRelation struct{ Other struct{ X int } }
	type RelationIndex struct {
		ID        uint
		CompanyID uint
		Company   Company `gorm:"index"`
	}
	type RelationUnique struct {
		ID        uint
		CompanyID uint
		Company   Company `gorm:"unique"`
	}
	type RelationColumn struct {
		ID        uint
		Company   Company `gorm:"column:company;foreignKey:CompanyID"`
		CompanyID uint
	}
	type Deep struct {
		Sorted string `gorm:"index:,sort:random()"`
	}
	type BadSort struct {
		ID   uint
		Deep Deep `gorm:"embedded"`
	}
	type BadNulls struct {
		A int `gorm:"index:,sort:desc zeros first"`
	}
	type BadComposite struct {
		A int `gorm:"index:,composite"`
	}
	type TwoChecks struct {
		A int `gorm:"check:same,a > 1"`
		B int `gorm:"check:same,b > 1"`
	}
	type Today struct {
		At time.Time `gorm:"default:0"`
	}
	type Calls struct {
		ID   uint
		Lost Nil
	}
	type Holder struct {
		ID     uint
		LoudID uint
		Loud   Loud
	}
	type Base struct {
		At int `gorm:"index:idx_at"`
	}
	type Here struct {
		ID   uint
		Base Base `gorm:"embedded"`
	}
	type There struct {
		ID uint
		Base
	}
	type hidden struct{ a int }
	for _, c := range []struct {
		name   string
		models []any
		is     error
		model  string
		field  string
		says   string
	}{
		{"nil", []any{nil}, model.ErrNotModel, "", "", "model 1 of 1: not a model: nil"},
		{"int", []any{Company{}, 7}, model.ErrNotModel, "", "", "model 2 of 2: not a model: int"},
		{"map", []any{map[string]Company{}}, model.ErrNotModel, "", "", "map[string]model_test.Company"},
		{"string", []any{"companies"}, model.ErrNotModel, "", "", `the text "companies"`},
		{"type", []any{reflect.TypeFor[Company]()}, model.ErrNotModel, "", "", "pass a value of it"},
		{"list", []any{[]any{Company{}}}, model.ErrNotModel, "", "", "Load(db, models...)"},
		{"nil interface", []any{new(any)}, model.ErrNotModel, "", "", "*interface {}"},
		{"func", []any{func() {}}, model.ErrNotModel, "", "", "func()"},
		{"no columns", []any{hidden{a: 1}}, nil, "model_test.hidden", "", "no column"},
		{"no table name", []any{&Named{}}, nil, "model_test.Named", "", "TableName"},
		{"default", []any{&BadDefault{}}, nil, "model_test.BadDefault", "Live", "failed to parse yes"},
		{"serializer", []any{&BadSerializer{}}, nil, "model_test.BadSerializer", "Data", "nosuch"},
		{"map field", []any{&BadMap{}}, nil, "model_test.BadMap", "Data", `field "Data": unsupported data type map[string]int: GORM has no column for it; leave the field out (gorm:"-"), give it`},
		{"relation", []any{&BadRelation{}}, nil, "model_test.BadRelation", "", "field Other"},
		{"index on relation", []any{&RelationIndex{}}, nil, "model_test.RelationIndex", "Company", "foreign key"},
		{"unique on relation", []any{&RelationUnique{}}, nil, "model_test.RelationUnique", "Company", "foreign key"},
		{"column on relation", []any{&RelationColumn{}}, nil, "model_test.RelationColumn", "Company", "foreign key"},
		{"sort", []any{&BadSort{}}, nil, "model_test.BadSort", "Deep.Sorted", `"random()"`},
		{"sort of nothing", []any{&BadNulls{}}, nil, "model_test.BadNulls", "A", `"desc zeros first"`},
		{"composite", []any{&BadComposite{}}, nil, "model_test.BadComposite", "", "composite tag of BadComposite.A"},
		{"two checks", []any{&TwoChecks{}}, nil, "model_test.TwoChecks", "B", `check "same" is also on field`},
		{"one index name for two tables", []any{&Here{}, &There{}}, nil, "model_test.There", "Base.At", `index "idx_at" has the name of an index of model_test.Here`},
		{"time of day", []any{&Today{}}, nil, "model_test.Today", "At", "CURRENT_TIMESTAMP"},
		{"panic in TableName", []any{&Loud{}}, nil, "model_test.Loud", "", "model_test.(*Loud).TableName: no name today"},
		{"panic in Value", []any{&Calls{}}, nil, "model_test.Calls", "", "Nil.Value: runtime error: invalid memory"},
		{"panic in a relation", []any{&Holder{}}, nil, "model_test.Holder", "", "(*Loud).TableName: no name today"},
		{"two models", []any{&TeamView{}, &WholeTeam{}}, model.ErrTableConflict, "model_test.WholeTeam", "", `"whole_teams": model_test.WholeTeam and model_test.TeamView disagree on column "name"`},
		{"two models and a key", []any{&Bill{}, &BillView{}}, model.ErrTableConflict, "model_test.BillView", "", "disagree on its keys, indexes or the order"},
		{"join model last", []any{&Team{}, &Player{}, &Membership{}}, model.ErrTableConflict, "model_test.Membership", "", `call db.SetupJoinTable(&Team{}, "Players", &Membership{})`},
		{"join model first", []any{&Membership{}, &Team{}, &Player{}}, model.ErrTableConflict, "join table of model_test.Player.Teams", "", `call db.SetupJoinTable(&Player{}, "Teams", &Membership{})`},
		{"two joins", []any{&Left{}, &Third{}}, model.ErrTableConflict, "join table of model_test.Third.Rights", "", `columns ["third_id" "left_id"]; give both the same joinForeignKey`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := model.Load(open(t), c.models...)
			if err == nil {
				t.Fatal("there is no error")
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("%v is not %v", err, c.is)
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("%q does not say %q", err, c.says)
			}
			var e *model.Error
			if errors.As(err, &e) != (c.model != "") {
				t.Fatalf("%#v", err)
			}
			if e != nil {
				same(t, c.model, e.Model)
				same(t, c.field, e.Field)
			}
		})
	}
}

func TestErrorKeepsCause(t *testing.T) {
	type Broken struct{ Data map[string]int }
	_, err := model.Load(open(t), &Broken{})
	var e *model.Error
	if !errors.As(err, &e) || errors.Unwrap(e) == nil || !strings.HasPrefix(err.Error(), `loading model "model_test.Broken", field "Data": `) {
		t.Errorf("%v", err)
	}
}

// TestUnmapped: what GORM cannot map is named, in the same words each time; it
// would print the address of the value.
func TestUnmapped(t *testing.T) {
	type Pipes struct{ Pipe chan int }
	type Skips struct {
		Out struct {
			Pipe func() `gorm:"-"`
		} `gorm:"embedded"`
		In Pipes `gorm:"embedded"`
	}
	type Author struct {
		ID    uint
		Pipes Pipes `gorm:"embedded"`
	}
	type Books struct {
		ID       uint
		AuthorID uint
		Authors  []*Author `gorm:"foreignKey:ID"`
	}
	type Serialized struct {
		Data []string `gorm:"serializer:nosuch"`
	}
	for _, c := range []struct {
		model any
		says  string
	}{
		{&struct{ Pipe chan int }{}, `field "Pipe": unsupported data type chan int: `},
		{&struct{ Pipe *chan int }{}, `field "Pipe": unsupported data type *chan int: `},
		{&struct{ Any any }{}, `field "Any": unsupported data type interface {}: `},
		{&struct{ Lists [][]string }{}, `field "Lists": unsupported data type [][]string: `},
		{&struct{ Call func() }{}, `field "Call": unsupported data type func(): `},
		{&struct{ Pipes }{}, `field "Pipes.Pipe": unsupported data type chan int: `},
		{&Skips{}, `field "In.Pipe": unsupported data type chan int: `},
		{&Author{}, `"model_test.Author", field "Pipes.Pipe": unsupported data type chan int: `},
		{&Books{}, `"model_test.Author", field "Pipes.Pipe": unsupported data type chan int: `},
		{&Serialized{}, `its serializer "nosuch" is not known`},
	} {
		var texts []string
		for range 2 {
			_, err := model.Load(open(t), c.model)
			if !errors.Is(err, schema.ErrUnsupportedDataType) {
				t.Fatalf("%T: GORM's error is not in %v", c.model, err)
			}
			texts = append(texts, err.Error())
		}
		same(t, texts[0], texts[1])
		if !strings.Contains(texts[0], c.says) || strings.Contains(texts[0], "0x") {
			t.Errorf("%T: %q does not say %q", c.model, texts[0], c.says)
		}
	}
}

// A join table's model without extra columns may be listed. The last claim
// counts, as in GORM: the model alone makes no foreign keys.
func TestJoinModelThatAgrees(t *testing.T) {
	last := load(t, open(t), &Left{}, &Right{}, &Shared{})
	same(t, []string{"lefts", "rights", "shared"}, names(last))
	same(t, 0, len(table(t, last, "shared").ForeignKeys))
	first := load(t, open(t), &Shared{}, &Left{})
	same(t, []string{"lefts", "rights", "shared"}, names(first))
	same(t, 2, len(table(t, first, "shared").ForeignKeys))
}

type Shared struct {
	LeftID  uint `gorm:"primaryKey"`
	RightID uint `gorm:"primaryKey"`
}

func (Shared) TableName() string { return "shared" }

func TestUnusableDB(t *testing.T) {
	for _, db := range []*gorm.DB{nil, {}, open(t).Table("x")} {
		if _, err := model.Load(db, &Left{}); err == nil {
			t.Error("there is no error")
		}
	}
}

// A panic half-way through parsing must not leave the half in GORM's cache,
// where the next call would take it for the whole.
func TestErrorEachTime(t *testing.T) {
	type Holder struct {
		ID     uint
		LoudID uint
		Loud   Loud
		Rights []Right `gorm:"many2many:holder_rights"`
	}
	db := open(t)
	for range 2 {
		if s, err := model.Load(db, &Holder{}); err == nil {
			t.Errorf("there is no error; tables %v", names(s))
		}
	}
}
