package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm/schema"
)

// uniques returns the constraints of the tag unique, by name.
func uniques(s *schema.Schema) []op.Unique {
	parsed := s.ParseUniqueConstraints()
	var list []op.Unique
	for _, name := range slices.Sorted(maps.Keys(parsed)) {
		if column := parsed[name].Field.DBName; isColumn(s, column) {
			list = append(list, op.Unique{Name: name, Columns: op.Columns(column)})
		}
	}
	return list
}

// checks returns the constraints of the tag check, by name. GORM keeps one of
// two checks of the same name, and leaves it to chance which.
func checks(s *schema.Schema, fields []*schema.Field) ([]op.Check, error) {
	parsed := parseChecks(s)
	if len(parsed) == 0 {
		return nil, nil
	}
	first := map[string]*schema.Field{}
	for _, f := range fields {
		tag := f.TagSettings["CHECK"]
		name, _, _ := strings.Cut(tag, ",")
		if _, named := parsed[name]; !named {
			continue
		}
		if other := first[name]; other == nil {
			first[name] = f
		} else if other.TagSettings["CHECK"] != tag {
			return nil, fieldErrorf(f, "check %q is also on field %q with another condition; give each a name of its own", name, other.BindName())
		}
	}
	var list []op.Check
	for _, name := range slices.Sorted(maps.Keys(parsed)) {
		if c := parsed[name]; isColumn(s, c.DBName) {
			list = append(list, op.Check{Name: name, Expr: c.Constraint})
		}
	}
	return list, nil
}

// constraint is a foreign key of a table as GORM has parsed it.
type constraint struct {
	*schema.Constraint
	relation *schema.Relationship
}

// ownConstraints returns those of s. Relations to join tables and polymorphic
// ones come out as constraints of other tables, or of none.
func ownConstraints(s *schema.Schema) []constraint {
	var list []constraint
	for _, rel := range relations(s) {
		if c := rel.ParseConstraint(); c != nil && c.Schema == s {
			list = append(list, constraint{c, rel})
		}
	}
	return list
}

// foreignKeys returns the keys of s, from relations of its own and from the
// has-relations of others, by name. Two relations over one column make two
// keys, as in GORM.
func (l Loader) foreignKeys(s *schema.Schema, own []constraint) ([]op.ForeignKey, error) {
	var list []op.ForeignKey
next:
	for _, c := range own {
		rel := c.relation
		k := op.ForeignKey{
			Name:     c.Name,
			RefTable: c.ReferenceSchema.Table,
			OnDelete: action(c.OnDelete),
			OnUpdate: action(c.OnUpdate),
		}
		for i, f := range c.ForeignKeys {
			if !isColumn(s, f.DBName) {
				continue next
			}
			k.Columns = append(k.Columns, f.DBName)
			k.RefColumns = append(k.RefColumns, c.References[i].DBName)
		}
		if l.CheckName != nil {
			if err := l.CheckName(k.Name); err != nil {
				return nil, fmt.Errorf("the relation %s.%s: %w", rel.Schema.Name, rel.Field.BindName(), err)
			}
		}
		if !canBeReferenced(c.ReferenceSchema, c.References, l.DB.Dialector.Name()) {
			return nil, fmt.Errorf("the relation %s.%s refers to %s of table %q, which is neither its primary key nor unique; make it unique there, or say `constraint:-` on the relation for no foreign key",
				rel.Schema.Name, rel.Field.BindName(), strings.Join(k.RefColumns, ", "), k.RefTable)
		}
		list = append(list, k)
	}
	slices.SortStableFunc(list, func(a, b op.ForeignKey) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// keyTypes gives a foreign key's columns the type of text that fits a key where
// those that it refers to have it. GORM's MySQL driver leaves longtext there,
// which cannot be in a key, and fails (go-gorm/gorm#3369).
func (l Loader) keyTypes(own []constraint, t *op.Table) {
	for _, c := range own {
		for i, f := range c.ForeignKeys {
			column := t.Column(f.DBName)
			if column == nil || !column.Type.Equal(op.Text()) {
				continue
			}
			if target := l.typeOf(c.References[i]); target.Word == op.WordKeyText {
				column.Type = target
			}
		}
	}
}

func action(text string) string {
	return strings.ToUpper(strings.Join(strings.Fields(text), " "))
}
