package sqlite

import (
	"fmt"
	"strings"
)

// parseTable takes a CREATE TABLE statement apart, by the grammar at
// https://sqlite.org/lang_createtable.html.
func parseTable(sql string) (tableDef, error) {
	c, err := newCursor(sql)
	if err != nil {
		return tableDef{}, err
	}
	if err := c.expect("CREATE"); err != nil {
		return tableDef{}, err
	}
	if !c.accept("TEMP") {
		c.accept("TEMPORARY")
	}
	if err := c.expect("TABLE"); err != nil {
		return tableDef{}, err
	}
	c.accept("IF", "NOT", "EXISTS")
	var d tableDef
	if d.name, err = c.name(); err != nil {
		return tableDef{}, err
	}
	if c.accept(".") {
		if d.name, err = c.name(); err != nil {
			return tableDef{}, err
		}
	}
	d.nameText = c.last().text
	nameEnd := c.last().end
	if err := c.expect("("); err != nil {
		return tableDef{}, err
	}
	after, lead := splitGap(c.gap())
	d.head = sql[nameEnd:c.last().end] + after
	if strings.TrimSpace(lead) == "" {
		d.head, lead = d.head+lead, ""
	}
	if err := c.tableBody(&d, lead); err != nil {
		return tableDef{}, err
	}
	from := c.at
	d.tail += c.gap()
	c.at = len(c.tokens)
	d.options = strings.TrimSuffix(c.text(from), ";")
	if d.options == "" {
		d.tail = strings.TrimRight(d.tail, " \t\r\n\f")
	}
	return d, nil
}

// tableBody takes the definitions and the closing parenthesis. The first one
// has lead before it.
func (c *cursor) tableBody(d *tableDef, lead string) error {
	for {
		var around *around
		if c.atTableConstraint() {
			x, err := c.tableConstraint()
			if err != nil {
				return err
			}
			d.constraints = append(d.constraints, x)
			around = &d.constraints[len(d.constraints)-1].around
		} else {
			column, err := c.columnDef()
			if err != nil {
				return err
			}
			d.columns = append(d.columns, column)
			around = &d.columns[len(d.columns)-1].around
		}
		around.lead, around.written = lead, true
		gap := c.gap()
		switch {
		case c.accept(")"):
			around.after, d.tail = splitGap(gap)
			d.tail += ")"
			return nil
		case c.accept(","):
			around.before = gap
			gap = c.gap()
		case !c.atTableConstraint(): // between those the comma may be left out
			return c.expect(",")
		}
		around.after, lead = splitGap(gap)
	}
}

func (c *cursor) atTableConstraint() bool {
	next := c.peek()
	for _, word := range []string{"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"} {
		if next.is(word) {
			return true
		}
	}
	return false
}

func (c *cursor) tableConstraint() (constraintDef, error) {
	from := c.at
	name, err := c.constraintName()
	if err != nil {
		return constraintDef{}, err
	}
	x := constraintDef{name: name}
	switch {
	case c.atNameAlone(name):
		x.kind = emptyConstraint
	case c.accept("PRIMARY", "KEY"):
		x.kind = primaryKeyConstraint
		x.parts, x.autoIncrement, err = c.keyParts()
		c.conflictClause()
	case c.accept("UNIQUE"):
		x.kind = uniqueConstraint
		x.parts, _, err = c.keyParts()
		x.conflict = c.conflictClause()
	case c.accept("CHECK"):
		x.kind = checkConstraint
		x.expr, err = c.parens()
		c.conflictClause()
	case c.accept("FOREIGN", "KEY"):
		x.kind = foreignKeyConstraint
		var columns []string
		if columns, err = c.names(); err == nil {
			for _, column := range columns {
				x.parts = append(x.parts, keyPart{expr: quoteName(column), column: column})
			}
			err = c.references(&x)
		}
	default:
		err = fmt.Errorf("at byte %d: a table constraint was expected, not %q", c.peek().start, c.peek().text)
	}
	x.text = c.text(from)
	return x, err
}

func (c *cursor) constraintName() (string, error) {
	if !c.accept("CONSTRAINT") {
		return "", nil
	}
	return c.name()
}

// atNameAlone reports whether the name that was taken is no constraint's:
// SQLite's grammar lets CONSTRAINT and a name stand alone.
func (c *cursor) atNameAlone(name string) bool {
	return name != "" && (c.peek().is(",") || c.peek().is(")") || c.peek().is("CONSTRAINT"))
}

