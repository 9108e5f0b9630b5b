package op

import "fmt"

// CreateTable makes a table with everything in it. A foreign key whose target
// comes later is added by an [AddForeignKey] of its own.
type CreateTable Table

var _ Operation = CreateTable{}

// Kind returns "create_table".
func (CreateTable) Kind() string { return "create_table" }

// String describes the step.
func (o CreateTable) String() string { return fmt.Sprintf("create table %s", o.Name) }

// Apply adds the table.
func (o CreateTable) Apply(s *Schema) error {
	if s.Table(o.Name) != nil {
		return exists("table", o.Name)
	}
	s.Tables = append(s.Tables, Table(o).Clone())
	return nil
}
