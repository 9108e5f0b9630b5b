package sqlite

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

var drawType = rapid.SampledFrom([]op.Type{
	op.Bool(), op.Int(64), op.Uint(32), op.Float(64), op.Decimal(12, 2), op.String(100), op.Text(), op.KeyText(), op.Bytes(), op.Time(), op.Time(3),
	op.Raw("varchar(10)"), op.Raw("numeric(10,2)"), op.Text().On("sqlite", "nvarchar(7)"),
})

var drawDefault = rapid.SampledFrom([]op.Default{
	{}, {}, op.Literal(0), op.Literal(-7), op.Literal(1.25), op.Literal(true), op.Literal(""), op.Literal(`it's "so", (`), op.Literal("NULL"),
	op.Expr("CURRENT_TIMESTAMP"), op.Expr("1 + 1"), op.Expr("(upper('x'))"), op.Literal("a").On("sqlite", "'b'"),
})

// drawColumn draws a column that rows without a value can take.
func drawColumn(t *rapid.T, name string) op.Column {
	c := op.Column{Name: name, Type: drawType.Draw(t, "type"), Default: drawDefault.Draw(t, "default")}
	c.NotNull = !c.Default.IsZero() && rapid.Bool().Draw(t, "not null")
	c.Collate = rapid.SampledFrom([]string{"", "", "NOCASE", "RTRIM"}).Draw(t, "collate")
	c.Comment = rapid.SampledFrom([]string{"", "said"}).Draw(t, "comment")
	return c
}

var drawName = rapid.SampledFrom([]string{"a", "B", "select", "two words", "ü", "it's", "back`quote", `dou"ble`, "c,d", "e)f", "g--h"})

// drawTable draws a table with an id, columns, and parts over them.
func drawTable(t *rapid.T) op.Table {
	table := op.Table{Name: rapid.SampledFrom([]string{"t", "Table", "x y", "order", "q'uote"}).Draw(t, "table")}
	id := op.Column{Name: "id", Type: op.Int(64), AutoIncrement: rapid.Bool().Draw(t, "auto")}
	table.Columns = []op.Column{id}
	table.PrimaryKey = op.Columns("id")
	for _, name := range rapid.SliceOfNDistinct(drawName, 1, 5, rapid.ID).Draw(t, "names") {
		table.Columns = append(table.Columns, drawColumn(t, name))
	}
	var names []string
	for _, c := range table.Columns {
		names = append(names, c.Name)
	}
	drawNames := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 2, rapid.ID)
	for i := range rapid.IntRange(0, 2).Draw(t, "indexes") {
		x := op.Index{Name: fmt.Sprintf("idx %d", i), Columns: op.Columns(drawNames.Draw(t, "index")...)}
		x.Columns[0].Desc = rapid.Bool().Draw(t, "desc")
		if rapid.Bool().Draw(t, "expr") {
			x.Columns = append(x.Columns, op.KeyPart{Expr: "coalesce(id, ',)')"})
		}
		x.Where = rapid.SampledFrom([]string{"", "id > 0"}).Draw(t, "where")
		table.Indexes = append(table.Indexes, x)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "checks") {
		table.Checks = append(table.Checks, op.Check{Name: fmt.Sprintf("chk_%d", i), Expr: rapid.SampledFrom([]string{"id > 0", "id <> ')' OR 1", "id IN (1, 2) OR id > 0 -- yes"}).Draw(t, "check")})
	}
	if rapid.Bool().Draw(t, "unique") {
		table.Uniques = []op.Unique{{Name: "uni", Columns: op.Columns(append([]string{"id"}, names[1])...)}}
	}
	if rapid.Bool().Draw(t, "reference") {
		table.ForeignKeys = []op.ForeignKey{{Name: "fk", Columns: []string{names[1]}, RefTable: table.Name, RefColumns: []string{"id"}, OnDelete: rapid.SampledFrom([]string{"", "CASCADE", "SET NULL"}).Draw(t, "delete")}}
		table.Columns[1].Default, table.Columns[1].NotNull = op.Default{}, false
	}
	return table
}

