package postgres

import (
	"context"
	"regexp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

var quotedInMessage = regexp.MustCompile(`"([^"]+)"`)

// Locate finds the place that the server complains of: the one that it states,
// counted in characters, or that of the name in its message where this stands
// in the statement once. Nothing is asked.
func (Dialect) Locate(_ context.Context, _ ddl.Querier, sql string, err error) (offset int, ok bool) {
	if n, ok := position(err); ok {
		for offset := range sql {
			if n--; n == 0 {
				return offset, true
			}
		}
		return len(sql), true // at the end of the input
	}
	if err == nil || sqlState(err) == "" {
		return 0, false
	}
	m := quotedInMessage.FindStringSubmatch(err.Error())
	if m == nil {
		return 0, false
	}
	found := 0
	for _, t := range tokenize(sql) {
		if t.isIdentifier() && t.value() == m[1] {
			offset, found = t.start, found+1
		}
	}
	return offset, found == 1
}
