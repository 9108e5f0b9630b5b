package mysql

import (
	"context"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

func TestViewsInWords(t *testing.T) {
	_, conn := open(t)
	scratch, err := testdb.Open(t, "mysql").DB()
	if err != nil {
		t.Fatal(err)
	}
	exec(t, conn, "CREATE TABLE orders (id int PRIMARY KEY, state varchar(10), UNIQUE (state))", "CREATE TABLE notes (id int, FOREIGN KEY (id) REFERENCES orders (id))",
		"CREATE VIEW plain AS SELECT id FROM orders WHERE state = 'new'", "CREATE VIEW `over` AS SELECT plain.id FROM plain, notes", "CREATE VIEW theirs AS SELECT 1 AS one")
	plain := op.View{Name: "plain", SQL: "select orders.id from orders where state='new'"}
	over := op.View{Name: "over", SQL: "SELECT plain.id FROM plain, notes"}
	other := op.View{Name: "plain", SQL: "SELECT id FROM orders"}
	read := func(inquiry ddl.Inquiry) ddl.Reading {
		t.Helper()
		r, err := Dialect{}.Inspect(context.Background(), conn, inquiry)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	words := []op.Schema{{Views: []op.View{other}}, {Views: []op.View{plain, over}}}

	r := read(ddl.Inquiry{Words: words, Scratch: scratch})
	if got := r.Schema.View("plain"); got == nil || *got != plain || len(r.Schema.Views) != 2 || *r.Schema.View("over") != over || len(r.NotCompared) > 0 {
		t.Errorf("asked in the scratch database: %v, %q", r.Schema.Views, r.NotCompared)
	}
	r = read(ddl.Inquiry{Words: words[:1], Scratch: scratch})
	if got := r.Schema.View("plain").SQL; !strings.Contains(got, "'new'") || strings.Contains(got, "`.`orders`.`id` AS `id` from `"+"orders"+"`.`") {
		t.Errorf("words that are not true: %s", got)
	}
	r = read(ddl.Inquiry{Words: words})
	if got := r.Schema.View("plain"); *got != other || len(r.NotCompared) != 2 || !strings.Contains(r.NotCompared[0], `view "plain" was not compared: the server has no temporary views`) {
		t.Errorf("without a scratch database: %v, %q", got, r.NotCompared)
	}
	var left int
	if err := scratch.QueryRow("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()").Scan(&left); err != nil || left > 0 {
		t.Errorf("left in the scratch database: %d, %v", left, err)
	}
}
