package op

import "fmt"

// RenameConstraint gives a unique constraint, foreign key or check another
// name.
type RenameConstraint struct {
	Table string `json:"table"`
	From  string `json:"from"`
	To    string `json:"to"`
}

var _ Operation = RenameConstraint{}

// Kind returns "rename_constraint".
func (RenameConstraint) Kind() string { return "rename_constraint" }

// String describes the step.
func (o RenameConstraint) String() string {
	return fmt.Sprintf("rename constraint %s on %s to %s", o.From, o.Table, o.To)
}

// Apply renames the constraint.
func (o RenameConstraint) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	if t.Unique(o.To) != nil || t.ForeignKey(o.To) != nil || t.Check(o.To) != nil {
		return exists("constraint", o.To)
	}
	if u := t.Unique(o.From); u != nil {
		u.Name = o.To
	} else if k := t.ForeignKey(o.From); k != nil {
		k.Name = o.To
	} else if c := t.Check(o.From); c != nil {
		c.Name = o.To
	} else {
		return missing("constraint", o.From)
	}
	return nil
}
