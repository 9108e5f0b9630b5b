package render

import (
	"encoding/hex"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// word returns the Go expression that makes a type, a default or a list of key
// parts in the vocabulary of package op: op.Int(64), op.Literal("draft"). Not
// every value has one: the number 1.50 would come out of op.Literal as 1.5, and
// a Type made by hand may be none that its word makes. Those are printed field
// by field.
func word(v reflect.Value) (text string, ok bool) {
	switch w := v.Interface().(type) {
	case op.Type:
		return w.GoString(), w.Equal(typeOfWord(w))
	case op.Default:
		return w.GoString(), w.Equal(defaultOfKind(w))
	}
	return "", false
}

// typeOfWord makes the type again, as the expression that GoString returns
// does.
func typeOfWord(t op.Type) op.Type {
	var made op.Type
	one := len(t.Args) == 1
	switch {
	case t.Word == op.WordBool:
		made = op.Bool()
	case t.Word == op.WordInt && one:
		made = op.Int(t.Args[0])
	case t.Word == op.WordUint && one:
		made = op.Uint(t.Args[0])
	case t.Word == op.WordFloat && one:
		made = op.Float(t.Args[0])
	case t.Word == op.WordString && one:
		made = op.String(t.Args[0])
	case t.Word == op.WordDecimal && len(t.Args) > 0:
		made = op.Decimal(t.Args[0], t.Args[1:]...)
	case t.Word == op.WordText:
		made = op.Text()
	case t.Word == op.WordKeyText:
		made = op.KeyText()
	case t.Word == op.WordBytes:
		made = op.Bytes(t.Args...)
	case t.Word == op.WordTime:
		made = op.Time(t.Args...)
	case t.Word == op.WordEnum:
		made = op.EnumType(t.Text, t.Values...)
	case t.Word == op.WordRaw:
		made = op.Raw(t.Text)
	}
	if made.Word != "" {
		for _, s := range t.Spellings {
			made = made.On(s.Dialect, s.Text)
		}
	}
	return made
}

// defaultOfKind makes the default again, as the expression that GoString
// returns does.
func defaultOfKind(d op.Default) op.Default {
	var made op.Default
	switch d.Kind {
	case op.DefaultString:
		made = op.Literal(d.Text)
	case op.DefaultNumber:
		made = number(d.Text)
	case op.DefaultBool:
		made = op.Literal(d.Text == "true")
	case op.DefaultBytes:
		bytes, _ := hex.DecodeString(d.Text) // another text comes out as another
		made = op.Literal(bytes)
	case op.DefaultExpr:
		made = op.Expr(d.Text)
	case op.DefaultDatabase:
		made = op.DatabaseDefault()
	}
	if made.Kind != "" {
		for _, s := range d.Spellings {
			made = made.On(s.Dialect, s.Text)
		}
	}
	return made
}

func number(text string) op.Default {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return op.Literal(n)
	}
	if n, err := strconv.ParseUint(text, 10, 64); err == nil {
		return op.Literal(n)
	}
	if x, err := strconv.ParseFloat(text, 64); err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) {
		return op.Literal(x)
	}
	return op.Default{}
}

// columns returns op.Columns("a", "b") in parts, for key parts that are plain
// columns.
func columns(v reflect.Value) (names []string, ok bool) {
	if v.Type().Elem() != reflect.TypeFor[op.KeyPart]() {
		return nil, false
	}
	for i := range v.Len() {
		part := v.Index(i).Interface().(op.KeyPart)
		if part != (op.KeyPart{Column: part.Column}) {
			return nil, false
		}
		names = append(names, quote(part.Column))
	}
	return names, true
}

// quote returns a string literal. Which texts may stand in a raw one is a rule
// of package op, so that its GoString methods and this package agree; it is
// read off the expression there.
func quote(text string) string {
	return strings.TrimSuffix(strings.TrimPrefix(op.Raw(text).GoString(), "op.Raw("), ")")
}
