package op

import "fmt"

// SetTableComment changes a table's comment; an empty To removes it.
type SetTableComment struct {
	Table string `json:"table"`
	From  string `json:"from,omitzero"`
	To    string `json:"to,omitzero"`
}

var _ Operation = SetTableComment{}

// Kind returns "set_table_comment".
func (SetTableComment) Kind() string { return "set_table_comment" }

// String describes the step.
func (o SetTableComment) String() string {
	if o.To == "" {
		return fmt.Sprintf("remove the comment of table %s", o.Table)
	}
	return fmt.Sprintf("set the comment of table %s to %q", o.Table, o.To)
}

// Apply sets the comment.
func (o SetTableComment) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	t.Comment = o.To
	return nil
}
