package sqlite

// indexDef is a stored CREATE INDEX statement taken apart.
type indexDef struct {
	name   string
	table  string
	unique bool
	parts  []keyPart
	where  string
	sql    string
	// nameStart and nameEnd are where the name stands in sql.
	nameStart, nameEnd int
}

// parseIndex takes a CREATE INDEX statement apart, by the grammar at
// https://sqlite.org/lang_createindex.html.
func parseIndex(sql string) (indexDef, error) {
	c, err := newCursor(sql)
	if err != nil {
		return indexDef{}, err
	}
	d := indexDef{sql: sql}
	if err := c.expect("CREATE"); err != nil {
		return indexDef{}, err
	}
	d.unique = c.accept("UNIQUE")
	if err := c.expect("INDEX"); err != nil {
		return indexDef{}, err
	}
	c.accept("IF", "NOT", "EXISTS")
	d.nameStart, d.nameEnd = c.peek().start, c.peek().end
	if d.name, err = c.name(); err != nil {
		return indexDef{}, err
	}
	if c.accept(".") {
		d.nameEnd = c.peek().end
		if d.name, err = c.name(); err != nil {
			return indexDef{}, err
		}
	}
	if err := c.expect("ON"); err != nil {
		return indexDef{}, err
	}
	if d.table, err = c.name(); err != nil {
		return indexDef{}, err
	}
	if d.parts, _, err = c.keyParts(); err != nil {
		return indexDef{}, err
	}
	if c.accept("WHERE") {
		from := c.at
		c.at = len(c.tokens)
		d.where = c.text(from)
	}
	return d, nil
}
