package op_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

func TestReads(t *testing.T) {
	for _, test := range []struct {
		query   string
		yes, no []string
	}{
		{query: "SELECT id, users FROM orders", yes: []string{"orders", "s.orders"}, no: []string{"users", "id"}},
		{query: `select * from "Orders" o, b AS users, "c d"`, yes: []string{"Orders", "b", "c d"}, no: []string{"orders", "users", "o"}},
		{query: "SELECT a FROM ORDERS", yes: []string{"orders"}},
		{query: "SELECT a FROM x JOIN `y` ON x.id = y.orders, z LEFT JOIN w USING (q)", yes: []string{"x", "y", "z", "w"}, no: []string{"orders", "q", "id"}},
		{query: "SELECT (SELECT max(a) FROM inner_one i WHERE i.x IN (1, orders)), b FROM (x JOIN y ON true), (SELECT 1 FROM deep) d", yes: []string{"inner_one", "x", "y", "deep"}, no: []string{"orders", "d", "i"}},
		{query: "SELECT a FROM s.orders", yes: []string{"orders", "s.orders"}, no: []string{"t.orders", "s"}},
		{query: `SELECT a FROM "s"."orders" -- , b
			WHERE x = 'from c' /* from d */`, yes: []string{"s.orders"}, no: []string{"b", "c", "d"}},
		{query: "SELECT a, from_b FROM x WHERE EXISTS (SELECT 1 FROM y) GROUP BY a, b ORDER BY c, d UNION SELECT 1 FROM z", yes: []string{"x", "y", "z"}, no: []string{"b", "c", "d", "from_b"}},
		{query: "WITH c AS (SELECT 1 FROM orders) SELECT * FROM c, ONLY (p), LATERAL (SELECT 2 FROM q) l", yes: []string{"orders", "c", "p", "q"}},
		{query: "SELECT a FROM generate_series(1, b) g, x", yes: []string{"x"}, no: []string{"b"}},
		{query: "SELECT [a] FROM [x y]", yes: []string{"x y"}},
		{query: "", no: []string{"", "x"}},
		{query: ")))), from x", yes: []string{"x"}},
	} {
		for _, name := range test.yes {
			if !op.Reads(test.query, name) {
				t.Errorf("%q reads from %q", test.query, name)
			}
		}
		for _, name := range test.no {
			if op.Reads(test.query, name) {
				t.Errorf("%q does not read from %q", test.query, name)
			}
		}
	}
}
