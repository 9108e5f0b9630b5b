package postgres

import "strings"

// aliases are the names of built-in types, each with the name that the
// catalogue shows (format_type). What follows the name, a length or (p, s),
// goes where %s stands or is none.
var aliases = map[string]string{
	"bigint": "bigint", "int8": "bigint",
	"integer": "integer", "int": "integer", "int4": "integer",
	"smallint": "smallint", "int2": "smallint",
	"boolean": "boolean", "bool": "boolean",
	"text": "text", "bytea": "bytea", "uuid": "uuid", "date": "date",
	"json": "json", "jsonb": "jsonb", "xml": "xml", "money": "money",
	"inet": "inet", "cidr": "cidr", "macaddr": "macaddr", "macaddr8": "macaddr8",
	"tsvector": "tsvector", "tsquery": "tsquery",
	"point": "point", "line": "line", "lseg": "lseg", "box": "box", "path": "path", "polygon": "polygon", "circle": "circle",
	"int4range": "int4range", "int8range": "int8range", "numrange": "numrange",
	"tsrange": "tsrange", "tstzrange": "tstzrange", "daterange": "daterange",
	"real": "real", "float4": "real",
	"double precision": "double precision", "float8": "double precision", "float": "double precision",
	"numeric": "numeric%s", "decimal": "numeric%s", "dec": "numeric%s",
	"character varying": "character varying%s", "varchar": "character varying%s", "char varying": "character varying%s",
	"character": "character%s", "char": "character%s", "bit": "bit%s",
	"bpchar": "bpchar", "bit varying": "bit varying%s", "varbit": "bit varying%s",
	"timestamp": "timestamp%s without time zone", "timestamp without time zone": "timestamp%s without time zone",
	"timestamptz": "timestamp%s with time zone", "timestamp with time zone": "timestamp%s with time zone",
	"time": "time%s without time zone", "time without time zone": "time%s without time zone",
	"timetz": "time%s with time zone", "time with time zone": "time%s with time zone",
	"interval": "interval%s",
}

// storedType returns a type as the catalogue shows it, where that follows from
// the text alone. Types that are not built in, and rare forms of those that
// are, only the server knows.
func storedType(text string) (stored string, known bool) {
	tokens := tokenize(text)
	var words []string
	var numbers []string
	array := ""
	for i := 0; i < len(tokens); i++ {
		switch t := tokens[i]; {
		case t.kind == tokenWord && strings.EqualFold(t.text, "array"):
			array = "[]"
			return finishType(words, numbers, array, onlyBounds(tokens[i+1:]))
		case t.kind == tokenWord && array == "":
			words = append(words, t.value())
		case t.is("(") && numbers == nil && len(words) > 0:
			end := closing(tokens, i)
			for _, n := range tokens[i+1 : min(end, len(tokens))] {
				switch {
				case n.kind == tokenNumber && strings.IndexFunc(n.text, func(r rune) bool { return r < '0' || r > '9' }) < 0:
					numbers = append(numbers, n.text)
				case n.is(","):
				default:
					return "", false
				}
			}
			if i = end; len(numbers) == 0 {
				return "", false
			}
		case t.is("["):
			return finishType(words, numbers, "[]", onlyBounds(tokens[i:]))
		default:
			return "", false
		}
	}
	return finishType(words, numbers, array, true)
}

// onlyBounds reports whether the tokens are the bounds of an array, which the
// server does not keep.
func onlyBounds(tokens []token) bool {
	for _, t := range tokens {
		if !t.is("[") && !t.is("]") && t.kind != tokenNumber {
			return false
		}
	}
	return true
}

func finishType(words, numbers []string, array string, ok bool) (string, bool) {
	name := strings.Join(words, " ")
	form, known := aliases[name]
	if !ok || !known {
		return "", false
	}
	length := ""
	switch {
	case !strings.Contains(form, "%s"):
		if len(numbers) > 0 {
			return "", false // float(24), and mistakes
		}
	case name == "numeric" || name == "decimal" || name == "dec":
		if len(numbers) == 1 {
			numbers = append(numbers, "0")
		}
	case len(numbers) == 0 && (name == "character" || name == "char" || name == "bit"):
		numbers = []string{"1"}
	}
	if len(numbers) > 0 {
		length = "(" + strings.Join(numbers, ",") + ")"
	}
	return strings.Replace(form, "%s", length, 1) + array, true
}

// baseType returns a stored type without its length: numeric for numeric(10,2).
func baseType(stored string) string {
	if open := strings.IndexByte(stored, '('); open >= 0 {
		if end := strings.IndexByte(stored[open:], ')'); end >= 0 {
			return stored[:open] + stored[open+end+1:]
		}
	}
	return stored
}
