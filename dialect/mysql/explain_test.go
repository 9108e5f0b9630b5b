package mysql

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// A change that would cut values off is refused, in every mode of the server,
// and says which rows are in the way; all stays as it was.
func TestValuesThatDoNotFit(t *testing.T) {
	for _, c := range []struct {
		name   string
		from   op.Column
		to     op.Column
		values []string
		want   string
	}{
		{"text that is too long", op.Column{Type: op.String(20)}, op.Column{Type: op.String(3)}, []string{"'abc'", "'äöüß'", "'abcde'", "NULL"},
			`2 rows of table "t" have values in column "c" that do not fit varchar(3) (id 2, 3); mend these rows first, for example with op.Exec at the head of the revision, or let the operation say what their values become (Using): Error 1`},
		{"many of them", op.Column{Type: op.String(20)}, op.Column{Type: op.String(1)}, []string{"'aa'", "'aa'", "'aa'", "'aa'", "'aa'", "'aa'", "'aa'"},
			`7 rows of table "t" have values in column "c" that do not fit varchar(1) (id 1, 2, 3, 4, 5, …)`},
		{"a number that is too large", op.Column{Type: op.Int(64)}, op.Column{Type: op.Int(8)}, []string{"127", "128", "-129"}, `2 rows of table "t" have values in column "c" that do not fit tinyint (id 2, 3)`},
		{"a negative number", op.Column{Type: op.Int(64)}, op.Column{Type: op.Uint(64)}, []string{"1", "-1"}, `1 row of table "t" has values in column "c" that do not fit bigint unsigned (id 2)`},
		{"text that is no number", op.Column{Type: op.String(20)}, op.Column{Type: op.Int(32)}, []string{"' 12 '", "'x'", "''", "'99999999999'"}, `3 rows of table "t" have values in column "c" that do not fit int (id 2, 3, 4)`},
		{"text that is no fraction", op.Column{Type: op.String(20)}, op.Column{Type: op.Decimal(10, 2)}, []string{"'1.5'", "'1,5'"}, `1 row of table "t" has values in column "c" that do not fit decimal(10) (id 2)`},
		{"nulls", op.Column{Type: op.Time()}, op.Column{Type: op.Time(), NotNull: true}, []string{"NOW()", "NULL"}, `1 row of table "t" has no value in column "c", which is NOT NULL (id 2)`},
		{"nulls, before all that does not fit", op.Column{Type: op.Int(64)}, op.Column{Type: op.Int(8), NotNull: true}, []string{"1", "NULL", "1000"}, `1 row of table "t" has no value in column "c", which is NOT NULL (id 2)`},
		{"what is not known here", op.Column{Type: op.String(20)}, op.Column{Type: op.Time()}, []string{"'soon'"}, `rows hold values that do not fit; mend these rows first`},
	} {
		for _, mode := range []string{"STRICT_TRANS_TABLES", "", "ANSI_QUOTES"} {
			t.Run(c.name+" "+mode, func(t *testing.T) {
				_, conn := open(t)
				exec(t, conn, "SET SESSION sql_mode = '"+mode+"'")
				c.from.Name, c.to.Name = "c", "c"
				mustMigrate(t, conn, op.CreateTable{Name: "t", PrimaryKey: op.Columns("id"),
					Columns: []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}, c.from}})
				exec(t, conn, "INSERT INTO t (c) VALUES ("+strings.Join(c.values, "), (")+")")
				before, rows := shown(t, conn), dump(t, conn, "SELECT * FROM t")
				_, err := migrate(conn, op.AlterColumn{Table: "t", From: c.from, To: c.to})
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got  %v\nwant %s", err, c.want)
				}
				if diff := cmp.Diff(before, shown(t, conn)) + cmp.Diff(rows, dump(t, conn, "SELECT * FROM t")); diff != "" {
					t.Error(diff)
				}
				if got := dump(t, conn, "SELECT @@SESSION.sql_mode")[0]; strings.Trim(got, `"`) != mode {
					t.Errorf("the mode is %s, and was %q", got, mode)
				}
			})
		}
	}
}
