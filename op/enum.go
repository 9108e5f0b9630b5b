package op

import (
	"slices"
	"strings"
)

// Enum is a type of texts, of which there are only those listed. Declare it
// beside the models, and columns by [EnumType] or by its name in a type tag.
//
// PostgreSQL keeps it as a type of its own. MySQL writes the values into each
// column that uses it, and SQLite keeps plain text: for them it is here so that
// one revision does the right thing on all.
type Enum struct {
	// Name is the type's name, with its schema before a dot where that is not
	// the current one.
	Name string `json:"name"`
	// Values are in the order in which they compare.
	Values []string `json:"values"`
}

func (e Enum) clone() Enum {
	e.Values = slices.Clone(e.Values)
	return e
}

// ColumnRef names a column of a table.
type ColumnRef struct {
	Table  string `json:"table"`
	Column string `json:"column"`
}

// String returns table.column.
func (r ColumnRef) String() string { return r.Table + "." + r.Column }

// Replacement is a value in rows that becomes another one.
type Replacement struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// EnumValues returns the values that a column of the type can hold: those of an
// [EnumType], or of MySQL's enum('a','b') as raw text. It returns false for
// other types.
func (t Type) EnumValues() (values []string, ok bool) {
	if t.Word == WordEnum {
		return t.Values, true
	}
	text := strings.TrimSpace(t.Text)
	if t.Word != WordRaw || len(text) < len("enum") || !strings.EqualFold(text[:len("enum")], "enum") {
		return nil, false
	}
	text = strings.TrimSpace(text[len("enum"):])
	if !strings.HasPrefix(text, "(") {
		return nil, false
	}
	for text = text[1:]; ; {
		text = strings.TrimSpace(text)
		if text == "" || text[0] != '\'' {
			return nil, false
		}
		n := quotedLength(text, '\'')
		values = append(values, strings.ReplaceAll(strings.TrimSuffix(text[1:n], "'"), "''", "'"))
		switch text = strings.TrimSpace(text[n:]); {
		case strings.HasPrefix(text, ","):
			text = text[1:]
		case strings.HasPrefix(text, ")"):
			return values, true
		default:
			return nil, false
		}
	}
}

// eachEnumColumn calls fn for the type of each column that uses the enum.
func (s *Schema) eachEnumColumn(enum string, fn func(*Type)) {
	for i := range s.Tables {
		for j := range s.Tables[i].Columns {
			if t := &s.Tables[i].Columns[j].Type; t.Word == WordEnum && t.Text == enum {
				fn(t)
			}
		}
	}
}

// setEnumValues gives an enum, and the columns that use it, other values.
func (s *Schema) setEnumValues(enum string, values []string) {
	s.Enum(enum).Values = slices.Clone(values)
	s.eachEnumColumn(enum, func(t *Type) { t.Values = slices.Clone(values) })
}

func enumOf(s *Schema, name string) (*Enum, error) {
	if e := s.Enum(name); e != nil {
		return e, nil
	}
	return nil, missing("enum", name)
}

// columnList returns columns for people to read, after the word in.
func columnList(in []ColumnRef) string {
	if len(in) == 0 {
		return ""
	}
	names := make([]string, len(in))
	for i, c := range in {
		names[i] = c.String()
	}
	return " in " + strings.Join(names, ", ")
}
