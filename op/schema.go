package op

import (
	"cmp"
	"slices"
)

// Schema is the tables of one database and what belongs to them, as models want
// it, as a catalogue shows it, or as a list of operations leaves it.
type Schema struct {
	Tables []Table `json:"tables,omitzero"`
	Enums  []Enum  `json:"enums,omitzero"`
	// Views are those that are declared or recorded; a catalogue shows no
	// others.
	Views []View `json:"views,omitzero"`
}

// Table returns the table of that name, to read or to change in place, or nil
// where there is none.
func (s *Schema) Table(name string) *Table {
	for i := range s.Tables {
		if s.Tables[i].Name == name {
			return &s.Tables[i]
		}
	}
	return nil
}

// Enum returns the enum of that name, to read or to change in place, or nil
// where there is none.
func (s *Schema) Enum(name string) *Enum { return find(s.Enums, name) }

// View returns the view of that name, to read or to change in place, or nil
// where there is none.
func (s *Schema) View(name string) *View { return find(s.Views, name) }

// Clone returns a copy that shares no memory with s.
func (s Schema) Clone() Schema {
	s.Tables = slices.Clone(s.Tables)
	for i := range s.Tables {
		s.Tables[i] = s.Tables[i].Clone()
	}
	s.Enums = slices.Clone(s.Enums)
	for i := range s.Enums {
		s.Enums[i] = s.Enums[i].clone()
	}
	s.Views = slices.Clone(s.Views)
	return s
}

// Sorted returns a copy in canonical order: tables, enums and views by name, and
// in each table its indexes, constraints and checks by name. Columns, the parts of
// keys and the values of enums keep their order, which means something.
func (s Schema) Sorted() Schema {
	s = s.Clone()
	s.Sort()
	return s
}

// Sort brings the schema into the order of [Schema.Sorted] in place.
func (s *Schema) Sort() {
	slices.SortStableFunc(s.Enums, func(a, b Enum) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortStableFunc(s.Views, func(a, b View) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortStableFunc(s.Tables, func(a, b Table) int { return cmp.Compare(a.Name, b.Name) })
	for i := range s.Tables {
		t := &s.Tables[i]
		slices.SortStableFunc(t.Uniques, func(a, b Unique) int { return cmp.Compare(a.Name, b.Name) })
		slices.SortStableFunc(t.Indexes, func(a, b Index) int { return cmp.Compare(a.Name, b.Name) })
		slices.SortStableFunc(t.ForeignKeys, func(a, b ForeignKey) int { return cmp.Compare(a.Name, b.Name) })
		slices.SortStableFunc(t.Checks, func(a, b Check) int { return cmp.Compare(a.Name, b.Name) })
	}
}
