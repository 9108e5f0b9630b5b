package op

import (
	"slices"
	"strings"
)

// Column is one column of a table.
type Column struct {
	Name string `json:"name"`
	Type Type   `json:"type,omitzero"`

	NotNull bool    `json:"not_null,omitzero"`
	Default Default `json:"default,omitzero"`
	// AutoIncrement asks the database to number the rows: AUTOINCREMENT,
	// serial, AUTO_INCREMENT. SQLite can do so only for a primary key of this
	// one column and ignores it elsewhere.
	AutoIncrement bool `json:"auto_increment,omitzero"`
	// Generated makes this a column that the database computes.
	Generated Generated `json:"generated,omitzero"`
	// Collate is the name of a collation as the database spells it.
	Collate string `json:"collate,omitzero"`
	// Comment is kept by databases that store comments; SQLite stores none.
	Comment string `json:"comment,omitzero"`
}

func (c Column) clone() Column {
	c.Type.Args = slices.Clone(c.Type.Args)
	c.Type.Values = slices.Clone(c.Type.Values)
	c.Type.Spellings = slices.Clone(c.Type.Spellings)
	c.Default.Spellings = slices.Clone(c.Default.Spellings)
	return c
}

// Generated is the expression of a computed column. The zero value says that
// the column is an ordinary one.
type Generated struct {
	Expr string `json:"expr"`
	// Stored keeps the value in the row; otherwise it is computed on reading.
	Stored bool `json:"stored,omitzero"`
}

// IsZero reports whether the column is an ordinary one.
func (g Generated) IsZero() bool { return g == Generated{} }

// String returns the expression for people to read.
func (g Generated) String() string {
	switch {
	case g.IsZero():
		return "none"
	case g.Stored:
		return "as (" + g.Expr + ") stored"
	default:
		return "as (" + g.Expr + ")"
	}
}

// Summary describes the column's properties for people to read, without its
// name: string(100), not null.
func (c Column) Summary() string {
	list := []string{c.Type.String()}
	if c.NotNull {
		list = append(list, "not null")
	}
	if c.AutoIncrement {
		list = append(list, "auto-increment")
	}
	if !c.Default.IsZero() {
		list = append(list, "default "+c.Default.String())
	}
	if !c.Generated.IsZero() {
		list = append(list, "generated "+c.Generated.String())
	}
	if c.Collate != "" {
		list = append(list, "collate "+c.Collate)
	}
	if c.Comment != "" {
		list = append(list, "comment "+c.Comment)
	}
	return strings.Join(list, ", ")
}
