package op

import "fmt"

// AddUnique adds a unique constraint to a table.
type AddUnique struct {
	Table  string `json:"table"`
	Unique Unique `json:"unique"`
}

var _ Operation = AddUnique{}

// Kind returns "add_unique".
func (AddUnique) Kind() string { return "add_unique" }

// String describes the step.
func (o AddUnique) String() string {
	text := fmt.Sprintf("add unique constraint%s on %s %s", called(o.Unique.Name), o.Table, PartsString(o.Unique.Columns))
	if o.Unique.Options != "" {
		text += " " + o.Unique.Options
	}
	return text
}

// Apply adds the unique constraint.
func (o AddUnique) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	if o.Unique.Name != "" && t.Unique(o.Unique.Name) != nil {
		return exists("unique constraint", o.Unique.Name)
	}
	t.Uniques = append(t.Uniques, o.Unique)
	*t = t.Clone()
	return nil
}
