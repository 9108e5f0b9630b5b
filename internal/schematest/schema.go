package schematest

import (
	"fmt"

	"github.com/go-limbeck/limbeck/op"
	"pgregory.net/rapid"
)

// Schema draws a valid schema of up to six tables.
func Schema(t *rapid.T) op.Schema {
	var s op.Schema
	for _, name := range subset(t, "tables", tableNames()) {
		s.Tables = append(s.Tables, table(t, name))
	}
	for i := range s.Tables {
		for range rapid.IntRange(0, 2).Draw(t, "foreign keys") {
			addForeignKey(t, &s, &s.Tables[i])
		}
	}
	return repaired(s)
}

func tableNames() []string {
	return []string{"authors", "books", "editions", "genres", "loans", "users"}
}

func columnNames() []string {
	return []string{"age", "bio", "code", "email", "label", "name", "price", "seen"}
}

// table draws a table without foreign keys.
func table(t *rapid.T, name string) op.Table {
	tab := op.Table{Name: name}
	for _, name := range subset(t, "columns", columnNames()) {
		tab.Columns = append(tab.Columns, column(t, name))
	}
	setPrimaryKey(t, &tab)
	for range rapid.IntRange(0, 2).Draw(t, "uniques") {
		addUnique(t, &tab)
	}
	for range rapid.IntRange(0, 2).Draw(t, "indexes") {
		addIndex(t, &tab)
	}
	if rapid.Bool().Draw(t, "has check") {
		addCheck(t, &tab)
	}
	return tab
}

// setPrimaryKey draws one of: an auto-increment id, a key of one or two other
// columns, none.
func setPrimaryKey(t *rapid.T, tab *op.Table) {
	tab.PrimaryKey = nil
	for i := range tab.Columns {
		tab.Columns[i].AutoIncrement = false
	}
	switch kind := rapid.SampledFrom([]string{"id", "columns", "none"}).Draw(t, "primary key"); {
	case kind == "id":
		if tab.Column("id") == nil {
			tab.Columns = append([]op.Column{{Name: "id"}}, tab.Columns...)
		}
		*tab.Column("id") = op.Column{Name: "id", Type: op.Int(64), AutoIncrement: true}
		tab.PrimaryKey = op.Columns("id")
	case kind == "columns" && len(tab.Columns) > 0:
		tab.PrimaryKey = op.Columns(someColumns(t, tab)...)
	}
}

func addUnique(t *rapid.T, tab *op.Table) {
	if len(tab.Columns) == 0 {
		return
	}
	name := rapid.SampledFrom([]string{"uni_a", "uni_b", "uni_c", "uni_d"}).Draw(t, "unique name")
	tab.Uniques = append(tab.Uniques, op.Unique{Name: name, Columns: op.Columns(someColumns(t, tab)...)})
}

func addIndex(t *rapid.T, tab *op.Table) {
	if len(tab.Columns) == 0 {
		return
	}
	// Some of the names are those of unique constraints: one may become the other.
	x := op.Index{
		Name:    rapid.SampledFrom([]string{"idx_a", "idx_b", "idx_c", "idx_d", "uni_a", "uni_b"}).Draw(t, "index name"),
		Unique:  rapid.Bool().Draw(t, "is unique"),
		Columns: op.Columns(someColumns(t, tab)...),
	}
	x.Columns[0].Desc = rapid.Bool().Draw(t, "desc")
	if rapid.IntRange(0, 3).Draw(t, "is partial") == 0 {
		x.Where = someColumns(t, tab)[0] + " IS NOT NULL"
	}
	tab.Indexes = append(tab.Indexes, x)
}

func addCheck(t *rapid.T, tab *op.Table) {
	var texts []string
	for _, c := range tab.Columns {
		if isText(c.Type) {
			texts = append(texts, c.Name)
		}
	}
	if len(texts) == 0 {
		return
	}
	tab.Checks = append(tab.Checks, op.Check{
		Name: rapid.SampledFrom([]string{"chk_a", "chk_b", "chk_c"}).Draw(t, "check name"),
		Expr: fmt.Sprintf("length(%s) < %d", rapid.SampledFrom(texts).Draw(t, "checked"), rapid.SampledFrom([]int{50, 100}).Draw(t, "limit")),
	})
}

// subset draws some of the names, in any order.
func subset(t *rapid.T, label string, names []string) []string {
	return rapid.Permutation(names).Draw(t, label)[:rapid.IntRange(0, len(names)).Draw(t, label+" count")]
}

// someColumns draws one or two different columns.
func someColumns(t *rapid.T, tab *op.Table) []string {
	first := rapid.SampledFrom(tab.Columns).Draw(t, "column").Name
	if second := rapid.SampledFrom(tab.Columns).Draw(t, "column").Name; second != first && rapid.Bool().Draw(t, "two") {
		return []string{first, second}
	}
	return []string{first}
}
