package mysql

import (
	"context"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// definition is a table as SHOW CREATE TABLE shows it.
type definition struct {
	// table has all unique keys among its indexes, and the names of other
	// tables as they are shown.
	table op.Table
	// lines are the definitions of columns, without the names, and of keys and
	// constraints, with them, by folded name.
	columns, keys, constraints map[string]string
	// updated are the columns with ON UPDATE.
	updated []string
}

// readDefinition asks for one table.
func readDefinition(ctx context.Context, q ddl.Querier, s server, name string) (definition, error) {
	var shown, text string
	query := "SHOW CREATE TABLE " + quoteTable(name)
	if s.isMaria && s.plainBackslash {
		// MariaDB shows strings in expressions with backslashes in every mode,
		// and then nobody can tell where they end.
		query = "SET STATEMENT sql_mode = '' FOR " + query
		s.mode = mode{}
	}
	if err := q.QueryRowContext(ctx, query).Scan(&shown, &text); err != nil {
		return definition{}, fmt.Errorf("reading table %q: %w", name, err)
	}
	d, err := s.parseTable(text)
	if err != nil {
		return definition{}, fmt.Errorf("reading the definition of table %q: %w", name, err)
	}
	d.table.Name = name
	return d, nil
}

// parseTable reads the answer of SHOW CREATE TABLE. It is made for that text,
// which is regular, and not for what people write.
func (s server) parseTable(text string) (definition, error) {
	d := definition{columns: map[string]string{}, keys: map[string]string{}, constraints: map[string]string{}}
	c, err := newCursor(s.mode, text)
	if err != nil {
		return d, err
	}
	for !c.done() && !c.peek().is("(") {
		t := c.next()
		if t.kind == tokenName || t.kind == tokenWord {
			d.table.Name = c.value(t)
		}
	}
	body, err := c.group()
	if err != nil {
		return d, err
	}
	for _, element := range body.elements() {
		if err := s.parseElement(&d, element); err != nil {
			return d, err
		}
	}
	d.parseOptions(c)
	return d, nil
}

func (s server) parseElement(d *definition, c *cursor) error {
	switch first := c.peek(); {
	case first.kind == tokenName:
		return s.parseColumn(d, c)
	case c.accept("PRIMARY", "KEY"):
		x, err := c.index()
		d.table.PrimaryKey = x.Columns
		return err
	case first.isAny("UNIQUE", "KEY", "INDEX", "FULLTEXT", "SPATIAL"):
		return d.parseKey(c)
	case first.is("CONSTRAINT"):
		return s.parseConstraint(d, c)
	case first.is("PERIOD"):
		return nil // a system-versioned table keeps its own books
	default:
		return s.parseColumn(d, c)
	}
}

func (d *definition) parseKey(c *cursor) error {
	var class string
	unique := false
	switch {
	case c.accept("UNIQUE"):
		unique = true
	case c.peek().isAny("FULLTEXT", "SPATIAL"):
		class = strings.ToUpper(c.next().text)
	}
	c.next() // KEY
	name, err := c.name()
	if err != nil {
		return err
	}
	x, err := c.index()
	if err != nil {
		return err
	}
	x.Name, x.Unique, x.Class = name, unique, class
	if class == "SPATIAL" {
		for i := range x.Columns {
			x.Columns[i].Length = 0 // an inner matter of the index
		}
	}
	d.table.Indexes = append(d.table.Indexes, x)
	d.keys[fold(name)] = c.all()
	return nil
}

// index takes the parts of a key and what follows them.
func (c *cursor) index() (op.Index, error) {
	var x op.Index
	inner, err := c.group()
	if err != nil {
		return x, err
	}
	for _, e := range inner.elements() {
		var part op.KeyPart
		if e.peek().is("(") {
			expr, err := e.group()
			if err != nil {
				return x, err
			}
			part.Expr = expr.all()
		} else {
			if part.Column, err = e.name(); err != nil {
				return x, err
			}
			if length, err := e.group(); err == nil {
				_, _ = fmt.Sscan(length.all(), &part.Length)
			}
		}
		part.Desc = e.accept("DESC")
		x.Columns = append(x.Columns, part)
	}
	var rest []string
	for !c.done() {
		switch {
		case c.accept("USING"):
			x.Method = strings.ToUpper(c.next().text)
		case c.accept("COMMENT"):
			x.Comment = c.value(c.next())
		default:
			rest = append(rest, c.next().text)
		}
	}
	x.Options = strings.Join(rest, " ")
	if x.Method == "BTREE" {
		x.Method = "" // what every index is
	}
	return x, nil
}

func (s server) parseConstraint(d *definition, c *cursor) error {
	c.next()
	name, err := c.name()
	if err != nil {
		return err
	}
	d.constraints[fold(name)] = c.all()
	switch {
	case c.accept("CHECK"):
		expr, err := c.group()
		if err != nil {
			return err
		}
		check := op.Check{Name: name, Expr: expr.all()}
		if c.accept("NOT", "ENFORCED") {
			check.Expr += " /* NOT ENFORCED */" // no word says that, so it equals none
		}
		d.table.Checks = append(d.table.Checks, check)
	case c.accept("FOREIGN", "KEY"):
		k, err := s.parseForeignKey(c)
		if err != nil {
			return err
		}
		k.Name = name
		d.table.ForeignKeys = append(d.table.ForeignKeys, k)
	}
	return nil
}

func (s server) parseForeignKey(c *cursor) (op.ForeignKey, error) {
	var k op.ForeignKey
	x, err := (&cursor{mode: c.mode, sql: c.sql, tokens: c.tokens[c.at : closing(c.tokens, c.at)+1]}).index()
	if err != nil {
		return k, err
	}
	c.at = closing(c.tokens, c.at) + 1
	if !c.accept("REFERENCES") {
		return k, c.unexpected("REFERENCES")
	}
	if k.RefTable, err = c.name(); err != nil {
		return k, err
	}
	if c.accept(".") {
		table, err := c.name()
		if err != nil {
			return k, err
		}
		k.RefTable += "." + table
	}
	y, err := (&cursor{mode: c.mode, sql: c.sql, tokens: c.tokens[c.at : closing(c.tokens, c.at)+1]}).index()
	if err != nil {
		return k, err
	}
	c.at = closing(c.tokens, c.at) + 1
	for _, part := range x.Columns {
		k.Columns = append(k.Columns, part.Column)
	}
	for _, part := range y.Columns {
		k.RefColumns = append(k.RefColumns, part.Column)
	}
	for !c.done() {
		switch {
		case c.accept("ON", "DELETE"):
			k.OnDelete = c.action()
		case c.accept("ON", "UPDATE"):
			k.OnUpdate = c.action()
		default:
			c.next()
		}
	}
	return k, nil
}

// action takes a referential action.
func (c *cursor) action() string {
	for _, words := range [][]string{{"SET", "NULL"}, {"SET", "DEFAULT"}, {"NO", "ACTION"}, {"CASCADE"}, {"RESTRICT"}} {
		if c.accept(words...) {
			return strings.Join(words, " ")
		}
	}
	return ""
}

// parseOptions reads what follows the closing parenthesis. The counter of
// AUTO_INCREMENT is data and no option.
func (d *definition) parseOptions(c *cursor) {
	var list []string
	for !c.done() {
		if c.peek().isAny("PARTITION") {
			list = append(list, c.text(c.at, len(c.tokens)))
			break
		}
		from := c.at
		c.accept("DEFAULT")
		key := strings.ToUpper(c.next().text)
		if c.accept("SET") {
			key = "CHARSET"
		}
		c.accept("=")
		value := c.next()
		switch key {
		case "AUTO_INCREMENT":
		case "COMMENT":
			d.table.Comment = c.value(value)
		default:
			list = append(list, c.text(from, c.at))
		}
	}
	d.table.Options = strings.Join(list, " ")
}
