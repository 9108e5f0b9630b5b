package acceptance

import (
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// stated returns an enum of that name beside the models.
func stated(models []any, values ...string) []any {
	return append(models[:len(models):len(models)], op.Enum{Name: "state", Values: values})
}

// kind and use are tied by a key over columns of an enum.
type (
	kind struct {
		Code string `gorm:"primaryKey;type:state"`
	}
	use struct {
		ID     uint
		KindOf *string `gorm:"type:state"`
		Kind   *kind   `gorm:"foreignKey:KindOf;references:Code"`
	}
)

// enums are types of texts beside the models, and MySQL's in type tags.
func enums() []change {
	plain := thing(f[string]("A", "type:state"))
	set := func(fallback string) []any { return thing(f[string]("A", "type:state;not null;default:"+fallback)) }
	held := map[string][]string{"things.a": {"'new'", "'paid'", "'lost'"}}
	const mysql = "mysql"
	own := func(values, rest string) []any { return thing(f[string]("A", "type:enum("+values+")"+rest)) }
	return []change{
		{
			name: "new, in a new column", before: thing(), after: stated(plain, "new", "paid"),
		},
		{
			name: "new, in a new column that may not be null", before: thing(), after: stated(set("paid"), "new", "paid"),
		},
		{
			name: "dropped with its column", before: stated(plain, "new", "paid", "lost"), after: thing(), values: held,
		},
		{
			name: "value at the end", before: stated(plain, "new", "paid", "lost"), after: stated(plain, "new", "paid", "lost", "sent"), values: held,
		},
		{
			name: "values in the middle and in front", before: stated(set("paid"), "new", "paid", "lost"),
			after: stated(set("paid"), "first", "new", "a", "b", "paid", "lost", "last"), values: held,
		},
		{
			name: "value that becomes the default", before: stated(set("new"), "new", "paid", "lost"), after: stated(set("sent"), "new", "sent", "paid", "lost"), values: held,
		},
		{
			name: "value with quotes and letters", before: stated(plain, "new", "paid", "lost"), after: stated(set("it's"), "new", "paid", "lost", `"x", (ü)`, "it's"),
			values: held,
		},
		{
			name: "order", before: stated(set("paid"), "new", "paid", "lost"), after: stated(set("paid"), "lost", "paid", "new"), values: held,
		},
		{
			name: "number becomes an enum", before: thing(f[int64]("A", "")),
			after: stated(thing(f[string]("A", "type:state;index")), "2", "1", "0"), values: map[string][]string{"things.a": {"1", "2", "NULL"}},
		},
		{
			name: "enum becomes a number", before: stated(thing(f[string]("A", "type:state;index")), "2", "1", "0"),
			after: thing(f[int64]("A", "")), values: map[string][]string{"things.a": {"'1'", "'2'", "NULL"}},
		},
		{
			name: "number becomes an enum in the tag", before: thing(f[int64]("A", "not null;unique")),
			after: thing(f[string]("A", "type:enum('3','2','1','0');not null;default:3;unique")), values: map[string][]string{"things.a": {"1", "2", "0"}}, home: mysql,
		},
		{
			name: "set becomes a number", before: thing(f[string]("A", "type:set('2','1','0')")),
			after: thing(f[int64]("A", "")), values: map[string][]string{"things.a": {"'1'", "'2'", "NULL"}}, home: mysql,
		},
		{
			name: "text under a check", before: thing(f[string]("A", "size:40;check:a <> 'lost'")),
			after: stated(thing(f[string]("A", "type:state;check:a <> 'lost'")), "new", "paid", "lost"), values: map[string][]string{"things.a": {"'new'", "'paid'", "NULL"}},
		},
		{
			name: "text again under a check", before: stated(thing(f[string]("A", "type:state;check:a <> 'lost'")), "new", "paid", "lost"),
			after: thing(f[string]("A", "size:40;check:a <> 'lost'")), values: map[string][]string{"things.a": {"'new'", "'paid'", "NULL"}},
		},
		{
			name: "text in the condition of an index", before: thing(f[string]("A", "size:40;index:,where:a <> 'lost'")),
			after: stated(thing(f[string]("A", "type:state;index:,where:a <> 'lost'")), "new", "paid", "lost"), values: held, home: "sqlite postgres",
		},
		{
			name: "text again in the condition of an index", before: stated(thing(f[string]("A", "type:state;index:,where:a <> 'lost'")), "new", "paid", "lost"),
			after: thing(f[string]("A", "size:40;index:,where:a <> 'lost'")), values: held, home: "sqlite postgres",
		},
		{
			name: "value removed that no row holds", before: stated(set("new"), "new", "paid", "lost"), after: stated(set("new"), "new", "paid"),
			values: map[string][]string{"things.a": {"'new'", "'paid'", "'paid'"}},
		},
		{
			name: "default that is removed", before: stated(set("lost"), "new", "paid", "lost"), after: stated(set("sent"), "new", "paid", "sent"),
			values: map[string][]string{"things.a": {"'new'", "'paid'", "'paid'"}}, drops: []string{"state.lost"},
		},
		{
			name: "default that is removed without another", before: stated(set("lost"), "new", "paid", "lost"), after: stated(thing(f[string]("A", "type:state;not null")), "new", "paid"),
			values: map[string][]string{"things.a": {"'new'", "'paid'", "'paid'"}},
		},
		{
			name: "value removed and replaced", before: stated(set("lost"), "new", "paid", "lost"), after: stated(set("new"), "new", "paid"),
			backfills: map[string]op.Default{"state.lost": op.Expr("'new'")},
			values:    held, becomes: map[string][]string{"things.a": {"=", "=", "new"}},
		},
		{
			name: "value renamed", before: stated(set("lost"), "new", "paid", "lost"), after: stated(set("gone"), "new", "paid", "gone"),
			renames: []diff.Rename{{Table: "state", From: "lost", To: "gone"}},
			values:  held, becomes: map[string][]string{"things.a": {"=", "=", "gone"}}, lost: map[string][]string{"things.a": {"new", "paid", "lost"}},
		},
		{
			name: "value renamed and others added", before: stated(set("new"), "new", "paid", "lost"), after: stated(set("sent"), "sent", "new", "done", "lost"),
			renames: []diff.Rename{{Table: "state", From: "paid", To: "done"}},
			values:  held, becomes: map[string][]string{"things.a": {"=", "done", "="}}, lost: map[string][]string{"things.a": {"new", "paid", "lost"}},
		},
		{
			name: "value renamed unsaid", before: stated(plain, "new", "lost"), after: stated(plain, "new", "gone"),
			values: map[string][]string{"things.a": {"'new'", "'lost'", "NULL"}}, refused: everywhere("--rename state.lost=gone"),
		},
		{
			name: "enum renamed", before: stated(set("new"), "new", "paid", "lost"),
			after:   append(thing(f[string]("A", "type:status;not null;default:new")), op.Enum{Name: "status", Values: []string{"new", "paid", "lost"}}),
			renames: []diff.Rename{{From: "state", To: "status"}}, values: held,
		},
		{
			name: "enum renamed unsaid", before: stated(set("new"), "new"),
			after:   append(thing(f[string]("A", "type:status;not null;default:new")), op.Enum{Name: "status", Values: []string{"new"}}),
			refused: everywhere("--rename state=status"), values: map[string][]string{"things.a": {"'new'", "'new'", "'new'"}},
		},
		{
			name: "text becomes an enum", before: thing(f[string]("A", "")), after: stated(plain, "new", "paid", "lost"), values: held,
		},
		{
			name: "text with a default becomes an enum", before: thing(f[string]("A", "size:20;not null;default:new")), after: stated(set("new"), "new", "paid", "lost"), values: held,
		},
		{
			name: "enum becomes text", before: stated(set("new"), "new", "paid", "lost"), after: thing(f[string]("A", "size:20;not null;default:new")), values: held,
		},
		{
			name: "another enum", before: stated(set("new"), "new", "paid", "lost"),
			after: append(thing(f[string]("A", "type:other;not null;default:new")), op.Enum{Name: "other", Values: []string{"lost", "paid", "new"}}),
			drops: []string{"state"}, values: held,
		},
		{
			name:   "column of an enum with a check, an index and a unique index",
			before: stated(thing(f[string]("A", "type:state;not null;check:chk,a <> 'never';index"), f[int]("B", "uniqueIndex:x"), f[string]("C", "type:state;uniqueIndex:x")), "new", "paid", "lost", "never"),
			after:  stated(thing(f[string]("A", "type:state;not null;check:chk,a <> 'never';index"), f[int]("B", "uniqueIndex:x"), f[string]("C", "type:state;uniqueIndex:x")), "lost", "sent", "new", "never", "paid"),
			values: map[string][]string{"things.a": {"'new'", "'paid'", "'lost'"}, "things.c": {"'new'", "'lost'", "NULL"}},
		},
		{
			name:   "check that uses a new value",
			before: stated(thing(f[string]("A", "type:state;not null;check:chk,a <> 'lost'")), "new", "paid", "lost"),
			after:  stated(thing(f[string]("A", "type:state;not null;check:chk,a <> 'sent'")), "new", "paid", "lost", "sent"),
			values: map[string][]string{"things.a": {"'new'", "'paid'", "'new'"}},
		},
		{
			name:   "check that used a removed value",
			before: stated(thing(f[string]("A", "type:state;not null;check:chk,a <> 'lost'")), "new", "paid", "lost"),
			after:  stated(thing(f[string]("A", "type:state;not null;check:chk,a <> 'paid'")), "new", "paid"),
			values: map[string][]string{"things.a": {"'new'", "'new'", "'new'"}},
		},
		{
			name: "value removed with the column that has it", before: stated(thing(f[string]("A", "type:state"), f[string]("B", "type:state")), "new", "paid", "lost"),
			after: stated(thing(f[string]("A", "type:state")), "new", "paid"), values: map[string][]string{"things.a": {"'new'", "'paid'", "NULL"}, "things.b": {"'lost'", "'lost'", "'lost'"}},
			lost: map[string][]string{"things.b": {"<null>", "<null>", "<null>"}},
		},

		{
			name: "columns of an enum that a key ties together", values: map[string][]string{"kinds.code": {"'new'", "'paid'", "'lost'"}, "uses.kind_of": {"'lost'", "'lost'", "'new'"}},
			before:  []any{&kind{}, &use{}, op.Enum{Name: "state", Values: []string{"new", "paid", "lost"}}},
			after:   []any{&kind{}, &use{}, op.Enum{Name: "state", Values: []string{"lost", "sent", "new", "gone"}}},
			renames: []diff.Rename{{Table: "state", From: "paid", To: "gone"}},
			becomes: map[string][]string{"kinds.code": {"=", "gone", "="}}, lost: map[string][]string{"kinds.code": {"new", "paid", "lost"}},
		},

		{name: "mysql: value at the end", home: mysql, before: own("'new','paid','lost'", ""), after: own("'new','paid','lost','sent'", ""), values: held},
		{name: "mysql: value in the middle", home: mysql, before: own("'new','paid','lost'", ""), after: own("'new','sent','paid','lost'", ""), values: held},
		{name: "mysql: order", home: mysql, before: own("'new','paid','lost'", ";default:lost"), after: own("'lost','new','paid'", ";default:lost"), values: held},
		{
			name: "mysql: value removed that no row holds", home: mysql, before: own("'new','paid','lost'", ";not null;default:lost"), after: own("'new','paid'", ";not null;default:new"),
			values: map[string][]string{"things.a": {"'new'", "'paid'", "'new'"}},
		},
		{
			name: "mysql: value renamed", home: mysql, before: own("'new','paid','lost'", ";not null;default:lost"), after: own("'new','paid','gone'", ";not null;default:gone"),
			renames: []diff.Rename{{Table: "things.a", From: "lost", To: "gone"}},
			values:  held, becomes: map[string][]string{"things.a": {"=", "=", "gone"}}, lost: map[string][]string{"things.a": {"new", "paid", "lost"}},
		},
		{
			name: "mysql: value renamed unsaid", home: mysql, before: own("'new','lost'", ""), after: own("'new','gone'", ""),
			refused: map[string]string{mysql: "--rename things.a.lost=gone"}, values: map[string][]string{"things.a": {"'new'", "'lost'", "NULL"}},
		},
		{
			name: "mysql: value replaced", home: mysql, before: own("'new','paid','lost'", ""), after: own("'new','paid'", ""),
			backfills: map[string]op.Default{"things.a.lost": op.Literal("new")},
			values:    held, becomes: map[string][]string{"things.a": {"=", "=", "new"}},
		},
		{
			name: "mysql: its enum is declared", home: mysql, before: own("'new','paid','lost'", ";default:new"), after: stated(thing(f[string]("A", "type:state;default:new")), "new", "paid", "lost"), values: held,
		},
	}
}
