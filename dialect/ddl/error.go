package ddl

import (
	"errors"
	"fmt"
	"strings"
)

// ErrLocked is wrapped by errors that mean: somebody else works on the
// database now. Trying again later helps.
var ErrLocked = errors.New("the database is locked")

// ErrUnsupported is wrapped by the errors of operations that a database cannot
// carry out at all.
var ErrUnsupported = errors.New("not supported")

// ErrNoScratch is wrapped by errors that mean: there is nowhere to try things
// out. What was to be verified stays unverified.
var ErrNoScratch = errors.New("there is no scratch database")

// ErrPooled is wrapped by errors that mean: between the program and the server
// stands a pooler that gives each transaction another session, so that no lock
// of a session protects anything.
var ErrPooled = errors.New("a pooler gives each transaction another session")

// Causes returns the innermost errors of one that wraps others.
func Causes(err error) []error {
	var inner []error
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		inner = []error{e.Unwrap()}
	case interface{ Unwrap() []error }:
		inner = e.Unwrap()
	}
	var list []error
	for _, e := range inner {
		list = append(list, Causes(e)...)
	}
	if list == nil && err != nil {
		return []error{err}
	}
	return list
}

// StatementError says which statement of a step failed and where in it.
type StatementError struct {
	// SQL is the statement as it was sent.
	SQL string
	// Number counts the statements of the step from 1; Of is how many there are.
	Number, Of int
	// Line and Column count from 1 in the text of the step. They point at the
	// place that the database complained of where Exact is true, and at the
	// beginning of the statement otherwise.
	Line, Column int
	Exact        bool
	// Detail and Hint are what the database says beside its message, if it does:
	// what stands in the way, and what helps.
	Detail, Hint string
	// Err is the database's error.
	Err error
}

// Error returns the place, the database's words and the statement.
func (e *StatementError) Error() string {
	where := "beginning at"
	if e.Exact {
		where = "at"
	}
	return fmt.Sprintf("statement %d of %d, %s line %d, column %d: %v%s (in: %s)",
		e.Number, e.Of, where, e.Line, e.Column, e.Err, Beside(e.Detail, e.Hint), shorten(e.SQL))
}

// Unwrap returns the database's error.
func (e *StatementError) Unwrap() error { return e.Err }

// Beside returns what is to be added to the text of an error so that it shows
// what the database says beside its message: "; detail: …; hint: …".
func Beside(detail, hint string) string {
	text := ""
	for _, part := range []struct{ name, text string }{{"detail", detail}, {"hint", hint}} {
		if part.text != "" {
			text += "; " + part.name + ": " + strings.Join(strings.Fields(part.text), " ")
		}
	}
	return text
}

// Position returns the line and the column, both from 1, of a byte offset in
// text. Columns count characters.
func Position(text string, offset int) (line, column int) {
	before := text[:min(max(offset, 0), len(text))]
	line = strings.Count(before, "\n") + 1
	return line, len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
}

func shorten(sql string) string {
	const most = 200
	sql = strings.Join(strings.Fields(sql), " ")
	if runes := []rune(sql); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return sql
}
