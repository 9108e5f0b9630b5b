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

var anyType = rapid.Custom(func(t *rapid.T) op.Type {
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
})

var anyDefault = rapid.Custom(func(t *rapid.T) op.Default {
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
})

// anyOperation draws one of the built-in operations.
var anyOperation = rapid.OneOf(
	verb[op.CreateTable](), verb[op.DropTable](), verb[op.RenameTable](), verb[op.SetTableComment](),
	verb[op.AddColumn](), verb[op.DropColumn](), verb[op.RenameColumn](), verb[op.AlterColumn](),
	verb[op.CreateIndex](), verb[op.DropIndex](), verb[op.RenameIndex](),
	verb[op.AddUnique](), verb[op.DropUnique](), verb[op.AddForeignKey](), verb[op.DropForeignKey](),
	verb[op.AddCheck](), verb[op.DropCheck](), verb[op.RenameConstraint](),
	verb[op.AddPrimaryKey](), verb[op.DropPrimaryKey](),
	verb[op.CreateEnum](), verb[op.DropEnum](), verb[op.RenameEnum](),
	verb[op.AddEnumValue](), verb[op.RenameEnumValue](), verb[op.AlterEnum](),
	verb[op.CreateView](), verb[op.DropView](), verb[op.AlterView](), verb[op.Exec](),
)

func verb[T op.Operation]() *rapid.Generator[op.Operation] {
	generator := rapid.MakeCustom[T](rapid.MakeConfig{
		Types: map[reflect.Type]*rapid.Generator[any]{
			reflect.TypeFor[op.Type]():    anyType.AsAny(),
			reflect.TypeFor[op.Default](): anyDefault.AsAny(),
		},
		Kinds: map[reflect.Kind]*rapid.Generator[any]{reflect.String: anyText.AsAny()},
	})
	return rapid.Map(generator, func(o T) op.Operation { return o })
}
