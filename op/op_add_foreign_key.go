package op

import "fmt"

// AddForeignKey adds a foreign key to a table.
type AddForeignKey struct {
	Table      string     `json:"table"`
	ForeignKey ForeignKey `json:"foreign_key"`
}

var _ Operation = AddForeignKey{}

// Kind returns "add_foreign_key".
func (AddForeignKey) Kind() string { return "add_foreign_key" }

// String describes the step.
func (o AddForeignKey) String() string {
	return fmt.Sprintf("add foreign key%s on %s %s", called(o.ForeignKey.Name), o.Table, o.ForeignKey)
}

// Apply adds the foreign key.
func (o AddForeignKey) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	if o.ForeignKey.Name != "" && t.ForeignKey(o.ForeignKey.Name) != nil {
		return exists("foreign key", o.ForeignKey.Name)
	}
	t.ForeignKeys = append(t.ForeignKeys, o.ForeignKey)
	*t = t.Clone()
	return nil
}
