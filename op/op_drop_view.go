package op

import (
	"fmt"
	"slices"
)

// DropView removes a view. The rows that it read stay where they are.
type DropView struct {
	Name         string `json:"name"`
	Materialized bool   `json:"materialized,omitzero"`
}

var _ Operation = DropView{}

// Kind returns "drop_view".
func (DropView) Kind() string { return "drop_view" }

// String describes the step.
func (o DropView) String() string {
	return fmt.Sprintf("drop %s %s", View{Materialized: o.Materialized}.noun(), o.Name)
}

// Apply removes the view.
func (o DropView) Apply(s *Schema) error {
	if v := s.View(o.Name); v == nil || v.Materialized != o.Materialized {
		return missing(View{Materialized: o.Materialized}.noun(), o.Name)
	}
	s.Views = slices.DeleteFunc(s.Views, func(v View) bool { return v.Name == o.Name })
	return nil
}
