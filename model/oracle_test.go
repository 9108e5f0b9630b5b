package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
	"gorm.io/gorm/utils/tests"
)

// found is a table as SQLite's catalogue shows it.
type found struct {
	Columns []foundColumn
	Indexes []foundIndex
	Uniques [][]string
	Keys    []op.ForeignKey // without names
	SQL     string
}

type foundColumn struct {
	Name, Type, Default string
	NotNull             bool
	Key                 int
}

type foundIndex struct {
	Name    string
	Unique  bool
	Columns []string
}

// inspect reads what AutoMigrate made.
func inspect(t *testing.T, db *gorm.DB) map[string]found {
	t.Helper()
	query := func(into any, sql string, args ...any) {
		t.Helper()
		if err := db.Raw(sql, args...).Scan(into).Error; err != nil {
			t.Fatal(err)
		}
	}
	var tables []struct{ Name, SQL string }
	query(&tables, "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
	all := map[string]found{}
	for _, table := range tables {
		f := found{SQL: table.SQL}
		query(&f.Columns, `SELECT name, lower(type) AS type, coalesce(dflt_value, '') AS "default", "notnull" AS not_null, pk AS key FROM pragma_table_info(?)`, table.Name)
		var indexes []struct {
			Name, Origin string
			Unique       bool
		}
		query(&indexes, `SELECT name, origin, "unique" FROM pragma_index_list(?) ORDER BY name`, table.Name)
		for _, x := range indexes {
			var columns []string
			query(&columns, "SELECT coalesce(name, '(expr)') || CASE desc WHEN 1 THEN ' desc' ELSE '' END FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno", x.Name)
			switch x.Origin {
			case "c":
				f.Indexes = append(f.Indexes, foundIndex{Name: x.Name, Unique: x.Unique, Columns: columns})
			case "u":
				f.Uniques = append(f.Uniques, columns)
			}
		}
		var keys []struct {
			ID                                  int
			Table, From, To, OnDelete, OnUpdate string
		}
		query(&keys, `SELECT id, "table", "from", "to", on_delete, on_update FROM pragma_foreign_key_list(?) ORDER BY id, seq`, table.Name)
		for i, k := range keys {
			if i == 0 || keys[i-1].ID != k.ID {
				f.Keys = append(f.Keys, op.ForeignKey{RefTable: k.Table, OnDelete: noAction(k.OnDelete), OnUpdate: noAction(k.OnUpdate)})
			}
			last := &f.Keys[len(f.Keys)-1]
			last.Columns = append(last.Columns, k.From)
			last.RefColumns = append(last.RefColumns, k.To)
		}
		f.sort()
		all[table.Name] = f
	}
	return all
}

func noAction(text string) string {
	if text == "NO ACTION" {
		return ""
	}
	return text
}

func (f *found) sort() {
	slices.SortFunc(f.Uniques, slices.Compare)
	slices.SortFunc(f.Keys, func(a, b op.ForeignKey) int { return strings.Compare(a.String(), b.String()) })
}

// expected says the same of a loaded table, and checks its names in the SQL.
func expected(t *testing.T, table op.Table, sql string) found {
	t.Helper()
	f := found{SQL: sql}
	for _, c := range table.Columns {
		text, ok := c.Type.SpelledOn("sqlite")
		if !ok {
			text = spell(c.Type)
		}
		key := 1 + slices.IndexFunc(table.PrimaryKey, func(p op.KeyPart) bool { return p.Column == c.Name })
		f.Columns = append(f.Columns, foundColumn{Name: c.Name, Type: strings.ToLower(text), Default: defaultSQL(c.Default), NotNull: c.NotNull, Key: key})
		if numbers := strings.Contains(sql, "`"+c.Name+"` integer PRIMARY KEY AUTOINCREMENT"); numbers != c.AutoIncrement {
			t.Errorf("AutoIncrement of %s.%s is %v in %s", table.Name, c.Name, c.AutoIncrement, sql)
		}
	}
	for _, x := range table.Indexes {
		fx := foundIndex{Name: x.Name, Unique: x.Unique}
		for _, p := range x.Columns {
			text := p.Column
			if p.Expr != "" {
				text = "(expr)"
			}
			if p.Desc {
				text += " desc"
			}
			fx.Columns = append(fx.Columns, text)
		}
		f.Indexes = append(f.Indexes, fx)
	}
	contains := func(text string) {
		t.Helper()
		if !strings.Contains(sql, text) {
			t.Errorf("there is no %s in %s", text, sql)
		}
	}
	for _, u := range table.Uniques {
		f.Uniques = append(f.Uniques, []string{u.Columns[0].Column})
		contains("CONSTRAINT `" + u.Name + "` UNIQUE")
	}
	for _, c := range table.Checks {
		contains("CONSTRAINT `" + c.Name + "` CHECK (" + c.Expr + ")")
	}
	for _, k := range table.ForeignKeys {
		contains("CONSTRAINT `" + k.Name + "` FOREIGN KEY")
		k.Name = ""
		f.Keys = append(f.Keys, k)
	}
	f.sort()
	return f
}

func defaultSQL(d op.Default) string {
	switch d.Kind {
	case op.DefaultString:
		return `"` + d.Text + `"`
	case op.DefaultDatabase:
		return ""
	}
	return d.Text
}

// TestOracle compares what Load says with what AutoMigrate does.
func TestOracle(t *testing.T) {
	for _, c := range oracleCases() {
		t.Run(c.name, func(t *testing.T) {
			setUp := func() *gorm.DB {
				db := open(t, &c.config)
				if c.setUp != nil {
					c.setUp(t, db)
				}
				return db
			}
			db := setUp()
			if err := db.AutoMigrate(c.models...); err != nil {
				t.Fatal(err)
			}
			got := inspect(t, db)
			// On a database of its own and on the one that AutoMigrate used.
			for _, db := range []*gorm.DB{setUp(), db} {
				s, err := model.Loader{DB: db, Spell: spell}.Load(c.models...)
				if err != nil {
					t.Fatal(err)
				}
				want := map[string]found{}
				for _, table := range s.Tables {
					want[table.Name] = expected(t, table, got[table.Name].SQL)
				}
				same(t, want, got)
			}
		})
	}
}

type oracleCase struct {
	name   string
	config gorm.Config
	setUp  func(*testing.T, *gorm.DB)
	models []any
}

func oracleCases() []oracleCase {
	type Target struct {
		ID   uint
		Kode string `gorm:"unique"`
	}
	type Inner struct {
		City string `gorm:"index;size:40"`
		Zip  int    `gorm:"not null;default:-1"`
	}
	type Everything struct {
		gorm.Model
		Name     string  `gorm:"size:20;not null;default:draft;index:,sort:desc"`
		Price    float64 `gorm:"precision:10;scale:2;check:price > 0"`
		Flag     bool    `gorm:"default:true"`
		Stamp    string  `gorm:"type:varchar(30);unique"`
		Lower    string  `gorm:"index:,unique,expression:lower(lower),where:flag"`
		TypeTime string  `gorm:"type:TIME"`
		Null     *string `gorm:"default:null"`
		Token    Token
		Document Document `gorm:"default:'{}'"`
		Elsew    string   `gorm:"default:(-)"`
		A        int      `gorm:"uniqueIndex:pair,priority:2;check:named,a <> 7"`
		B        int      `gorm:"uniqueIndex:pair,priority:1"`
		Bill     Inner    `gorm:"embedded;embeddedPrefix:bill_"`
		Ship     Inner    `gorm:"embedded;embeddedPrefix:ship_"`
		Kode     string
		Target   Target `gorm:"references:Kode;foreignKey:Kode;constraint:OnDelete:SET NULL,OnUpdate:cascade"`
	}
	type Keys struct {
		B string `gorm:"primaryKey"`
		A int    `gorm:"primaryKey"`
	}
	type Raw struct {
		ID uint `gorm:"type:integer;primaryKey"`
	}
	type Numbered struct {
		Seq  int `gorm:"autoIncrement"`
		Name string
	}
	type Flake struct{ ID Snowflake }
	// Goods are children of a shop and on its list: their own join tables come
	// along, which those of other added models do not.
	type Tag struct{ ID uint }
	type Good struct {
		ID     uint
		ShopID uint
		Tags   []Tag `gorm:"many2many:good_tags"`
	}
	type Shop struct {
		ID     uint
		Goods  []Good
		Listed []Good `gorm:"many2many:listed_goods"`
	}
	// Of two embedded relations of one name, GORM keeps the last.
	type Red struct {
		Tags []Tag `gorm:"many2many:red_tags"`
	}
	type Label struct{ ID uint }
	type Blue struct {
		Tags []Label `gorm:"many2many:blue_tags"`
	}
	type Painting struct {
		ID uint
		Red
		Blue
	}
	prefixed := gorm.Config{NamingStrategy: schema.NamingStrategy{TablePrefix: "app_", SingularTable: true}}
	return []oracleCase{
		{name: "gorm's test models", models: gormModels()},
		{name: "gorm's test models, prefixed", config: prefixed, models: gormModels()},
		{name: "no foreign keys", config: gorm.Config{DisableForeignKeyConstraintWhenMigrating: true}, models: gormModels()},
		{name: "no relations", config: gorm.Config{IgnoreRelationshipsWhenMigrating: true}, models: gormModels()},
		{name: "one of them", models: []any{&tests.User{}}},
		{name: "child alone", models: []any{&tests.Child{}}},
		{name: "everything", models: []any{&Everything{}}},
		{name: "keys", models: []any{&Keys{}, &Raw{}, &Numbered{}, &Flake{}}},
		{name: "cities", models: []any{&Street{}, &Mayor{}, &City{}}},
		{name: "listed for target", models: []any{&Purchase{}, &Customer{}}},
		{name: "many to many", models: []any{&Team{}, &Player{}}},
		{name: "many to many, reversed", models: []any{&Player{}, &Team{}}},
		{name: "children on a list", models: []any{&Shop{}}},
		{name: "relations of one name", models: []any{&Painting{}}},
		{name: "one side", models: []any{&Team{}}},
		{name: "join model last", models: []any{&Left{}, &Right{}, &Shared{}}},
		{name: "join model first", models: []any{&Shared{}, &Left{}}},
		{name: "set up", models: []any{&Membership{}, &Team{}, &Player{}}, setUp: func(t *testing.T, db *gorm.DB) {
			for model, field := range map[any]string{&Team{}: "Players", &Player{}: "Teams"} {
				if err := db.SetupJoinTable(model, field, &Membership{}); err != nil {
					t.Fatal(err)
				}
			}
		}},
	}
}

func gormModels() []any {
	return []any{
		&tests.User{}, &tests.Account{}, &tests.Pet{}, &tests.Toy{}, &tests.Tools{}, &tests.Company{},
		&tests.Language{}, &tests.Coupon{}, &tests.CouponProduct{}, &tests.Order{}, &tests.Parent{}, &tests.Child{},
	}
}
