package op

import "fmt"

// CreateView makes a view. What it reads has to be there.
type CreateView View

var _ Operation = CreateView{}

// Kind returns "create_view".
func (CreateView) Kind() string { return "create_view" }

// String describes the step.
func (o CreateView) String() string { return fmt.Sprintf("create %s %s", View(o).noun(), o.Name) }

// Apply adds the view.
func (o CreateView) Apply(s *Schema) error {
	if s.View(o.Name) != nil {
		return exists("view", o.Name)
	}
	if s.Table(o.Name) != nil {
		return exists("table", o.Name)
	}
	s.Views = append(s.Views, View(o))
	return nil
}