func TestPropertyCreateThenInspect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := op.Schema{Tables: []op.Table{drawTable(t)}}
		conn := openMemoryRapid(t)
		defer conn.Close()
		if _, err := migrate(conn, op.CreateTable(want.Tables[0])); err != nil {
			t.Fatal(err)
		}
		got, err := Dialect{}.Inspect(t.Context(), conn, ddl.Inquiry{Words: []op.Schema{want}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.Schema); diff != "" {
			t.Fatalf("(-words +inspected):\n%s", diff)
		}
	})
}

// TestPropertyChanges runs random changes of a table with rows, and compares
// with the same changes in memory.
func TestPropertyChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := op.Schema{Tables: []op.Table{drawTable(t)}}
		table := start.Tables[0].Name
		conn := openMemoryRapid(t)
		defer conn.Close()
		if _, err := migrate(conn, op.CreateTable(start.Tables[0])); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.ExecContext(t.Context(), "INSERT INTO "+quoteName(table)+" (id) VALUES (3), (8)"); err != nil {
			t.Fatal(err)
		}
		want := start.Clone()
		var ops op.List
		for i := range rapid.IntRange(1, 5).Draw(t, "changes") {
			now := want.Tables[0]
			free := slices.DeleteFunc(slices.Clone(now.Columns[1:]), func(c op.Column) bool {
				probe := want.Clone()
				return op.DropColumn{Table: table, Column: c.Name}.Apply(&probe) != nil
			})
			var o op.Operation
			switch kind := rapid.IntRange(0, 5).Draw(t, "kind"); {
			case kind == 0 && len(free) > 0 && len(now.Columns) > 2:
				o = op.DropColumn{Table: table, Column: rapid.SampledFrom(free).Draw(t, "drop").Name}
			case kind == 1 && len(free) > 0:
				from := rapid.SampledFrom(free).Draw(t, "alter")
				to := drawColumn(t, from.Name)
				a := op.AlterColumn{Table: table, From: from, To: to}
				if to.NotNull {
					a.Backfill = op.Literal("filled")
				}
				o = a
			case kind == 2 && len(now.Indexes) > 0:
				o = op.DropIndex{Table: table, Name: now.Indexes[0].Name}
			case kind == 3 && len(now.Checks) > 0:
				o = op.DropCheck{Table: table, Name: now.Checks[0].Name}
			case kind == 4:
				o = op.AddUnique{Table: table, Unique: op.Unique{Name: fmt.Sprintf("new %d", i), Columns: op.Columns("id", now.Columns[1].Name)}}
			default:
				o = op.AddColumn{Table: table, Column: drawColumn(t, fmt.Sprintf("new %d", i))}
			}
			if err := o.Apply(&want); err != nil {
				t.Fatal(err)
			}
			ops = append(ops, o)
		}
		if _, err := migrate(conn, ops...); err != nil {
			if strings.Contains(err.Error(), "number in column") {
				return // the rows have a text in it
			}
			t.Fatalf("%v: %v", ops, err)
		}
		got, err := Dialect{}.Inspect(t.Context(), conn, ddl.Inquiry{Words: []op.Schema{want}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Sorted(), got.Schema.Sorted(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%v\n(-memory +database):\n%s", ops, diff)
		}
		var ids string
		if err := conn.QueryRowContext(t.Context(), "SELECT group_concat(id) FROM (SELECT id FROM "+quoteName(table)+" ORDER BY id)").Scan(&ids); err != nil || ids != "3,8" {
			t.Fatalf("rows: %q, %v", ids, err)
		}
	})
}

// openMemoryRapid opens an empty database; its one connection, closed, closes
// it.
func openMemoryRapid(t *rapid.T) *sql.Conn {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return conn
}
