package sqlite

import (
	"fmt"
	"strings"
)

// cursor walks over the tokens of one statement.
type cursor struct {
	sql    string
	tokens []token
	at     int
}

func newCursor(sql string) (*cursor, error) {
	tokens, err := tokenize(sql)
	return &cursor{sql: sql, tokens: tokens}, err
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

// last returns the token that was taken last.
func (c *cursor) last() token { return c.tokens[c.at-1] }

// gap returns what stands between the last token that was taken and the next:
// blanks and comments.
func (c *cursor) gap() string {
	from := 0
	if c.at > 0 {
		from = c.last().end
	}
	return c.sql[from:c.peek().start]
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

func (c *cursor) expect(words ...string) error {
	if c.accept(words...) {
		return nil
	}
	return fmt.Errorf("at byte %d: %s was expected, not %q", c.peek().start, strings.Join(words, " "), c.peek().text)
}

// name takes a name, quoted or not. SQLite takes strings for names too.
func (c *cursor) name() (string, error) {
	t := c.peek()
	if c.done() || t.kind != tokenWord && t.kind != tokenName && t.kind != tokenString {
		return "", fmt.Errorf("at byte %d: a name was expected, not %q", t.start, t.text)
	}
	c.at++
	return t.value(), nil
}

// parens takes a text in parentheses and returns what is inside.
func (c *cursor) parens() (string, error) {
	if !c.peek().is("(") {
		return "", c.expect("(")
	}
	end := closing(c.tokens, c.at)
	if end >= len(c.tokens) {
		return "", fmt.Errorf("the ( at byte %d is not closed", c.peek().start)
	}
	open := c.at
	c.at = end + 1
	if end == open+1 {
		return "", nil
	}
	// From token to token: a comment before the parenthesis would swallow
	// whatever is written behind the text.
	return c.sql[c.tokens[open+1].start:c.tokens[end-1].end], nil
}

// names takes a list of names in parentheses.
func (c *cursor) names() ([]string, error) {
	if err := c.expect("("); err != nil {
		return nil, err
	}
	var list []string
	for {
		name, err := c.name()
		if err != nil {
			return nil, err
		}
		list = append(list, name)
		// SQLite's grammar lets a collation and an order stand here and
		// ignores them.
		for !c.done() && !c.peek().is(",") && !c.peek().is(")") {
			c.at++
		}
		if !c.accept(",") {
			return list, c.expect(")")
		}
	}
}

// text returns the statement's text from the token at index from to the last
// one taken.
func (c *cursor) text(from int) string {
	if from >= c.at {
		return ""
	}
	return c.sql[c.tokens[from].start:c.tokens[c.at-1].end]
}
