package op

import "fmt"

// AlterView gives a view another query. It holds both, so that the way back is
// exact. The name stays.
type AlterView struct {
	From View `json:"from"`
	To   View `json:"to"`
}

var _ Operation = AlterView{}

// Kind returns "alter_view".
func (AlterView) Kind() string { return "alter_view" }

// String describes the step.
func (o AlterView) String() string {
	text := fmt.Sprintf("alter %s %s", o.From.noun(), o.To.Name)
	if o.From.Materialized != o.To.Materialized {
		text += " to a " + o.To.noun()
	}
	return text
}

// Apply replaces the view.
func (o AlterView) Apply(s *Schema) error {
	v := s.View(o.To.Name)
	if v == nil {
		return missing("view", o.To.Name)
	}
	*v = o.To
	return nil
}
