package op

import (
	"fmt"
	"strings"
)

// KeyPart is one column or expression of a key or an index.
type KeyPart struct {
	// Column names a column; Expr is SQL instead of one.
	Column string `json:"column,omitzero"`
	Expr   string `json:"expr,omitzero"`

	Desc bool `json:"desc,omitzero"`
	// Nulls is "first" or "last" where the order states it.
	Nulls   string `json:"nulls,omitzero"`
	Collate string `json:"collate,omitzero"`
	// Length is how many leading characters MySQL indexes; 0 is all of them.
	Length int `json:"length,omitzero"`
}

// Columns returns key parts that are plain columns, in that order.
func Columns(names ...string) []KeyPart {
	parts := make([]KeyPart, len(names))
	for i, name := range names {
		parts[i] = KeyPart{Column: name}
	}
	return parts
}

// PrimaryKey lists the parts of a table's primary key.
type PrimaryKey []KeyPart

// String returns the part as it reads in DDL, without quotes.
func (p KeyPart) String() string {
	text := p.Column
	if p.Expr != "" {
		text = "(" + p.Expr + ")"
	}
	if p.Length > 0 {
		text += fmt.Sprintf("(%d)", p.Length)
	}
	if p.Collate != "" {
		text += " collate " + p.Collate
	}
	if p.Desc {
		text += " desc"
	}
	if p.Nulls != "" {
		text += " nulls " + p.Nulls
	}
	return text
}

// PartsString returns parts in parentheses for people to read.
func PartsString(parts []KeyPart) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.String()
	}
	return "(" + strings.Join(texts, ", ") + ")"
}

// renameParts follows a column's new name into a key.
func renameParts(parts []KeyPart, from, to string) {
	for i := range parts {
		if parts[i].Column == from {
			parts[i].Column = to
		}
	}
}

// Unique is a unique constraint.
type Unique struct {
	Name    string    `json:"name,omitzero"`
	Columns []KeyPart `json:"columns"`
	// Options is the rest of the clause as the database spells it, such as
	// NULLS NOT DISTINCT or DEFERRABLE INITIALLY DEFERRED.
	Options string `json:"options,omitzero"`
}

// Exclusion is the method of an index that stands for an exclusion constraint
// of PostgreSQL, which has no noun of its own: its one part is the expression
// EXCLUDE …, as the server shows it.
const Exclusion = "exclusion"

// Index is an index, unique or not.
type Index struct {
	Name    string    `json:"name"`
	Unique  bool      `json:"unique,omitzero"`
	Columns []KeyPart `json:"columns"`
	// Where is the predicate of a partial index.
	Where string `json:"where,omitzero"`
	// Class is FULLTEXT or SPATIAL on MySQL.
	Class string `json:"class,omitzero"`
	// Method is the access method, such as gin or btree, or [Exclusion].
	Method string `json:"method,omitzero"`
	// Options is the text that GORM's option tag appends.
	Options string `json:"options,omitzero"`
	Comment string `json:"comment,omitzero"`
}

// ForeignKey is a reference to another table, or to the same one.
type ForeignKey struct {
	Name       string   `json:"name,omitzero"`
	Columns    []string `json:"columns"`
	RefTable   string   `json:"ref_table"`
	RefColumns []string `json:"ref_columns,omitzero"`
	// OnDelete and OnUpdate are actions in capitals: CASCADE, SET NULL, …
	// Empty is the database's own rule, NO ACTION.
	OnDelete string `json:"on_delete,omitzero"`
	OnUpdate string `json:"on_update,omitzero"`
	// Deferrable is the clause in capitals, such as
	// DEFERRABLE INITIALLY DEFERRED.
	Deferrable string `json:"deferrable,omitzero"`
	// Match is FULL where a key of several columns may be null only as a whole.
	// Empty is the database's own rule, SIMPLE.
	Match string `json:"match,omitzero"`
}

// Check is a condition that every row must meet.
type Check struct {
	Name string `json:"name,omitzero"`
	// Expr is the condition in SQL, without the outer parentheses.
	Expr string `json:"expr"`
	// Options is the rest of the clause as the database spells it, such as
	// NO INHERIT, NOT VALID or NOT ENFORCED.
	Options string `json:"options,omitzero"`
}

// String returns the reference as it reads in DDL, without quotes.
func (k ForeignKey) String() string {
	text := fmt.Sprintf("(%s) references %s", strings.Join(k.Columns, ", "), k.RefTable)
	if len(k.RefColumns) > 0 {
		text += " (" + strings.Join(k.RefColumns, ", ") + ")"
	}
	if k.Match != "" {
		text += " match " + strings.ToLower(k.Match)
	}
	if k.OnDelete != "" {
		text += " on delete " + strings.ToLower(k.OnDelete)
	}
	if k.OnUpdate != "" {
		text += " on update " + strings.ToLower(k.OnUpdate)
	}
	if k.Deferrable != "" {
		text += " " + strings.ToLower(k.Deferrable)
	}
	return text
}
