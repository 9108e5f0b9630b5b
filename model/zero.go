package model

import (
	"database/sql/driver"
	"reflect"
	"strings"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm/schema"
)

// Zero is the zero value of a field's Go type, which a program reads for a null
// and which says "not set".
type Zero struct {
	Table, Column string
	Value         op.Default
}

// zeroOf returns the zero value of a field with a raw type, if it has one that
// the column can hold and that means nothing more. For the words of package op
// their name says as much.
func zeroOf(f *schema.Field, t op.Type) (zero op.Default, ok bool) {
	if t.Word != op.WordRaw || f.IndirectFieldType.Implements(reflect.TypeFor[driver.Valuer]()) {
		return op.Default{}, false
	}
	switch kind := f.IndirectFieldType.Kind(); columnKind(t.Text) {
	case "number":
		if kind == reflect.Bool || kind >= reflect.Int && kind <= reflect.Float64 {
			return op.Literal(0), true
		}
	case "bool":
		if kind == reflect.Bool {
			return op.Literal(false), true
		}
	case "text":
		if kind == reflect.String {
			return op.Literal(""), true
		}
	}
	return op.Default{}, false
}

// columnKind returns what a raw type holds, as far as its first word tells.
func columnKind(text string) string {
	word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(text)), "(")
	if fields := strings.Fields(word); len(fields) > 0 && !strings.Contains(text, "[") {
		word = fields[0]
	} else {
		return ""
	}
	switch word {
	case "bool", "boolean":
		return "bool"
	case "text", "char", "varchar", "character", "nchar", "nvarchar", "tinytext", "mediumtext", "longtext", "clob", "citext":
		return "text"
	case "int", "integer", "tinyint", "smallint", "mediumint", "bigint", "int2", "int4", "int8",
		"decimal", "numeric", "real", "float", "float4", "float8", "double", "money":
		return "number"
	}
	return ""
}
