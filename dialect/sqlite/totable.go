package sqlite

import (
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// table returns what the definition says in the vocabulary of package op, with
// raw types. Names of columns and constraints keep their letter case;
// expressions lose the table's own name before columns, which says nothing.
func (d tableDef) table() op.Table {
	t := op.Table{Name: d.name, Options: d.options, Columns: make([]op.Column, 0, len(d.columns))}
	for _, c := range d.columns {
		column := op.Column{Name: c.name, Type: op.Raw(c.typeText)}
		for _, x := range c.constraints {
			switch x.kind {
			case notNullConstraint:
				column.NotNull = true
				if x.conflict != "" { // op has a place for it in the text of a type
					column.Type = op.Raw(strings.TrimSpace(c.typeText + " NOT NULL " + x.conflict))
				}
			case defaultConstraint:
				column.Default = readDefault(x.expr)
			case collateConstraint:
				column.Collate = x.expr
			case generatedConstraint:
				column.Generated = op.Generated{Expr: unqualified(x.expr, d.name), Stored: x.stored}
			case primaryKeyConstraint:
				column.AutoIncrement = x.autoIncrement
				t.PrimaryKey = op.PrimaryKey{{Column: c.name, Desc: x.parts[0].desc}}
				t.PrimaryKeyName = x.name
			case uniqueConstraint:
				t.Uniques = append(t.Uniques, op.Unique{Name: x.name, Columns: op.Columns(c.name), Options: x.conflict})
			case checkConstraint:
				t.Checks = append(t.Checks, op.Check{Name: x.name, Expr: unqualified(x.expr, d.name)})
			case foreignKeyConstraint:
				t.ForeignKeys = append(t.ForeignKeys, x.foreignKey([]string{c.name}))
			}
		}
		t.Columns = append(t.Columns, column)
	}
	for _, x := range d.constraints {
		switch x.kind {
		case primaryKeyConstraint:
			t.PrimaryKey, t.PrimaryKeyName = opParts(x.parts), x.name
			if c := t.Column(x.parts[0].column); c != nil && x.autoIncrement {
				c.AutoIncrement = true
			}
		case uniqueConstraint:
			t.Uniques = append(t.Uniques, op.Unique{Name: x.name, Columns: opParts(x.parts), Options: x.conflict})
		case checkConstraint:
			t.Checks = append(t.Checks, op.Check{Name: x.name, Expr: unqualified(x.expr, d.name)})
		case foreignKeyConstraint:
			t.ForeignKeys = append(t.ForeignKeys, x.foreignKey(partColumns(x.parts)))
		}
	}
	return t
}

func (d indexDef) index() op.Index {
	x := op.Index{Name: d.name, Unique: d.unique, Columns: opParts(d.parts), Where: unqualified(d.where, d.table)}
	for i := range x.Columns {
		x.Columns[i].Expr = unqualified(x.Columns[i].Expr, d.table)
	}
	return x
}

func (x constraintDef) foreignKey(columns []string) op.ForeignKey {
	return op.ForeignKey{
		Name: x.name, Columns: columns,
		RefTable: x.refTable, RefColumns: x.refColumns,
		OnDelete: x.onDelete, OnUpdate: x.onUpdate, Deferrable: x.deferrable,
	}
}

func opParts(parts []keyPart) []op.KeyPart {
	list := make([]op.KeyPart, len(parts))
	for i, p := range parts {
		list[i] = op.KeyPart{Column: p.column, Desc: p.desc, Nulls: p.nulls, Collate: p.collate}
		if p.column == "" {
			list[i].Expr = p.expr
		}
	}
	return list
}

func partColumns(parts []keyPart) []string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.column
	}
	return names
}

// readDefault says which kind of default a stored text is.
func readDefault(text string) op.Default {
	tokens, err := tokenize(text)
	if err != nil || len(tokens) == 0 {
		return op.Expr(text)
	}
	last := tokens[len(tokens)-1]
	signed := len(tokens) == 2 && (tokens[0].is("-") || tokens[0].is("+"))
	switch {
	case len(tokens) == 1 && isTextDefault(last):
		return op.Literal(last.value())
	case len(tokens) == 1 && (last.is("true") || last.is("false")):
		return op.Literal(last.is("true"))
	case (len(tokens) == 1 || signed) && last.kind == tokenNumber && isDecimal(last.text):
		return op.Default{Kind: op.DefaultNumber, Text: strings.TrimPrefix(tokens[0].text, "+") + restOf(tokens)}
	}
	return op.Expr(text)
}

// defaultWords are the bare words that are values where a default stands. Any
// other stands for the text of itself.
var defaultWords = map[string]bool{
	"NULL": true, "TRUE": true, "FALSE": true,
	"CURRENT_DATE": true, "CURRENT_TIME": true, "CURRENT_TIMESTAMP": true,
}

func restOf(tokens []token) string {
	if len(tokens) == 2 {
		return tokens[1].text
	}
	return ""
}

// isDecimal reports whether a number is written in plain digits with at most
// one point between them, so that it means the same in Go.
func isDecimal(text string) bool {
	whole, fraction, point := strings.Cut(text, ".")
	digits := func(s string) bool {
		return s != "" && strings.Trim(s, "0123456789") == ""
	}
	return digits(whole) && (!point || digits(fraction)) && (whole == "0" || whole[0] != '0')
}
