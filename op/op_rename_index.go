package op

import "fmt"

// RenameIndex gives an index another name.
type RenameIndex struct {
	Table string `json:"table"`
	From  string `json:"from"`
	To    string `json:"to"`
}

var _ Operation = RenameIndex{}

// Kind returns "rename_index".
func (RenameIndex) Kind() string { return "rename_index" }

// String describes the step.
func (o RenameIndex) String() string {
	return fmt.Sprintf("rename index %s on %s to %s", o.From, o.Table, o.To)
}

// Apply renames the index.
func (o RenameIndex) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	x := t.Index(o.From)
	if x == nil {
		return missing("index", o.From)
	}
	if t.Index(o.To) != nil {
		return exists("index", o.To)
	}
	x.Name = o.To
	return nil
}
