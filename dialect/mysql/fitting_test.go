package mysql

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// TestFitting reads a table that the first words say, and that others or what is
// there may say otherwise.
func TestFitting(t *testing.T) {
	word := func(change func(*op.Table)) op.Schema {
		table := op.Table{
			Name:       "t",
			Columns:    []op.Column{{Name: "id", Type: op.Uint(64), NotNull: true, AutoIncrement: true}, {Name: "p", Type: op.Uint(64)}, {Name: "on", Type: op.Bool(), Default: op.Literal(true)}},
			PrimaryKey: op.Columns("id"),
			Uniques:    []op.Unique{{Name: "u", Columns: op.Columns("on")}},
			Indexes:    []op.Index{{Name: "x", Columns: op.Columns("p", "on")}},
			// For this one InnoDB makes an index of its own.
			ForeignKeys: []op.ForeignKey{{Name: "f", Columns: []string{"p"}, RefTable: "t", RefColumns: []string{"id"}}},
			Comment:     "c",
		}
		change(&table)
		return op.Schema{Tables: []op.Table{table}}
	}
	plain := word(func(*op.Table) {})
	withKey := word(func(t *op.Table) { t.Indexes = append([]op.Index{{Name: "f", Columns: op.Columns("p")}}, t.Indexes...) })
	// MariaDB cannot make this one, so that it is not there.
	refused := word(func(t *op.Table) {
		t.Indexes = append(t.Indexes, op.Index{Name: "y", Columns: []op.KeyPart{{Expr: "p + 1"}}})
	})
	wider := word(func(t *op.Table) { t.Columns[1].Type = op.Raw("bigint(20) unsigned") })
	const create = "CREATE TABLE t (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, p bigint unsigned, `on` boolean DEFAULT true, UNIQUE u (`on`), " +
		"KEY x (p, `on`), KEY f (p), CONSTRAINT f FOREIGN KEY (p) REFERENCES t (id)) COMMENT 'c'"

	for name, test := range map[string]struct {
		first, second op.Schema
		change        string
		want          op.Schema
	}{
		"the same":                    {plain, plain, "", plain},
		"the first alone":             {plain, op.Schema{}, "", plain},
		"an index that another names": {plain, withKey, "", withKey},
		"an index that is not there":  {refused, refused, "", plain},
		"types that mean the same":    {plain, wider, "", plain},
		"a column that is another":    {plain, plain, "MODIFY p bigint unsigned NOT NULL", word(func(t *op.Table) { t.Columns[1].NotNull = true })},
		"an index that is another":    {plain, plain, "DROP KEY x, ADD KEY x (p)", word(func(t *op.Table) { t.Indexes[0].Columns = op.Columns("p") })},
		"a comment that is another":   {plain, plain, "COMMENT 'd'", word(func(t *op.Table) { t.Comment = "d" })},
		"a check that is nobody's":    {plain, plain, "ADD CONSTRAINT k CHECK (p > 0)", word(func(t *op.Table) { t.Checks = []op.Check{{Name: "k", Expr: "`p` > 0"}} })},
		"a column that is nobody's":   {plain, plain, "ADD z int", word(func(t *op.Table) { t.Columns = append(t.Columns, op.Column{Name: "z", Type: op.Raw("int")}) })},
		"another primary key": {plain, plain, "DROP PRIMARY KEY, ADD PRIMARY KEY (id, p), ADD KEY i (id)", word(func(t *op.Table) {
			t.PrimaryKey = op.Columns("id", "p")
			t.Columns[1].NotNull = true
			t.Indexes = append([]op.Index{{Name: "i", Columns: op.Columns("id")}}, t.Indexes...)
		})},
		"another action of a reference": {plain, plain, "DROP FOREIGN KEY f, ADD CONSTRAINT f2 FOREIGN KEY (p) REFERENCES t (id) ON DELETE CASCADE", word(func(t *op.Table) {
			t.ForeignKeys[0].Name = "f2"
			t.ForeignKeys[0].OnDelete = "CASCADE"
			t.Indexes = append([]op.Index{{Name: "f", Columns: op.Columns("p")}}, t.Indexes...)
		})},
	} {
		t.Run(name, func(t *testing.T) {
			_, conn := open(t)
			exec(t, conn, create)
			if test.change != "" {
				exec(t, conn, "ALTER TABLE t "+test.change)
			}
			words := []op.Schema{test.first, test.second}
			// Once with the first words known before the others, and once without.
			for _, said := range [][]op.Schema{words[:1], nil} {
				finish, err := Dialect{}.Look(t.Context(), conn, said)
				if err != nil {
					t.Fatal(err)
				}
				got, err := finish(t.Context(), conn, ddl.Inquiry{Words: words})
				if err != nil {
					t.Fatal(err)
				}
				if len(got.Schema.Tables) == 1 {
					got.Schema.Tables[0].Options = "" // where nothing is said of them
				}
				if d := cmp.Diff(test.want.Sorted(), got.Schema.Sorted(), cmpopts.EquateEmpty()); d != "" {
					t.Errorf("%d known before, (-want +read):\n%s", len(said), d)
				}
			}
		})
	}
}
