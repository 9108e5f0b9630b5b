package postgres

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// constraintWords begin a constraint of a column, so that a type or a default
// before them has ended.
var constraintWords = []string{
	"NOT", "NULL", "DEFAULT", "PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "GENERATED",
	"CONSTRAINT", "COLLATE", "STORAGE", "COMPRESSION", "DEFERRABLE", "INITIALLY",
}

func beginsConstraint(t token) bool {
	return t.kind == tokenWord && slices.Contains(constraintWords, strings.ToUpper(t.text))
}

// typeLength returns how many of the tokens are the type.
func typeLength(tokens []token) int {
	for i := 0; i < len(tokens); i++ {
		if tokens[i].is("(") {
			i = closing(tokens, i)
			continue
		}
		if i > 0 && beginsConstraint(tokens[i]) {
			return i
		}
	}
	return len(tokens)
}

// constraintParser reads the constraints behind the type of a column into its
// definition (https://www.postgresql.org/docs/current/sql-createtable.html,
// column_constraint). What it does not know, it passes over: the server will
// read the text itself.
type constraintParser struct {
	sql    string
	tokens []token
	table  string
	d      *columnDef
}

func (p *constraintParser) parse() {
	name := ""
	for len(p.tokens) > 0 {
		switch {
		case p.accept("CONSTRAINT"):
			name = p.identifier()
			continue
		case p.accept("NOT", "NULL"):
			p.d.notNull = true
		case p.accept("NULL"):
		case p.accept("COLLATE"):
			p.d.collate = p.qualifiedName()
		case p.accept("DEFAULT"):
			p.d.def = p.until(1)
		case p.accept("GENERATED"):
			p.generated()
		case p.accept("PRIMARY", "KEY"):
			p.d.brought.PrimaryKey, p.d.brought.PrimaryKeyName = op.Columns(p.d.word.Name), name
			p.d.notNull = true
			p.until(0)
		case p.accept("UNIQUE"):
			options := p.until(0)
			if name == "" {
				name = chosenName(p.table, p.d.word.Name, "key")
			}
			p.d.brought.Uniques = append(p.d.brought.Uniques, op.Unique{Name: name, Columns: op.Columns(p.d.word.Name), Options: options})
		case p.accept("CHECK"):
			if name == "" {
				name = chosenName(p.table, p.d.word.Name, "check")
			}
			expr := p.parenthesis()
			p.d.brought.Checks = append(p.d.brought.Checks, op.Check{Name: name, Expr: expr, Options: p.until(0)})
		case p.accept("REFERENCES"):
			if name == "" {
				name = chosenName(p.table, p.d.word.Name, "fkey")
			}
			p.d.brought.ForeignKeys = append(p.d.brought.ForeignKeys, p.reference(name))
		default:
			p.tokens = p.tokens[1:]
		}
		name = ""
	}
}

func (p *constraintParser) generated() {
	kind := ""
	switch {
	case p.accept("ALWAYS", "AS"):
		kind = "ALWAYS"
	case p.accept("BY", "DEFAULT", "AS"):
		kind = "BY DEFAULT"
	default:
		return
	}
	if p.accept("IDENTITY") {
		p.d.identity = kind
		if len(p.tokens) > 0 && p.tokens[0].is("(") {
			p.d.identityOptions = p.parenthesis()
		}
		return
	}
	p.d.generated = op.Generated{Expr: p.parenthesis()}
	p.d.generated.Stored = p.accept("STORED")
	p.accept("VIRTUAL")
}

func (p *constraintParser) reference(name string) op.ForeignKey {
	k := op.ForeignKey{Name: name, Columns: []string{p.d.word.Name}, RefTable: p.identifier()}
	if p.accept(".") {
		k.RefTable += "." + p.identifier()
	}
	if len(p.tokens) > 0 && p.tokens[0].is("(") {
		for _, t := range tokenize(p.parenthesis()) {
			if t.isIdentifier() {
				k.RefColumns = append(k.RefColumns, t.value())
			}
		}
	}
	for {
		switch {
		case p.accept("MATCH"):
			k.Match = strings.ToUpper(p.identifier())
		case p.accept("ON", "DELETE"):
			k.OnDelete = p.action()
		case p.accept("ON", "UPDATE"):
			k.OnUpdate = p.action()
		default:
			var clause []string
			for len(p.tokens) > 0 && (p.tokens[0].is("DEFERRABLE") || p.tokens[0].is("INITIALLY") || p.tokens[0].is("DEFERRED") || p.tokens[0].is("IMMEDIATE")) {
				clause = append(clause, strings.ToUpper(p.identifier()))
			}
			k.Deferrable = strings.Join(clause, " ")
			return k
		}
	}
}

func (p *constraintParser) action() string {
	switch {
	case p.accept("SET", "NULL"):
		return "SET NULL"
	case p.accept("SET", "DEFAULT"):
		return "SET DEFAULT"
	case p.accept("NO", "ACTION"):
		return ""
	}
	return strings.ToUpper(p.identifier())
}

// accept passes over the words where they come next.
func (p *constraintParser) accept(words ...string) bool {
	if len(p.tokens) < len(words) {
		return false
	}
	for i, w := range words {
		if !p.tokens[i].is(w) {
			return false
		}
	}
	p.tokens = p.tokens[len(words):]
	return true
}

func (p *constraintParser) identifier() string {
	if len(p.tokens) == 0 {
		return ""
	}
	value := p.tokens[0].value()
	p.tokens = p.tokens[1:]
	return value
}

// qualifiedName returns the text of a name, with its schema if it has one.
func (p *constraintParser) qualifiedName() string {
	n := min(1, len(p.tokens))
	for n+1 < len(p.tokens) && p.tokens[n].is(".") {
		n += 2
	}
	text := between(p.sql, p.tokens[:n])
	p.tokens = p.tokens[n:]
	return text
}

// parenthesis returns the text within the parentheses that come next.
func (p *constraintParser) parenthesis() string {
	if len(p.tokens) == 0 || !p.tokens[0].is("(") {
		return ""
	}
	end := closing(p.tokens, 0)
	text := between(p.sql, p.tokens[1:end])
	p.tokens = p.tokens[min(end+1, len(p.tokens)):]
	return text
}

// until returns the text up to the next constraint, of at least that many
// tokens.
func (p *constraintParser) until(least int) string {
	n := 0
	for n < len(p.tokens) && (n < least || !beginsConstraint(p.tokens[n])) {
		if p.tokens[n].is("(") {
			n = min(closing(p.tokens, n), len(p.tokens)-1)
		}
		n++
	}
	text := between(p.sql, p.tokens[:n])
	p.tokens = p.tokens[n:]
	return text
}

// chosenName returns the name that the server gives a constraint without one:
// table_column_key, with its longer half cut where that is too long
// (src/backend/commands/indexcmds.c, makeObjectName). Where the name is taken
// it adds a number, which is not foreseen here.
func chosenName(table, columns, label string) string {
	_, table = splitName(table)
	room := maxName - len(label) - 1
	if columns != "" {
		room--
	}
	for len(table)+len(columns) > room {
		if len(table) > len(columns) {
			table = table[:len(table)-1]
		} else {
			columns = columns[:len(columns)-1]
		}
	}
	table, columns = strings.ToValidUTF8(table, ""), strings.ToValidUTF8(columns, "")
	if columns == "" {
		return table + "_" + label
	}
	return table + "_" + columns + "_" + label
}
