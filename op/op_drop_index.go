package op

import "fmt"

// DropIndex removes an index of a table.
type DropIndex struct {
	Table string `json:"table"`
	Name  string `json:"name"`
	// Concurrently waits for others instead of keeping them out, on PostgreSQL. See
	// [CreateIndex].
	Concurrently bool `json:"concurrently,omitzero"`
}

var _ Operation = DropIndex{}

// Kind returns "drop_index".
func (DropIndex) Kind() string { return "drop_index" }

// String describes the step.
func (o DropIndex) String() string {
	text := fmt.Sprintf("drop index %s on %s", o.Name, o.Table)
	if o.Concurrently {
		text += ", concurrently"
	}
	return text
}

// Apply removes the index.
func (o DropIndex) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	var found bool
	if t.Indexes, found = remove(t.Indexes, o.Name); !found {
		return missing("index", o.Name)
	}
	return nil
}
