package op

import "fmt"

// RenameEnum gives an enum another name. Its columns stay of the type.
type RenameEnum struct {
	From string `json:"from"`
	To   string `json:"to"`
}

var _ Operation = RenameEnum{}

// Kind returns "rename_enum".
func (RenameEnum) Kind() string { return "rename_enum" }

// String describes the step.
func (o RenameEnum) String() string { return fmt.Sprintf("rename enum %s to %s", o.From, o.To) }

// Apply renames the enum, in the types of columns too.
func (o RenameEnum) Apply(s *Schema) error {
	e, err := enumOf(s, o.From)
	if err != nil {
		return err
	}
	if s.Enum(o.To) != nil {
		return exists("enum", o.To)
	}
	e.Name = o.To
	s.eachEnumColumn(o.From, func(t *Type) { t.Text = o.To })
	return nil
}
