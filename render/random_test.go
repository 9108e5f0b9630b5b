package render_test

import (
	"math"
	"reflect"

	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

// anyText draws text that is hard on a printer.
var anyText = rapid.OneOf(
	rapid.Just(""), // often, since a field that is left out is a case of its own
	rapid.SampledFrom([]string{
		"", "books", "title", "it's", `say "hi"`, "back`quote", `back\slash`, "two\nlines", "`\n\"", "\r\n", "\r",
		"\x00", "\ufeff", "a\ufeffb", "\xff", "\xc3\x28 \n", "*/", "/* */", "//go:build linux", "+build linux", "// +build x",
		"\u2028", "\u202e", "日本語", "e\u0301", "\U0001f600\n", "\ufffd", "\t\n", "${x}", "%s%d", "a\n\nb\n", "\x1b[31m",
	}),
	rapid.String(),
	rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 12), func(b []byte) string { return string(b) }),
)

var spellings = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"mysql", "postgres", "sqlite", "x\"`"}), 0, 2, rapid.ID)

// tameText draws text that has one line, of any length.
var tameText = rapid.OneOf(rapid.Just(""), rapid.StringMatching("[a-zé\"\\\\` ]{0,30}"), rapid.StringMatching("[a-z]{80,120}"))

func typeWith(text *rapid.Generator[string]) *rapid.Generator[op.Type] {
	return rapid.Custom(func(t *rapid.T) op.Type { return drawType(t, text) })
}

func drawType(t *rapid.T, anyText *rapid.Generator[string]) op.Type {
	n, m := rapid.IntRange(-1, 300).Draw(t, "n"), rapid.IntRange(0, 30).Draw(t, "m")
	word := rapid.SampledFrom([]op.Type{
		{}, op.Bool(), op.Int(n), op.Uint(n), op.Float(n), op.Decimal(n), op.Decimal(n, m), op.String(n), op.Text(), op.KeyText(),
		op.Bytes(), op.Bytes(n), op.Time(), op.Time(m), op.Raw(anyText.Draw(t, "text")),
		op.EnumType(anyText.Draw(t, "name"), anyText.Draw(t, "value"), "x"), op.EnumType(""),
		// None that a word makes.
		{Word: "int"}, {Word: "decimal"}, {Word: "text", Args: []int{n}}, {Word: "raw", Args: []int{n}}, {Word: "int", Args: []int{n, m}},
		{Word: op.Word(anyText.Draw(t, "word"))}, {Text: "x"}, {Word: "bool", Text: "x"},
		{Word: "text", Spellings: []op.Spelling{{Dialect: "sqlite", Text: "a"}, {Dialect: "mysql", Text: "b"}}},
		{Spellings: []op.Spelling{{Dialect: "sqlite", Text: "a"}}},
	}).Draw(t, "type")
	for _, dialect := range spellings.Draw(t, "spellings") {
		word = word.On(dialect, anyText.Draw(t, "spelling"))
	}
	return word
}

func defaultWith(text *rapid.Generator[string]) *rapid.Generator[op.Default] {
	return rapid.Custom(func(t *rapid.T) op.Default { return drawDefault(t, text) })
}

func drawDefault(t *rapid.T, anyText *rapid.Generator[string]) op.Default {
	text := anyText.Draw(t, "text")
	value := rapid.SampledFrom([]op.Default{
		{}, op.Literal(text), op.Expr(text), op.DatabaseDefault(), op.Literal(true), op.Literal(false), op.Literal([]byte(text)),
		op.Literal(rapid.Int64().Draw(t, "int64")), op.Literal(rapid.Uint64().Draw(t, "uint64")), op.Literal(rapid.Float64().Draw(t, "float64")),
		op.Literal(uint64(math.MaxUint64)), op.Literal(int64(math.MinInt64)), op.Literal(1e300), op.Literal(5e-324), op.Literal(1e20),
		op.Literal(math.NaN()), op.Literal(math.Inf(1)), op.Literal(math.Inf(-1)), op.Literal(math.Copysign(0, -1)),
		// None that Literal makes.
		{Kind: op.DefaultBytes, Text: "0"}, {Kind: op.DefaultBytes, Text: "FF"}, {Kind: op.DefaultBytes, Text: "x"},
		{Kind: op.DefaultNumber, Text: "1.50"}, {Kind: op.DefaultNumber, Text: "007"}, {Kind: op.DefaultNumber, Text: "1e5"},
		{Kind: op.DefaultNumber, Text: "+1"}, {Kind: op.DefaultNumber, Text: text}, {Kind: op.DefaultBool, Text: "TRUE"},
		{Kind: op.DefaultKind(text), Text: text}, {Kind: op.DefaultDatabase, Text: "x"}, {Text: "x"},
	}).Draw(t, "default")
	for _, dialect := range spellings.Draw(t, "spellings") {
		value = value.On(dialect, anyText.Draw(t, "spelling"))
	}
	return value
}

// anyOperation draws one of the built-in operations.
var anyOperation = operationsWith(anyText)

// operationsWith draws one of the built-in operations, with such texts.
func operationsWith(text *rapid.Generator[string]) *rapid.Generator[op.Operation] {
	return rapid.OneOf(
		verb[op.CreateTable](text), verb[op.DropTable](text), verb[op.RenameTable](text), verb[op.SetTableComment](text),
		verb[op.AddColumn](text), verb[op.DropColumn](text), verb[op.RenameColumn](text), verb[op.AlterColumn](text),
		verb[op.CreateIndex](text), verb[op.DropIndex](text), verb[op.RenameIndex](text),
		verb[op.AddUnique](text), verb[op.DropUnique](text), verb[op.AddForeignKey](text), verb[op.DropForeignKey](text),
		verb[op.AddCheck](text), verb[op.DropCheck](text), verb[op.RenameConstraint](text),
		verb[op.AddPrimaryKey](text), verb[op.DropPrimaryKey](text),
		verb[op.CreateEnum](text), verb[op.DropEnum](text), verb[op.RenameEnum](text),
		verb[op.AddEnumValue](text), verb[op.RenameEnumValue](text), verb[op.AlterEnum](text),
		verb[op.CreateView](text), verb[op.DropView](text), verb[op.AlterView](text), verb[op.Exec](text),
	)
}

func verb[T op.Operation](text *rapid.Generator[string]) *rapid.Generator[op.Operation] {
	generator := rapid.MakeCustom[T](rapid.MakeConfig{
		Types: map[reflect.Type]*rapid.Generator[any]{
			reflect.TypeFor[op.Type]():    typeWith(text).AsAny(),
			reflect.TypeFor[op.Default](): defaultWith(text).AsAny(),
		},
		Kinds: map[reflect.Kind]*rapid.Generator[any]{reflect.String: text.AsAny()},
	})
	return rapid.Map(generator, func(o T) op.Operation { return o })
}
