package sqlite

import (
	"slices"
	"strings"
)

// tableDef is a stored CREATE TABLE statement taken apart: the pieces keep
// their text as it was written, so that a rebuild changes what it is asked to
// change and nothing else.
type tableDef struct {
	name        string
	columns     []columnDef
	constraints []constraintDef
	options     string // after the closing parenthesis: STRICT, WITHOUT ROWID

	// What stands between the pieces, with its comments; see [tableDef.String].
	nameText string // the name as written
	head     string // from the name to the first definition
	tail     string // from the last definition to the options
}

// columnDef is one column definition.
type columnDef struct {
	name string
	// text is the definition as written, "" where a change made it out of date.
	text        string
	nameText    string // the name as written
	typeLead    string // between the name and the type
	typeText    string
	constraints []constraintDef
	around      around
}

// constraintDef is one constraint of a column or of the table.
type constraintDef struct {
	kind constraintKind
	name string
	text string // as written, with CONSTRAINT and the name
	// lead is what stands before the constraint of a column.
	lead string
	// around is for the constraint of a table.
	around around

	expr          string // CHECK, DEFAULT, COLLATE, GENERATED
	parts         []keyPart
	refTable      string
	refColumns    []string
	onDelete      string
	onUpdate      string
	deferrable    string
	autoIncrement bool
	stored        bool
	conflict      string // UNIQUE, NOT NULL
}

type constraintKind int

const (
	primaryKeyConstraint constraintKind = iota
	notNullConstraint
	nullConstraint
	uniqueConstraint
	checkConstraint
	defaultConstraint
	collateConstraint
	foreignKeyConstraint
	generatedConstraint
	deferrableConstraint // a clause apart from its REFERENCES
	emptyConstraint      // a name and nothing else
)

// keyPart is one part of a key as the grammar has it: an expression, a
// collation, an order.
type keyPart struct {
	expr    string
	column  string // where the expression is a plain name
	collate string
	desc    bool
	nulls   string
}

// constraint returns the column's constraint of that kind, or nil.
func (c *columnDef) constraint(kind constraintKind) *constraintDef {
	for i := range c.constraints {
		if c.constraints[i].kind == kind {
			return &c.constraints[i]
		}
	}
	return nil
}

// column returns the column of that name in any letter case, or nil.
func (d *tableDef) column(name string) *columnDef {
	for i := range d.columns {
		if sameName(d.columns[i].name, name) {
			return &d.columns[i]
		}
	}
	return nil
}

// hasOption reports whether the table has that option, such as WITHOUT ROWID.
func (d *tableDef) hasOption(words string) bool {
	return slices.Contains(optionList(d.options), words)
}

// optionList returns table options in one form: in capitals, with single
// blanks, without comments.
func optionList(options string) []string {
	tokens, err := tokenize(options)
	if err != nil || len(tokens) == 0 {
		return nil
	}
	var list []string
	from := 0
	for i := range len(tokens) + 1 {
		if i < len(tokens) && !tokens[i].is(",") {
			continue
		}
		words := make([]string, 0, i-from)
		for _, t := range tokens[from:i] {
			words = append(words, strings.ToUpper(t.text))
		}
		list, from = append(list, strings.Join(words, " ")), i+1
	}
	return list
}
