package autogen

import (
	"slices"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// formerly returns the tables that the models want under the names that they
// may have still, as words for what no revision records: a table that raw SQL
// has made is otherwise read in the database's own words, and its renamed
// columns would seem to change their types as well. Each of several old names
// stands in a schema of its own.
func (s *states) formerly(o Options) []op.Schema {
	renames := slices.Concat(o.Renames, s.renames())
	if len(renames) == 0 {
		return nil
	}
	var words []op.Schema
	for turn := 0; ; turn++ {
		var schema op.Schema
		for _, t := range s.desired.Tables {
			if view, ok := s.formerTable(t, renames, turn); ok {
				schema.Tables = append(schema.Tables, view)
			}
		}
		if len(schema.Tables) == 0 {
			return words
		}
		words = append(words, schema)
	}
}

// formerTable returns a table under its old name and with the old names of its
// columns, of each the one whose turn it is; false where there is none that the
// revisions do not record, neither before its rename nor after it.
func (s *states) formerTable(t op.Table, renames []diff.Rename, turn int) (op.Table, bool) {
	var tables []string
	for _, r := range renames {
		if r.Table == "" && r.To == t.Name && s.recorded.Table(r.From) == nil && s.recorded.Table(r.To) == nil {
			tables = append(tables, r.From)
		}
	}
	old, found := t.Name, turn < len(tables)
	if found {
		old = tables[turn]
	}
	view := op.Schema{Tables: []op.Table{t.Clone()}}
	made := s.recorded.Table(old)
	seen := map[string]int{}
	for _, r := range renames {
		if r.Table != t.Name && r.Table != old || made != nil && (made.Column(r.From) != nil || made.Column(r.To) != nil) {
			continue
		}
		if seen[r.To]++; seen[r.To] == turn+1 && (op.RenameColumn{Table: t.Name, From: r.To, To: r.From}).Apply(&view) == nil {
			found = true
		}
	}
	view.Tables[0].Name = old
	return view.Tables[0], found
}
