package sqlite

import "fmt"

// columnDef takes one column definition: a name, a type, constraints.
func (c *cursor) columnDef() (columnDef, error) {
	from := c.at
	name, err := c.name()
	if err != nil {
		return columnDef{}, err
	}
	d := columnDef{name: name, nameText: c.last().text, typeLead: c.gap()}
	typeFrom := c.at
	for !c.done() && !c.atColumnEnd() && !c.atColumnConstraint() {
		if c.peek().is("(") {
			if _, err := c.parens(); err != nil {
				return columnDef{}, err
			}
			continue
		}
		c.at++
	}
	if d.typeText = c.text(typeFrom); d.typeText == "" {
		d.typeLead = ""
	}
	for !c.done() && !c.atColumnEnd() {
		lead := c.gap()
		x, err := c.columnConstraint()
		if err != nil {
			return columnDef{}, fmt.Errorf("column %q: %w", name, err)
		}
		x.lead = lead
		if x.kind == deferrableConstraint {
			deferLast(d.constraints, x.deferrable)
		}
		d.constraints = append(d.constraints, x)
	}
	d.text = c.text(from)
	return d, nil
}

// deferLast puts a clause that stands by itself, after other constraints, to
// the foreign key before it.
func deferLast(list []constraintDef, clause string) {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].kind == foreignKeyConstraint {
			list[i].deferrable = clause
			return
		}
	}
}

func (c *cursor) atColumnEnd() bool { return c.peek().is(",") || c.peek().is(")") }

func (c *cursor) atColumnConstraint() bool {
	next := c.peek()
	for _, word := range []string{
		"CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS",
		"DEFERRABLE",
	} {
		if next.is(word) {
			return true
		}
	}
	return false
}

func (c *cursor) columnConstraint() (constraintDef, error) {
	from := c.at
	name, err := c.constraintName()
	if err != nil {
		return constraintDef{}, err
	}
	x := constraintDef{name: name}
	switch {
	case c.atNameAlone(name):
		x.kind = emptyConstraint
	case c.atDeferrable():
		x.kind = deferrableConstraint
		x.deferrable = c.deferrable()
	case c.accept("PRIMARY", "KEY"):
		x.kind = primaryKeyConstraint
		part := keyPart{}
		if c.accept("DESC") {
			part.desc = true
		} else {
			c.accept("ASC")
		}
		x.parts = []keyPart{part}
		c.conflictClause()
		x.autoIncrement = c.accept("AUTOINCREMENT")
	case c.accept("NOT", "NULL"):
		x.kind = notNullConstraint
		x.conflict = c.conflictClause()
	case c.accept("NULL"):
		x.kind = nullConstraint
		c.conflictClause()
	case c.accept("UNIQUE"):
		x.kind = uniqueConstraint
		x.conflict = c.conflictClause()
	case c.accept("CHECK"):
		x.kind = checkConstraint
		x.expr, err = c.parens()
	case c.accept("DEFAULT"):
		x.kind = defaultConstraint
		x.expr, err = c.defaultValue()
	case c.accept("COLLATE"):
		x.kind = collateConstraint
		x.expr, err = c.name()
	case c.peek().is("REFERENCES"):
		x.kind = foreignKeyConstraint
		err = c.references(&x)
	case c.accept("GENERATED", "ALWAYS", "AS"), c.accept("AS"):
		x.kind = generatedConstraint
		if x.expr, err = c.parens(); err == nil {
			x.stored = c.accept("STORED")
			if !x.stored {
				c.accept("VIRTUAL")
			}
		}
	default:
		err = fmt.Errorf("at byte %d: a column constraint was expected, not %q", c.peek().start, c.peek().text)
	}
	x.text = c.text(from)
	return x, err
}

// defaultValue takes the value after DEFAULT: an expression in parentheses, or
// one token with an optional sign before it.
func (c *cursor) defaultValue() (string, error) {
	from := c.at
	if c.peek().is("(") {
		_, err := c.parens()
		return c.text(from), err
	}
	if !c.accept("-") {
		c.accept("+")
	}
	if c.done() || c.atColumnEnd() {
		return "", fmt.Errorf("at byte %d: a default value was expected", c.peek().start)
	}
	c.at++
	return c.text(from), nil
}
