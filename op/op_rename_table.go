package op

import "fmt"

// RenameTable gives a table another name. Its rows, indexes and constraints
// stay, and so do the names of the latter.
type RenameTable struct {
	From string `json:"from"`
	To   string `json:"to"`
}

var _ Operation = RenameTable{}

// Kind returns "rename_table".
func (RenameTable) Kind() string { return "rename_table" }

// String describes the step.
func (o RenameTable) String() string { return fmt.Sprintf("rename table %s to %s", o.From, o.To) }

// Apply renames the table, also where foreign keys refer to it.
func (o RenameTable) Apply(s *Schema) error {
	t, err := tableOf(s, o.From)
	if err != nil {
		return err
	}
	if s.Table(o.To) != nil {
		return exists("table", o.To)
	}
	t.Name = o.To
	for i := range s.Tables {
		for j := range s.Tables[i].ForeignKeys {
			if k := &s.Tables[i].ForeignKeys[j]; k.RefTable == o.From {
				k.RefTable = o.To
			}
		}
	}
	return nil
}
