package op

import (
	"fmt"
	"slices"
	"strings"
)

// RenameColumn gives a column another name. What is in it stays.
type RenameColumn struct {
	Table string `json:"table"`
	From  string `json:"from"`
	To    string `json:"to"`
	// As is how expressions write the new name, where that differs from the old
	// one by more than the name: with quotes, as a word of SQL needs them, or
	// without. Databases rewrite expressions by themselves, so it changes
	// nothing there. Default: with the quotes that the old one has, if any.
	As string `json:"as,omitempty"`
}

var _ Operation = RenameColumn{}

// Kind returns "rename_column".
func (RenameColumn) Kind() string { return "rename_column" }

// String describes the step.
func (o RenameColumn) String() string {
	return fmt.Sprintf("rename column %s.%s to %s", o.Table, o.From, o.To)
}

// Apply renames the column, also in keys and indexes, those of other tables'
// foreign keys included, and in the SQL of checks, predicates and generated
// columns, which databases rewrite by themselves. The text of a raw type may
// hold such SQL too.
func (o RenameColumn) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	c := t.Column(o.From)
	if c == nil {
		return missing("column", o.Table+"."+o.From)
	}
	if t.Column(o.To) != nil {
		return exists("column", o.Table+"."+o.To)
	}
	c.Name = o.To
	renameParts(t.PrimaryKey, o.From, o.To)
	for i := range t.Uniques {
		renameParts(t.Uniques[i].Columns, o.From, o.To)
	}
	for i := range t.Indexes {
		renameParts(t.Indexes[i].Columns, o.From, o.To)
	}
	for i := range t.ForeignKeys {
		renameNames(t.ForeignKeys[i].Columns, o.From, o.To)
	}
	renameInTexts(t, o.From, o.To, o.As)
	for i := range s.Tables {
		for j := range s.Tables[i].ForeignKeys {
			if k := &s.Tables[i].ForeignKeys[j]; k.RefTable == o.Table {
				renameNames(k.RefColumns, o.From, o.To)
			}
		}
	}
	return nil
}

func renameNames(names []string, from, to string) {
	for i := range names {
		if names[i] == from {
			names[i] = to
		}
	}
}

func renameInTexts(t *Table, from, to, as string) {
	for i := range t.Columns {
		c := &t.Columns[i]
		c.Generated.Expr = renameIn(c.Generated.Expr, from, to, as)
		c.Type = c.Type.withRenamed(from, to, as)
	}
	for i := range t.Checks {
		t.Checks[i].Expr = renameIn(t.Checks[i].Expr, from, to, as)
	}
	for i := range t.Indexes {
		x := &t.Indexes[i]
		x.Where = renameIn(x.Where, from, to, as)
		for j := range x.Columns {
			x.Columns[j].Expr = renameIn(x.Columns[j].Expr, from, to, as)
		}
	}
}

// withRenamed returns the type with a column's new name in the clauses that its
// text, or its spelling on some database, brings along behind the type itself.
func (t Type) withRenamed(from, to, as string) Type {
	rename := func(text string) string {
		for _, word := range words(text) {
			switch strings.ToUpper(text[word.start:word.end]) {
			case "GENERATED", "AS", "CHECK":
				return text[:word.end] + renameIn(text[word.end:], from, to, as)
			}
		}
		return text
	}
	if t.Word == WordRaw {
		t.Text = rename(t.Text)
	}
	t.Spellings = slices.Clone(t.Spellings)
	for i := range t.Spellings {
		t.Spellings[i].Text = rename(t.Spellings[i].Text)
	}
	return t
}
