package op

import (
	"fmt"
	"slices"
)

// DropTable removes a table with its rows, indexes and constraints.
type DropTable struct {
	Name string `json:"name"`
}

var _ Operation = DropTable{}

// Kind returns "drop_table".
func (DropTable) Kind() string { return "drop_table" }

// String describes the step.
func (o DropTable) String() string { return fmt.Sprintf("drop table %s", o.Name) }

// Apply removes the table.
func (o DropTable) Apply(s *Schema) error {
	for i := range s.Tables {
		if s.Tables[i].Name == o.Name {
			s.Tables = slices.Delete(s.Tables, i, i+1)
			return nil
		}
	}
	return missing("table", o.Name)
}
