package mysql

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// splitStatements splits SQL at its semicolons, those inside the body of a
// trigger, procedure, function or event excepted, and says where each statement
// begins.
func (m mode) splitStatements(sql string) ([]ddl.Statement, error) {
	tokens, err := m.tokenize(sql)
	if err != nil {
		return nil, err
	}
	var list []ddl.Statement
	from := 0
	flush := func(end int) error {
		if from < end {
			s := m.statement(sql, tokens[from:end])
			if err := refuseStatement(s, tokens[from:end]); err != nil {
				return err
			}
			list = append(list, s)
		}
		from = end + 1
		return nil
	}
	depth, hasBody := 0, false
	for i, t := range tokens {
		if i == from {
			depth, hasBody = 0, false
		}
		hasBody = hasBody || isRoutine(tokens[from:i+1])
		switch {
		case t.is(";") && depth == 0:
			if err := flush(i); err != nil {
				return nil, err
			}
		case hasBody:
			depth += nesting(tokens, i)
		}
	}
	if err := flush(len(tokens)); err != nil {
		return nil, err
	}
	return list, nil
}

// changesRows reports whether SQL is statements that read and change rows and
// nothing else. What they call changes no table or view either: no function or
// trigger may.
func (m mode) changesRows(sql string) bool {
	list, err := m.splitStatements(sql)
	if err != nil {
		return false
	}
	for _, s := range list {
		tokens, err := m.tokenize(s.SQL)
		if err != nil || strings.HasPrefix(s.SQL, "/*") || !tokens[0].isAny("INSERT", "UPDATE", "DELETE", "REPLACE", "SELECT", "WITH") {
			return false
		}
	}
	return true
}

// statement returns the text with a comment such as /*!50003 … */ whole, whose
// beginning and end are no tokens.
func (m mode) statement(sql string, tokens []token) ddl.Statement {
	start, end := tokens[0].start, tokens[len(tokens)-1].end
	before := strings.TrimRight(sql[:start], " \t\r\n")
	if at := strings.LastIndex(before, "/*"); at >= 0 && (strings.HasPrefix(before[at:], "/*!") || strings.HasPrefix(before[at:], "/*M!")) &&
		strings.Trim(before[at:], "/*!M0123456789") == "" {
		start = at
	}
	if rest := strings.TrimLeft(sql[end:], " \t\r\n"); strings.HasPrefix(rest, "*/") {
		end = len(sql) - len(rest) + 2
	}
	line, column := ddl.Position(sql, start)
	return ddl.Statement{SQL: sql[start:end], Line: line, Column: column}
}

// isRoutine reports whether the tokens end with the word that says that a body
// follows, in a CREATE statement: CREATE OR REPLACE DEFINER = `a`@`b` TRIGGER.
func isRoutine(tokens []token) bool {
	c := cursor{tokens: tokens}
	if !c.accept("CREATE") {
		return false
	}
	c.accept("OR", "REPLACE")
	if c.accept("DEFINER", "=") {
		c.next()
		if c.accept("@") {
			c.next()
		}
		if c.accept("(") {
			c.accept(")")
		}
	}
	c.accept("AGGREGATE")
	return c.at == len(tokens)-1 && c.peek().isAny("TRIGGER", "PROCEDURE", "FUNCTION", "EVENT")
}

// nesting returns how a token changes the depth of blocks. IF, LOOP, REPEAT and
// WHILE end with two words; what is inside them stands inside a BEGIN.
func nesting(tokens []token, i int) int {
	next, last := token{}, token{}
	if i+1 < len(tokens) {
		next = tokens[i+1]
	}
	if i > 0 {
		last = tokens[i-1]
	}
	switch t := tokens[i]; {
	case t.is("BEGIN"), t.is("CASE") && !last.is("END"):
		return 1
	case t.is("END") && !next.isAny("IF", "LOOP", "REPEAT", "WHILE", "FOR"):
		return -1
	}
	return 0
}

// refuseStatement refuses what would pull the ground from under a revision: the
// end of a transaction that is not its own, another database, a lock on tables.
func refuseStatement(s ddl.Statement, tokens []token) error {
	c := cursor{tokens: tokens}
	words := strings.ToUpper(c.peek().text)
	why := "a revision runs without a transaction here, and the tool keeps its own books between the steps"
	switch {
	case c.accept("BEGIN") && !c.accept("NOT"), c.accept("COMMIT"), c.accept("XA"):
	case c.accept("START", "TRANSACTION"):
		words = "START TRANSACTION"
	case c.accept("ROLLBACK"):
		if c.accept("TO") || c.accept("WORK", "TO") {
			return nil
		}
	case c.accept("SET", "AUTOCOMMIT"), c.accept("SET", "SESSION", "AUTOCOMMIT"):
		words = "SET AUTOCOMMIT"
	case c.accept("LOCK"), c.accept("UNLOCK"):
		words, why = words+" TABLES", "the steps after it would find the tables locked"
	case c.accept("USE"):
		why = "the steps after it would run in another database; write database.table instead"
	case c.accept("DELIMITER"):
		why = "it is a command of the mysql client and no SQL; bodies of triggers and routines need none here"
	default:
		return nil
	}
	return fmt.Errorf("line %d, column %d: %s does not belong in a revision: %s; leave it out", s.Line, s.Column, words, why)
}
