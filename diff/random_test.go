package diff_test

import (
	"cmp"
	"regexp"
	"slices"

	"github.com/go-limbeck/limbeck/internal/schematest"
	"github.com/go-limbeck/limbeck/op"
	"pgregory.net/rapid"
)

// The texts of random schemas are length(c) < 100, c IS NOT NULL and, for
// computed columns, upper(c). word finds c, without the package's own scanner.
func word() *regexp.Regexp {
	return regexp.MustCompile(`^(?:length\((\w+)\).*|(\w+) IS NOT NULL|upper\((\w+)\))$`)
}

func hasWords(t *op.Table, sql string) bool {
	if sql == "" {
		return true
	}
	m := word().FindStringSubmatch(sql)
	return m != nil && t.Column(cmp.Or(m[1], m[2], m[3])) != nil
}

// rewriteTexts does to the texts what a database does on RENAME COLUMN.
func rewriteTexts(t *op.Table, from, to string) {
	rewrite := func(sql *string) {
		if m := word().FindStringSubmatch(*sql); m != nil && cmp.Or(m[1], m[2], m[3]) == from {
			*sql = regexp.MustCompile(`\b`+from+`\b`).ReplaceAllLiteralString(*sql, to)
		}
	}
	for i := range t.Columns {
		rewrite(&t.Columns[i].Generated.Expr)
	}
	for i := range t.Checks {
		rewrite(&t.Checks[i].Expr)
	}
	for i := range t.Indexes {
		rewrite(&t.Indexes[i].Where)
	}
}

// randomPair draws a schema and a neighbour, with comments, computed columns
// and named primary keys, which schematest leaves out.
func randomPair(t *rapid.T) (a, b op.Schema) {
	a = schematest.Schema(t)
	b = schematest.Change(t, a)
	for _, s := range []*op.Schema{&a, &b} {
		decorate(t, s)
		addEnums(t, s)
		addViews(t, s)
	}
	return a, b
}

func decorate(t *rapid.T, s *op.Schema) {
	for i := range s.Tables {
		tab := &s.Tables[i]
		tab.Comment = rapid.SampledFrom([]string{"", "", "one", "two"}).Draw(t, "table comment")
		if len(tab.PrimaryKey) > 0 {
			tab.PrimaryKeyName = rapid.SampledFrom([]string{"pk_" + tab.Name, "key_" + tab.Name}).Draw(t, "key name")
		}
		for j := range tab.Columns {
			tab.Columns[j].Comment = rapid.SampledFrom([]string{"", "", "", "one"}).Draw(t, "comment")
		}
		if rapid.IntRange(0, 2).Draw(t, "is computed") == 0 {
			from := rapid.SampledFrom(tab.Columns).Draw(t, "computed from").Name
			tab.Columns = append(tab.Columns, op.Column{
				Name: "computed", Type: op.Text(), Generated: op.Generated{Expr: "upper(" + from + ")"},
			})
			if rapid.Bool().Draw(t, "chain") {
				tab.Columns = append(tab.Columns, op.Column{
					Name: "again", Type: op.Text(), Generated: op.Generated{Expr: "upper(computed)"},
				})
			}
		}
	}
}

// shuffled returns the same schema in another order; that of columns means
// something and stays.
func shuffled(t *rapid.T, s op.Schema) op.Schema {
	s = s.Clone()
	if len(s.Tables) > 0 {
		s.Tables = rapid.Permutation(s.Tables).Draw(t, "tables")
	}
	s.Enums = permuted(t, s.Enums)
	s.Views = permuted(t, s.Views)
	for i := range s.Tables {
		tab := &s.Tables[i]
		tab.Uniques = permuted(t, tab.Uniques)
		tab.Indexes = permuted(t, tab.Indexes)
		tab.ForeignKeys = permuted(t, tab.ForeignKeys)
		tab.Checks = permuted(t, tab.Checks)
	}
	return s
}

func permuted[T any](t *rapid.T, list []T) []T {
	if len(list) < 2 {
		return list
	}
	return rapid.Permutation(list).Draw(t, "order")
}

// withoutColumnOrder returns the schema in canonical order, columns too.
func withoutColumnOrder(s op.Schema) op.Schema {
	s = s.Sorted()
	for i := range s.Tables {
		slices.SortFunc(s.Tables[i].Columns, func(a, b op.Column) int { return cmp.Compare(a.Name, b.Name) })
	}
	return s
}

// part draws a part of a schema: what our own revisions may have made of it. Of
// views a catalogue shows only those that are ours.
func part(t *rapid.T, s op.Schema) op.Schema {
	s = s.Clone()
	keep := func() bool { return rapid.Bool().Draw(t, "is owned") }
	s.Tables = slices.DeleteFunc(s.Tables, func(op.Table) bool { return !keep() })
	s.Enums = slices.DeleteFunc(s.Enums, func(op.Enum) bool { return !keep() })
	for i := range s.Tables {
		tab := &s.Tables[i]
		tab.Columns = slices.DeleteFunc(tab.Columns, func(op.Column) bool { return !keep() })
		tab.Uniques = slices.DeleteFunc(tab.Uniques, func(op.Unique) bool { return !keep() })
		tab.Indexes = slices.DeleteFunc(tab.Indexes, func(op.Index) bool { return !keep() })
		tab.ForeignKeys = slices.DeleteFunc(tab.ForeignKeys, func(op.ForeignKey) bool { return !keep() })
		tab.Checks = slices.DeleteFunc(tab.Checks, func(op.Check) bool { return !keep() })
		if !keep() {
			tab.PrimaryKey = nil
		}
	}
	return s
}
