package acceptance

import (
	"strings"

	"github.com/go-limbeck/limbeck/diff"
)

// renames are those in which several names change at once, and what GORM names
// after a table or column goes along.
func renames() []change {
	column := func(from, to string) diff.Rename { return diff.Rename{Table: "things", From: from, To: to} }
	of := func(c change, renames ...diff.Rename) change {
		c.renames = renames
		return c
	}
	return append(renamedTables(), []change{
		of(from("names in a chain", f[string]("A", "size:40"), f[string]("B", "size:40")).to(f[string]("B", "size:40"), f[string]("C", "size:40")),
			column("a", "b"), column("b", "c")),
		of(from("names that swap", f[int]("A", ""), f[int]("B", "")).to(f[int]("A", ""), f[int]("B", "")), column("a", "b"), column("b", "a")),
		of(from("names that swap, with their types", f[int]("A", ""), f[string]("B", "size:40")).to(f[string]("A", "size:40"), f[int]("B", "")), column("a", "b"), column("b", "a")),
		of(from("with what is named after it", f[int]("A", "index;unique;check:a > 0")).to(f[int]("B", "index;unique;check:b > 0")), column("a", "b")),
		of(from("in a composite index", f[int]("A", "index:idx_x"), f[int]("B", "index:idx_x")).to(f[int]("C", "index:idx_x"), f[int]("B", "index:idx_x")), column("a", "c")),
		of(from("in a predicate", f[int]("A", "index:idx_x,where:a > 0")).to(f[int]("B", "index:idx_x,where:b > 0")), column("a", "b")),
		of(from("in an expression", f[string]("A", "size:40;index:idx_x,expression:lower(a)")).to(f[string]("B", "size:40;index:idx_x,expression:lower(b)")), column("a", "b")).at("sqlite postgres"),
		of(from("in a computed column", f[int]("A", ""), f[int64]("G", "->;type:bigint GENERATED ALWAYS AS (a * 2) STORED")).
			to(f[int]("B", ""), f[int64]("G", "->;type:bigint GENERATED ALWAYS AS (b * 2) STORED")), column("a", "b")),
		reserved(`"order"`, "column:order").at("sqlite postgres"),
		reserved("`order`", "column:order").at("sqlite mysql"),
		reserved(`"Über uns"`, "column:Über uns").at("sqlite postgres"),
		of(from("and not null", f[int]("A", "")).to(f[int]("B", "not null")).made("things.a", "=", "=", "0"), column("a", "b")),
		of(from("and nullable", f[int]("A", "not null")).to(f[int]("B", "")), column("a", "b")),
		of(from("and a comment", f[int]("A", "comment:old")).to(f[int]("B", "comment:new")), column("a", "b")),
		of(from("beside a new one", f[int]("A", "")).to(f[int]("B", ""), f[int]("A", "default:7")), column("a", "b")).refuses(all, "things.a"),
		of(from("key", f[uint]("A", ""), f[string]("B", "")).to(f[uint]("C", ""), f[string]("B", "")), column("a", "c")),
	}...)
}

func renamedTables() []change {
	var old, renamed, both, swapped []any
	{
		type Tag struct{ ID uint }
		type Post struct {
			ID    uint
			Title string `gorm:"size:40;index"`
			UpID  *uint
			Up    *Post
			Tags  []Tag `gorm:"many2many:post_tags"`
		}
		old = []any{&Tag{}, &Post{}}
	}
	{
		type Tag struct{ ID uint }
		type Note struct {
			ID    uint
			Title string `gorm:"size:40;index"`
			UpID  *uint
			Up    *Note
			Tags  []Tag `gorm:"many2many:note_tags"`
		}
		renamed = []any{&Tag{}, &Note{}}
	}
	{
		type Left struct {
			ID uint
			A  string `gorm:"size:40;index"`
		}
		type Right struct {
			ID uint
			A  string `gorm:"size:20;index"`
		}
		both = []any{&Left{}, &Right{}}
	}
	{
		type Left struct {
			ID uint
			A  string `gorm:"size:20;index"`
		}
		type Right struct {
			ID uint
			A  string `gorm:"size:40;index"`
		}
		swapped = []any{&Left{}, &Right{}}
	}
	table := func(from, to string) diff.Rename { return diff.Rename{From: from, To: to} }
	return []change{
		{name: "table with its join table", before: old, after: renamed, renames: []diff.Rename{table("posts", "notes"), table("post_tags", "note_tags")}},
		{name: "tables that swap", before: both, after: swapped, renames: []diff.Rename{table("lefts", "rights"), table("rights", "lefts")}},
	}
}

// reserved renames a column to a name that expressions have to quote.
func reserved(quoted, tag string) change {
	uses := func(name, tag string) []field {
		return []field{
			f[int]("A", tag+";check:chk_a,"+name+" > 0"), f[int]("B", "index:idx_b,where:"+name+" > 1"),
			f[int64]("G", "->;type:bigint GENERATED ALWAYS AS ("+name+" * 2) STORED"),
		}
	}
	c := from("to a name in quotes "+quoted, uses("a", "")...).to(uses(quoted, tag)...)
	c.renames = []diff.Rename{{Table: "things", From: "a", To: strings.TrimPrefix(tag, "column:")}}
	return c
}
