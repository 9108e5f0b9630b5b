package model_test

import (
	"database/sql/driver"
	"testing"
	"time"

	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

type (
	hintAddress struct {
		Street string `gorm:"renamedFrom:road"`
		Zip    string `gorm:"column:zip"`
	}
	HintAudit struct {
		Author string `gorm:"renamedFrom: by , writer"`
	}
	HintUser struct {
		ID        uint
		FullName  string       `gorm:"column:full_name;size:40;RenamedFrom:name"`
		Home      hintAddress  `gorm:"embedded;embeddedPrefix:home_;renamedFrom:house_"`
		Work      *hintAddress `gorm:"embedded;embeddedPrefix:work_;renamedFrom:-"`
		Plain     string
		Ignored   string         `gorm:"-;renamedFrom:x"`
		Languages []HintLanguage `gorm:"many2many:speaks;renamedFrom:user_languages"`
		HintAudit `gorm:"embedded"`
	}
	HintLanguage struct {
		ID    uint
		Users []HintUser `gorm:"many2many:speaks"`
	}
)

func (HintUser) RenamedFrom() string { return "people, persons" }

func hints(t testing.TB, db *gorm.DB, models ...any) model.Hints {
	t.Helper()
	h, err := model.Loader{DB: db}.Hints(models...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHints(t *testing.T) {
	table := func(from, to string) model.Rename { return model.Rename{From: from, To: to} }
	column := func(from, to string) model.Rename {
		return model.Rename{Table: "hint_users", From: from, To: to}
	}
	same(t, model.Hints{
		Renames: []model.Rename{
			table("people", "hint_users"), table("persons", "hint_users"), table("user_languages", "speaks"),
			column("by", "author"), column("home_road", "home_street"), column("house_road", "home_street"), column("house_street", "home_street"),
			column("house_zip", "home_zip"), column("name", "full_name"),
			column("road", "work_street"), column("street", "work_street"), column("work_road", "work_street"),
			column("writer", "author"), column("zip", "work_zip"),
		},
		JoinTables: []string{"speaks"},
	}, hints(t, open(t), &HintUser{}))
}

// A naming strategy names the columns of today; old names are as they were.
func TestHintsWithNamingStrategy(t *testing.T) {
	db := open(t, &gorm.Config{NamingStrategy: schema.NamingStrategy{TablePrefix: "app_", NoLowerCase: true}})
	type Item struct {
		ID    uint
		Title string `gorm:"renamedFrom:name"`
	}
	same(t, model.Hints{Renames: []model.Rename{{Table: "app_Items", From: "name", To: "Title"}}}, hints(t, db, &Item{}))
}

// The struct of a join table may have tags of its own.
type HintSpeaks struct {
	HintTeacherID uint   `gorm:"primaryKey;renamedFrom:user_id"`
	HintTongueID  uint   `gorm:"primaryKey"`
	Level         string `gorm:"renamedFrom:grade"`
}

func (HintSpeaks) RenamedFrom() string { return "talks" }

type (
	HintTeacher struct {
		ID      uint
		Tongues []HintTongue `gorm:"many2many:hint_speaks"`
	}
	HintTongue struct{ ID uint }
)

func TestHintsOfJoinStruct(t *testing.T) {
	db := open(t)
	if err := db.SetupJoinTable(&HintTeacher{}, "Tongues", &HintSpeaks{}); err != nil {
		t.Fatal(err)
	}
	same(t, model.Hints{Renames: []model.Rename{
		{From: "talks", To: "hint_speaks"},
		{Table: "hint_speaks", From: "grade", To: "level"}, {Table: "hint_speaks", From: "user_id", To: "hint_teacher_id"},
	}}, hints(t, db, &HintTeacher{}))
}

type hintWrongMethod struct{ ID uint }

func (hintWrongMethod) RenamedFrom() []string { return nil }

type hintPanic struct{ ID uint }

func (hintPanic) RenamedFrom() string { panic("no") }

func TestHintsThatCannotBe(t *testing.T) {
	type Bare struct {
		ID   uint
		Name string `gorm:"renamedFrom"`
	}
	type Owner struct{ ID uint }
	type OnRelation struct {
		ID      uint
		OwnerID uint
		Owner   Owner `gorm:"renamedFrom:x"`
	}
	for _, c := range []struct {
		model any
		want  string
	}{
		{&Bare{}, `loading model "model_test.Bare", field "Name": the tag renamedFrom wants an old name: ` + "`renamedFrom:name`"},
		{&OnRelation{}, `loading model "model_test.OnRelation", field "Owner": the tag renamedFrom has no effect on a relation that is not many2many; put it on the field of the foreign key, or give the model a method RenamedFrom`},
		{&hintWrongMethod{}, `loading model "model_test.hintWrongMethod": the method RenamedFrom has to be RenamedFrom() string`},
		{&hintPanic{}, `loading model "model_test.hintPanic": panic in github.com/go-limbeck/limbeck/model_test.hintPanic.RenamedFrom: no`},
	} {
		_, err := model.Loader{DB: open(t)}.Hints(c.model)
		if err == nil || err.Error() != c.want {
			t.Errorf("%T: %v\nwant %s", c.model, err, c.want)
		}
	}
}

type hintValuer struct{}

func (hintValuer) Value() (driver.Value, error) { return "0", nil }

// Of a raw type the Go type tells what "not set" is, where the column can hold
// it. Words of package op say it themselves.
func TestHintsAboutZeros(t *testing.T) {
	type Sum struct {
		ID     uint
		Plain  int
		Number int        `gorm:"type:mediumint"`
		Amount *float64   `gorm:"type: DECIMAL(10,2) "`
		Yes    bool       `gorm:"type:boolean"`
		Bit    bool       `gorm:"type:tinyint(1)"`
		Code   string     `gorm:"type:varchar(10)"`
		Long   string     `gorm:"type:text"`
		Doc    string     `gorm:"type:json"`
		UUID   string     `gorm:"type:uuid"`
		Kind   string     `gorm:"type:enum('a','b')"`
		Text   string     `gorm:"type:numeric"`
		Tags   string     `gorm:"type:text[]"`
		Own    hintValuer `gorm:"type:varchar(10)"`
		Day    time.Time  `gorm:"type:date"`
	}
	zero := func(column string, value op.Default) model.Zero {
		return model.Zero{Table: "sums", Column: column, Value: value}
	}
	same(t, []model.Zero{
		zero("amount", op.Literal(0)), zero("bit", op.Literal(0)), zero("code", op.Literal("")),
		zero("long", op.Literal("")), zero("number", op.Literal(0)), zero("yes", op.Literal(false)),
	}, hints(t, open(t), &Sum{}).Zeros)
}