// conflictClause takes ON CONFLICT and what is to be done, and returns it in
// capitals, or "" where it says no more than its absence.
func (c *cursor) conflictClause() string {
	if !c.accept("ON", "CONFLICT") {
		return ""
	}
	if c.accept("ABORT") {
		return ""
	}
	return "ON CONFLICT " + strings.ToUpper(c.next().text)
}

// keyParts takes the list of a key or an index. AUTOINCREMENT may stand at the
// end of a table's key.
func (c *cursor) keyParts() (parts []keyPart, autoIncrement bool, err error) {
	if err := c.expect("("); err != nil {
		return nil, false, err
	}
	for {
		part, err := c.keyPart()
		if err != nil {
			return nil, false, err
		}
		parts = append(parts, part)
		if c.accept(",") {
			continue
		}
		autoIncrement = c.accept("AUTOINCREMENT")
		return parts, autoIncrement, c.expect(")")
	}
}

// keyPart takes an expression up to the comma or parenthesis that ends it, and
// splits off what follows the expression: COLLATE, ASC, DESC, NULLS.
func (c *cursor) keyPart() (keyPart, error) {
	from := c.at
	for !c.done() && !c.peek().is(",") && !c.peek().is(")") && !c.peek().is("AUTOINCREMENT") {
		if c.peek().is("(") {
			c.at = closing(c.tokens, c.at)
		}
		c.next()
	}
	c.at = min(c.at, len(c.tokens))
	tokens := c.tokens[from:c.at]
	var part keyPart
	if n := len(tokens); n >= 3 && tokens[n-2].is("NULLS") {
		part.nulls = strings.ToLower(tokens[n-1].text)
		tokens = tokens[:n-2]
	}
	if n := len(tokens); n >= 2 && (tokens[n-1].is("DESC") || tokens[n-1].is("ASC")) {
		part.desc = tokens[n-1].is("DESC")
		tokens = tokens[:n-1]
	}
	if n := len(tokens); n >= 3 && tokens[n-2].is("COLLATE") {
		part.collate = tokens[n-1].value()
		tokens = tokens[:n-2]
	}
	if len(tokens) == 0 {
		return keyPart{}, fmt.Errorf("at byte %d: a column was expected, not %q", c.peek().start, c.peek().text)
	}
	part.expr = c.sql[tokens[0].start:tokens[len(tokens)-1].end]
	if len(tokens) == 1 {
		switch tokens[0].kind {
		case tokenWord, tokenName, tokenString:
			part.column = tokens[0].value()
		}
	}
	return part, nil
}

// references takes what follows a foreign key's own columns.
func (c *cursor) references(x *constraintDef) (err error) {
	if err := c.expect("REFERENCES"); err != nil {
		return err
	}
	if x.refTable, err = c.name(); err != nil {
		return err
	}
	if c.peek().is("(") {
		if x.refColumns, err = c.names(); err != nil {
			return err
		}
	}
	for {
		switch {
		case c.accept("ON", "DELETE"):
			x.onDelete = c.action()
		case c.accept("ON", "UPDATE"):
			x.onUpdate = c.action()
		case c.accept("MATCH"):
			c.next()
		case c.accept("ON", "INSERT"):
			c.action() // in the grammar and without effect
		case c.atDeferrable():
			x.deferrable = c.deferrable()
		default:
			return nil
		}
	}
}

func (c *cursor) action() string {
	for _, words := range [][]string{{"SET", "NULL"}, {"SET", "DEFAULT"}, {"NO", "ACTION"}} {
		if c.accept(words...) {
			return strings.Join(words, " ")
		}
	}
	return strings.ToUpper(c.next().text)
}

func (c *cursor) atDeferrable() bool {
	return c.peek().is("DEFERRABLE") || c.peek().is("NOT") && c.at+1 < len(c.tokens) && c.tokens[c.at+1].is("DEFERRABLE")
}

func (c *cursor) deferrable() string {
	text := ""
	if c.accept("NOT") {
		text = "NOT "
	}
	c.accept("DEFERRABLE")
	text += "DEFERRABLE"
	if c.accept("INITIALLY") {
		text += " INITIALLY " + strings.ToUpper(c.next().text)
	}
	return text
}
