package model

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm/schema"

	"github.com/go-limbeck/limbeck/op"
)

// indexNames are the names of indexes so far, with their owners: "shop.Book".
// They are one of a kind within a schema on SQLite and PostgreSQL, where GORM
// leaves out the second index of a name (CREATE INDEX IF NOT EXISTS).
type indexNames map[string]string

// take adds the indexes of a table.
func (n indexNames) take(dialect string, owner claim, t op.Table) error {
	if dialect != "sqlite" && dialect != "postgres" {
		return nil
	}
	namespace := ""
	if i := strings.LastIndexByte(t.Name, '.'); i >= 0 {
		namespace = t.Name[:i+1]
	}
	for _, x := range t.Indexes {
		key := namespace + x.Name
		if dialect == "sqlite" {
			key = strings.ToLower(key)
		}
		if other, isTaken := n[key]; isTaken {
			return &Error{Model: owner.name(), Field: fieldOfIndex(owner.schema, x.Name), Err: fmt.Errorf(
				"index %q has the name of an index of %s, and on %s all indexes of a schema need names of their own; give one of the two another name, or write the tag without one (index:,…) for a name by the table", x.Name, other, dialect)}
		}
		n[key] = owner.name()
	}
	return nil
}

// fieldOfIndex returns the field whose tag has the index, or "".
func fieldOfIndex(s *schema.Schema, name string) string {
	list := s.ParseIndexes()
	i := slices.IndexFunc(list, func(x *schema.Index) bool { return x.Name == name })
	if i < 0 || len(list[i].Fields) == 0 {
		return ""
	}
	return list[i].Fields[0].BindName()
}
