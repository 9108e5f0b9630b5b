package postgres

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// splitStatements splits SQL at its semicolons, those in parentheses (CREATE
// RULE) and in the body of an SQL function (BEGIN ATOMIC … END) excepted, as
// psql does, and says where each statement begins.
func splitStatements(sql string) ([]ddl.Statement, error) {
	tokens := tokenize(sql)
	var list []ddl.Statement
	from, parens, body := 0, 0, 0
	flush := func(end int) {
		if from < end {
			line, column := ddl.Position(sql, tokens[from].start)
			list = append(list, ddl.Statement{SQL: between(sql, tokens[from:end]), Line: line, Column: column})
		}
		from, parens, body = end+1, 0, 0
	}
	for i, t := range tokens {
		switch {
		case t.is("("):
			parens++
		case t.is(")"):
			parens--
		case t.is("ATOMIC") && i > 0 && tokens[i-1].is("BEGIN") && makesRoutine(tokens[from:i]):
			body++
		case body > 0 && t.is("CASE"):
			body++
		case body > 0 && t.is("END"):
			body--
		case t.is(";") && parens <= 0 && body == 0:
			flush(i)
		}
	}
	flush(len(tokens))
	for _, s := range list {
		if err := refuseTransactions(s); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// makesRoutine reports whether a statement begins as CREATE [OR REPLACE]
// FUNCTION or PROCEDURE.
func makesRoutine(tokens []token) bool {
	if len(tokens) > 3 && tokens[1].is("OR") {
		tokens = tokens[2:]
		return tokens[0].is("REPLACE") && (tokens[1].is("FUNCTION") || tokens[1].is("PROCEDURE"))
	}
	return len(tokens) > 1 && tokens[0].is("CREATE") && (tokens[1].is("FUNCTION") || tokens[1].is("PROCEDURE"))
}

// refuseTransactions refuses statements that would end the transaction in
// which the revision runs, and with it the promise that it happens whole or
// not at all. Savepoints are the user's own affair.
func refuseTransactions(s ddl.Statement) error {
	tokens := tokenize(s.SQL)
	word := func(i int, list ...string) bool {
		for _, w := range list {
			if i < len(tokens) && tokens[i].is(w) {
				return true
			}
		}
		return false
	}
	switch {
	case word(0, "BEGIN", "COMMIT", "END", "ABORT"):
	case word(0, "START", "PREPARE") && word(1, "TRANSACTION"):
	case word(0, "ROLLBACK") && !word(1, "TO") && !(word(1, "WORK", "TRANSACTION") && word(2, "TO")):
	default:
		return nil
	}
	return fmt.Errorf("line %d, column %d: %s does not belong in a revision, which runs in a transaction of its own; leave it out",
		s.Line, s.Column, strings.ToUpper(tokens[0].text))
}
