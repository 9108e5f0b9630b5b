package model

import (
	"reflect"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// indexes returns the indexes of the tags index and uniqueIndex. An index on a
// field that is ignored is left out, where GORM writes broken SQL; one on a
// relation is an error (go-gorm/gorm#7126).
func (l Loader) indexes(s *schema.Schema, parsed []*schema.Index) ([]op.Index, error) {
	// ParseIndexes leaves its error, which is about the tag composite, in the
	// schema, from where only another parse, which the cache answers, brings it out.
	if slices.ContainsFunc(s.Fields, func(f *schema.Field) bool { return mayHave(f.Tag, "composite") }) {
		if err := (&gorm.Statement{DB: l.DB}).Parse(reflect.New(s.ModelType).Interface()); err != nil {
			return nil, err
		}
	}
	var list []op.Index
next:
	for _, x := range parsed {
		index := op.Index{
			Name:    x.Name,
			Class:   strings.ToUpper(strings.TrimSpace(x.Class)),
			Where:   x.Where,
			Method:  x.Type,
			Options: x.Option,
			Comment: x.Comment,
		}
		if index.Class == "UNIQUE" {
			index.Unique, index.Class = true, ""
		}
		for _, o := range x.Fields {
			if o.Expression == "" && !isColumn(s, o.DBName) {
				if isRelation(o.Field) {
					return nil, fieldErrorf(o.Field, "index %q on a relation has no column; put the index tag on the field of the foreign key", x.Name)
				}
				continue next
			}
			part, err := keyPart(o)
			if err != nil {
				return nil, err
			}
			index.Columns = append(index.Columns, part)
		}
		list = append(list, index)
	}
	return list, nil
}

func keyPart(o schema.IndexOption) (op.KeyPart, error) {
	part := op.KeyPart{Collate: o.Collate, Length: o.Length}
	if o.Expression != "" {
		part.Expr = o.Expression
	} else {
		part.Column = o.DBName
	}
	words := strings.Fields(strings.ToLower(o.Sort))
	if len(words) > 0 && (words[0] == "asc" || words[0] == "desc") {
		part.Desc = words[0] == "desc"
		words = words[1:]
	}
	if len(words) == 2 && words[0] == "nulls" && (words[1] == "first" || words[1] == "last") {
		part.Nulls = words[1]
		words = nil
	}
	if len(words) > 0 {
		return op.KeyPart{}, fieldErrorf(o.Field, "the sort %q of an index is none of asc, desc, nulls first, nulls last", o.Sort)
	}
	return part, nil
}
