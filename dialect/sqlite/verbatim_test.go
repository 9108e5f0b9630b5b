package sqlite_test

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/dialect/sqlite"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/internal/schematest"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// What is written as we write it is read the short way, and everything else the
// long way: with the statements spelled otherwise, the schema is the same.
func TestShortWayIsTheLongWay(t *testing.T) {
	number := 0
	rapid.Check(t, func(t *rapid.T) {
		made := schematest.Schema(t)
		said := []op.Schema{made}
		if rapid.Bool().Draw(t, "changed") {
			said = []op.Schema{schematest.Change(t, made), made}
		}
		plan, err := diff.Compare(op.Schema{}, made, diff.Options{})
		if err != nil {
			t.Fatal(err)
		}
		number++
		pool, err := sql.Open("sqlite3", fmt.Sprintf("file:words%d?mode=memory&cache=shared", number))
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		conn, err := pool.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := migrate.Run(t.Context(), sqlite.Dialect{}, nil, conn, plan.Up, nil); err != nil {
			t.Fatal(err)
		}
		before := make([]op.Schema, len(said))
		for i, s := range said {
			before[i] = s.Clone()
		}
		read := func() op.Schema {
			reading, err := sqlite.Dialect{}.Inspect(t.Context(), conn, ddl.Inquiry{Words: said})
			if err != nil {
				t.Fatal(err)
			}
			return reading.Schema.Sorted()
		}
		short := read()
		if diff := cmp.Diff(before, said); diff != "" {
			t.Fatalf("the words were changed:\n%s", diff)
		}
		for _, text := range []string{
			"PRAGMA writable_schema = ON",
			"UPDATE sqlite_master SET sql = sql || ' ' WHERE sql IS NOT NULL AND type = 'table'",
			"PRAGMA writable_schema = RESET",
		} {
			if _, err := conn.ExecContext(t.Context(), text); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(read(), short, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("-long way +short way:\n%s", diff)
		}
	})
}
