package acceptance

import (
	"slices"
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
	return append(viewsOverTables(), []change{
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
	}...)
}

// viewsOverTables are views whose tables come, go and get other names, and views
// that do so themselves.
func viewsOverTables() []change {
	type Order struct {
		ID      uint
		Code    string `gorm:"size:20;not null"`
		OwnerID *uint
		Owner   *marker `gorm:"foreignKey:OwnerID"`
	}
	type Bill struct {
		ID      uint
		Code    string `gorm:"size:20;not null"`
		OwnerID *uint
		Owner   *marker `gorm:"foreignKey:OwnerID"`
	}
	type V struct {
		ID   uint
		Code string `gorm:"size:20"`
	}
	var coded, wide []any
	{
		type Bill struct {
			ID      uint
			No      string `gorm:"size:60;not null"`
			OwnerID *uint
			Owner   *marker `gorm:"foreignKey:OwnerID"`
		}
		coded = []any{&Bill{}, &marker{}}
	}
	{
		type Order struct {
			ID      uint
			Code    string `gorm:"size:60;not null"`
			Note    string `gorm:"size:20"`
			OwnerID *uint
			Owner   *marker `gorm:"foreignKey:OwnerID;constraint:OnDelete:CASCADE"`
		}
		wide = []any{&Order{}, &marker{}}
	}
	view := func(name, sql string) op.View { return op.View{Name: name, SQL: sql} }
	none, order, bill := []any{&marker{}}, []any{&Order{}, &marker{}}, []any{&Bill{}, &marker{}}
	v, w := view("v", "SELECT id, code FROM orders WHERE code <> ''"), view("w", "SELECT o.code, m.id FROM orders o JOIN markers m ON m.id = o.owner_id")
	over := view("a_first", "SELECT v.code, w.id FROM v JOIN w ON w.code = v.code")
	table, column := diff.Rename{From: "orders", To: "bills"}, diff.Rename{Table: "bills", From: "code", To: "no"}
	of := func(name string, before, after []any, renames ...diff.Rename) change {
		return change{name: name, before: before, after: after, renames: renames}
	}
	return slices.Concat(
		of("over a new table", none, beside(order, v)).andBack(),
		of("several over a new table", none, beside(order, over, v, w)).andBack(),
		of("over a table that goes, and over another one then", beside(order, v), beside(none, view("v", "SELECT id FROM markers"))).andBack(),
		of("another name", beside(order, v), beside(order, view("renamed", v.SQL))).andBack(),
		of("names that swap", beside(order, v, view("w", "SELECT id FROM orders")), beside(order, view("w", v.SQL), view("v", "SELECT id FROM orders"))).andBack()[:1],
		of("turned over", beside(order, view("a", "SELECT id, code FROM orders"), view("b", "SELECT id, code FROM a")), beside(order, view("b", "SELECT id, code FROM orders"), view("a", "SELECT id, code FROM b"))).andBack()[:1],
		of("columns below several", beside(order, over, v, w), beside(wide, over, v, w)).andBack(),
		of("becomes a table", beside(order, v), append(order, &V{})).andBack(),
		[]change{
			of("over a table with another name", beside(order, v), beside(bill, view("v", "SELECT id, code FROM bills WHERE code <> ''")), table),
			of("several over a table with another name", beside(order, over, v, w),
				beside(bill, over, view("v", "SELECT id, code FROM bills WHERE code <> ''"), view("w", "SELECT o.code, m.id FROM bills o JOIN markers m ON m.id = o.owner_id")), table),
			of("over a table and a column with other names", beside(order, v), beside(coded, view("v", "SELECT id, no AS code FROM bills WHERE no <> ''")), table, column),
			of("the old name of a table is that of a view", order, beside(bill, view("orders", "SELECT id, code, owner_id FROM bills")), table),
			of("over a table that goes, and stays", beside(order, v), beside(none, v)).refuses(all, "orders"),
			of("over a column that goes, and stays", beside(thing(f[int]("A", ""), f[int]("B", "")), view("v", "SELECT a, b FROM things")), beside(thing(f[int]("A", "")), view("v", "SELECT a, b FROM things"))).refuses(all, "b"),
		},
	)
}
