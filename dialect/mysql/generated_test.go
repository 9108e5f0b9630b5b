package mysql

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// TestRemadeColumn takes a column through every form that it can have, with
// keys, checks, a foreign key and other columns that stand on it, and back.
func TestRemadeColumn(t *testing.T) {
	form := func(kind string) op.Column {
		c := op.Column{Name: "twice", Type: op.Int(64), Comment: "it's \\ two"}
		switch kind {
		case "virtual":
			c.Generated = op.Generated{Expr: "a * 2"}
		case "stored":
			c.Generated = op.Generated{Expr: "a * 2", Stored: true}
		case "other":
			c.Generated = op.Generated{Expr: "a * 2 + 0"}
		case "not null":
			c.NotNull = true
		case "virtual by its type":
			c.Type = op.Raw("bigint GENERATED ALWAYS AS (a * 2) VIRTUAL")
		case "stored by its type":
			c.Type = op.Raw("bigint AS (a*2) stored")
		}
		return c
	}
	isPlain := func(kind string) bool { return kind == "plain" || kind == "not null" }
	forms := []string{"plain", "virtual", "stored", "other", "not null", "virtual by its type", "stored by its type"}
	isSame := func(a, b string) bool {
		return strings.Fields(a)[0] == strings.Fields(b)[0] && a != "not null" && b != "not null"
	}
	for _, from := range forms {
		for _, to := range forms {
			if isSame(from, to) || strings.Contains(from, "type") && to == "other" || from == "other" && strings.Contains(to, "type") {
				continue
			}
			t.Run(from+" to "+to, func(t *testing.T) {
				_, conn := open(t)
				mustMigrate(t, conn, op.CreateTable{
					Name: "t",
					Columns: []op.Column{
						{Name: "id", Type: op.Int(64), NotNull: true, AutoIncrement: true}, {Name: "a", Type: op.Int(64)}, form(from),
						{Name: "more", Type: op.Int(64), Generated: op.Generated{Expr: "twice + 1"}},
						{Name: "most", Type: op.Int(64), Generated: op.Generated{Expr: "more + 1", Stored: true}},
						{Name: "touched", Type: op.Time(), Default: op.Expr("NULL ON UPDATE CURRENT_TIMESTAMP(3)")},
					},
					PrimaryKey: op.Columns("id"),
					Uniques:    []op.Unique{{Name: "u", Columns: op.Columns("a", "twice")}},
					Indexes:    []op.Index{{Name: "i", Columns: []op.KeyPart{{Column: "twice", Desc: true}}, Comment: "c"}, {Name: "other", Columns: op.Columns("a")}, {Name: "i_most", Columns: op.Columns("most")}},
					Checks:     []op.Check{{Name: "k", Expr: "twice < 1000 or a is null"}, {Name: "k2", Expr: "a <> 77"}},
				})
				column, values := "(a)", "(1), (2), (NULL)"
				if isPlain(from) {
					column, values = "(a, twice)", "(1, 2), (2, 4), (NULL, NULL)"
				}
				if from == "not null" {
					values = "(1, 2), (2, 4), (3, 6)"
				}
				exec(t, conn, "INSERT INTO t "+column+" VALUES "+values)
				const query = "SELECT id, a, twice, more, most, touched FROM t ORDER BY id"
				rows, before := dump(t, conn, query), shown(t, conn)
				want := slices.Clone(rows)

				alter := op.AlterColumn{Table: "t", From: form(from), To: form(to)}
				if to == "not null" {
					alter.Backfill = op.Literal(500)
					want[2] = "3|<null>|500|501|502|<null>"
				}
				if from == "not null" {
					want[2] = "3|3|6|7|8|<null>"
				}
				up := mustMigrate(t, conn, alter)
				if d := cmp.Diff(want, dump(t, conn, query)); d != "" {
					t.Errorf("rows:\n%s\nafter %s", d, strings.Join(up, "\n"))
				}
				desired := op.Schema{Tables: []op.Table{{Name: "t", Columns: []op.Column{{Name: "a", Type: op.Int(64)}, form(to)}}}}
				if got := inspect(t, conn, desired).Tables[0].Column("twice"); !cmp.Equal(form(to), *got) {
					t.Errorf("the column: %s", cmp.Diff(form(to), *got))
				}
				down := mustMigrate(t, conn, op.AlterColumn{Table: "t", From: form(to), To: form(from)})
				if d := cmp.Diff(before, shown(t, conn)); d != "" {
					t.Errorf("the table:\n%s\nafter %s\n%s", d, strings.Join(up, "\n"), strings.Join(down, "\n"))
				}
				if to == "not null" && isPlain(from) {
					rows = want // the filled null stays
				}
				if d := cmp.Diff(rows, dump(t, conn, query)); d != "" {
					t.Errorf("rows afterwards:\n%s\nafter %s", d, strings.Join(down, "\n"))
				}
			})
		}
	}
}

