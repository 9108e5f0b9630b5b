package acceptance

import "slices"

// columnAttributes are comments, collations, numbering and computing.
func columnAttributes() []change {
	return slices.Concat(comments(), collations(), numbering(), generated())
}

func comments() []change {
	return slices.Concat(
		of[int]("comment", "", "comment:how many").andBack(),
		of[int]("another comment", "comment:how many", `comment:it's "so" \ % 100\\; ü`).andBack(),
		of[string]("comment and a longer type", "size:20;comment:short", "size:40;comment:long").andBack(),
		of[string]("comment stays with a longer type", "size:20;comment:said", "size:40;comment:said").andBack(),
		of[int]("comment stays with a default", "comment:said", "comment:said;default:7").andBack(),
		[]change{of[int]("comment stays with nullability", "not null;comment:said", "comment:said")},
	)
}

func collations() []change {
	return slices.Concat(
		of[string]("collation", "type:varchar(20)", `type:varchar(20) COLLATE "C"`).at("postgres").andBack(),
		of[string]("another collation", `type:varchar(20) COLLATE "POSIX"`, `type:varchar(20) COLLATE "C"`).at("postgres").andBack(),
		of[string]("collation", "type:varchar(20)", "type:varchar(20) COLLATE nocase").at("sqlite").andBack(),
		of[string]("another collation", "type:varchar(20) COLLATE rtrim", "type:varchar(20) COLLATE nocase").at("sqlite").andBack(),
		of[string]("collation", "type:varchar(20)", "type:varchar(20) COLLATE utf8mb4_bin").at("mysql").andBack(),
		of[string]("another collation", "type:varchar(20) COLLATE utf8mb4_general_ci", "type:varchar(20) COLLATE utf8mb4_bin").at("mysql").andBack(),
		of[string]("character set", "type:varchar(20)", "type:varchar(20) CHARACTER SET latin1").at("mysql").andBack(),
		of[string]("indexed collation", "type:varchar(20);index", "type:varchar(20) COLLATE utf8mb4_bin;index").at("mysql").andBack(),
	)
}

func numbering() []change {
	key := func(name, before, after string) change {
		return change{name: name, before: things(f[uint]("ID", before), f[int]("B", "")), after: things(f[uint]("ID", after), f[int]("B", ""))}
	}
	other := func(name, before, after string) change {
		return change{name: name, before: things(f[int]("A", before), f[int]("B", "")), after: things(f[int]("A", after), f[int]("B", ""))}
	}
	return slices.Concat(
		key("auto-increment", "primaryKey;autoIncrement:false", "primaryKey").andBack(),
		other("auto-increment of a key by another name", "primaryKey;autoIncrement:false", "primaryKey;autoIncrement").andBack(),
		key("auto-increment and another size", "primaryKey;autoIncrement:false;size:32", "primaryKey;size:64").andBack(),
		key("auto-increment stays with another size", "primaryKey;size:32", "primaryKey;size:64").andBack(),
		key("auto-increment stays with a comment", "primaryKey", "primaryKey;comment:number").andBack(),
		turn[string, int32]("text with a default becomes numbered", "size:40;default:7", "autoIncrement").at("postgres").holds("things.a", "'5'", "'6'", "'7'").andBack()[:1],
		key("serial by tag", "type:serial;primaryKey", "type:bigserial;primaryKey").at("postgres").andBack(),
	)
}

func generated() []change {
	const mine = "->;type:bigint GENERATED ALWAYS AS (b * 2) STORED"
	gen := func(name, before, after string) change { return of[int64](name, before, after) }
	return slices.Concat(
		gen("generated expression", mine, "->;type:bigint GENERATED ALWAYS AS (b * 3) STORED").andBack(),
		gen("generated type", "->;type:int GENERATED ALWAYS AS (b * 2) STORED", mine).andBack(),
		gen("plain and generated", "type:bigint", mine).andBack(),
		from("generated and not null", f[int]("B", "not null"), f[int64]("A", mine)).to(f[int]("B", "not null"), f[int64]("A", mine+";not null")).andBack(),
		gen("comment of a generated column", mine, mine+";comment:twice").andBack(),
		gen("stored and virtual", mine, "->;type:bigint GENERATED ALWAYS AS (b * 2) VIRTUAL").at("sqlite mysql").andBack(),
		gen("indexed and generated", mine+";index", "->;type:bigint GENERATED ALWAYS AS (b * 3) STORED;index").andBack(),
		gen("checked and generated", mine+";check:chk_a,a < 1000", "->;type:bigint GENERATED ALWAYS AS (b * 3) STORED;check:chk_a,a < 1000").andBack(),
		[]change{
			from("add a generated column", f[int]("B", "")).to(f[int]("B", ""), f[int64]("A", mine)),
			from("drop a generated column", f[int]("B", ""), f[int64]("A", mine)).to(f[int]("B", "")),
			from("drop both", f[int]("B", ""), f[int64]("A", mine), f[int]("C", "")).to(f[int]("C", "")),
			from("add both", f[int]("C", "")).to(f[int64]("A", mine), f[int]("B", ""), f[int]("C", "")),
			from("type below a generated column", f[int32]("B", ""), f[int64]("A", mine)).to(f[int64]("B", ""), f[int64]("A", mine)),
			from("type below an indexed generated column", f[int32]("B", ""), f[int64]("A", mine+";index;check:chk_a,a < 1000;comment:twice")).
				to(f[int64]("B", ""), f[int64]("A", mine+";index;check:chk_a,a < 1000;comment:twice")),
			from("computed from another", f[int]("B", ""), f[int]("C", ""), f[int64]("A", mine)).
				to(f[int]("B", ""), f[int]("C", ""), f[int64]("A", "->;type:bigint GENERATED ALWAYS AS (c * 2) STORED")),
		},
	)
}
