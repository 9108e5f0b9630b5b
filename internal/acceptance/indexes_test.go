package acceptance

import (
	"reflect"
	"slices"
)

// indexes change every attribute that GORM's tags have for them.
func indexes() []change {
	two := func(name, a, b, toA, toB string) change {
		return from(name, f[int]("A", a), f[string]("B", "size:40;"+b)).to(f[int]("A", toA), f[string]("B", "size:40;"+toB))
	}
	one := func(name, before, after string) change { return two(name, "", before, "", after) }
	const x, notMariaDB = "index:idx_x", "sqlite postgres"
	return slices.Concat(
		two("index", "", "", "index", "").andBack(),
		two("unique index", "", "", "uniqueIndex", "").andBack(),
		two("of two columns", "", "", x, x).andBack(),
		two("another column", x, "", "", x).andBack(),
		two("wider", x, "", x, x).andBack(),
		two("order of columns", x+",priority:1", x+",priority:2", x+",priority:2", x+",priority:1").andBack(),
		two("unique", x, x, x+",unique", x).andBack(),
		two("descending", x, x, x+",sort:desc", x).andBack(),
		two("name", "index:idx_x", "", "index:idx_y", "").andBack(),
		two("name and column", "index:idx_x", "", "", "index:idx_y").andBack(),
		two("two become one", "index:idx_x", "index:idx_y", x, x).andBack(),
		two("names swap", "index:idx_x", "index:idx_y", "index:idx_y", "index:idx_x").andBack(),
		two("composite", "index", "index", "index:,composite:both", "index:,composite:both").andBack(),
		one("expression", x, x+",expression:lower(b)").at(notMariaDB).andBack(),
		one("another expression", x+",expression:lower(b)", x+",expression:upper(b)").at(notMariaDB).andBack(),
		one("predicate", x, x+",where:b <> ''").andBack(),
		one("another predicate", x+",where:b <> ''", x+",where:b <> 'x'").andBack(),
		one("unique with a predicate", "uniqueIndex:idx_x", "uniqueIndex:idx_x,where:b <> ''").at(notMariaDB).andBack(),
		one("predicate on another column", x+",where:a > 1", x+",where:a > 2").andBack(),
		one("collation", x, x+",collate:nocase").at("sqlite").andBack(),
		one("collation", x, x+`,collate:\"C\"`).at("postgres").andBack(),
		one("method", x, x+",type:hash").at("postgres").andBack(),
		one("option", x, x+",option:WITH (fillfactor = 70)").at("postgres").andBack(),
		two("included columns", x, "", x+",option:INCLUDE (b)", "").at("postgres").andBack(),
		one("operator class", x, x+",expression:b text_pattern_ops").at("postgres").andBack(),
		one("nulls first", x+",sort:desc", x+",sort:desc nulls last").at("postgres").andBack(),
		one("class", x, x+",class:FULLTEXT").at("mysql").andBack(),
		one("prefix", x, x+",length:10").at("mysql").andBack(),
		one("another prefix", x+",length:5", x+",length:10").at("mysql").andBack(),
		one("comment", x, x+",comment:said").andBack(),
		one("another comment", x+",comment:it's", x+`,comment:"so"`).andBack(),
		one("index and unique index by name", "index", "uniqueIndex").andBack(),
		[]change{
			{
				name: "type of an indexed column", before: thing(f[int32]("A", "index"), f[string]("B", "size:20;uniqueIndex")),
				after: thing(f[int64]("A", "index"), f[string]("B", "size:40;uniqueIndex")),
			},
			from("type below a predicate", f[int32]("A", "index:idx_x,where:a > 1")).to(f[int64]("A", "index:idx_x,where:a > 1")),
			from("type below an expression", f[string]("A", "size:20;index:idx_x,expression:lower(a)")).to(f[string]("A", "size:40;index:idx_x,expression:lower(a)")).at(notMariaDB),
			from("many", manyIndexed("index")...).to(manyIndexed("uniqueIndex")...),
		},
	)
}

func manyIndexed(tag string) []reflect.StructField {
	var list []reflect.StructField
	for _, name := range []string{"A", "B", "C", "D", "E", "F"} {
		list = append(list, f[int](name, tag))
	}
	return list
}

// uniques are constraints, which some databases tell from unique indexes.
func uniques() []change {
	const u = "unique"
	two := func(name, a, b, toA, toB string) change {
		return from(name, f[int]("A", a), f[int]("B", b)).to(f[int]("A", toA), f[int]("B", toB))
	}
	return slices.Concat(
		two("unique", "", "", u, "").andBack(),
		two("another column", u, "", "", u).andBack(),
		two("a second one", u, "", u, u).andBack(),
		two("constraint and index", u, "", "uniqueIndex", "").andBack(),
		two("constraint and index of one name", u, "", "uniqueIndex:uni_things_a", "").andBack(),
		two("constraint and plain index", u, "", "index", "").andBack(),
		two("constraint and plain index of one name", u, "", "index:uni_things_a", "").andBack(),
		two("constraint beside an index", "index", "", "index;unique", "").andBack(),
		two("unique and not null", "", "", "unique;not null;default:7", "").holds("things.a", "1", "2", "3").filling("things.a", "7").andBack(),
		turn[int32, int64]("type of a unique column", u, u).andBack(),
		of[string]("length of a unique column", "size:20;unique", "size:40;unique").andBack(),
	)
}
