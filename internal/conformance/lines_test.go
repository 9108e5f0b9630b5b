package conformance

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// line is a row of one model with one column that says something, made from a
// Go type and a tag, and another one, b, to refer to.
func line(kind reflect.Type, tag string) row {
	model := reflect.New(reflect.StructOf([]reflect.StructField{
		{Name: "A", Type: kind, Tag: reflect.StructTag("gorm:" + strconv.Quote(tag))},
		{Name: "B", Type: reflect.TypeFor[int]()},
	})).Interface()
	config := gorm.Config{NamingStrategy: fixed{schema.NamingStrategy{IdentifierMaxLength: 63}}}
	return row{name: fmt.Sprintf("%s `%s`", kind, strings.ReplaceAll(tag, "/", "|")), models: []any{model}, config: config}
}

// fixed names the table of a struct that has no name.
type fixed struct{ schema.Namer }

func (fixed) TableName(string) string { return "lines" }

// of makes a line of each tag.
func of[T any](tags ...string) []row {
	rows := make([]row, len(tags))
	for i, tag := range tags {
		rows[i] = line(reflect.TypeFor[T](), tag)
	}
	return rows
}

// native says that rows are in the words of one database.
func native(dialect string, lists ...[]row) (rows []row) {
	for _, list := range lists {
		for _, r := range list {
			r.home = dialect
			r.name = dialect + ": " + r.name
			rows = append(rows, r)
		}
	}
	return rows
}
