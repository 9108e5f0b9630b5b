package sqlite

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// splitStatements splits SQL at its semicolons, those inside the body of a
// trigger excepted, and says where each statement begins.
func splitStatements(sql string) ([]ddl.Statement, error) {
	tokens, err := tokenize(sql)
	if err != nil {
		return nil, err
	}
	var list []ddl.Statement
	from := 0
	flush := func(end int) {
		if from < end {
			start := tokens[from].start
			line, column := ddl.Position(sql, start)
			list = append(list, ddl.Statement{SQL: sql[start:tokens[end-1].end], Line: line, Column: column})
		}
		from = end + 1
	}
	for i, t := range tokens {
		if t.is(";") && (!isTrigger(tokens[from:i]) || endsBody(tokens[from:i])) {
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

// endsBody reports whether the tokens end with the END of a trigger's body,
// which stands behind a semicolon; the END of a CASE does not, nor a column of
// that name. SQLite's own shell tells them apart so
// (https://sqlite.org/c3ref/complete.html).
func endsBody(tokens []token) bool {
	n := len(tokens)
	return n >= 2 && tokens[n-1].is("END") && tokens[n-2].is(";")
}

func isTrigger(tokens []token) bool {
	c := cursor{tokens: tokens}
	if !c.accept("CREATE") {
		return false
	}
	if !c.accept("TEMP") {
		c.accept("TEMPORARY")
	}
	return c.accept("TRIGGER")
}

// refuseTransactions refuses statements that would end the transaction in
// which the revision runs, and with it the promise that it happens whole or
// not at all.
func refuseTransactions(s ddl.Statement) error {
	tokens, err := tokenize(s.SQL)
	if err != nil {
		return err
	}
	c := cursor{tokens: tokens}
	word := strings.ToUpper(c.peek().text)
	switch {
	case c.accept("BEGIN"), c.accept("COMMIT"), c.accept("END"):
	case c.accept("ROLLBACK") && !c.accept("TO") && !c.accept("TRANSACTION", "TO"):
	default:
		return nil
	}
	return fmt.Errorf("line %d, column %d: %s does not belong in a revision, which runs in a transaction of its own; leave it out", s.Line, s.Column, word)
}
