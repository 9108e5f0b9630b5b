package acceptance

import (
	"slices"

	"github.com/go-limbeck/limbeck/diff"
)

// checks come, go and get another condition or name.
func checks() []change {
	one := func(name, before, after string) change {
		return from(name, f[int]("A", before), f[int]("B", "")).to(f[int]("A", after), f[int]("B", ""))
	}
	text := func(name, before, after string) change { return of[string](name, "size:40;"+before, "size:40;"+after) }
	renamed := from("column", f[int]("A", "check:chk_x,a > 0")).to(f[int]("C", "check:chk_x,c > 0"))
	renamed.renames = []diff.Rename{{Table: "things", From: "a", To: "c"}}
	return slices.Concat(
		one("check", "", "check:a > 0").andBack(),
		one("named", "", "check:chk_x,a > 0").andBack(),
		one("condition", "check:a > 0", "check:a > 1").andBack(),
		one("condition in other words", "check:chk_x,a > 0 AND b > 0", "check:chk_x,a > 0 OR b > 0").andBack(),
		one("name", "check:chk_x,a > 0", "check:chk_y,a > 0").andBack(),
		one("name and condition", "check:chk_x,a > 0", "check:chk_y,a > 1").andBack(),
		one("of two columns", "check:chk_x,a > 0", "check:chk_x,a > 0 AND b > 0").andBack(),
		one("same condition in other letters", "check:chk_x,a > 0", "check:chk_x,A  >  0").andBack()[:1],
		text("list", "check:a IN ('x','y')", "check:a IN ('x','y','z')").holds("things.a", "'x'", "'y'", "NULL").andBack(),
		text("quotes", "", `check:a <> 'it''s \"so\"'`).andBack(),
		text("pattern", "", "check:a LIKE '%i%'").andBack(),
		text("length", "check:length(a) < 50", "check:length(a) < 60").andBack(),
		from("type below it", f[int32]("A", "check:a > 0")).to(f[int64]("A", "check:a > 0")).andBack(),
		turn[string, int64]("text that becomes a number below it", "size:40;check:a <> '5'", "check:a <> '5'").holds("things.a", "'7'", "'8'", "NULL").andBack()[:1],
		turn[int64, string]("number that becomes text below it", "check:a <> '5'", "size:40;check:a <> '5'").andBack()[:1],
		of[float64]("fraction that becomes a number below it", "type:numeric(10,2);check:a > 0", "type:bigint;check:a > 0").holds("things.a", "7", "8", "NULL").made("things.a", "7", "8", "<null>").andBack()[:1],
		of[string]("date below it", "size:40;check:a <> '2024-01-01'", "type:date;check:a <> '2024-01-01'").at("postgres").holds("things.a", "'2024-02-01'", "'2024-03-01'", "NULL").andBack(),
		of[string]("time below it", "type:date;check:a <> '2024-01-01'", "type:timestamptz;check:a <> '2024-01-01'").at("postgres").holds("things.a", "'2024-02-01'", "'2024-03-01'", "NULL").andBack(),
		from("with its column", f[int]("B", "")).to(f[*int]("A", "check:a > 0"), f[int]("B", "")).andBack(),
		from("its column goes, the check stays", f[int]("A", ""), f[int]("B", "check:chk_x,b > 0")).to(f[int]("B", "check:chk_x,b > 0")).andBack(),
		from("moves to another column", f[int]("A", "check:chk_x,a > 0"), f[int]("B", "")).to(f[int]("A", ""), f[int]("B", "check:chk_x,b > 0")).andBack(),
		[]change{renamed},
	)
}
