package op

import (
	"fmt"
	"slices"
)

// RenameEnumValue gives a value of an enum another name, in the rows and in the
// defaults of columns too.
type RenameEnumValue struct {
	Enum string `json:"enum"`
	From string `json:"from"`
	To   string `json:"to"`
	// In are the columns that use the enum. Databases without types of their
	// own keep the values there.
	In []ColumnRef `json:"in,omitzero"`
}

var _ Operation = RenameEnumValue{}

// Kind returns "rename_enum_value".
func (RenameEnumValue) Kind() string { return "rename_enum_value" }

// String describes the step.
func (o RenameEnumValue) String() string {
	return fmt.Sprintf("rename value %q of enum %s to %q%s", o.From, o.Enum, o.To, columnList(o.In))
}

// Apply renames the value, in the types and the defaults of columns too.
func (o RenameEnumValue) Apply(s *Schema) error {
	e, err := enumOf(s, o.Enum)
	if err != nil {
		return err
	}
	values := slices.Clone(e.Values)
	at := slices.Index(values, o.From)
	switch {
	case at < 0:
		return missing("value", o.Enum+"."+o.From)
	case slices.Contains(values, o.To):
		return exists("value", o.Enum+"."+o.To)
	}
	values[at] = o.To
	s.setEnumValues(o.Enum, values)
	s.replaceDefaults(o.Enum, []Replacement{{From: o.From, To: o.To}})
	return nil
}

// replaceDefaults follows replaced values into the defaults of the columns that
// use the enum.
func (s *Schema) replaceDefaults(enum string, list []Replacement) {
	for i := range s.Tables {
		for j := range s.Tables[i].Columns {
			c := &s.Tables[i].Columns[j]
			if c.Type.Word != WordEnum || c.Type.Text != enum || c.Default.Kind != DefaultString {
				continue
			}
			for _, r := range list {
				if c.Default.Text == r.From {
					c.Default.Text = r.To
					break
				}
			}
		}
	}
}
