package model_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/model"
)

type (
	author struct {
		ID   uint
		Code string
		Nick string `gorm:"unique"`
		Mail string `gorm:"uniqueIndex"`
		Part string `gorm:"uniqueIndex:,where:part <> ''"`
	}
	byCode struct {
		ID         uint
		AuthorCode string
		Author     author `gorm:"foreignKey:AuthorCode;references:Code"`
	}
	byPart struct {
		ID         uint
		AuthorPart string
		Author     author `gorm:"foreignKey:AuthorPart;references:Part"`
	}
	byNick struct {
		ID         uint
		AuthorNick string
		Author     author `gorm:"foreignKey:AuthorNick;references:Nick"`
	}
	byMail struct {
		ID         uint
		AuthorMail string
		Author     author `gorm:"foreignKey:AuthorMail;references:Mail"`
	}
	withoutKey struct {
		ID         uint
		AuthorCode string
		Author     author `gorm:"foreignKey:AuthorCode;references:Code;constraint:-"`
	}
)

// Postgres refuses a key to a column that is not unique (error 42830), and
// SQLite fails each write that looks at it.
func TestReferencesToWhatIsNotUnique(t *testing.T) {
	for _, m := range []any{&byNick{}, &byMail{}, &withoutKey{}} {
		if _, err := model.Load(open(t), m); err != nil {
			t.Errorf("%T: %v", m, err)
		}
	}
	for column, m := range map[string]any{"code": &byCode{}, "part": &byPart{}} {
		_, err := model.Load(open(t), m)
		want := fmt.Sprintf(`.Author refers to %s of table "authors", which is neither its primary key nor unique`, column)
		var known *model.Error
		if !errors.As(err, &known) || !strings.Contains(err.Error(), want) {
			t.Errorf("%T: the error is %v, want one with %s", m, err, want)
		}
	}
}

func TestNamesThatDoNotFit(t *testing.T) {
	type Other struct{ ID uint }
	type Named struct {
		ID      uint
		Title   string `gorm:"column:a_long_title;unique;index:a_long_index;check:a_long_check,id > 0"`
		OtherID uint
		Other   Other `gorm:"constraint:a_long_key,OnDelete:CASCADE"`
	}
	for _, c := range []struct{ long, field, says string }{
		{"nameds", "", ""}, {"a_long_title", "Title", ""}, {"a_long_index", "Title", ""}, {"a_long_check", "Title", ""},
		{"uni_nameds_a_long_title", "Title", ""}, {"a_long_key", "", "the relation Named.Other: "},
	} {
		l := model.Loader{DB: open(t), CheckName: func(name string) error {
			if name == c.long {
				return fmt.Errorf("the name %q is too long", name)
			}
			return nil
		}}
		_, err := l.Load(&Named{})
		var known *model.Error
		if !errors.As(err, &known) || known.Field != c.field || !strings.HasSuffix(known.Model, ".Named") || !strings.Contains(err.Error(), c.says+"the name") {
			t.Errorf("%s: the error is %v, want one about field %q", c.long, err, c.field)
		}
	}
}

type dotted struct{ ID uint }

func (dotted) TableName() string { return "a.b.c" }

func TestTableNameWithDots(t *testing.T) {
	_, err := model.Loader{DB: open(t), CheckName: func(string) error { return nil }}.Load(&dotted{})
	if err == nil || !strings.Contains(err.Error(), `"model_test.dotted": the table name "a.b.c" has 2 dots`) {
		t.Errorf("the error is %v", err)
	}
}
