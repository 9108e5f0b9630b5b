package op

import (
	"fmt"
	"slices"
)

// AddPrimaryKey gives a table without a primary key one.
type AddPrimaryKey struct {
	Table   string     `json:"table"`
	Columns PrimaryKey `json:"columns"`
	// Name is the constraint's name where it is not the database's own choice.
	Name string `json:"name,omitzero"`
	// AutoIncrement says that the key's only column numbers the rows, and has
	// done so in the last key too, or was added for that before steps on other
	// tables. SQLite, where that is a matter of the key and forgotten without
	// one, must be told.
	AutoIncrement bool `json:"auto_increment,omitzero"`
}

var _ Operation = AddPrimaryKey{}

// Kind returns "add_primary_key".
func (AddPrimaryKey) Kind() string { return "add_primary_key" }

// String describes the step.
func (o AddPrimaryKey) String() string {
	return fmt.Sprintf("add primary key on %s %s", o.Table, PartsString(o.Columns))
}

// Apply sets the key.
func (o AddPrimaryKey) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	if len(t.PrimaryKey) > 0 {
		return exists("primary key of table", o.Table)
	}
	t.PrimaryKey = slices.Clone(o.Columns)
	t.PrimaryKeyName = o.Name
	return nil
}
