package schematest

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
	"pgregory.net/rapid"
)

// Change draws a valid neighbour of a schema that [Schema] made: up to six
// changes, from none at all to tables that come and go.
func Change(t *rapid.T, s op.Schema) op.Schema {
	s = s.Clone()
	for range rapid.IntRange(0, 6).Draw(t, "changes") {
		change(t, &s)
	}
	return repaired(s)
}

func change(t *rapid.T, s *op.Schema) {
	kind := rapid.SampledFrom([]string{
		"add table", "drop table", "add column", "drop column", "alter column", "primary key",
		"add unique", "add index", "add check", "add foreign key", "drop part", "change part", "move index",
	}).Draw(t, "change")
	if kind == "add table" || len(s.Tables) == 0 {
		name := rapid.SampledFrom(tableNames()).Draw(t, "table")
		if s.Table(name) == nil {
			s.Tables = append(s.Tables, table(t, name))
		}
		return
	}
	i := rapid.IntRange(0, len(s.Tables)-1).Draw(t, "table")
	tab := &s.Tables[i]
	switch kind {
	case "drop table":
		s.Tables = slices.Delete(s.Tables, i, i+1)
	case "add column":
		if name := rapid.SampledFrom(columnNames()).Draw(t, "column"); tab.Column(name) == nil {
			tab.Columns = append(tab.Columns, column(t, name))
		}
	case "drop column":
		if n := len(tab.Columns); n > 0 {
			j := rapid.IntRange(0, n-1).Draw(t, "column")
			tab.Columns = slices.Delete(tab.Columns, j, j+1)
		}
	case "alter column":
		alterColumn(t, s, tab)
	case "primary key":
		setPrimaryKey(t, tab)
	case "add unique":
		addUnique(t, tab)
	case "add index":
		addIndex(t, tab)
	case "add check":
		addCheck(t, tab)
	case "add foreign key":
		addForeignKey(t, s, tab)
	case "drop part":
		dropParts(t, tab)
	case "change part":
		changeParts(t, tab)
	case "move index":
		moveIndex(t, s, tab)
	}
	// The next change shall find something valid.
	*s = repaired(*s)
}

func alterColumn(t *rapid.T, s *op.Schema, tab *op.Table) {
	if len(tab.Columns) == 0 {
		return
	}
	c := &tab.Columns[rapid.IntRange(0, len(tab.Columns)-1).Draw(t, "column")]
	switch rapid.SampledFrom([]string{"type", "null", "default"}).Draw(t, "alter") {
	case "type":
		setType(t, c)
		followType(s, tab.Name, *c)
	case "null":
		c.NotNull = !c.NotNull
	case "default":
		setDefault(t, c)
	}
}

// followType gives the columns that refer to a column its new type, without
// which their foreign keys would not be valid any more.
func followType(s *op.Schema, table string, c op.Column) {
	for i := range s.Tables {
		t := &s.Tables[i]
		for _, k := range t.ForeignKeys {
			if j := slices.Index(k.RefColumns, c.Name); k.RefTable == table && j >= 0 {
				from := t.Column(k.Columns[j])
				from.Type, from.Default = c.Type, op.Default{}
			}
		}
	}
}

// dropParts drops the last part of one kind.
func dropParts(t *rapid.T, tab *op.Table) {
	switch rapid.SampledFrom([]string{"unique", "index", "foreign key", "check"}).Draw(t, "part") {
	case "unique":
		tab.Uniques = withoutLast(tab.Uniques)
	case "index":
		tab.Indexes = withoutLast(tab.Indexes)
	case "foreign key":
		tab.ForeignKeys = withoutLast(tab.ForeignKeys)
	case "check":
		tab.Checks = withoutLast(tab.Checks)
	}
}

func withoutLast[T any](list []T) []T { return list[:max(0, len(list)-1)] }

// changeParts gives other definitions to names that stay.
func changeParts(t *rapid.T, tab *op.Table) {
	if len(tab.Columns) == 0 {
		return
	}
	for i := range tab.Uniques {
		tab.Uniques[i].Columns = op.Columns(someColumns(t, tab)...)
	}
	for i := range tab.Indexes {
		tab.Indexes[i].Unique = rapid.Bool().Draw(t, "is unique")
		tab.Indexes[i].Columns = op.Columns(someColumns(t, tab)...)
	}
	for i := range tab.ForeignKeys {
		tab.ForeignKeys[i].OnDelete = rapid.SampledFrom([]string{"", "CASCADE"}).Draw(t, "on delete")
	}
}

// moveIndex takes the name of an index to another table.
func moveIndex(t *rapid.T, s *op.Schema, tab *op.Table) {
	to := &s.Tables[rapid.IntRange(0, len(s.Tables)-1).Draw(t, "new table")]
	if len(tab.Indexes) == 0 || to == tab || len(to.Columns) == 0 {
		return
	}
	x := tab.Indexes[0]
	tab.Indexes = slices.Delete(tab.Indexes, 0, 1)
	x.Columns, x.Where = op.Columns(someColumns(t, to)...), ""
	to.Indexes = append(to.Indexes, x)
}
