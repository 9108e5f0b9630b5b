package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm/schema"
)

// checkNames refuses names that the database would cut off or not take. GORM
// shortens the names that it makes for keys and indexes, and neither those of
// tables and columns nor the ones that stand in tags.
func (l Loader) checkNames(s *schema.Schema, fields []*schema.Field, indexes []*schema.Index) error {
	if l.CheckName == nil {
		return nil
	}
	parts := strings.Split(s.Table, ".")
	if len(parts) > 2 {
		return fmt.Errorf("the table name %q has %d dots, and one divides the schema from the table; give the struct a TableName method that returns another", s.Table, len(parts)-1)
	}
	for _, part := range parts {
		if err := l.CheckName(part); err != nil {
			return err
		}
	}
	check := func(f *schema.Field, name string) error {
		if err := l.CheckName(name); err != nil {
			return &fieldError{field: f.BindName(), err: err}
		}
		return nil
	}
	for _, f := range fields {
		if err := check(f, f.DBName); err != nil {
			return err
		}
	}
	for _, x := range indexes {
		if err := check(x.Fields[0].Field, x.Name); err != nil {
			return err
		}
	}
	for _, c := range sortedChecks(s) {
		if err := check(c.Field, c.Name); err != nil {
			return err
		}
	}
	parsed := s.ParseUniqueConstraints()
	for _, name := range slices.Sorted(maps.Keys(parsed)) {
		if err := check(parsed[name].Field, name); err != nil {
			return err
		}
	}
	return nil
}

func sortedChecks(s *schema.Schema) []schema.CheckConstraint {
	var list []schema.CheckConstraint
	for _, c := range parseChecks(s) {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b schema.CheckConstraint) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// parseChecks returns what GORM makes of the tag check. It looks for that in a
// map, where most models have none to be found.
func parseChecks(s *schema.Schema) map[string]schema.CheckConstraint {
	if !slices.ContainsFunc(s.Fields, func(f *schema.Field) bool { return f.TagSettings["CHECK"] != "" }) {
		return nil
	}
	return s.ParseCheckConstraints()
}

// canBeReferenced reports whether a foreign key may refer to the fields: they
// have to be the primary key or unique together. MySQL is content with an index
// that begins with them.
func canBeReferenced(target *schema.Schema, fields []*schema.Field, dialect string) bool {
	same := func(list []*schema.Field) bool {
		return len(list) == len(fields) && !slices.ContainsFunc(fields, func(f *schema.Field) bool { return !slices.Contains(list, f) })
	}
	if same(target.PrimaryFields) || len(fields) == 1 && fields[0].Unique {
		return true
	}
	for _, x := range target.ParseIndexes() {
		var list []*schema.Field
		for _, part := range x.Fields {
			if part.Expression == "" {
				list = append(list, target.FieldsByDBName[part.DBName])
			}
		}
		whole := len(list) == len(x.Fields) && x.Where == ""
		if whole && strings.EqualFold(x.Class, "UNIQUE") && same(list) {
			return true
		}
		if whole && dialect == "mysql" && len(list) >= len(fields) && same(list[:len(fields)]) {
			return true
		}
	}
	return dialect == "mysql" && len(target.PrimaryFields) > len(fields) && same(target.PrimaryFields[:len(fields)])
}
