package op

import (
	"fmt"
	"slices"
)

// AddEnumValue adds a value to an enum. Rows stay as they are.
type AddEnumValue struct {
	Enum  string `json:"enum"`
	Value string `json:"value"`
	// Before or After is the value that the new one stands next to. Without
	// either it stands last.
	Before string `json:"before,omitzero"`
	After  string `json:"after,omitzero"`
	// In are the columns that use the enum. Databases without types of their
	// own keep the values there.
	In []ColumnRef `json:"in,omitzero"`
}

var _ Operation = AddEnumValue{}

// Kind returns "add_enum_value".
func (AddEnumValue) Kind() string { return "add_enum_value" }

// String describes the step.
func (o AddEnumValue) String() string {
	place := ""
	switch {
	case o.Before != "":
		place = fmt.Sprintf(" before %q", o.Before)
	case o.After != "":
		place = fmt.Sprintf(" after %q", o.After)
	}
	return fmt.Sprintf("add value %q to enum %s%s%s", o.Value, o.Enum, place, columnList(o.In))
}

// Apply adds the value, in the types of columns too.
func (o AddEnumValue) Apply(s *Schema) error {
	e, err := enumOf(s, o.Enum)
	if err != nil {
		return err
	}
	values, err := o.Inserted(e.Values)
	if err != nil {
		return err
	}
	s.setEnumValues(o.Enum, values)
	return nil
}

// Inserted returns the values with the new one in its place. Where that is
// there already, or its neighbour is not, the error wraps [ErrConflict].
func (o AddEnumValue) Inserted(values []string) ([]string, error) {
	if slices.Contains(values, o.Value) {
		return nil, exists("value", o.Enum+"."+o.Value)
	}
	at, neighbour := len(values), ""
	switch {
	case o.Before != "":
		at, neighbour = slices.Index(values, o.Before), o.Before
	case o.After != "":
		at, neighbour = slices.Index(values, o.After)+1, o.After
	}
	if neighbour != "" && !slices.Contains(values, neighbour) {
		return nil, missing("value", o.Enum+"."+neighbour)
	}
	return slices.Insert(slices.Clone(values), at, o.Value), nil
}
