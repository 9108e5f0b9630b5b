package model

import (
	"cmp"
	"slices"

	"gorm.io/gorm/schema"
)

// Polymorphic is a column whose rows name a table: GORM writes the name of the
// owner's table into it, unless a tag polymorphicValue gives another value.
type Polymorphic struct {
	Table, Column string
	// Owner is the table that the rows name.
	Owner string
}

// polymorphic returns the columns that name the table of s.
func polymorphic(s *schema.Schema) []Polymorphic {
	var list []Polymorphic
	for _, rel := range relations(s) {
		if p := rel.Polymorphic; p != nil && rel.Schema == s && p.Value == s.Table && isColumn(rel.FieldSchema, p.PolymorphicType.DBName) {
			list = append(list, Polymorphic{rel.FieldSchema.Table, p.PolymorphicType.DBName, s.Table})
		}
	}
	return list
}

// sortPolymorphic puts the columns in order, each with each owner once.
func sortPolymorphic(list []Polymorphic) []Polymorphic {
	slices.SortFunc(list, func(a, b Polymorphic) int {
		return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Table, b.Table), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(list)
}
