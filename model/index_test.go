package model_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

func TestIndexes(t *testing.T) {
	type Inner struct {
		City string `gorm:"index"`
	}
	type Indexed struct {
		Plain   string `gorm:"index"`
		Renamed string `gorm:"column:other;index"`
		Named   string `gorm:"index:by_name"`
		Unique  string `gorm:"uniqueIndex"`
		Unique2 string `gorm:"index:,unique"`
		Lower   string `gorm:"index:,class:unique"`
		Full    string `gorm:"index:,class:fulltext,option:WITH PARSER ngram"`
		Part    string `gorm:"index:,where:part <> 'a\\,b',comment:some"`
		Sorted  string `gorm:"index:,sort:DESC nulls last,collate:nocase,length:10"`
		Up      string `gorm:"index:,sort:asc"`
		First   string `gorm:"index:,sort:Nulls First"`
		Method  string `gorm:"index:,type:gin"`
		Expr    string `gorm:"index:,expression:lower(expr)"`
		A       string `gorm:"index:pair,priority:2;index:single_a"`
		B       string `gorm:"index:pair,priority:1"`
		C       string `gorm:"uniqueIndex:,composite:cd"`
		D       string `gorm:"uniqueIndex:,composite:cd"`
		Empty   string `gorm:"index:"`
		Whole   string `gorm:"index:half"`
		Hidden  string `gorm:"-:migration;index:half"`
		Carrier string `gorm:"-:migration;index:carried,expression:upper(plain)"`
		Bill    Inner  `gorm:"embedded;embeddedPrefix:bill_"`
		Ship    Inner  `gorm:"embedded;embeddedPrefix:ship_"`
	}
	same(t, []op.Index{
		{Name: "by_name", Columns: op.Columns("named")},
		{Name: "carried", Columns: []op.KeyPart{{Expr: "upper(plain)"}}},
		{Name: "idx_indexeds_cd", Unique: true, Columns: op.Columns("c", "d")},
		{Name: "idx_indexeds_city", Columns: op.Columns("bill_city", "ship_city")},
		{Name: "idx_indexeds_expr", Columns: []op.KeyPart{{Expr: "lower(expr)"}}},
		{Name: "idx_indexeds_first", Columns: []op.KeyPart{{Column: "first", Nulls: "first"}}},
		{Name: "idx_indexeds_full", Class: "FULLTEXT", Options: "WITH PARSER ngram", Columns: op.Columns("full")},
		{Name: "idx_indexeds_lower", Unique: true, Columns: op.Columns("lower")},
		{Name: "idx_indexeds_method", Method: "gin", Columns: op.Columns("method")},
		{Name: "idx_indexeds_part", Where: "part <> 'a,b'", Comment: "some", Columns: op.Columns("part")},
		{Name: "idx_indexeds_plain", Columns: op.Columns("plain")},
		{Name: "idx_indexeds_renamed", Columns: op.Columns("other")},
		{Name: "idx_indexeds_sorted", Columns: []op.KeyPart{{Column: "sorted", Desc: true, Nulls: "last", Collate: "nocase", Length: 10}}},
		{Name: "idx_indexeds_unique", Unique: true, Columns: op.Columns("unique")},
		{Name: "idx_indexeds_unique2", Unique: true, Columns: op.Columns("unique2")},
		{Name: "idx_indexeds_up", Columns: op.Columns("up")},
		{Name: "pair", Columns: op.Columns("b", "a")},
		{Name: "single_a", Columns: op.Columns("a")},
	}, table(t, load(t, open(t), &Indexed{}), "indexeds").Indexes)
}

func TestUniquesAndChecks(t *testing.T) {
	type Constrained struct {
		Code   string `gorm:"column:kode;unique"`
		Named  string `gorm:"unique:some_name"`
		Age    int    `gorm:"check:age > 13"`
		Height int    `gorm:"check:tall,height > 100"`
		Kind   string `gorm:"check:kind in ('a','b')"`
		Comma  string `gorm:"check:,comma <> ''"`
	}
	got := table(t, load(t, open(t), &Constrained{}), "constraineds")
	same(t, []op.Unique{
		{Name: "uni_constraineds_kode", Columns: op.Columns("kode")},
		{Name: "uni_constraineds_named", Columns: op.Columns("named")},
	}, got.Uniques)
	same(t, []op.Check{
		{Name: "chk_constraineds_age", Expr: "age > 13"},
		{Name: "chk_constraineds_comma", Expr: "comma <> ''"},
		{Name: "chk_constraineds_kind", Expr: "kind in ('a','b')"},
		{Name: "tall", Expr: "height > 100"},
	}, got.Checks)
}

func TestTagsOfEmbeddingField(t *testing.T) {
	type Inner struct {
		A int
		B int
	}
	// GORM hands the check down to each field, under one name.
	type Outer struct {
		Inner Inner `gorm:"embedded;check:positive,1 > 0"`
	}
	same(t, []op.Check{{Name: "positive", Expr: "1 > 0"}}, table(t, load(t, open(t), &Outer{}), "outers").Checks)
}
