package schematest

import (
	"github.com/go-limbeck/limbeck/op"
	"pgregory.net/rapid"
)

// column draws an ordinary column.
func column(t *rapid.T, name string) op.Column {
	c := op.Column{Name: name}
	setType(t, &c)
	c.NotNull = rapid.Bool().Draw(t, "not null")
	return c
}

// setType draws a type, and a default that fits it or none.
func setType(t *rapid.T, c *op.Column) {
	c.Type = rapid.SampledFrom([]op.Type{
		op.Bool(), op.Int(64), op.Int(32), op.Uint(32), op.Float(64), op.Decimal(12, 2),
		op.String(100), op.String(50), op.Text(), op.KeyText(), op.Bytes(), op.Time(),
	}).Draw(t, "type")
	setDefault(t, c)
}

func setDefault(t *rapid.T, c *op.Column) {
	c.Default = op.Default{}
	if rapid.Bool().Draw(t, "has default") {
		c.Default = literal(t, c.Type)
	}
}

func literal(t *rapid.T, typ op.Type) op.Default {
	switch typ.Word {
	case op.WordBool:
		return op.Literal(rapid.Bool().Draw(t, "bool"))
	case op.WordInt, op.WordUint:
		return op.Literal(rapid.IntRange(0, 9).Draw(t, "int"))
	case op.WordFloat, op.WordDecimal:
		return op.Literal(rapid.SampledFrom([]float64{0, 0.5, 12.25}).Draw(t, "float"))
	case op.WordString, op.WordText, op.WordKeyText:
		return op.Literal(rapid.SampledFrom([]string{"", "draft", "it's", "1"}).Draw(t, "string"))
	case op.WordTime:
		return op.Literal("2026-01-02 03:04:05+00:00")
	default:
		return op.Default{}
	}
}

func isText(t op.Type) bool {
	return t.Word == op.WordString || t.Word == op.WordText || t.Word == op.WordKeyText
}
