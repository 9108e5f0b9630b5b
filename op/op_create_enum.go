package op

import (
	"fmt"
	"strings"
)

// CreateEnum makes a type of texts. Columns can be of it from the next step on.
type CreateEnum Enum

var _ Operation = CreateEnum{}

// Kind returns "create_enum".
func (CreateEnum) Kind() string { return "create_enum" }

// String describes the step.
func (o CreateEnum) String() string {
	return fmt.Sprintf("create enum %s (%s)", o.Name, strings.Join(o.Values, ", "))
}

// Apply adds the enum.
func (o CreateEnum) Apply(s *Schema) error {
	if s.Enum(o.Name) != nil {
		return exists("enum", o.Name)
	}
	s.Enums = append(s.Enums, Enum(o).clone())
	return nil
}
