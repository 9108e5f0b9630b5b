package postgres

import (
	"fmt"
	"strconv"

	"github.com/go-limbeck/limbeck/op"
)

// SpellType returns the column type that stands for t on PostgreSQL. The table
// is frozen: it is what gorm.io/driver/postgres v1.6.3 writes, and a committed
// revision keeps its meaning whatever later drivers do. That a column numbers
// itself is not the type's affair here.
func (Dialect) SpellType(t op.Type) string {
	if text, ok := t.SpelledOn(Name); ok {
		return text
	}
	n, hasNumber := t.Arg(0)
	switch t.Word {
	case op.WordBool:
		return "boolean"
	case op.WordInt:
		return spellInt(n)
	case op.WordUint:
		return spellInt(n + 1)
	case op.WordFloat:
		return "decimal"
	case op.WordDecimal:
		if scale, _ := t.Arg(1); scale > 0 {
			return fmt.Sprintf("numeric(%d, %d)", n, scale)
		}
		return fmt.Sprintf("numeric(%d)", n)
	case op.WordString:
		const most = 10485760 // characters, htup_details.h: MaxAttrSize
		if n > 0 && n <= most {
			return "varchar(" + strconv.Itoa(n) + ")"
		}
		return "text"
	case op.WordText, op.WordKeyText:
		return "text"
	case op.WordBytes:
		return "bytea"
	case op.WordTime:
		if hasNumber && n > 0 {
			return fmt.Sprintf("timestamptz(%d)", n)
		}
		return "timestamptz"
	case op.WordEnum:
		return quoteTable(t.Text)
	default:
		return t.Text
	}
}

func spellInt(bits int) string {
	switch {
	case bits <= 16:
		return "smallint"
	case bits <= 32:
		return "integer"
	default:
		return "bigint"
	}
}
