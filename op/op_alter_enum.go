package op

import (
	"fmt"
	"slices"
	"strings"
)

// AlterEnum replaces the values of an enum: removes some, or brings them into
// another order. It is refused, before anything changes, where rows hold a
// value that To lacks and Replace does not name.
//
// [AddEnumValue] and [RenameEnumValue] are cheaper where they will do.
type AlterEnum struct {
	Name string   `json:"name"`
	From []string `json:"from"`
	To   []string `json:"to"`
	// Replace are the values that rows and defaults get for removed ones.
	Replace []Replacement `json:"replace,omitzero"`
	// In are the columns that use the enum. Databases without types of their
	// own keep the values there.
	In []ColumnRef `json:"in,omitzero"`
}

var _ Operation = AlterEnum{}

// Kind returns "alter_enum".
func (AlterEnum) Kind() string { return "alter_enum" }

// String describes the step.
func (o AlterEnum) String() string {
	text := fmt.Sprintf("alter enum %s: (%s) → (%s)", o.Name, strings.Join(o.From, ", "), strings.Join(o.To, ", "))
	for _, r := range o.Replace {
		text += fmt.Sprintf(", %q becomes %q", r.From, r.To)
	}
	return text + columnList(o.In)
}

// Apply replaces the values, in the types and the defaults of columns too. It
// conflicts where they are not From.
func (o AlterEnum) Apply(s *Schema) error {
	e, err := enumOf(s, o.Name)
	if err != nil {
		return err
	}
	if !slices.Equal(e.Values, o.From) {
		return fmt.Errorf("%w: enum %q has the values (%s)", ErrConflict, o.Name, strings.Join(e.Values, ", "))
	}
	s.setEnumValues(o.Name, o.To)
	s.replaceDefaults(o.Name, o.Replace)
	return nil
}
