package postgres

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// mapping gives the schemas that names state others inside a rehearsal, so that
// nothing there has the name of something live. The schema whose tables have
// plain names, home, becomes the place itself.
type mapping struct {
	place, home string
	// schemas are the live ones by their names in the rehearsal, which are made
	// of that of the place and a number.
	schemas []string
}

// to returns the name that a table has in the rehearsal.
func (m *mapping) to(name string) string {
	schema, table := splitName(name)
	switch schema {
	case "":
		return name
	case m.home:
		return m.place + "." + table
	}
	for i, s := range m.schemas {
		if s == schema {
			return m.numbered(i) + "." + table
		}
	}
	m.schemas = append(m.schemas, schema)
	return m.numbered(len(m.schemas)-1) + "." + table
}

func (m *mapping) numbered(i int) string { return fmt.Sprintf("%s_%d", m.place, i+1) }

// from returns the live name of a table that has the name in the rehearsal.
func (m *mapping) from(name string) string {
	schema, table := splitName(name)
	if schema != "" && schema == m.place {
		return m.home + "." + table
	}
	for i, s := range m.schemas {
		if schema == m.numbered(i) {
			return s + "." + table
		}
	}
	return name
}

// AsLive returns a statement that was planned for the rehearsal as it would be
// planned for the live database. The name of the place is a random one, which
// stands for nothing else.
func (m *mapping) AsLive(sql string) string {
	for i := len(m.schemas) - 1; i >= 0; i-- { // place_12 before place_1
		sql = asLive(sql, m.numbered(i), m.schemas[i])
	}
	return asLive(sql, m.place, m.home)
}

func asLive(sql, mapped, live string) string {
	sql = strings.ReplaceAll(sql, quoteName(mapped), quoteName(live))
	return strings.ReplaceAll(sql, mapped, quoteIdentifier(live))
}

// operation returns the operation on the tables of the rehearsal.
func (m *mapping) operation(o op.Operation) (op.Operation, error) {
	fields, err := fieldsOf(o)
	if err != nil {
		return nil, err
	}
	changed := false
	eachText(fields, "", true, func(key string, isTop bool, text string) string {
		if !isName(o.Kind(), key, isTop) {
			return text
		}
		name := m.to(text)
		changed = changed || name != text
		return name
	})
	if !changed {
		return o, nil
	}
	fields["kind"] = o.Kind()
	data, err := json.Marshal([]any{fields})
	if err != nil {
		return nil, fmt.Errorf("mapping operation %q: %w", o.Kind(), err)
	}
	var list op.List
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("mapping operation %q: %w", o.Kind(), err)
	}
	return list[0], nil
}

// renamedTables returns a copy of the schema in which its tables have the names
// that fn gives them.
func renamedTables(s op.Schema, fn func(string) string) op.Schema {
	s = s.Clone()
	for i := range s.Tables {
		t := &s.Tables[i]
		t.Name = fn(t.Name)
		for j := range t.ForeignKeys {
			t.ForeignKeys[j].RefTable = fn(t.ForeignKeys[j].RefTable)
		}
	}
	return s
}
