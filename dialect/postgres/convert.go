package postgres

import (
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// kinds are the built-in types that come in families. A text can be read as any
// of them, and any of them can be written as text; so can bytes.
var kinds = map[string]string{
	"smallint": "number", "integer": "number", "bigint": "number", "numeric": "number", "real": "number", "double precision": "number",
	"boolean": "boolean", "uuid": "uuid", "json": "json", "jsonb": "json",
	"date": "date", "timestamp without time zone": "timestamp", "timestamp with time zone": "timestamp",
	"time without time zone": "time", "time with time zone": "zoned time", "interval": "interval",
	"inet": "network", "cidr": "network", "macaddr": "mac", "macaddr8": "mac",
	"text": "text", "character varying": "text", "character": "text", "bpchar": "text", "bytea": "text",
}

// conversions are the pairs of families between which the server has casts
// (pg_cast), or [planner.using] has a way by what it has.
var conversions = map[[2]string]bool{
	{"number", "boolean"}: true, {"boolean", "number"}: true,
	{"number", "json"}: true, {"json", "number"}: true, {"boolean", "json"}: true, {"json", "boolean"}: true,
	{"date", "timestamp"}: true, {"timestamp", "date"}: true, {"timestamp", "time"}: true,
	{"time", "interval"}: true, {"interval", "time"}: true, {"zoned time", "time"}: true, {"time", "zoned time"}: true, {"timestamp", "zoned time"}: true,
}

// Convert reports whether ALTER COLUMN TYPE can turn values of one type into
// those of another that mean the same. Of types that are not built in only the
// server knows; then the answer is yes, and it refuses values that do not fit.
func (d Dialect) Convert(column string, from, to op.Type) (ok bool, using []string) {
	typ := define("", op.Column{Type: to}).typ
	source, isArray := kindOf(define("", op.Column{Type: from}).typ)
	target, becomesArray := kindOf(typ)
	name := quoteIfNeeded(column)
	switch {
	case source == "" || target == "":
		return true, nil
	case becomesArray && !isArray:
		using = []string{"ARRAY[" + name + "]::" + typ}
		if source == "text" {
			using = append(using, "string_to_array("+name+", ',')::"+typ, name+"::"+typ)
		}
		return false, using
	case isArray && !becomesArray:
		return target == "text", nil
	case source == target || source == "text" || target == "text" || conversions[[2]string{source, target}]:
		return true, nil
	}
	switch [2]string{source, target} {
	case [2]string{"number", "timestamp"}:
		return false, []string{"to_timestamp(" + name + ")"}
	case [2]string{"number", "date"}:
		return false, []string{"to_timestamp(" + name + ")::date"}
	case [2]string{"timestamp", "number"}, [2]string{"date", "number"}, [2]string{"interval", "number"}:
		return false, []string{"extract(epoch from " + name + ")"}
	case [2]string{"number", "interval"}:
		return false, []string{"make_interval(secs => " + name + ")"}
	}
	return false, nil
}

// kindOf returns the family of a type, or of an array's elements. It is empty
// for types that have none.
func kindOf(text string) (kind string, isArray bool) {
	stored, _ := storedType(text)
	if stored, isArray = strings.CutSuffix(stored, "[]"); strings.Contains(stored, "(") {
		before, rest, _ := strings.Cut(stored, "(")
		_, after, _ := strings.Cut(rest, ")")
		stored = before + after
	}
	return kinds[stored], isArray
}

// quoteIfNeeded writes a name as a person would.
func quoteIfNeeded(name string) string {
	if tokens := tokenize(name); len(tokens) == 1 && tokens[0].kind == tokenWord && strings.ToLower(name) == name {
		return name
	}
	return quoteName(name)
}
