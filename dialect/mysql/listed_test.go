package mysql

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

// A value of an enum is meant by its name, not by its place, and what is no name
// is refused before anything changes.
func TestEnumByName(t *testing.T) {
	_, conn := open(t)
	for _, test := range []struct {
		from   string
		values string
		says   string
	}{
		{"bigint", "(1, 1), (2, 2)", ""},
		{"varchar(20)", "(1, '1'), (2, '2')", ""},
		{"bigint", "(1, 1), (2, 3), (4, 3)", `rows hold what is no value of the enum: "3" in 2 of "t.a" (id 2, 4); change these rows first, or say what the values become (Using)`},
		{"varchar(20)", "(1, '1'), (2, '3')", `rows hold what is no value of the enum: "3" in 1 of "t.a" (id 2)`},
	} {
		exec(t, conn, "DROP TABLE IF EXISTS t", "CREATE TABLE t (id int PRIMARY KEY, a "+test.from+")", "INSERT INTO t VALUES "+test.values)
		_, err := migrate(conn, op.AlterColumn{Table: "t", From: op.Column{Name: "a", Type: op.Raw(test.from)}, To: op.Column{Name: "a", Type: op.EnumType("e", "2", "1", "0")}})
		if test.says != "" {
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%s %s: the error is %v", test.from, test.values, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := dump(t, conn, "SELECT id, a FROM t WHERE id <> CAST(a AS CHAR)"); len(got) > 0 {
			t.Errorf("%s: %v", test.from, got)
		}
	}
}
