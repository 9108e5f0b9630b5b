package mysql

import (
	"slices"
	"strings"
)

// typeName is a plain column type taken apart: a name that the server knows,
// its numbers, and the attributes of numbers.
type typeName struct {
	name               string
	args               string // "10,2", or the values of an enum
	unsigned, zerofill bool
}

// aliases are other spellings of types, as the server replaces them.
var aliases = map[string]string{
	"bool": "tinyint(1)", "boolean": "tinyint(1)",
	"int1": "tinyint", "int2": "smallint", "int3": "mediumint", "middleint": "mediumint", "int4": "int", "integer": "int", "int8": "bigint",
	"dec": "decimal", "fixed": "decimal", "numeric": "decimal",
	"float4": "float", "float8": "double", "real": "double", "double precision": "double",
	"character": "char", "character varying": "varchar", "char varying": "varchar", "varcharacter": "varchar",
	"long": "mediumtext", "long varchar": "mediumtext", "long varbinary": "mediumblob",
}

// known are the types whose stored form follows from their text alone.
var known = map[string]bool{
	"tinyint": true, "smallint": true, "mediumint": true, "int": true, "bigint": true,
	"decimal": true, "float": true, "double": true, "bit": true,
	"char": true, "varchar": true, "tinytext": true, "text": true, "mediumtext": true, "longtext": true,
	"binary": true, "varbinary": true, "tinyblob": true, "blob": true, "mediumblob": true, "longblob": true,
	"date": true, "datetime": true, "time": true, "year": true, "json": true,
}

// normalType returns a type in the form in which two spellings of one stored
// type are equal, and whether the text is a plain type that the server is known
// to store so. Display widths do not count except where they show: tinyint(1)
// is what programs take for a bool, and zerofill fills up to the width.
func (m mode) normalType(text string) (normal string, certain bool) {
	c, err := newCursor(m, text)
	if err != nil {
		return strings.ToLower(strings.TrimSpace(text)), false
	}
	t := c.typeName()
	if rest := c.text(c.at, len(c.tokens)); rest != "" {
		normal, _ := t.normal()
		return normal + " " + rest, false
	}
	return t.normal()
}

// typeName takes a type with its numbers and attributes.
func (c *cursor) typeName() typeName {
	var t typeName
	if c.done() {
		return t
	}
	t.name = fold(c.value(c.next()))
	for { // double precision, character varying
		longer := t.name + " " + fold(c.peek().text)
		if c.peek().kind != tokenWord || aliases[longer] == "" {
			break
		}
		t.name = longer
		c.next()
	}
	if inner, err := c.group(); err == nil {
		for i, part := range inner.tokens {
			if part.is(",") || i > 0 && inner.tokens[i-1].is(",") || i == 0 {
				t.args += part.text
			} else {
				t.args += " " + part.text
			}
		}
	}
	for {
		switch {
		case c.accept("unsigned"):
			t.unsigned = true
		case c.accept("zerofill"):
			t.zerofill, t.unsigned = true, true
		case c.accept("signed"):
		default:
			return t
		}
	}
}

func (t typeName) normal() (text string, certain bool) {
	if alias, ok := aliases[t.name]; ok {
		name, args, _ := strings.Cut(strings.TrimSuffix(alias, ")"), "(")
		t.name = name
		if args != "" {
			t.args = args
		}
	}
	t.settle()
	text = t.name
	if t.args != "" {
		text += "(" + t.args + ")"
	}
	if t.unsigned {
		text += " unsigned"
	}
	if t.zerofill {
		text += " zerofill"
	}
	// A large varchar becomes a text where the mode is not strict, and text(n)
	// the smallest that has room: the server knows.
	isText := strings.HasSuffix(t.name, "text") || strings.HasSuffix(t.name, "blob")
	return text, known[t.name] && !(isText && t.args != "") && !t.zerofill
}

// settle writes what the server adds and leaves out.
func (t *typeName) settle() {
	isInt := slices.Contains([]string{"tinyint", "smallint", "mediumint", "int", "bigint"}, t.name)
	switch {
	case isInt && !t.zerofill && !(t.name == "tinyint" && t.args == "1" && !t.unsigned):
		t.args = ""
	case t.name == "decimal" && t.args == "":
		t.args = "10,0"
	case t.name == "decimal" && !strings.Contains(t.args, ","):
		t.args += ",0"
	case t.name == "float" && t.args != "" && !strings.Contains(t.args, ","):
		if len(t.args) > 2 || len(t.args) == 2 && t.args > "24" {
			t.name = "double" // float(25) and more have twice the bits
		}
		t.args = ""
	case (t.name == "char" || t.name == "binary" || t.name == "bit") && t.args == "":
		t.args = "1"
	case (t.name == "datetime" || t.name == "timestamp" || t.name == "time") && t.args == "0", t.name == "year":
		t.args = ""
	}
}

// base returns the name of a normal type: decimal of decimal(10,2).
func base(normal string) string {
	n := strings.IndexFunc(normal, func(r rune) bool { return !isWordByte(byte(r)) })
	if n < 0 {
		return normal
	}
	return normal[:n]
}

func isNumber(normal string) bool {
	return slices.Contains([]string{"tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double"}, base(normal))
}

func isChars(normal string) bool {
	return slices.Contains([]string{"char", "varchar", "tinytext", "text", "mediumtext", "longtext"}, base(normal))
}

// isLarge reports whether MySQL takes only an expression for the default of a
// column of this type.
func isLarge(normal string) bool {
	b := base(normal)
	return strings.HasSuffix(b, "text") || strings.HasSuffix(b, "blob") || b == "json" || b == "geometry"
}
