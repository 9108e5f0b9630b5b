package model_test

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

type ByValue struct{ ID uint }

func (ByValue) TableName() string { return "by_value_name" }

type ByPointer struct{ ID uint }

func (*ByPointer) TableName() string { return "s1.by_pointer" }

type ByNamer struct{ ID uint }

func (ByNamer) TableName(n schema.Namer) string { return n.TableName("Elsewhere") }

type Generic[T any] struct {
	ID    uint
	Value T
}

func (Generic[T]) TableName() string { return "generics" }

func TestTableNames(t *testing.T) {
	type UserSKU struct{ ID uint }
	type News struct{ ID uint }
	for _, c := range []struct {
		naming schema.NamingStrategy
		model  any
		want   string
	}{
		{schema.NamingStrategy{}, UserSKU{}, "user_skus"},
		{schema.NamingStrategy{}, News{}, "news"},
		{schema.NamingStrategy{SingularTable: true}, UserSKU{}, "user_sku"},
		{schema.NamingStrategy{TablePrefix: "app_"}, UserSKU{}, "app_user_skus"},
		{schema.NamingStrategy{NoLowerCase: true}, UserSKU{}, "UserSKUS"},
		{schema.NamingStrategy{NameReplacer: strings.NewReplacer("SKU", "Item")}, UserSKU{}, "user_items"},
		{schema.NamingStrategy{TablePrefix: "app_"}, ByValue{}, "by_value_name"},
		{schema.NamingStrategy{}, ByPointer{}, "s1.by_pointer"},
		{schema.NamingStrategy{TablePrefix: "app_"}, ByNamer{}, "app_elsewheres"},
		{schema.NamingStrategy{}, Generic[string]{}, "generics"},
	} {
		same(t, []string{c.want}, names(load(t, open(t, &gorm.Config{NamingStrategy: c.naming}), c.model)))
	}
}

func TestNamesInTable(t *testing.T) {
	type Target struct{ ID uint }
	type Long struct {
		ID       uint
		Name     string `gorm:"index;unique;check:name <> ''"`
		TargetID uint
		Target   Target
	}
	db := open(t, &gorm.Config{NamingStrategy: schema.NamingStrategy{TablePrefix: "p.", IdentifierMaxLength: 16}})
	got := table(t, load(t, db, &Long{}), "p.longs")
	same(t, []string{"idx_p_longs_name", "uni_p_longs_name", "chk_p_longs_name"},
		[]string{got.Indexes[0].Name, got.Uniques[0].Name, got.Checks[0].Name})
	// One letter too long: the name ends in a digest.
	same(t, "fk_p_lon", got.ForeignKeys[0].Name[:8])
	same(t, 16, len(got.ForeignKeys[0].Name))
	same(t, "p.targets", got.ForeignKeys[0].RefTable)
}

func TestInputs(t *testing.T) {
	type Thing struct{ ID uint }
	want := load(t, open(t), Thing{})
	for _, m := range []any{&Thing{}, (*Thing)(nil), []Thing{}, []*Thing(nil), &[]Thing{{}}, [2]Thing{}, new(*Thing)} {
		same(t, want, load(t, open(t), m))
	}
	same(t, want, load(t, open(t), Thing{}, &Thing{}, []Thing{}))
	same(t, op.Schema{}, load(t, open(t)))
}

func TestTableOptions(t *testing.T) {
	type Thing struct{ ID uint }
	got := load(t, open(t).Set("gorm:table_options", " STRICT"), &Thing{})
	same(t, "STRICT", table(t, got, "things").Options)
}
