package op

import "fmt"

// DropCheck removes a check of a table by its name. One that SQLite has without a
// name goes by its definition: (price > 0).
type DropCheck struct {
	Table string `json:"table"`
	Name  string `json:"name"`
}

var _ Operation = DropCheck{}

// Kind returns "drop_check".
func (DropCheck) Kind() string { return "drop_check" }

// String describes the step.
func (o DropCheck) String() string { return fmt.Sprintf("drop check %s on %s", o.Name, o.Table) }

// Apply removes the check.
func (o DropCheck) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	var found bool
	if t.Checks, found = removeConstraint(t.Checks, o.Name); !found {
		return missing("check", o.Name)
	}
	return nil
}
