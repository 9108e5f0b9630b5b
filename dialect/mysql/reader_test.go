package mysql

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

// shelf is a table full of texts that the server writes in its own way.
func shelf() op.Schema {
	return op.Schema{Tables: []op.Table{{
		Name: "shelves",
		Columns: []op.Column{
			{Name: "id", Type: op.Int(64), AutoIncrement: true},
			{Name: "a", Type: op.Raw("int NOT NULL DEFAULT 1 UNIQUE")},
			{Name: "b", Type: op.Raw("bigint GENERATED ALWAYS AS (a + 1) STORED")},
			{Name: "c", Type: op.Text(), Generated: op.Generated{Expr: "Upper(d)"}},
			{Name: "d", Type: op.String(40), Default: op.Expr("UUID()"), NotNull: true},
			{Name: "e", Type: op.Raw("enum('x','y')"), Default: op.Literal("x")},
			{Name: "f", Type: op.Raw("date"), Default: op.Literal("2020-01-02")},
			{Name: "g", Type: op.Time(), Default: op.Expr("NULL ON UPDATE CURRENT_TIMESTAMP")},
			{Name: "h", Type: op.Raw("json"), Default: op.Expr("JSON_OBJECT()")},
			{Name: "i", Type: op.Raw("inet6")},
			{Name: "j", Type: op.Bytes()},
			{Name: "k", Type: op.Raw("bit(3)"), Default: op.Expr("b'101'")},
		},
		PrimaryKey: op.Columns("id"),
		Indexes:    []op.Index{{Name: "idx_j", Columns: []op.KeyPart{{Column: "j", Length: 10}}}, {Name: "idx_e", Columns: op.Columns("e")}, {Name: "idx_d", Columns: op.Columns("d"), Options: "USING BTREE"}},
		Checks:     []op.Check{{Name: "k1", Expr: "a IN (1,2,3) AND length(d)>0"}},
	}}}
}

// readerOf makes an account that may only read the connection's database.
func readerOf(t *testing.T, dsn string, admin *sql.DB) *sql.DB {
	t.Helper()
	database := dump(t, admin, "SELECT DATABASE()")[0]
	user := "reader" + database[len(database)-10:]
	exec(t, admin, "CREATE USER "+user+" IDENTIFIED BY 'x'", "GRANT SELECT ON `"+database+"`.* TO "+user)
	t.Cleanup(func() { exec(t, admin, "DROP USER "+user) })
	_, address, _ := strings.Cut(dsn, "@")
	pool, err := sql.Open("mysql", user+":x@"+address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	if _, err := pool.Exec("CREATE TEMPORARY TABLE x (a int)"); err == nil {
		t.Fatal("the account may make temporary tables; the test shows nothing")
	}
	return pool
}

// TestReader reads with accounts and in sessions that may make no temporary
// tables. Nothing is a difference that is none; what could be one is named, or
// compared in the scratch database.
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
	t.Cleanup(func() { conn.Close() })
	words := library()
	words.Tables[1].Columns[5].Generated.Expr = "UCASE( `select` )"
	words.Tables = append(words.Tables, shelf().Tables...)
	for _, table := range words.Tables {
		mustMigrate(t, conn, op.CreateTable(table))
	}
	reader := readerOf(t, dsn, admin)
	scratchPool, err := testdb.Open(t, "mysql").DB()
	if err != nil {
		t.Fatal(err)
	}
	readOnly, err := admin.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		exec(t, readOnly, "SET SESSION TRANSACTION READ WRITE")
		readOnly.Close()
	})
	exec(t, readOnly, "SET SESSION TRANSACTION READ ONLY")

	changed := words.Clone()
	changed.Tables[1].Checks[0].Expr = "price > 1 AND `select` <> 'a''b\\\\'"
	changed.Tables[2].Column("d").Default = op.Expr("concat(UUID(), 'x')")
	changed.Tables[2].Column("e").Type = op.Raw("enum('x','z')")
	for _, test := range []struct {
		name        string
		q           ddl.Querier
		words       op.Schema
		scratch     *sql.DB
		differs     []string // columns and checks
		notCompared []string
	}{
		{name: "reader", q: reader, words: words, notCompared: []string{`expression of generated column "c" of table "shelves"`, `check "k1" of table "shelves"`}},
		{name: "reader with scratch", q: reader, words: words, scratch: scratchPool},
		{name: "read-only session", q: readOnly, words: words, notCompared: []string{`expression of generated column "c" of table "shelves"`, `check "k1" of table "shelves"`}},
		{name: "reader, changed", q: reader, words: changed, differs: []string{"e"}, notCompared: []string{`check "chk price" of table`, `expression of generated column "c" of table "shelves"`, `default of column "d" of table "shelves"`, `check "k1" of table "shelves"`}},
		{name: "reader with scratch, changed", q: reader, words: changed, scratch: scratchPool, differs: []string{"chk price", "d", "e"}},
		{name: "admin, changed", q: conn, words: changed, differs: []string{"chk price", "d", "e"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			reading, err := Dialect{}.Inspect(t.Context(), test.q, ddl.Inquiry{Words: []op.Schema{test.words}, Scratch: test.scratch})
			if err != nil {
				t.Fatal(err)
			}
			plan, err := diff.Compare(reading.Schema, test.words, diff.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(plan.Up) < len(test.differs) || len(test.differs) == 0 && !plan.Empty() {
				t.Errorf("found %v", plan.Up)
			}
			for _, name := range test.differs {
				if !strings.Contains(fmt.Sprint(plan.Up), name) {
					t.Errorf("%s is no difference: %v", name, plan.Up)
				}
			}
			for i, text := range reading.NotCompared {
				if i >= len(test.notCompared) || !strings.HasPrefix(text, test.notCompared[i]) || !strings.Contains(text, "name a scratch database") {
					t.Errorf("not compared: %s", text)
				}
			}
			if len(reading.NotCompared) != len(test.notCompared) {
				t.Errorf("%d things are not compared, want %d", len(reading.NotCompared), len(test.notCompared))
			}
		})
	}
	if left := dump(t, scratchPool, "SHOW TABLES"); len(left) > 0 {
		t.Errorf("left in the scratch database: %v", left)
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
