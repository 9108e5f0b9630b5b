package postgres

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/internal/schematest"
	"github.com/go-limbeck/limbeck/op"
)

// sorted leaves the physical order of columns out.
func sorted(s op.Schema) op.Schema { return s.Sorted() }

var byName = cmpopts.SortSlices(func(a, b op.Column) bool { return a.Name < b.Name })

// fresh empties the database, with all connections to it staying.
func fresh(t *rapid.T, conn *sql.Conn) {
	run(t, conn, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
}

// TestPropertyUpAndDown makes a random schema, changes it into a neighbour and
// back, and compares with the same in memory each time.
func TestPropertyUpAndDown(t *testing.T) {
	db := open(t)
	n, misfits := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		a := schematest.Schema(t)
		b := schematest.Change(t, a)
		fresh(t, db.conn)
		check := func(what string, want op.Schema) {
			got := mustInspect(t, db.conn, want)
			if d := cmp.Diff(sorted(want), sorted(got), cmpopts.EquateEmpty(), byName); d != "" {
				t.Fatalf("%s (-memory +database):\n%s", what, d)
			}
		}
		made, err := diff.Compare(op.Schema{}, a, diff.Options{})
		if err != nil {
			t.Fatal(err)
		}
		mustMigrate(t, db.conn, made.Up...)
		check("created", a)
		fill(t, db.conn, a)
		changed, err := diff.Compare(a, b, diff.Options{Owned: a, Drops: schematest.Gone(a, b)})
		if err != nil {
			t.Fatal(err)
		}
		after, err := changed.Up.Apply(a)
		if err != nil {
			t.Fatal(err)
		}
		if texts, err := migrate(db.conn, changed.Up...); err != nil {
			// Then nothing has happened.
			if !misfit(err) {
				t.Fatalf("%v\n%s", err, strings.Join(texts, "\n"))
			}
			misfits++
			check("undone", a)
			return
		}
		check(fmt.Sprint("up: ", changed.Up), after)
		before, err := changed.Down.Apply(after)
		if err != nil {
			t.Fatal(err)
		}
		if texts, err := migrate(db.conn, changed.Down...); err != nil {
			if !misfit(err) {
				t.Fatalf("down: %v\n%s", err, strings.Join(texts, "\n"))
			}
			misfits++
			check("undone", after)
			return
		}
		check(fmt.Sprint("down: ", changed.Down), before)
	})
	t.Logf("%d of %d changes did not fit the rows", misfits, n)
}

// misfit reports whether a change failed for the rows that are there.
func misfit(err error) bool {
	state := sqlState(err)
	return strings.HasPrefix(state, "22") || strings.HasPrefix(state, "23")
}

// fill puts a row into each table, with one value for all columns of a type, so
// that every reference has its target.
func fill(t *rapid.T, conn *sql.Conn, s op.Schema) {
	run(t, conn, "SET session_replication_role = replica") // in any order
	for _, table := range s.Tables {
		var names, values []string
		for _, c := range table.Columns {
			names = append(names, c.Name)
			switch c.Type.Word {
			case op.WordBool:
				values = append(values, "true")
			case op.WordTime:
				values = append(values, "'2001-02-03 04:05:06+00'")
			default:
				values = append(values, "'1'")
			}
		}
		run(t, conn, "INSERT INTO "+quoteTable(table.Name)+" ("+quoteNames(names)+") VALUES ("+strings.Join(values, ", ")+")")
	}
	run(t, conn, "RESET session_replication_role")
}

