package op

import (
	"fmt"
	"slices"
)

// DropEnum removes a type that no column is of any more.
type DropEnum struct {
	Name string `json:"name"`
}

var _ Operation = DropEnum{}

// Kind returns "drop_enum".
func (DropEnum) Kind() string { return "drop_enum" }

// String describes the step.
func (o DropEnum) String() string { return fmt.Sprintf("drop enum %s", o.Name) }

// Apply removes the enum. It conflicts where a column is of the type.
func (o DropEnum) Apply(s *Schema) error {
	if _, err := enumOf(s, o.Name); err != nil {
		return err
	}
	for _, t := range s.Tables {
		for _, c := range t.Columns {
			if c.Type.Word == WordEnum && c.Type.Text == o.Name {
				return fmt.Errorf("%w: column %q still has the type %q", ErrConflict, t.Name+"."+c.Name, o.Name)
			}
		}
	}
	s.Enums = slices.DeleteFunc(s.Enums, func(e Enum) bool { return e.Name == o.Name })
	return nil
}
