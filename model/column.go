package model

import (
	"strings"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm/schema"
)

func (l Loader) column(f *schema.Field) (op.Column, error) {
	d, err := l.defaultOf(f)
	if err != nil {
		return op.Column{}, err
	}
	t, isEnum, err := l.enumType(f, d)
	if err != nil {
		return op.Column{}, err
	}
	if !isEnum {
		t = l.typeOf(f)
	}
	return TakeApart(op.Column{
		Name:          f.DBName,
		Type:          t,
		NotNull:       f.NotNull,
		Default:       d,
		AutoIncrement: l.autoIncrement(f),
		Generated:     generated(f),
		Comment:       f.Comment,
	}), nil
}

// autoIncrement reports whether the database is asked to number the rows. A
// type in the database's own words often leaves no room for that: `type:integer`
// on SQLite numbers nothing, `type:bigserial` on Postgres says it already. The
// dialector knows.
func (l Loader) autoIncrement(f *schema.Field) bool {
	if !f.AutoIncrement {
		return false
	}
	if _, portable := wordOf(f); portable && ownType(l.DB, f) == "" {
		return true
	}
	return l.databaseType(f, true) != l.databaseType(f, false)
}

// generated returns the expression of a `generated:` tag. A bare tag has its
// own name as its value and means nothing; identity columns have no word yet,
// and GORM's drivers for SQLite and MySQL make plain columns of them too.
func generated(f *schema.Field) op.Generated {
	expr := strings.TrimSpace(f.TagSettings["GENERATED"])
	word, _, _ := strings.Cut(strings.ToLower(expr), " ")
	if expr == "" || expr == "GENERATED" || word == "identity" {
		return op.Generated{}
	}
	return op.Generated{Expr: expr, Stored: true}
}
