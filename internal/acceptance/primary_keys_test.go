package acceptance

import (
	"reflect"
	"slices"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// primaryKeys are widened, narrowed, added, dropped and moved.
func primaryKeys() []change {
	const key, no = "primaryKey;autoIncrement:false", "not null"
	of := func(name string, before, after []reflect.StructField) change {
		return change{name: name, before: things(before...), after: things(after...)}
	}
	abc := func(a, b, c string) []reflect.StructField {
		return []reflect.StructField{f[int]("A", a), f[int]("B", b), f[int]("C", c)}
	}
	ab := abc(key, key, no)
	renamed := of("rename of a column of the key", ab, []reflect.StructField{f[int]("A", key), f[int]("D", key), f[int]("C", no)})
	renamed.renames = []diff.Rename{{Table: "things", From: "b", To: "d"}}
	answered := of("with a new column, answered", []reflect.StructField{f[int]("A", key), f[int]("C", no)}, ab)
	answered.backfills = map[string]op.Default{"things.b": op.Literal(5)}
	// The drop of the table that refers to the old key stands between the new
	// column and its key.
	type Thing struct {
		Code int64 `gorm:"primaryKey;autoIncrement:false"`
	}
	type Part struct {
		ID        uint
		ThingCode int64
		Thing     Thing `gorm:"references:Code"`
	}
	numbered := of("numbered, as the last reference to another goes", nil, []reflect.StructField{f[int64]("ID", "primaryKey;autoIncrement;index:,sort:desc")})
	numbered.before = []any{&Thing{}, &Part{}}
	numbered.drops = []string{"things.code"}
	numbered.backfillsDown = map[string]op.Default{"things.code": op.Expr("id")}
	return slices.Concat(
		of("wider", abc(key, no, no), ab).andBack(),
		of("wider by two", abc(key, no, no), abc(key, key, key)).andBack(),
		of("order", ab, []reflect.StructField{f[int]("B", key), f[int]("A", key), f[int]("C", no)}).andBack(),
		of("another column", abc(key, no, no), abc(no, key, no)).andBack(),
		of("two other columns", abc(key, key, no), abc(no, key, key)).andBack(),
		of("key and none", abc(no, no, no), abc(key, no, no)).andBack(),
		of("key of two and none", abc(no, no, no), ab).andBack(),
		of("numbered and none", []reflect.StructField{f[int]("A", "primaryKey"), f[int]("B", "")}, []reflect.StructField{f[int]("A", "not null"), f[int]("B", "")}).andBack(),
		of("numbered and another", []reflect.StructField{f[int]("A", "primaryKey"), f[int]("B", no)}, []reflect.StructField{f[int]("A", no), f[int]("B", key)}).andBack(),
		of("numbered and wider", []reflect.StructField{f[int]("A", "primaryKey;autoIncrement"), f[int]("B", no)}, []reflect.StructField{f[int]("A", key), f[int]("B", key)}).andBack(),
		of("type", []reflect.StructField{f[int32]("A", key), f[int]("B", "")}, []reflect.StructField{f[int64]("A", key), f[int]("B", "")}).andBack(),
		of("type of one of two", []reflect.StructField{f[int32]("A", key), f[int]("B", key)}, []reflect.StructField{f[int64]("A", key), f[int]("B", key)}).andBack(),
		of("string longer", []reflect.StructField{f[string]("A", "size:20;primaryKey"), f[int]("B", "")}, []reflect.StructField{f[string]("A", "size:40;primaryKey"), f[int]("B", "")}).andBack(),
		of("default", []reflect.StructField{f[string]("A", "size:20;primaryKey"), f[int]("B", "")}, []reflect.StructField{f[string]("A", "size:20;primaryKey;default:x"), f[int]("B", "")}).andBack(),
		of("unique as well", abc(key, no, no), abc(key+";unique", no, no)).andBack(),
		of("unique as well, and wider", abc(key+";unique", no, no), abc(key+";unique", key, no)).andBack(),
		[]change{
			renamed, numbered,
			of("with a new column", []reflect.StructField{f[int]("A", key), f[int]("C", no)}, ab).refuses(all, "--backfill things.b="),
			answered,
			of("without a dropped column", ab, []reflect.StructField{f[int]("A", key), f[int]("C", no)}),
			of("nullable columns join", abc(key, "", ""), abc(key, key, "")).refuses(all, "--backfill things.b="),
			of("column of the key becomes nullable", ab, abc(key, "", no)),
			of("with an index on its column", abc(key+";index", no, no), abc(key+";index", key, no)),
			of("with a unique index on its column", abc(key, no+";uniqueIndex", no), abc(no, key+";uniqueIndex", no)),
			of("key and unique swap", abc(key, no+";unique", no), abc(no+";unique", key, no)),
		},
	)
}
