package sqlite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// A value that does not become one of the new type is reported, with the rows,
// and nothing is changed.
func TestTypeThatRowsDoNotGoAlongWith(t *testing.T) {
	for _, c := range []struct {
		name     string
		from, to op.Type
		using    string
		values   []string
		// want is the error, or where it is empty after are the values then.
		want  string
		after []string
	}{
		{"whole numbers", op.Text(), op.Int(64), "", []string{"'7'", "' -8 '", "NULL", "'9.0'"}, "", []string{`"integer 7"`, `"integer -8"`, `"null "`, `"integer 9"`}},
		{"no numbers", op.Text(), op.Int(64), "", []string{"'7'", "'x'", "''", "'1.5'", "'0x1'", "'12ab'", "x'31'", "'9223372036854775808'"},
			`7 rows of table "t" have no whole number in column "c" (id 2, 3, 4, 5, 6, …); mend these rows first, for example with op.Exec at the head of the revision, or let the operation say what their values become (Using)`, nil},
		{"one", op.Text(), op.Uint(32), "", []string{"'x'"}, `1 row of table "t" has no whole number in column "c" (id 1); mend`, nil},
		{"fractions", op.Text(), op.Float(64), "", []string{"'1.5'", "'-1e3'"}, "", []string{`"real 1.5"`, `"real -1000.0"`}},
		{"no fraction", op.Text(), op.Decimal(10, 2), "", []string{"'1.5'", "'1,5'"}, `1 row of table "t" has no number in column "c" (id 2)`, nil},
		{"fractions that become whole", op.Float(64), op.Int(64), "", []string{"2.0", "2.5"}, `1 row of table "t" has no whole number in column "c" (id 2)`, nil},
		{"whole that become fractions", op.Int(64), op.Float(64), "", []string{"2"}, "", []string{`"real 2.0"`}},
		{"whole that fractions round", op.Int(64), op.Float(64), "", []string{"2", "9007199254740993", "9223372036854775807", "-9007199254740992"},
			`2 rows of table "t" have a number in column "c" that real would round (id 2, 3); mend these rows first`, nil},
		{"whole that may be rounded", op.Int(64), op.Float(64), "CAST(c AS REAL)", []string{"9007199254740993"}, "", []string{`"real 9.00719925474099e+15"`}},
		{"fractions as text", op.Float(64), op.Text(), "", []string{"0.5", "0.30000000000000004", "1e300", "NULL", "'x'"}, "",
			[]string{`"text 0.5"`, `"text 0.30000000000000004"`, `"text 1.0e+300"`, `"null "`, `"text x"`}},
		{"booleans", op.Text(), op.Bool(), "", []string{"'1'", "'true'"}, `1 row of table "t" has no number in column "c" (id 2)`, nil},
		{"moments are kept as texts", op.Text(), op.Time(), "", []string{"'2020-01-02'", "'soon'"}, "", []string{`"text 2020-01-02"`, `"text soon"`}},
		{"documents too", op.Text(), op.Raw("json"), "", []string{"'{}'"}, "", []string{`"text {}"`}},
		{"numbers as text", op.Int(64), op.Text(), "", []string{"7"}, "", []string{`"text 7"`}},
		{"an expression", op.Text(), op.Int(64), "CASE c WHEN 'one' THEN 1 ELSE 2 END -- or so", []string{"'one'", "'x'"}, "", []string{`"integer 1"`, `"integer 2"`}},
		{"an expression that does not do it", op.Text(), op.Int(64), "substr(c, 1, 1)", []string{"'1a'", "'b'"}, `by substr(c, 1, 1), 1 row of table "t" has no whole number in column "c" (id 2); mend the expression`, nil},
		{"an expression that is none", op.Text(), op.Int(64), "no(c)", []string{"'1'"}, `checking the values of column "c" of table "t": no such function: no`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := openMemory(t)
			id := op.Column{Name: "id", Type: op.Int(64), AutoIncrement: true}
			before := op.Column{Name: "c", Type: c.from}
			mustMigrate(t, conn, op.CreateTable{Name: "t", Columns: []op.Column{id, before}, PrimaryKey: op.Columns("id")})
			for _, value := range c.values {
				exec(t, conn, "INSERT INTO t (c) VALUES ("+value+")")
			}
			const rows = "SELECT typeof(c) || ' ' || coalesce(c, '') FROM t ORDER BY id"
			was := dump(t, conn, rows)
			_, err := migrate(conn, op.AlterColumn{Table: "t", From: before, To: op.Column{Name: "c", Type: c.to}, Using: c.using})
			if c.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				got := dump(t, conn, rows)
				if !cmp.Equal(c.after, got) {
					t.Error(cmp.Diff(c.after, got))
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
			if got := dump(t, conn, rows); !cmp.Equal(was, got) {
				t.Error(cmp.Diff(was, got))
			}
		})
	}
}
