package mysql

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// syntax is the message of a syntax error: it quotes up to 80 characters of the
// statement from the place on, and the line.
var syntax = regexp.MustCompile(`(?s)near '(.*)' at line (\d+)`)

// complaints are messages that name what they complain of.
var complaints = []*regexp.Regexp{
	regexp.MustCompile(`Table '([^']+)' (?:doesn't exist|already exists)`),
	regexp.MustCompile(`Unknown (?:column|table|data type|collation|character set|storage engine|database)(?: in [^:]*)?:? '([^']+)'`),
	regexp.MustCompile(`Duplicate (?:column|key|foreign key constraint|check constraint) name '([^']+)'`),
	regexp.MustCompile(`Key column '([^']+)' doesn't exist`),
	regexp.MustCompile("Can't DROP (?:[A-Z ]+)?[`']([^`']+)[`']"),
	regexp.MustCompile(`(?:FUNCTION|PROCEDURE|TRIGGER|EVENT) ([^ ]+) (?:does not exist|already exists)`),
	regexp.MustCompile(`Invalid default value for '([^']+)'`),
	regexp.MustCompile(`Identifier name '([^']+)' is too long`),
}

// Locate finds the place that the server complains of. A syntax error is quoted
// with what follows it, which is the end of the statement or long; other
// messages name a thing, and where that stands in the statement once, that is
// the place. Nothing is sent to the server.
func (Dialect) Locate(_ context.Context, _ ddl.Querier, sql string, err error) (offset int, ok bool) {
	message := err.Error()
	if m := syntax.FindStringSubmatch(message); m != nil {
		return locateNear(sql, m[1], m[2])
	}
	for _, complaint := range complaints {
		if m := complaint.FindStringSubmatch(message); m != nil {
			return locateName(sql, m[1])
		}
	}
	return 0, false
}

func locateNear(sql, near, line string) (int, bool) {
	trimmed := strings.TrimRight(sql, " \t\r\n;")
	switch {
	case near == "":
		return len(trimmed), true
	case strings.HasSuffix(trimmed, near):
		return len(trimmed) - len(near), true
	case strings.HasSuffix(sql, near):
		return len(sql) - len(near), true
	}
	// The text is cut off; it begins on that line.
	number, err := strconv.Atoi(line)
	if err != nil {
		return 0, false
	}
	start := 0
	for range number - 1 {
		n := strings.IndexByte(sql[start:], '\n')
		if n < 0 {
			return 0, false
		}
		start += n + 1
	}
	at := strings.Index(sql[start:], near)
	if at < 0 || strings.Contains(sql[start+at+1:], near) {
		return 0, false
	}
	return start + at, true
}

// locateName finds a name, of which the message may give more than the
// statement: db.table.
func locateName(sql, name string) (int, bool) {
	tokens, err := (mode{}).tokenize(sql)
	if err != nil {
		return 0, false
	}
	for _, want := range []string{name, name[strings.LastIndexByte(name, '.')+1:]} {
		var places []int
		for _, t := range tokens {
			if sameName((mode{}).value(t), want) {
				places = append(places, t.start)
			}
		}
		switch len(places) {
		case 0:
			continue
		case 1:
			return places[0], true
		}
		return 0, false
	}
	return 0, false
}
