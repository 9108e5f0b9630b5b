package mysql

import (
	"fmt"
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// TestAsk asks about several tables, in the middle one whose words the server
// refuses: that says nothing about whether it may be asked.
func TestAsk(t *testing.T) {
	const wrong = 2
	sent := func(n int) int {
		_, conn := open(t)
		var said op.Schema
		for i := range n {
			name := fmt.Sprintf("t%d", i)
			exec(t, conn, "CREATE TABLE "+name+" (a int, CONSTRAINT k CHECK (a>0))")
			expr := "(a > 0)"
			if i == wrong {
				expr = "nothing > 0"
			}
			said.Tables = append(said.Tables, op.Table{Name: name, Columns: []op.Column{{Name: "a", Type: op.Int(32)}}, Checks: []op.Check{{Name: "k", Expr: expr}}})
		}
		c := &counter{Conn: conn}
		got, err := Dialect{}.Inspect(t.Context(), c, ddl.Inquiry{Words: []op.Schema{said}})
		if err != nil || len(got.NotCompared) > 0 {
			t.Fatal(got.NotCompared, err)
		}
		for i, table := range got.Schema.Tables {
			if is := table.Checks[0].Expr == said.Tables[i].Checks[0].Expr; is == (i == wrong) {
				t.Errorf("%s has the check %s", table.Name, table.Checks[0].Expr)
			}
		}
		if _, err := conn.ExecContext(t.Context(), "SELECT * FROM "+temporaryName); err == nil {
			t.Error("the temporary table is still there")
		}
		return len(c.sent)
	}
	// A temporary table, what it shows, and what the table there shows.
	if few, many := sent(4), sent(9); many-few != 5*3 {
		t.Errorf("%d statements for four tables, %d for nine", few, many)
	}
}
