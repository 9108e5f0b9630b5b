package acceptance

import (
	"time"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// beside returns models with more beside them.
func beside(models []any, more ...any) []any {
	return append(models[:len(models):len(models)], more...)
}

// views are queries beside the models.
func views() []change {
	view := func(name, sql string) op.View { return op.View{Name: name, SQL: sql} }
	v := view("v", "SELECT id, a FROM things WHERE a <> 'x'")
	lost := view("v", "SELECT id, a FROM things WHERE a <> 'lost'")
	base := thing(f[string]("A", "size:50"), f[int]("B", ""))
	mat := op.View{Name: "m", SQL: "SELECT id, a FROM things", Materialized: true}
	postgres := map[string]string{
		"sqlite": "not supported on sqlite: materialized views", "mysql": "materialized views",
	}
	return []change{
		{name: "new", before: base, after: beside(base, v)},
		{name: "dropped", before: beside(base, v), after: base},
		{name: "new with its table", before: things(f[uint]("ID", "")), after: beside(base, v)},
		{name: "another query", before: beside(base, v), after: beside(base, view("v", "SELECT id, upper(a) AS big FROM things"))},
		{name: "the same query in other words", before: beside(base, v), after: beside(base, view("v", "SELECT  id, a FROM things\nWHERE a <> 'x';"))},
		{
			name: "views over views", before: beside(base, view("a1", "SELECT id, a FROM b2"), view("b2", "SELECT id, a FROM things")),
			after: beside(base, view("a1", "SELECT id, c FROM b2"), view("b2", "SELECT id, a AS c FROM things"), view("c0", "SELECT count(*) AS n FROM a1 JOIN b2 USING (id)")),
		},
		{
			name: "the view below changes", before: beside(base, view("a1", "SELECT id, a FROM b2"), view("b2", "SELECT id, a FROM things")),
			after: beside(base, view("a1", "SELECT id, a FROM b2"), view("b2", "SELECT b, a, id FROM things")),
		},
		{
			name: "type of a column below", before: beside(base, v, view("w", "SELECT * FROM v")), after: beside(thing(f[string]("A", "size:80"), f[int]("B", "")), v, view("w", "SELECT * FROM v")),
		},
		{
			name: "nullability of a column below", before: beside(base, v), after: beside(thing(f[string]("A", "size:50;not null"), f[int]("B", "")), v),
			becomes: map[string][]string{"things.a": {"=", "=", ""}},
		},
		{
			name: "column below dropped with the view", before: beside(base, view("w", "SELECT b FROM things")), after: thing(f[string]("A", "size:50")),
		},
		{
			name: "column below dropped and the view changed", before: beside(base, view("w", "SELECT b, a FROM things")), after: beside(thing(f[string]("A", "size:50")), view("w", "SELECT a FROM things")),
		},
		{
			name: "column beside it dropped", before: beside(base, v), after: beside(thing(f[string]("A", "size:50")), v),
		},
		{
			name: "column added below a star", before: beside(base, view("w", "SELECT * FROM things")), after: beside(thing(f[string]("A", "size:50"), f[int]("B", ""), f[*time.Time]("C", "")), view("w", "SELECT * FROM things")),
		},
		{
			name: "column renamed below", before: beside(base, v), after: beside(thing(f[string]("X", "size:50"), f[int]("B", "")), view("v", "SELECT id, x FROM things WHERE x <> 'x'")),
			renames: []diff.Rename{{Table: "things", From: "a", To: "x"}},
		},
		{
			name: "column renamed and its type changed below", before: beside(base, v), after: beside(thing(f[string]("X", "size:90"), f[int]("B", "")), view("v", "SELECT id, x FROM things WHERE x <> 'x'")),
			renames: []diff.Rename{{Table: "things", From: "a", To: "x"}},
		},
		{
			name:   "primary key below a grouping",
			before: beside(thing(f[string]("A", "size:50;not null")), view("g", "SELECT id, max(a) AS a FROM things GROUP BY id")),
			after:  beside(things(f[uint]("ID", "primaryKey"), f[string]("A", "size:50;not null;primaryKey")), view("g", "SELECT id, max(a) AS a FROM things GROUP BY id")),
		},
		{
			name: "enum below", before: beside(stated(thing(f[string]("A", "type:state")), "new", "lost"), lost), after: beside(stated(thing(f[string]("A", "type:state")), "lost", "new", "x"), lost),
			values: map[string][]string{"things.a": {"'new'", "'lost'", "NULL"}},
		},
		{
			name: "new value of an enum in a view", before: beside(stated(thing(f[string]("A", "type:state")), "new", "lost"), lost), after: beside(stated(thing(f[string]("A", "type:state")), "new", "lost", "x"), view("v", "SELECT id FROM things WHERE a = 'x'")),
			values: map[string][]string{"things.a": {"'new'", "'lost'", "NULL"}},
		},
		{name: "materialized", home: "postgres", before: base, after: beside(base, mat), refused: postgres},
		{name: "materialized, another query", home: "postgres", before: beside(base, mat), after: beside(base, op.View{Name: "m", SQL: "SELECT a FROM things", Materialized: true})},
		{name: "plain becomes materialized", home: "postgres", before: beside(base, view("m", "SELECT id FROM things")), after: beside(base, mat), refused: postgres},
		{
			name: "column below a materialized view", home: "postgres", before: beside(base, mat), after: beside(thing(f[string]("A", "size:80"), f[int]("B", "")), mat),
		},
	}
}
