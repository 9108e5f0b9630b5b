package op

import "fmt"

// DropForeignKey removes a foreign key of a table by its name. One that SQLite has without a
// name goes by its definition: (author_id) references authors (id).
type DropForeignKey struct {
	Table string `json:"table"`
	Name  string `json:"name"`
}

var _ Operation = DropForeignKey{}

// Kind returns "drop_foreign_key".
func (DropForeignKey) Kind() string { return "drop_foreign_key" }

// String describes the step.
func (o DropForeignKey) String() string {
	return fmt.Sprintf("drop foreign key %s on %s", o.Name, o.Table)
}

// Apply removes the foreign key.
func (o DropForeignKey) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	var found bool
	if t.ForeignKeys, found = removeConstraint(t.ForeignKeys, o.Name); !found {
		return missing("foreign key", o.Name)
	}
	return nil
}
