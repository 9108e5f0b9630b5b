package op

import (
	"fmt"
	"strings"
)

// AlterColumn changes a column in place: type, nullability, default,
// auto-increment, generation, collation or comment. It holds the whole column
// before and after, since some databases restate all of it. The name stays;
// [RenameColumn] changes it.
type AlterColumn struct {
	Table string `json:"table"`
	From  Column `json:"from"`
	To    Column `json:"to"`
	// Using is SQL that makes the new value of a row from the old one, for which
	// the column's name stands: to_timestamp(born). Default: the value is
	// converted as the database does it.
	Using string `json:"using,omitzero"`
	// Backfill is the value that nulls are replaced with where To may not be
	// null any more.
	Backfill Default `json:"backfill,omitzero"`
	// Replace are the values that rows get for those which an enum of MySQL's
	// has no more.
	Replace []Replacement `json:"replace,omitzero"`
}

var _ Operation = AlterColumn{}

// Kind returns "alter_column".
func (AlterColumn) Kind() string { return "alter_column" }

// String describes the step by what differs.
func (o AlterColumn) String() string {
	text := fmt.Sprintf("alter column %s.%s: %s", o.Table, o.To.Name, strings.Join(columnChanges(o.From, o.To), ", "))
	if o.Using != "" {
		text += ", values become " + o.Using
	}
	if !o.Backfill.IsZero() {
		text += fmt.Sprintf(", nulls become %s", o.Backfill)
	}
	for _, r := range o.Replace {
		text += fmt.Sprintf(", %q becomes %q", r.From, r.To)
	}
	return text
}

// Apply replaces the column.
func (o AlterColumn) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	c := t.Column(o.To.Name)
	if c == nil {
		return missing("column", o.Table+"."+o.To.Name)
	}
	*c = o.To.clone()
	return nil
}

// columnChanges says in words what differs between two forms of a column.
func columnChanges(from, to Column) []string {
	var list []string
	add := func(what string, from, to any) {
		list = append(list, fmt.Sprintf("%s %v → %v", what, from, to))
	}
	if !from.Type.Equal(to.Type) {
		add("type", from.Type, to.Type)
	}
	if from.NotNull != to.NotNull {
		list = append(list, map[bool]string{true: "not null", false: "nullable"}[to.NotNull])
	}
	if !from.Default.Equal(to.Default) {
		add("default", from.Default, to.Default)
	}
	if from.AutoIncrement != to.AutoIncrement {
		list = append(list, map[bool]string{true: "auto-increment", false: "no auto-increment"}[to.AutoIncrement])
	}
	if from.Generated != to.Generated {
		add("generated", from.Generated, to.Generated)
	}
	if from.Collate != to.Collate {
		add("collation", orNone(from.Collate), orNone(to.Collate))
	}
	if from.Comment != to.Comment {
		list = append(list, fmt.Sprintf("comment %q → %q", from.Comment, to.Comment))
	}
	return list
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
