package op

import (
	"fmt"
	"strings"
)

// CreateIndex makes an index on a table.
type CreateIndex struct {
	Table string `json:"table"`
	Index Index  `json:"index"`
	// Concurrently lets others write to the table meanwhile, on PostgreSQL. The
	// revision then runs without a transaction, as [Revision.NoTransaction] says.
	// Other databases take no notice.
	Concurrently bool `json:"concurrently,omitzero"`
}

var _ Operation = CreateIndex{}

// Kind returns "create_index".
func (CreateIndex) Kind() string { return "create_index" }

// String describes the step, by all that makes this index another one than its
// namesake.
func (o CreateIndex) String() string {
	var b strings.Builder
	b.WriteString("create ")
	if o.Index.Unique {
		b.WriteString("unique ")
	}
	if o.Index.Class != "" {
		b.WriteString(strings.ToLower(o.Index.Class) + " ")
	}
	fmt.Fprintf(&b, "index %s on %s %s", o.Index.Name, o.Table, PartsString(o.Index.Columns))
	if o.Index.Method != "" {
		b.WriteString(" using " + o.Index.Method)
	}
	if o.Index.Where != "" {
		b.WriteString(" where " + o.Index.Where)
	}
	if o.Index.Options != "" {
		b.WriteString(" " + o.Index.Options)
	}
	if o.Index.Comment != "" {
		fmt.Fprintf(&b, ", comment %q", o.Index.Comment)
	}
	if o.Concurrently {
		b.WriteString(", concurrently")
	}
	return b.String()
}

// Apply adds the index.
func (o CreateIndex) Apply(s *Schema) error {
	t, err := tableOf(s, o.Table)
	if err != nil {
		return err
	}
	if t.Index(o.Index.Name) != nil {
		return exists("index", o.Index.Name)
	}
	t.Indexes = append(t.Indexes, o.Index)
	*t = t.Clone()
	return nil
}
