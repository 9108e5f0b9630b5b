package postgres

import (
	"math/big"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// readDefault returns a default of the catalogue as a literal where it plainly
// is one for the column's type, and as an expression otherwise.
func readDefault(stored, text string) op.Default {
	base := baseType(stored)
	if base == "boolean" && (text == "true" || text == "false") {
		return op.Default{Kind: op.DefaultBool, Text: text}
	}
	if isNumberType(base) && isNumber(text) {
		return op.Default{Kind: op.DefaultNumber, Text: text}
	}
	value, cast, quoted := constant(text)
	switch {
	case isNull(text):
		return op.Default{}
	case quoted && isTextType(base) && (cast == "" || cast == base):
		return op.Default{Kind: op.DefaultString, Text: value}
	case quoted && isNumberType(base) && isNumberType(cast) && isNumber(value): // '-7'::integer
		return op.Default{Kind: op.DefaultNumber, Text: value}
	}
	return op.Expr(text)
}

// isNull reports whether a default says NULL, with a cast or without.
func isNull(text string) bool {
	tokens := tokenize(text)
	return len(tokens) > 0 && tokens[0].is("NULL") && (len(tokens) == 1 || tokens[1].is("::"))
}

// constant takes 'value'::type apart.
func constant(text string) (value, cast string, ok bool) {
	tokens := tokenize(text)
	if len(tokens) == 0 || tokens[0].kind != tokenString || tokens[0].text[0] != '\'' {
		return "", "", false
	}
	quoted := tokens[0].text
	value = strings.ReplaceAll(quoted[1:len(quoted)-1], "''", "'")
	if len(tokens) == 1 {
		return value, "", true
	}
	return value, baseType(between(text, tokens[2:])), len(tokens) > 2 && tokens[1].is("::")
}

// plainDefault returns what the catalogue would show for a default of the
// words, where that follows from the two alone.
func plainDefault(stored string, d op.Default, text string) (op.Default, bool) {
	base := baseType(stored)
	_, spelled := d.SpelledOn(Name)
	switch {
	case d.Kind == op.DefaultDatabase && !spelled:
		return d, true
	case text == "":
		return op.Default{}, true
	case spelled || d.Kind == op.DefaultExpr:
		if isNull(text) {
			return op.Default{}, true
		}
		if isTimeType(base) {
			switch strings.ToLower(text) {
			case "now()":
				return op.Expr("now()"), true
			case "current_timestamp":
				return op.Expr("CURRENT_TIMESTAMP"), true
			}
		}
		return op.Expr(text), false
	case d.Kind == op.DefaultBytes && base == "bytea":
		return op.Expr(`'\x` + d.Text + "'::bytea"), true
	case d.Kind == op.DefaultString && isTextType(base),
		d.Kind == op.DefaultNumber && isNumberType(base),
		d.Kind == op.DefaultBool && base == "boolean":
		return op.Default{Kind: d.Kind, Text: d.Text}, true
	}
	return op.Expr(text), false
}

func sameDefault(live, stored op.Column) bool {
	a, b := live.Default, stored.Default
	switch {
	case b.Kind == op.DefaultDatabase:
		return true
	case a.Kind == op.DefaultNumber && b.Kind == op.DefaultNumber && a.Text != b.Text:
		x, okX := new(big.Rat).SetString(a.Text)
		y, okY := new(big.Rat).SetString(b.Text)
		return okX && okY && x.Cmp(y) == 0
	case a.Kind == op.DefaultExpr && b.Kind == op.DefaultExpr:
		return a.Text == b.Text || normalSQL(a.Text) == normalSQL(b.Text)
	}
	return a.Equal(b)
}

// isTextType reports whether a string constant of the type is shown as it was
// written. That of character(n) is, too, but has a cast of its own.
func isTextType(base string) bool { return base == "text" || base == "character varying" }

func isNumberType(base string) bool {
	switch base {
	case "smallint", "integer", "bigint", "numeric", "real", "double precision":
		return true
	}
	return false
}

func isTimeType(base string) bool {
	return base == "timestamp with time zone" || base == "timestamp without time zone"
}

func isNumber(text string) bool {
	text = strings.TrimPrefix(text, "-")
	return text != "" && strings.Trim(text, "0123456789.") == "" && strings.Count(text, ".") <= 1 && text != "."
}
