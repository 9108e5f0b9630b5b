package op

import "fmt"

// AddColumn adds a column at the end of a table.
type AddColumn struct {
	Table  string `json:"table"`
	Column Column `json:"column"`
	// Backfill is the value that rows which are already there get. It does not
	// stay as a default. Default: they get the column's own, or null.
	Backfill Default `json:"backfill,omitzero"`
}

var _ Operation = AddColumn{}

// Kind returns "add_column".
func (AddColumn) Kind() string { return "add_column" }

// String describes the step.
func (o AddColumn) String() string {
	text := fmt.Sprintf("add column %s.%s (%s)", o.Table, o.Column.Name, o.Column.Summary())
	if !o.Backfill.IsZero() {
		text += fmt.Sprintf(", existing rows get %s", o.Backfill)
	}
	return text
}

// Apply adds the column.
func (o AddColumn) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	if t.Column(o.Column.Name) != nil {
		return exists("column", o.Table+"."+o.Column.Name)
	}
	t.Columns = append(t.Columns, o.Column.clone())
	return nil
}
