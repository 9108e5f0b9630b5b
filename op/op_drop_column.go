package op

import (
	"fmt"
	"slices"
)

// DropColumn removes a column and what is in it. Indexes, keys and checks that
// use the column are dropped by steps of their own before it.
type DropColumn struct {
	Table  string `json:"table"`
	Column string `json:"column"`
}

var _ Operation = DropColumn{}

// Kind returns "drop_column".
func (DropColumn) Kind() string { return "drop_column" }

// String describes the step.
func (o DropColumn) String() string { return fmt.Sprintf("drop column %s.%s", o.Table, o.Column) }

// Apply removes the column. It refuses while a key or an index uses it.
func (o DropColumn) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	if user := t.userOf(o.Column); user != "" {
		return fmt.Errorf("%w: %s still uses column %q", ErrConflict, user, o.Table+"."+o.Column)
	}
	var found bool
	if t.Columns, found = remove(t.Columns, o.Column); !found {
		return missing("column", o.Table+"."+o.Column)
	}
	return nil
}

// userOf describes a key or index of the table that has the column in it, or
// returns "".
func (t *Table) userOf(column string) string {
	uses := func(parts []KeyPart) bool {
		return slices.ContainsFunc(parts, func(p KeyPart) bool { return p.Column == column })
	}
	if uses(t.PrimaryKey) {
		return "the primary key"
	}
	for _, u := range t.Uniques {
		if uses(u.Columns) {
			return fmt.Sprintf("unique %q", u.Name)
		}
	}
	for _, x := range t.Indexes {
		if uses(x.Columns) {
			return fmt.Sprintf("index %q", x.Name)
		}
	}
	for _, k := range t.ForeignKeys {
		if slices.Contains(k.Columns, column) {
			return fmt.Sprintf("foreign key %q", k.Name)
		}
	}
	return ""
}
