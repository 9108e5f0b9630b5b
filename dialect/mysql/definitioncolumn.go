package mysql

import (
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// parseColumn reads the line of one column. Attributes that package op has no
// word for, such as INVISIBLE or a check of the column's own, become part of
// the type's text: there they are compared, and written again when the column
// is.
func (s server) parseColumn(d *definition, c *cursor) error {
	name, err := c.name()
	if err != nil {
		return err
	}
	column := op.Column{Name: name}
	d.columns[fold(name)] = c.text(c.at, len(c.tokens))
	normal, _ := c.typeName().normal()
	var extra []string
	updated, charset := "", ""
	for !c.done() {
		from := c.at
		switch {
		case c.accept("NOT", "NULL"):
			column.NotNull = true
		case c.accept("NULL"):
		case c.accept("AUTO_INCREMENT"):
			column.AutoIncrement = true
		case c.accept("CHARACTER", "SET"), c.accept("CHARSET"):
			charset = fold(c.value(c.next()))
		case c.accept("COLLATE"):
			column.Collate = c.value(c.next())
		case c.accept("COMMENT"):
			column.Comment = c.value(c.next())
		case c.accept("DEFAULT"):
			column.Default = c.defaultValue(normal)
		case c.accept("ON", "UPDATE"):
			updated = c.term()
		case c.accept("GENERATED", "ALWAYS", "AS"), c.accept("AS"):
			expr, err := c.group()
			if err != nil {
				return err
			}
			column.Generated = op.Generated{Expr: expr.all(), Stored: c.accept("STORED") || c.accept("PERSISTENT")}
			c.accept("VIRTUAL")
		// No server shows the next two so; people write them.
		case c.accept("PRIMARY", "KEY"), c.accept("KEY"):
			d.table.PrimaryKey = op.Columns(name)
		case c.accept("UNIQUE", "KEY"), c.accept("UNIQUE"):
			d.table.Indexes = append(d.table.Indexes, op.Index{Name: name, Unique: true, Columns: op.Columns(name)})
		case c.accept("CHECK"):
			expr, err := c.group()
			if err != nil {
				return err
			}
			if s.isMaria && normal == "longtext" && isJSONCheck(expr.tokens, expr.value, name) {
				normal = "json"
				continue
			}
			extra = append(extra, c.text(from, c.at))
		default:
			extra = append(extra, c.term())
		}
	}
	if normal == "json" {
		column.Collate = ""
	} else if column.Collate == "" && charset != "" {
		column.Collate = charset // older servers leave out a charset's own collation
	}
	if updated != "" {
		d.updated = append(d.updated, name)
		if column.Default.IsZero() {
			column.Default = op.Expr("NULL")
		}
		column.Default = op.Expr(s.spellDefaultText(column.Default) + " ON UPDATE " + updated)
	}
	column.Type = op.Raw(strings.Join(append([]string{normal}, extra...), " "))
	d.table.Columns = append(d.table.Columns, column)
	return nil
}

// isJSONCheck recognises the check by which MariaDB knows JSON columns.
func isJSONCheck(tokens []token, value func(token) string, column string) bool {
	return len(tokens) == 4 && tokens[0].is("json_valid") && sameName(value(tokens[2]), column)
}

// term takes one operand: a literal, a word with its arguments, or a text in
// parentheses.
func (c *cursor) term() string {
	from := c.at
	if c.peek().isAny("+", "-") {
		c.next()
	}
	if c.peek().is("(") {
		c.at = min(closing(c.tokens, c.at)+1, len(c.tokens))
		return c.text(from, c.at)
	}
	t := c.next()
	switch {
	case t.kind == tokenWord && strings.HasPrefix(t.text, "_") && c.peek().kind == tokenString:
		c.next() // a string with its charset
	case t.kind == tokenWord && c.peek().is("("):
		c.at = min(closing(c.tokens, c.at)+1, len(c.tokens))
	}
	return c.text(from, c.at)
}

// defaultValue takes the value behind DEFAULT.
func (c *cursor) defaultValue(normal string) op.Default {
	from := c.at
	text := c.term()
	return c.toDefault(normal, text, c.tokens[from:c.at])
}

// toDefault says a default in words. What is neither a plain string nor a plain
// number is an expression; NULL is none.
func (m mode) toDefault(normal, text string, tokens []token) op.Default {
	if len(tokens) == 0 {
		return op.Default{}
	}
	first, last := tokens[0], tokens[len(tokens)-1]
	switch {
	case len(tokens) == 1 && first.is("NULL"):
		return op.Default{}
	case len(tokens) == 1 && first.kind == tokenString:
		return literal(normal, m.value(first))
	case len(tokens) <= 2 && last.kind == tokenNumber && (len(tokens) == 1 || first.isAny("-", "+")):
		return literal(normal, strings.TrimPrefix(text, "+"))
	case first.is("(") && closing(tokens, 0) == len(tokens)-1 && len(tokens) > 2:
		inner := tokens[1 : len(tokens)-1]
		start := first.start
		return op.Expr(text[inner[0].start-start : inner[len(inner)-1].end-start])
	}
	return op.Expr(text)
}

// literal returns a constant: a number where the column holds numbers, which
// MySQL shows in quotes.
func literal(normal, text string) op.Default {
	if isNumber(normal) && isDecimal(text) {
		return op.Default{Kind: op.DefaultNumber, Text: text}
	}
	return op.Literal(text)
}

// isDecimal reports whether the text is a number that package op can write.
func isDecimal(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	whole, fraction, found := strings.Cut(digits, ".")
	isDigits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return isDigits(whole) && (!found || isDigits(fraction)) && (len(whole) == 1 || whole[0] != '0')
}
