package acceptance

import (
	"slices"
	"strings"
	"time"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// columns are those that come, go and get another name or nullability.
func columns() []change {
	rename := func(c change, renames ...diff.Rename) change {
		c.renames = renames
		return c
	}
	drop := func(c change, names ...string) change {
		c.drops = names
		return c
	}
	backfill := func(c change, column string, value op.Default) change {
		c.backfills = map[string]op.Default{column: value}
		return c
	}
	aToB := diff.Rename{Table: "things", From: "a", To: "b"}
	return slices.Concat([]change{
		from("add").to(f[string]("A", "")),
		from("add two").to(f[string]("A", ""), f[*time.Time]("B", "")),
		from("add with a default").to(f[int]("A", "default:7"), f[string]("B", "size:9;not null;default:x")),
		from("add, not null").to(f[int]("A", "not null"), f[string]("B", "not null"), f[bool]("C", "not null"), f[float64]("D", "not null"), f[[]byte]("E", "not null")),
		from("add a time, not null").to(f[time.Time]("A", "not null")).refuses(all, "--backfill things.a="),
		backfill(from("add a time, not null, answered").to(f[time.Time]("A", "not null")), "things.a", op.Expr("CURRENT_TIMESTAMP")),
		backfill(from("add, not null, answered").to(f[int]("A", "not null")), "things.a", op.Expr("id * 2")),
		from("add, unique").to(f[*int]("A", "unique")),
		from("add, unique and not null").to(f[int]("A", "unique;not null")).refuses(all, "things.a"),
		from("add everything").to(f[*int]("A", "default:7;index;check:a > 0;comment:said"), f[*string]("B", "size:9;unique;index:idx_both")),
		from("drop", f[int]("A", ""), f[int]("B", "")).to(f[int]("B", "")),
		from("drop with everything", f[*int]("A", "index;unique;check:a > 0;comment:said"), f[int]("B", "")).to(f[int]("B", "")),
		// The rows that get the default when it comes again are all alike.
		from("drop of a unique one with a default", f[*int]("A", "default:7;unique"), f[int]("B", "")).to(f[int]("B", "")),
		from("add a unique one with a default").to(f[*int]("A", "default:7;unique")),
		from("add a uniquely indexed one with a default").to(f[*string]("A", "size:9;default:x;uniqueIndex")),
		from("drop of a shared index", f[int]("A", "index:idx_ab"), f[int]("B", "index:idx_ab")).to(f[int]("B", "index:idx_ab")),
		from("order", f[int]("A", ""), f[string]("B", "")).to(f[string]("B", ""), f[int]("A", "")),
		rename(from("rename", f[string]("A", "size:40;not null")).to(f[string]("B", "size:40;not null")), aToB),
		rename(from("rename with a longer type", f[string]("A", "size:40")).to(f[string]("B", "size:80")), aToB),
		rename(from("rename with another type", f[int64]("A", "")).to(f[string]("B", "size:40")), aToB),
		rename(from("rename and default", f[int64]("A", "")).to(f[int64]("B", "default:7")), aToB),
		rename(from("rename in a check", f[int]("A", "check:chk_a,a > 0")).to(f[int]("B", "check:chk_a,b > 0")), aToB),
		rename(from("rename in an index", f[int]("A", "index:idx_a")).to(f[int]("B", "index:idx_a")), aToB),
		rename(from("rename of two", f[int]("A", ""), f[int]("B", "")).to(f[int]("C", ""), f[int]("D", "")),
			diff.Rename{Table: "things", From: "a", To: "d"}, diff.Rename{Table: "things", From: "b", To: "c"}),
		from("rename unsaid", f[string]("A", "")).to(f[string]("B", "")).refuses(all, "--rename things.a=b"),
		drop(from("replace", f[string]("A", "")).to(f[string]("B", "")), "things.a"),
		from("name that is too long").to(f[int]("A", "column:"+strings.Repeat("a", 70))).
			refuses("postgres mysql", strings.Repeat("a", 70)),
		from("case of the name", f[int]("A", "")).to(f[int]("A", "column:A")).
			refuses(all, "--rename things.a=A"),
		rename(from("case of the name, answered", f[int]("A", "")).to(f[int]("A", "column:A")), diff.Rename{Table: "things", From: "a", To: "A"}),
	},
		of[int]("nullable", "not null", "").andBack()[:1],
		of[string]("nullable with a default", "size:9;not null;default:x", "size:9;default:x").andBack()[:1],
		[]change{
			of[int]("not null", "", "not null").made("things.a", "=", "=", "0"),
			of[string]("not null text", "", "not null").made("things.a", "=", "=", ""),
			of[bool]("not null bool", "", "not null").made("things.a", "=", "=", "0"),
			of[time.Time]("not null time", "", "not null").refuses(all, "--backfill things.a="),
			backfill(of[int]("not null, answered", "", "not null").made("things.a", "=", "=", "5"), "things.a", op.Literal(5)),
			of[int]("not null and unique", "unique", "unique;not null").refuses(all, "things.a"),
			turn[int32, int64]("not null and wider", "", "not null").made("things.a", "=", "=", "0"),
			backfill(turn[int64, string]("not null and another type", "", "size:20;not null").made("things.a", "=", "=", "0"), "things.a", op.Literal("0")),
		},
	)
}
