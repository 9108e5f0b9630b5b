package postgres

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// columnDef is a column of the words with all that it says: what stands in the
// fields of op.Column and what stands in the text of its type.
type columnDef struct {
	word op.Column
	// typ is the type alone, rest the constraints behind it.
	typ, rest string

	serial                    bool
	identity, identityOptions string // ALWAYS or BY DEFAULT
	notNull                   bool
	// def is the text after DEFAULT, "" for none.
	def       string
	generated op.Generated
	collate   string
	// brought are the keys and checks in rest.
	brought op.Table
}

// serials are the types that stand for an integer with a sequence of its own.
var serials = map[string]string{
	"smallserial": "smallint", "serial2": "smallint",
	"serial": "integer", "serial4": "integer",
	"bigserial": "bigint", "serial8": "bigint",
}

// knownTypes are texts of types with what was made out about them: a schema has
// few of them, in many columns.
type knownTypes map[string]knownType

type knownType struct {
	// isBare says that the text is a type alone.
	isBare bool
	// stored is the type as the catalogue shows it, where isStored.
	stored   string
	isStored bool
}

func (k knownTypes) of(text string) knownType {
	t, ok := k[text]
	if !ok {
		tokens := tokenize(text)
		t.isBare = typeLength(tokens) == len(tokens) && between(text, tokens) == text
		t.stored, t.isStored = storedType(text)
		k[text] = t
	}
	return t
}

// stored is storedType.
func (k knownTypes) stored(text string) (stored string, known bool) {
	t := k.of(text)
	return t.stored, t.isStored
}

// define takes a column of the words apart.
func define(table string, c op.Column) columnDef { return knownTypes{}.define(table, c) }

func (k knownTypes) define(table string, c op.Column) columnDef {
	text := (Dialect{}).SpellType(c.Type)
	d := columnDef{
		word:      c,
		notNull:   c.NotNull,
		def:       spellDefault(c.Default),
		generated: c.Generated,
		collate:   c.Collate,
	}
	if k.of(text).isBare {
		d.typ = text
	} else {
		d = d.takenApart(table, text)
	}
	if plain, ok := serials[strings.ToLower(d.typ)]; ok {
		d.typ, d.serial, d.notNull = plain, true, true
	} else if c.AutoIncrement && d.identity == "" && d.generated.IsZero() {
		// The driver replaces types that cannot number themselves by bigserial.
		d.serial, d.notNull = true, true
		if stored, _ := k.stored(d.typ); serialOf(stored) == "" {
			d.typ = "bigint"
		}
	}
	if d.identity != "" {
		d.notNull = true
	}
	return d
}

// takenApart returns the definition with a text divided into the type and the
// constraints behind it.
func (d columnDef) takenApart(table, text string) columnDef {
	tokens := tokenize(text)
	n := typeLength(tokens)
	d.typ = between(text, tokens[:n])
	if n < len(tokens) {
		d.rest = between(text, tokens[n:])
		p := constraintParser{sql: text, tokens: tokens[n:], table: table, d: &d}
		p.parse()
	}
	return d
}

// serialOf returns the serial type of an integer type as the catalogue shows
// it, or "".
func serialOf(stored string) string {
	switch stored {
	case "smallint":
		return "smallserial"
	case "integer":
		return "serial"
	case "bigint":
		return "bigserial"
	}
	return ""
}

// sql writes the definition of the column.
func (d columnDef) sql() string {
	typ := d.typ
	if d.serial {
		stored, _ := storedType(d.typ)
		typ = serialOf(stored)
	}
	if d.rest != "" {
		typ = strings.TrimSpace(typ + " " + d.rest)
	}
	text := quoteName(d.word.Name)
	if typ != "" {
		text += " " + typ
	}
	if d.word.Collate != "" && !d.says("COLLATE") {
		text += " COLLATE " + d.word.Collate
	}
	if !d.word.Generated.IsZero() && !d.says("GENERATED") {
		text += " " + spellGenerated(d.word.Generated)
	}
	if d.word.NotNull {
		text += " NOT NULL"
	}
	if def := spellDefault(d.word.Default); def != "" {
		text += " DEFAULT " + def
	}
	return text
}

// says reports whether a keyword stands behind the type.
func (d columnDef) says(word string) bool {
	return slices.ContainsFunc(tokenize(d.rest), func(t token) bool { return t.is(word) })
}

// typeSQL writes the type with its collation, as ALTER COLUMN … TYPE takes it.
func (d columnDef) typeSQL() string {
	if d.collate != "" {
		return d.typ + " COLLATE " + d.collate
	}
	return d.typ
}

// identitySQL writes the clause that makes an identity column.
func (d columnDef) identitySQL() string {
	text := "GENERATED " + d.identity + " AS IDENTITY"
	if d.identityOptions != "" {
		text += " (" + d.identityOptions + ")"
	}
	return text
}

func spellGenerated(g op.Generated) string {
	text := "GENERATED ALWAYS AS (" + trimmed(g.Expr) + ")"
	if g.Stored {
		return text + " STORED"
	}
	return text + " VIRTUAL" // PostgreSQL 18; earlier ones say so
}

// spellDefault returns the text after DEFAULT, or "" for none.
func spellDefault(d op.Default) string {
	if text, ok := d.SpelledOn(Name); ok {
		return trimmed(text)
	}
	switch d.Kind {
	case op.DefaultString:
		return quoteString(d.Text)
	case op.DefaultNumber, op.DefaultBool:
		return d.Text
	case op.DefaultBytes:
		return quoteString(`\x`+d.Text) + "::bytea"
	case op.DefaultExpr:
		return trimmed(d.Text)
	default:
		return ""
	}
}
