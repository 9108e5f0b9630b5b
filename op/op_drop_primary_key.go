package op

import "fmt"

// DropPrimaryKey removes a table's primary key; its columns stay.
type DropPrimaryKey struct {
	Table string `json:"table"`
	// Name is the constraint's name where it is not the database's own choice.
	Name string `json:"name,omitzero"`
	// Nullable are the key's columns that may be null without it. Databases
	// that keep them from nulls of their own accord must be told.
	Nullable []string `json:"nullable,omitzero"`
}

var _ Operation = DropPrimaryKey{}

// Kind returns "drop_primary_key".
func (DropPrimaryKey) Kind() string { return "drop_primary_key" }

// String describes the step.
func (o DropPrimaryKey) String() string { return fmt.Sprintf("drop primary key on %s", o.Table) }

// Apply removes the key.
func (o DropPrimaryKey) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	if len(t.PrimaryKey) == 0 {
		return missing("primary key of table", o.Table)
	}
	t.PrimaryKey, t.PrimaryKeyName = nil, ""
	return nil
}
