package sqlite

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

var drawTrivia = rapid.SampledFrom([]string{
	" ", " ", " ", "\n", "\r\n\t", " -- CHECK (no)\n", " -- it's, (\n  ", "/* a, b) */", " /* two\nlines */ ", " --\n--\n", " -- x /*\n", "/* -- */ ",
})

// TestPropertyTrivia puts comments and line ends between all words of a
// statement, which has to read as written, and changes the table: SQLite has to
// take the result for the same as without them.
func TestPropertyTrivia(t *testing.T) {
	words := strings.Fields("CREATE TABLE t ( id integer PRIMARY KEY , a varchar(20) NOT NULL DEFAULT 'x' , b int CHECK ( b > 0 ) , zz text , CONSTRAINT u UNIQUE ( a , b ) , FOREIGN KEY ( b ) REFERENCES p ( id ) )")
	changes := map[string]op.Operation{
		"drop": op.DropColumn{Table: "t", Column: "zz"}, "add": op.AddColumn{Table: "t", Column: column("n", op.Int(64)), Backfill: op.Literal(1)},
		"check": op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "a > ''"}}, "unique": op.DropUnique{Table: "t", Name: "u"},
		"type":   op.AlterColumn{Table: "t", From: column("b", op.Int(64)), To: column("b", op.Text())},
		"null":   op.AlterColumn{Table: "t", From: op.Column{Name: "a", Type: op.Text(), NotNull: true}, To: column("a", op.Text())},
		"plain":  op.AddColumn{Table: "t", Column: column("m", op.Text())},
		"rename": op.RenameColumn{Table: "t", From: "id", To: "number"},
	}
	names := []string{"add", "check", "drop", "null", "plain", "rename", "type", "unique"}
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for i, word := range words {
			if i > 2 { // what stands before the name is not stored
				b.WriteString(drawTrivia.Draw(t, "between"))
			} else if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(word)
		}
		list := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 3, rapid.ID).Draw(t, "changes")
		// shapeOf changes a table of that statement and returns what SQLite sees.
		shapeOf := func(statement string) []string {
			conn := openMemoryRapid(t)
			defer conn.Close()
			query := func(sql string) (lines []string) {
				rows, err := conn.QueryContext(context.Background(), sql)
				if err != nil {
					t.Fatalf("%v, in %s", err, sql)
				}
				defer rows.Close()
				for rows.Next() {
					var line string
					if err := rows.Scan(&line); err != nil {
						t.Fatal(err)
					}
					lines = append(lines, line)
				}
				return lines
			}
			for _, sql := range []string{"CREATE TABLE p (id integer PRIMARY KEY); INSERT INTO p VALUES (1)", statement, "INSERT INTO t VALUES (1, 'y', 1, 'z')"} {
				if _, err := conn.ExecContext(context.Background(), sql); err != nil {
					t.Fatalf("%v, in %s", err, sql)
				}
			}
			stored := query("SELECT sql FROM sqlite_master WHERE name = 't'")[0]
			if d, err := parseTable(stored); err != nil || d.String() != stored {
				t.Fatalf("%v: reads\n%s\nand was written\n%s", err, d, stored)
			}
			for _, name := range list {
				if _, err := migrate(conn, changes[name]); err != nil {
					t.Fatalf("%s: %v, in\n%s", name, err, stored)
				}
			}
			return slices.Concat(
				query("SELECT name || type || \"notnull\" || ifnull(dflt_value, '') || pk FROM pragma_table_xinfo('t')"),
				query("SELECT origin || \"unique\" FROM pragma_index_list('t')"),
				query(`SELECT "table" || "from" FROM pragma_foreign_key_list('t')`),
				query("SELECT quote(t.rowid) || quote(a) || quote(b) FROM t"))
		}
		if diff := cmp.Diff(shapeOf(strings.Join(words, " ")), shapeOf(b.String())); diff != "" {
			t.Fatalf("%q\n-without comments +with:\n%s\n%s", list, diff, b.String())
		}
	})
}
