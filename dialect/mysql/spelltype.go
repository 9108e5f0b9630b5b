package mysql

import (
	"fmt"
	"strconv"

	"github.com/go-limbeck/limbeck/op"
)

// SpellType returns the column type that stands for t. The table is frozen: it
// is what gorm.io/driver/mysql v1.6.0 writes with its default settings, and a
// committed revision keeps its meaning whatever later drivers do.
func (Dialect) SpellType(t op.Type) string {
	if text, ok := t.SpelledOn(Name); ok {
		return text
	}
	n, given := t.Arg(0)
	switch t.Word {
	case op.WordBool:
		return "boolean"
	case op.WordInt:
		return spellInt(n)
	case op.WordUint:
		return spellInt(n) + " unsigned"
	case op.WordFloat:
		if n <= 32 {
			return "float"
		}
		return "double"
	case op.WordDecimal:
		scale, _ := t.Arg(1)
		return fmt.Sprintf("decimal(%d, %d)", n, scale)
	case op.WordString:
		switch {
		case n <= 0 || n > 1<<24:
			return "longtext"
		case n >= 1<<16:
			return "mediumtext"
		}
		return "varchar(" + strconv.Itoa(n) + ")"
	case op.WordText:
		return "longtext"
	case op.WordKeyText:
		return "varchar(191)" // four bytes each fill the 767 of an index
	case op.WordBytes:
		switch {
		case n <= 0 || n > 1<<24:
			return "longblob"
		case n >= 1<<16:
			return "mediumblob"
		}
		return "varbinary(" + strconv.Itoa(n) + ")"
	case op.WordTime:
		switch {
		case !given:
			return "datetime(3)"
		case n <= 0:
			return "datetime"
		}
		return "datetime(" + strconv.Itoa(n) + ")"
	case op.WordEnum:
		return mode{}.spellEnum(t.Values)
	default:
		return t.Text
	}
}

func spellInt(bits int) string {
	switch {
	case bits <= 8:
		return "tinyint"
	case bits <= 16:
		return "smallint"
	case bits <= 24:
		return "mediumint"
	case bits <= 32:
		return "int"
	default:
		return "bigint"
	}
}
