package model_test

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// Size declares an enum by its Go type alone.
type Size string

func (Size) EnumValues() []string { return []string{"s", "m", "l"} }
func (Size) GormDataType() string { return "size" }

// Mood says what it is on each database, as AutoMigrate wants it.
type Mood string

func (*Mood) EnumValues() []string { return []string{"sad", "ok"} }
func (Mood) GormDBDataType(db *gorm.DB, _ *schema.Field) string {
	switch db.Dialector.Name() {
	case "postgres":
		return "mood"
	case "mysql":
		return "ENUM('sad', 'ok')"
	}
	return "text"
}

// Grade is something else on MySQL and SQLite.
type Grade string

func (Grade) EnumValues() []string { return []string{"a", "b"} }
func (Grade) GormDBDataType(db *gorm.DB, _ *schema.Field) string {
	return map[string]string{"postgres": "grade", "mysql": "char(1)", "sqlite": "blob"}[db.Dialector.Name()]
}

// Nameless has values, and no name for an enum.
type Nameless string

func (Nameless) EnumValues() []string { return []string{"x"} }

func TestEnums(t *testing.T) {
	type Order struct {
		ID       uint
		Status   string  `gorm:"type:order_status;not null;default:new"`
		Folded   *string `gorm:"type:Order_Status"`
		Quoted   string  `gorm:"type:\"order_status\""`
		Far      string  `gorm:"type:other.kind"`
		List     string  `gorm:"type:order_status[]"`
		Size     Size    `gorm:"default:m"`
		Mood     Mood
		Grade    Grade
		Nameless Nameless
		Tagged   Nameless `gorm:"type:tagged"`
		Other    string   `gorm:"type:nothing_of_ours"`
	}
	status := op.Enum{Name: "order_status", Values: []string{"new", "paid"}}
	for _, loader := range []model.Loader{{DB: open(t)}, {DB: open(t), Spell: spell}} {
		s, err := loader.Load(status, &Order{}, &op.Enum{Name: "other.kind", Values: []string{"k"}}, status)
		if err != nil {
			t.Fatal(err)
		}
		same(t, []op.Enum{
			{Name: "grade", Values: []string{"a", "b"}},
			{Name: "mood", Values: []string{"sad", "ok"}},
			status,
			{Name: "other.kind", Values: []string{"k"}},
			{Name: "size", Values: []string{"s", "m", "l"}},
			{Name: "tagged", Values: []string{"x"}},
		}, s.Enums)
		same(t, []op.Column{
			{Name: "id", Type: op.Uint(64), AutoIncrement: true},
			{Name: "status", Type: op.EnumType("order_status", "new", "paid"), NotNull: true, Default: op.Literal("new")},
			{Name: "folded", Type: op.EnumType("order_status", "new", "paid")},
			{Name: "quoted", Type: op.EnumType("order_status", "new", "paid")},
			{Name: "far", Type: op.EnumType("other.kind", "k")},
			{Name: "list", Type: op.Raw("order_status[]")},
			{Name: "size", Type: op.EnumType("size", "s", "m", "l"), Default: op.Literal("m")},
			{Name: "mood", Type: op.EnumType("mood", "sad", "ok")},
			{Name: "grade", Type: op.EnumType("grade", "a", "b").On("mysql", "char(1)").On("sqlite", "blob")},
			{Name: "nameless", Type: op.Text()},
			{Name: "tagged", Type: op.EnumType("tagged", "x")},
			{Name: "other", Type: op.Raw("nothing_of_ours")},
		}, s.Tables[0].Columns)
	}
}

func TestEnumErrors(t *testing.T) {
	type Order struct {
		ID    uint
		State string `gorm:"type:state;default:gone"`
	}
	type Sized struct {
		ID   uint
		Size Size
	}
	enum := func(name string, values ...string) op.Enum { return op.Enum{Name: name, Values: values} }
	for _, test := range []struct {
		models []any
		want   string
	}{
		{[]any{enum(" ", "a")}, `an enum with the values ["a"] has no name`},
		{[]any{enum("e")}, `enum "e" has no values`},
		{[]any{enum("e", "a", "b", "a")}, `enum "e" has the value "a" twice`},
		{[]any{enum("e", "")}, `has the value ""`},
		{[]any{enum("e", "a ")}, `has the value "a "`},
		{[]any{enum("e", strings.Repeat("ä", 32))}, "of 64 bytes, and postgres keeps 63"},
		{[]any{(*op.Enum)(nil)}, "a nil *op.Enum"},
		{[]any{enum("e", "a"), enum("e", "b")}, `enum "e" is declared with the values ["a"] and with ["b"]`},
		{[]any{&Order{}, enum("state", "new")}, `loading model "model_test.Order", field "State": the default "gone" is no value of enum "state"; it has ["new"]`},
		{[]any{&Sized{}, enum("size", "s")}, `loading model "model_test.Sized", field "Size": enum "size" is declared`},
		{[]any{&Order{}, enum("orders", "new")}, `"orders" is the name of an enum and of a table`},
	} {
		_, err := model.Load(open(t), test.models...)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want %s", err, test.want)
		}
	}
}
