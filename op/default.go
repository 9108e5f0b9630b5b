package op

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Default is what the database puts into a column that an INSERT leaves out.
// The zero value says that there is none. Make one with [Literal], [Expr] or
// [DatabaseDefault].
type Default struct {
	Kind DefaultKind `json:"kind,omitzero"`
	// Text is the value without quotes, bytes as hexadecimal digits, or the
	// expression.
	Text string `json:"text,omitzero"`
	// Spellings replace the text on single databases.
	Spellings []Spelling `json:"on,omitzero"`
}

// DefaultKind tells the kinds of defaults apart.
type DefaultKind string

// The kinds of defaults.
const (
	DefaultNone     DefaultKind = ""
	DefaultString   DefaultKind = "string"
	DefaultNumber   DefaultKind = "number"
	DefaultBool     DefaultKind = "bool"
	DefaultBytes    DefaultKind = "bytes"
	DefaultExpr     DefaultKind = "expr"
	DefaultDatabase DefaultKind = "database"
)

// Literal is a constant default. A whole number stays digit for digit, a
// floating-point number is written as its shortest decimal.
func Literal[T bool | string | []byte | int | int64 | uint64 | float64](value T) Default {
	switch v := any(value).(type) {
	case bool:
		return Default{Kind: DefaultBool, Text: strconv.FormatBool(v)}
	case string:
		return Default{Kind: DefaultString, Text: v}
	case []byte:
		return Default{Kind: DefaultBytes, Text: hex.EncodeToString(v)}
	case float64:
		return Default{Kind: DefaultNumber, Text: strconv.FormatFloat(v, 'f', -1, 64)}
	default:
		return Default{Kind: DefaultNumber, Text: fmt.Sprint(v)}
	}
}

// Expr is a default that the database evaluates for each row, in SQL.
func Expr(sql string) Default { return Default{Kind: DefaultExpr, Text: sql} }

// DatabaseDefault says that the database fills the column by means that the
// models do not state (GORM's `default:(-)`): no revision writes a default,
// and none that is found there is a difference.
func DatabaseDefault() Default { return Default{Kind: DefaultDatabase} }

// On returns the default with another expression on one database.
func (d Default) On(dialect, text string) Default {
	d.Spellings = withSpelling(d.Spellings, dialect, text)
	return d
}

// SpelledOn returns the expression that [Default.On] gave for that database,
// if any.
func (d Default) SpelledOn(dialect string) (text string, ok bool) {
	return spelledOn(d.Spellings, dialect)
}

// Equal reports whether both say the same, for go-cmp too.
func (d Default) Equal(e Default) bool {
	return d.Kind == e.Kind && d.Text == e.Text && slices.Equal(d.Spellings, e.Spellings)
}

// IsZero reports whether there is no default.
func (d Default) IsZero() bool { return d.Equal(Default{}) }

// String returns the default for people to read: 'draft', 0, true, x'00ff',
// now().
func (d Default) String() string {
	text := d.Text
	switch d.Kind {
	case DefaultNone:
		text = "none"
	case DefaultString:
		text = "'" + strings.ReplaceAll(d.Text, "'", "''") + "'"
	case DefaultBytes:
		text = "x'" + d.Text + "'"
	case DefaultDatabase:
		text = "set by the database"
	}
	return text + spellingsString(d.Spellings)
}

// GoString returns the Go expression that makes the default.
func (d Default) GoString() string {
	var expr string
	switch d.Kind {
	case DefaultNone:
		return "op.Default{}"
	case DefaultString:
		expr = "op.Literal(" + quoteGo(d.Text) + ")"
	case DefaultBool:
		expr = "op.Literal(" + d.Text + ")"
	case DefaultBytes:
		bytes, _ := hex.DecodeString(d.Text) // Literal makes no others
		expr = "op.Literal([]byte(" + strconv.Quote(string(bytes)) + "))"
	case DefaultNumber:
		expr = "op.Literal(" + numberGo(d.Text) + ")"
	case DefaultExpr:
		expr = "op.Expr(" + quoteGo(d.Text) + ")"
	case DefaultDatabase:
		expr = "op.DatabaseDefault()"
	}
	return expr + spellingsGoString(d.Spellings)
}

// numberGo returns a number as a Go constant of a type that Literal takes. A
// constant beyond the smallest int would not compile everywhere without its
// type.
func numberGo(text string) string {
	if _, err := strconv.ParseInt(text, 10, 32); err == nil {
		return text
	}
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		return "int64(" + text + ")" // an int may have 32 bits
	}
	if _, err := strconv.ParseUint(text, 10, 64); err == nil {
		return "uint64(" + text + ")"
	}
	if !strings.Contains(text, ".") {
		return text + ".0"
	}
	return text
}
