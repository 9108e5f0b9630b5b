package op

import "fmt"

// AddCheck adds a check to a table.
type AddCheck struct {
	Table string `json:"table"`
	Check Check  `json:"check"`
}

var _ Operation = AddCheck{}

// Kind returns "add_check".
func (AddCheck) Kind() string { return "add_check" }

// String describes the step.
func (o AddCheck) String() string {
	text := fmt.Sprintf("add check%s on %s (%s)", called(o.Check.Name), o.Table, o.Check.Expr)
	if o.Check.Options != "" {
		text += " " + o.Check.Options
	}
	return text
}

// Apply adds the check.
func (o AddCheck) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	if o.Check.Name != "" && t.Check(o.Check.Name) != nil {
		return exists("check", o.Check.Name)
	}
	t.Checks = append(t.Checks, o.Check)
	*t = t.Clone()
	return nil
}
