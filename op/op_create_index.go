package op

import "fmt"

// CreateIndex makes an index on a table.
type CreateIndex struct {
	Table string `json:"table"`
	Index Index  `json:"index"`
}

var _ Operation = CreateIndex{}

// Kind returns "create_index".
func (CreateIndex) Kind() string { return "create_index" }

// String describes the step.
func (o CreateIndex) String() string {
	unique := ""
	if o.Index.Unique {
		unique = "unique "
	}
	text := fmt.Sprintf("create %sindex %s on %s %s", unique, o.Index.Name, o.Table, PartsString(o.Index.Columns))
	if o.Index.Where != "" {
		text += " where " + o.Index.Where
	}
	return text
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