// TestRemadeColumnOfAForeignKey lets the key step aside.
func TestRemadeColumnOfAForeignKey(t *testing.T) {
	_, conn := open(t)
	stored := op.Column{Name: "s", Type: op.Int(64), Generated: op.Generated{Expr: "a + 1", Stored: true}}
	mustMigrate(t, conn,
		op.CreateTable{Name: "p", Columns: []op.Column{{Name: "id", Type: op.Int(64), NotNull: true}}, PrimaryKey: op.Columns("id")},
		op.CreateTable{Name: "c", Columns: []op.Column{{Name: "a", Type: op.Int(64)}, stored},
			ForeignKeys: []op.ForeignKey{{Name: "fk", Columns: []string{"s"}, RefTable: "p", RefColumns: []string{"id"}}}})
	exec(t, conn, "INSERT INTO p VALUES (2)", "INSERT INTO c (a) VALUES (1)")
	before := shown(t, conn)
	virtual := stored
	virtual.Generated.Stored = false
	mustMigrate(t, conn, op.DropForeignKey{Table: "c", Name: "fk"}, op.AlterColumn{Table: "c", From: stored, To: virtual})
	mustMigrate(t, conn, op.AlterColumn{Table: "c", From: virtual, To: stored},
		op.AddForeignKey{Table: "c", ForeignKey: op.ForeignKey{Name: "fk", Columns: []string{"s"}, RefTable: "p", RefColumns: []string{"id"}}})
	if d := cmp.Diff(before, shown(t, conn)); d != "" {
		t.Error(d)
	}
	plain := op.Column{Name: "s", Type: op.Int(64)}
	mustMigrate(t, conn, op.AlterColumn{Table: "c", From: stored, To: plain})
	mustMigrate(t, conn, op.AlterColumn{Table: "c", From: plain, To: stored})
	if d := cmp.Diff(before, shown(t, conn)); d != "" {
		t.Error(d)
	}
}

// TestRemakeGoesOn finds what a run left that failed half way.
func TestRemakeGoesOn(t *testing.T) {
	_, conn := open(t)
	exec(t, conn, "CREATE TABLE t (a int, v int AS (a * 2) VIRTUAL)", "INSERT INTO t (a) VALUES (1), (2)", "ALTER TABLE t ADD COLUMN limbeck_kept bigint")
	mustMigrate(t, conn, op.AlterColumn{Table: "t", From: op.Column{Name: "v", Type: op.Raw("int"), Generated: op.Generated{Expr: "a * 2"}}, To: op.Column{Name: "v", Type: op.Raw("int")}})
	exec(t, conn, "INSERT INTO t VALUES (3, 0)")
	if got := dump(t, conn, "SELECT * FROM t ORDER BY a"); !cmp.Equal([]string{"1|2", "2|4", "3|0"}, got) {
		t.Error(got)
	}
}
