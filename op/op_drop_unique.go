package op

import "fmt"

// DropUnique removes a unique constraint of a table by its name. One that SQLite has without a
// name goes by its definition: (a, b).
type DropUnique struct {
	Table string `json:"table"`
	Name  string `json:"name"`
}

var _ Operation = DropUnique{}

// Kind returns "drop_unique".
func (DropUnique) Kind() string { return "drop_unique" }

// String describes the step.
func (o DropUnique) String() string {
	return fmt.Sprintf("drop unique constraint %s on %s", o.Name, o.Table)
}

// Apply removes the unique constraint.
func (o DropUnique) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	var found bool
	if t.Uniques, found = removeConstraint(t.Uniques, o.Name); !found {
		return missing("unique constraint", o.Name)
	}
	return nil
}
