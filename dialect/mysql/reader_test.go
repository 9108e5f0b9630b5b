package mysql

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

// TestReader reads with an account that may make no temporary tables: texts are
// compared as they stand, but for what certainly means nothing.
func TestReader(t *testing.T) {
	dsn := testdb.MySQL(t)
	admin, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { admin.Close() })
	conn, err := admin.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	words := library()
	words.Tables[1].Columns[5].Generated.Expr = "UCASE( `select` )"
	for _, table := range words.Tables {
		mustMigrate(t, conn, op.CreateTable(table))
	}
	database := dump(t, conn, "SELECT DATABASE()")[0]
	user := "reader" + database[len(database)-10:]
	exec(t, conn, "CREATE USER "+user+" IDENTIFIED BY 'x'", "GRANT SELECT ON `"+database+"`.* TO "+user)
	t.Cleanup(func() { exec(t, admin, "DROP USER "+user) })

	_, address, _ := strings.Cut(dsn, "@")
	pool, err := sql.Open("mysql", user+":x@"+address)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec("CREATE TEMPORARY TABLE x (a int)"); err == nil {
		t.Fatal("the account may make temporary tables; the test shows nothing")
	}
	same(t, "reader", words, inspect(t, pool, words))

	words.Tables[1].Checks[0].Expr = "price > 1 AND `select` <> 'a''b\\\\'"
	if got := inspect(t, pool, words).Tables[1].Checks[0].Expr; got == words.Tables[1].Checks[0].Expr {
		t.Error("another check is taken for the same")
	}
}

// TestSpatial keeps an index of a kind that temporary tables cannot have.
func TestSpatial(t *testing.T) {
	_, conn := open(t)
	want := op.Schema{Tables: []op.Table{{Name: "places", Columns: []op.Column{{Name: "at", Type: op.Raw("point"), NotNull: true}, {Name: "body", Type: op.Text()}},
		Indexes: []op.Index{{Name: "idx_at", Class: "SPATIAL", Columns: op.Columns("at")}, {Name: "idx_body", Class: "FULLTEXT", Columns: op.Columns("body"), Comment: "c"}}}}}
	mustMigrate(t, conn, op.CreateTable(want.Tables[0]))
	same(t, "created", want, inspect(t, conn, want))
	for _, x := range want.Tables[0].Indexes {
		mustMigrate(t, conn, op.DropIndex{Table: "places", Name: x.Name}, op.CreateIndex{Table: "places", Index: x})
	}
	same(t, "made again", want, inspect(t, conn, want))
}