// TestPropertyTexts gives tables what schematest leaves out: odd names, texts
// that the server rewrites, expressions.
func TestPropertyTexts(t *testing.T) {
	db := open(t)
	names := rapid.SampledFrom([]string{"a", "B", "select", "two words", "ü", "it's", `dou"ble`, "back`quote", "c,d", "e)f", "g--h", `back\slash`, "$1", "%s"})
	types := rapid.SampledFrom([]op.Type{
		op.Bool(), op.Int(8), op.Int(64), op.Uint(32), op.Float(64), op.Decimal(12, 2), op.String(100), op.Text(), op.KeyText(), op.Bytes(), op.Time(), op.Time(3),
		op.Raw("char(4)"), op.Raw("numeric(10)"), op.Raw("text[]"), op.Raw("jsonb"), op.Raw("interval day to second(2)"), op.Text().On(Name, "varchar(7)"), op.Raw("mood"),
	})
	rapid.Check(t, func(t *rapid.T) {
		table := op.Table{Name: names.Draw(t, "table"), Comment: names.Draw(t, "comment")}
		table.Columns = []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: rapid.Bool().Draw(t, "auto")}}
		table.PrimaryKey = op.Columns("id")
		for i, name := range rapid.SliceOfNDistinct(names, 1, 5, rapid.ID).Draw(t, "columns") {
			c := op.Column{Name: name, Type: types.Draw(t, "type"), NotNull: rapid.Bool().Draw(t, "not null"), Comment: names.Draw(t, "comment")}
			switch stored, _ := storedType(Dialect{}.SpellType(c.Type)); {
			case isTextType(baseType(stored)):
				c.Default = rapid.SampledFrom([]op.Default{{}, op.Literal(""), op.Literal(`it's "so" \`), op.Literal("NULL"), op.Literal("1"), op.Expr("upper('x'||1)"), op.Expr("null")}).Draw(t, "default")
				c.Collate = rapid.SampledFrom([]string{"", `"C"`, `pg_catalog."POSIX"`}).Draw(t, "collate")
			case isNumberType(baseType(stored)):
				c.Default = rapid.SampledFrom([]op.Default{{}, op.Literal(0), op.Literal(-7), op.Literal(1.25), op.Expr("1+1"), op.Literal("12"), op.Expr("(-3)")}).Draw(t, "default")
			case isTimeType(strings.ReplaceAll(baseType(stored), "()", "")):
				c.Default = rapid.SampledFrom([]op.Default{{}, op.Expr("NOW()"), op.Expr("current_timestamp"), op.Literal("2020-01-02"), op.Expr("'epoch'")}).Draw(t, "default")
			}
			q := quoteName(name)
			if rapid.Bool().Draw(t, "check") {
				table.Checks = append(table.Checks, op.Check{Name: fmt.Sprint("chk ", i), Expr: rapid.SampledFrom([]string{q + " is not null", "id in (1,2) or not id<3", "( id )  between 1 and 5 -- yes", q + "::text like '%('"}).Draw(t, "expr")})
			}
			x := op.Index{Name: fmt.Sprint("idx ", i), Columns: []op.KeyPart{{Column: "id", Desc: rapid.Bool().Draw(t, "desc"), Nulls: rapid.SampledFrom([]string{"", "first", "last"}).Draw(t, "nulls")}}}
			x.Where = rapid.SampledFrom([]string{"", "id>1 and id<9", "(id = 1)"}).Draw(t, "where")
			x.Options = rapid.SampledFrom([]string{"", "include (" + q + ")", "with (fillfactor='70', deduplicate_items=off)"}).Draw(t, "options")
			if rapid.Bool().Draw(t, "expression") {
				x.Columns = append(x.Columns, op.KeyPart{Expr: rapid.SampledFrom([]string{"id+1", "(id*2)", "abs(id)", "id int8_ops", "lower('A'||id::int8) text_pattern_ops"}).Draw(t, "expr")})
			}
			table.Columns = append(table.Columns, c)
			table.Indexes = append(table.Indexes, x)
		}
		if rapid.Bool().Draw(t, "generated") {
			table.Columns = append(table.Columns, op.Column{Name: "gen", Type: op.String(20), Generated: op.Generated{Expr: "'x'||id", Stored: true}})
			table.Columns[len(table.Columns)-1].Generated.Expr = "case id when 1 then 'one' else 'more' end"
		}
		fresh(t, db.conn)
		run(t, db.conn, "CREATE TYPE mood AS ENUM ('sad')")
		mustMigrate(t, db.conn, op.CreateTable(table))
		for what, words := range map[string]op.Schema{"words": {Tables: []op.Table{table}}, "other words": other(table)} {
			got := mustInspect(t, db.conn, words, op.Schema{Tables: []op.Table{table}})
			want := op.Schema{Tables: []op.Table{table}, Enums: []op.Enum{{Name: "mood", Values: []string{"sad"}}}}
			if d := cmp.Diff(sorted(want), sorted(got), cmpopts.EquateEmpty()); d != "" {
				t.Fatalf("%s (-words +inspected):\n%s", what, d)
			}
		}
		// What is inspected without words can be made again, and is then the same.
		plain := mustInspect(t, db.conn)
		mustMigrate(t, db.conn, op.DropTable{Name: table.Name}, op.CreateTable(plain.Tables[0]))
		if d := cmp.Diff(plain, mustInspect(t, db.conn)); d != "" {
			t.Fatalf("made again (-before +after):\n%s", d)
		}
		if left := rowsOf(t, db.conn, "SELECT relname FROM pg_class WHERE relname LIKE 'limbeck%' OR relpersistence = 't'"); len(left) > 0 {
			t.Fatalf("left behind: %v", left)
		}
	})
}

// other returns words for the same table that the server cannot store.
func other(t op.Table) op.Schema {
	t = t.Clone()
	t.Columns = append([]op.Column{{Name: "extra", Type: op.Raw("no_such_type")}}, t.Columns...)
	t.Checks = append([]op.Check{{Name: "chk none", Expr: "no_such_function(id)"}}, t.Checks...)
	return op.Schema{Tables: []op.Table{t}}
}
