package mysql

import (
	"fmt"
	"strings"
)

// cursor walks over the tokens of a piece of SQL.
type cursor struct {
	mode
	sql    string
	tokens []token
	at     int
}

func newCursor(m mode, sql string) (*cursor, error) {
	tokens, err := m.tokenize(sql)
	return &cursor{mode: m, sql: sql, tokens: tokens}, err
}

func (c *cursor) done() bool { return c.at >= len(c.tokens) }

// peek returns the next token, or an empty one at the end.
func (c *cursor) peek() token {
	if c.done() {
		return token{kind: tokenSign, start: len(c.sql), end: len(c.sql)}
	}
	return c.tokens[c.at]
}

// next takes one token, whatever it is.
func (c *cursor) next() token {
	t := c.peek()
	if !c.done() {
		c.at++
	}
	return t
}

// accept takes the next tokens if they are those words, and says whether.
func (c *cursor) accept(words ...string) bool {
	for i, word := range words {
		if c.at+i >= len(c.tokens) || !c.tokens[c.at+i].is(word) {
			return false
		}
	}
	c.at += len(words)
	return true
}

func (c *cursor) unexpected(want string) error {
	return fmt.Errorf("at byte %d: %s was expected, not %q", c.peek().start, want, c.peek().text)
}

// name takes a name, quoted or not.
func (c *cursor) name() (string, error) {
	t := c.peek()
	if c.done() || t.kind != tokenWord && t.kind != tokenName {
		return "", c.unexpected("a name")
	}
	c.at++
	return c.value(t), nil
}

// group takes what stands in parentheses and returns a cursor over the inside.
func (c *cursor) group() (*cursor, error) {
	if !c.peek().is("(") {
		return nil, c.unexpected("(")
	}
	end := closing(c.tokens, c.at)
	if end >= len(c.tokens) {
		return nil, fmt.Errorf("the ( at byte %d is not closed", c.peek().start)
	}
	inner := &cursor{mode: c.mode, sql: c.sql, tokens: c.tokens[c.at+1 : end]}
	c.at = end + 1
	return inner, nil
}

// closing returns the index of the parenthesis that closes the one at i, or
// the number of tokens.
func closing(tokens []token, i int) int {
	depth := 0
	for ; i < len(tokens); i++ {
		switch {
		case tokens[i].is("("):
			depth++
		case tokens[i].is(")"):
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return i
}

// elements splits the tokens at commas that are in no parentheses.
func (c *cursor) elements() []*cursor {
	var list []*cursor
	from := 0
	for i := 0; i <= len(c.tokens); i++ {
		switch {
		case i == len(c.tokens) || c.tokens[i].is(","):
			if i > from {
				list = append(list, &cursor{mode: c.mode, sql: c.sql, tokens: c.tokens[from:i]})
			}
			from = i + 1
		case c.tokens[i].is("("):
			i = min(closing(c.tokens, i), len(c.tokens)-1)
		}
	}
	return list
}

// text returns the SQL from the token at index from up to, not including, the
// one at index to. A comment for some versions of the server that opens in it
// is closed, though no token stands behind its end.
func (c *cursor) text(from, to int) string {
	if from >= to {
		return ""
	}
	text := c.sql[c.tokens[from].start:c.tokens[to-1].end]
	opens := false
	for i := from + 1; i < to; i++ {
		gap := c.sql[c.tokens[i-1].end:c.tokens[i].start]
		opens = (opens || strings.Contains(gap, "/*!") || strings.Contains(gap, "/*M!")) && !strings.HasSuffix(strings.TrimSpace(gap), "*/")
	}
	if opens {
		text += " */"
	}
	return text
}

// all returns the SQL of all tokens.
func (c *cursor) all() string { return c.text(0, len(c.tokens)) }
