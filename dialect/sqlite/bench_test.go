package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

// BenchmarkRebuild rebuilds a table of 1,000,000 rows with two indexes, beside
// what a person would write at the least: a new table, the rows, its indexes, in
// one transaction. Adding a check leaves the rows as they are; filling nulls
// does not.
//
//	go test ./dialect/sqlite -run - -bench Rebuild -benchtime 1x -count 6
func BenchmarkRebuild(b *testing.B) {
	const definition = "id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL, size int, price real, note text"
	template := filepath.Join(b.TempDir(), "template.db")
	exec(b, openConn(b, template), "CREATE TABLE t ("+definition+")",
		"CREATE INDEX idx_name ON t (name)", "CREATE INDEX idx_size ON t (size, price)",
		`INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
		SELECT i, 'name ' || (i * 7919 % 1000003), i % 1000, i / 7.0, 'a note on number ' || i FROM n`)
	byHand := func(definition, from string) func(b *testing.B, conn *sql.Conn) {
		return func(b *testing.B, conn *sql.Conn) {
			exec(b, conn, "BEGIN IMMEDIATE", "CREATE TABLE new ("+definition+")", "INSERT INTO new SELECT "+from+" FROM t",
				"CREATE INDEX new_name ON new (name)", "CREATE INDEX new_size ON new (size, price)", "COMMIT")
		}
	}
	ours := func(o op.Operation) func(b *testing.B, conn *sql.Conn) {
		return func(b *testing.B, conn *sql.Conn) {
			if _, err := migrate(conn, o); err != nil {
				b.Fatal(err)
			}
		}
	}
	note := column("note", op.Text())
	for _, bench := range []struct {
		name string
		run  func(b *testing.B, conn *sql.Conn)
	}{
		{"change=check/by=limbeck", ours(op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "size >= 0"}})},
		{"change=check/by=hand", byHand(definition+", CONSTRAINT k CHECK (size >= 0)", "*")},
		{"change=fill/by=limbeck", ours(op.AlterColumn{Table: "t", From: note, To: note, Backfill: op.Literal("none")})},
		{"change=fill/by=hand", byHand(definition, "id, name, size, price, ifnull(note, 'none')")},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				conn, remove := copyOf(b, template)
				b.StartTimer()
				bench.run(b, conn)
				b.StopTimer()
				remove()
				b.StartTimer()
			}
		})
	}
}

// copyOf opens a copy of a database file, which remove closes and removes.
func copyOf(b *testing.B, template string) (conn *sql.Conn, remove func()) {
	b.Helper()
	data, err := os.ReadFile(template)
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "copy.db")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		b.Fatal(err)
	}
	conn = openConn(b, path)
	return conn, func() {
		conn.Close()
		os.Remove(path)
	}
}

// catalogue are the flat queries that show what is in all tables: those that
// Inspect makes, and those that a reader makes who does not read SQL.
var catalogue = map[string][]string{
	"statements": {"SELECT type, name, tbl_name, sql FROM sqlite_master", "SELECT * FROM pragma_table_list"},
	"pragmas": {
		"SELECT * FROM pragma_table_list",
		"SELECT m.name, c.* FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type = 'table'",
		"SELECT m.name, i.* FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table'",
		"SELECT m.name, p.* FROM sqlite_master m, pragma_index_xinfo(m.name) p WHERE m.type = 'index'",
		"SELECT m.name, k.* FROM sqlite_master m, pragma_foreign_key_list(m.name) k WHERE m.type = 'table'",
	},
}

// BenchmarkInspect reads schemas of N tables with ten columns, two indexes and a
// foreign key each, beside the bare queries whose rows are read and thrown away.
//
//	go test ./dialect/sqlite -run - -bench Inspect -count 6
func BenchmarkInspect(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		path := filepath.Join(b.TempDir(), "test.db")
		conn := openConn(b, path)
		many(b, conn, n)
		b.Run(fmt.Sprintf("n=%d/by=limbeck", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if got := len(inspect(b, conn).Tables); got != n {
					b.Fatalf("%d tables", got)
				}
			}
		})
		for _, kind := range []string{"statements", "pragmas"} {
			b.Run(fmt.Sprintf("n=%d/by=%s", n, kind), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					for _, query := range catalogue[kind] {
						read(b, conn, query)
					}
				}
			})
		}
	}
}

// many makes tables with ten columns, two indexes and a foreign key each.
func many(t testing.TB, conn *sql.Conn, n int) {
	t.Helper()
	exec(t, conn, "BEGIN")
	for i := range n {
		table := op.Table{
			Name: fmt.Sprintf("table_%04d", i), PrimaryKey: op.Columns("id"),
			Columns: []op.Column{
				{Name: "id", Type: op.Int(64), AutoIncrement: true}, {Name: "created_at", Type: op.Time()}, {Name: "updated_at", Type: op.Time()},
				{Name: "name", Type: op.String(100), NotNull: true}, {Name: "email", Type: op.String(200), Default: op.Literal("")},
				{Name: "price", Type: op.Decimal(10, 2)}, {Name: "active", Type: op.Bool(), NotNull: true, Default: op.Literal(true)},
				{Name: "data", Type: op.Bytes()}, {Name: "note", Type: op.Text()}, {Name: "parent_id", Type: op.Int(64)},
			},
			ForeignKeys: []op.ForeignKey{{Name: fmt.Sprintf("fk_%04d", i), Columns: []string{"parent_id"}, RefTable: "table_0000", RefColumns: []string{"id"}, OnDelete: "CASCADE"}},
		}
		exec(t, conn, createTable(table),
			fmt.Sprintf("CREATE INDEX `idx_%04d_name` ON `table_%04d`(`name`,`email`)", i, i),
			fmt.Sprintf("CREATE UNIQUE INDEX `idx_%04d_parent` ON `table_%04d`(`parent_id`,`created_at`)", i, i))
	}
	exec(t, conn, "COMMIT")
}

// read reads the rows of a query as text.
func read(b *testing.B, conn *sql.Conn, query string) {
	b.Helper()
	rows, err := conn.QueryContext(context.Background(), query)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	values := make([]any, len(columns))
	for i := range values {
		values[i] = new(sql.NullString)
	}
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			b.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}
