package diff

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// zeroOf returns the zero value of a type, and whether it means nothing more
// than "not set".
func zeroOf(t op.Type) (zero op.Default, isHonest bool) {
	switch t.Word {
	case op.WordBool:
		return op.Literal(false), true
	case op.WordInt, op.WordUint, op.WordFloat, op.WordDecimal:
		return op.Literal(0), true
	case op.WordString, op.WordText, op.WordKeyText:
		return op.Literal(""), true
	case op.WordBytes:
		return op.Literal([]byte{}), true
	case op.WordTime:
		return zeroTime(), false
	default:
		return zeroOfText(t.Text), false
	}
}

// zeroTime is Go's zero time.
func zeroTime() op.Default { return op.Literal("0001-01-01 00:00:00+00:00") }

// zeroOfText guesses from the text of a raw type what it holds, for Down, where
// nobody can be asked.
func zeroOfText(text string) op.Default {
	text = strings.ToLower(text)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(text, part) })
	}
	switch {
	case has("json"):
		return op.Literal("{}")
	case has("uuid"):
		return op.Literal("00000000-0000-0000-0000-000000000000")
	case has("bool"):
		return op.Literal(false)
	case has("date", "time"):
		return zeroTime()
	case has("int", "num", "dec", "real", "float", "double", "serial"):
		return op.Literal(0)
	case has("blob", "bytea", "binary"):
		return op.Literal([]byte{})
	default:
		return op.Literal("")
	}
}
