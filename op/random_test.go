package op_test

import (
	"reflect"

	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

// equateEmpty takes an empty list for none: no verb tells them apart.
var equateEmpty = cmpopts.EquateEmpty()

var anyText = rapid.OneOf(rapid.Just(""), rapid.SampledFrom([]string{"a", "b", `"<&>"`, "\x00\u2028", "'`\n"}), rapid.String())

var anyType = rapid.Custom(func(t *rapid.T) op.Type {
	n := rapid.IntRange(0, 300).Draw(t, "n")
	made := rapid.SampledFrom([]op.Type{
		{}, op.Bool(), op.Int(n), op.Uint(n), op.Float(n), op.Decimal(n), op.Decimal(n, 2), op.String(n),
		op.Text(), op.KeyText(), op.Bytes(), op.Bytes(n), op.Time(), op.Time(n), op.Raw(anyText.Draw(t, "text")),
		op.EnumType(anyText.Draw(t, "name"), anyText.Draw(t, "value"), "x"),
	}).Draw(t, "type")
	if rapid.Bool().Draw(t, "spelled") {
		made = made.On("mysql", anyText.Draw(t, "spelling")).On("sqlite", "x")
	}
	return made
})

var anyDefault = rapid.Custom(func(t *rapid.T) op.Default {
	text := anyText.Draw(t, "text")
	made := rapid.SampledFrom([]op.Default{
		{}, op.Literal(text), op.Expr(text), op.DatabaseDefault(), op.Literal(true), op.Literal([]byte(text)), op.Literal(rapid.Int64().Draw(t, "int64")),
		op.Literal(rapid.Uint64().Draw(t, "uint64")), op.Literal(rapid.Float64().Draw(t, "float64")),
	}).Draw(t, "default")
	if rapid.Bool().Draw(t, "spelled") {
		made = made.On("mysql", anyText.Draw(t, "spelling"))
	}
	return made
})

var randomly = rapid.MakeConfig{
	Types: map[reflect.Type]*rapid.Generator[any]{
		reflect.TypeFor[op.Type]():    anyType.AsAny(),
		reflect.TypeFor[op.Default](): anyDefault.AsAny(),
	},
	Kinds: map[reflect.Kind]*rapid.Generator[any]{reflect.String: anyText.AsAny()},
}

// anyOperation draws one of the verbs, with every field drawn.
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
	return rapid.Map(rapid.MakeCustom[T](randomly), func(o T) op.Operation { return o })
}
