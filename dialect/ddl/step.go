package ddl

import "github.com/go-limbeck/limbeck/op"

// Step is what a dialect plans in one go: neighbouring operations and the
// statements that carry them out together.
type Step struct {
	Ops op.List
	// Statements run in order. None is an honest answer: a comment has nothing
	// to be written to on SQLite.
	Statements []Statement
}

// Statement is one SQL statement.
type Statement struct {
	SQL string
	// Line and Column are where it begins in the text that the user wrote, from
	// 1; 1 and 1 for statements that were planned.
	Line, Column int
	// NoRows says that the tables which it changes were made a moment ago and are
	// empty: then it cannot fail because of rows. It is not written down.
	NoRows bool `json:"-"`
}

// Planned returns statements that no user wrote.
func Planned(texts ...string) []Statement {
	list := make([]Statement, len(texts))
	for i, text := range texts {
		list[i] = Statement{SQL: text, Line: 1, Column: 1}
	}
	return list
}
