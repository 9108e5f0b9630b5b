package sqlite

import (
	"context"
	"regexp"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// complaints are SQLite's messages that name the word they complain of.
var complaints = []*regexp.Regexp{
	regexp.MustCompile(`(?s)near "(.+)": syntax error`),
	regexp.MustCompile(`no such (?:table|column|function|index|view|trigger): (\S+)`),
	regexp.MustCompile(`has no column named (\S+)`),
	regexp.MustCompile(`(?:table|index|view|trigger) (\S+) already exists`),
	regexp.MustCompile(`duplicate column name: (\S+)`),
}

// Locate finds the place that SQLite complains of. Its messages name a word
// and no position. Where the word stands in the statement once, that is the
// place; of several, a syntax error is at the first at which a statement cut
// off right behind the word has the same error. Nothing is run: preparing
// tells.
func (Dialect) Locate(ctx context.Context, q ddl.Querier, sql string, err error) (offset int, ok bool) {
	message := err.Error()
	if strings.Contains(message, "incomplete input") {
		return len(sql), true
	}
	for i, complaint := range complaints {
		m := complaint.FindStringSubmatch(message)
		if m == nil {
			continue
		}
		places := occurrences(sql, m[1])
		if len(places) == 1 {
			return places[0].start, true
		}
		if i > 0 {
			return 0, false
		}
		for _, t := range places {
			statement, err := q.PrepareContext(ctx, sql[:t.end])
			if err == nil {
				statement.Close()
				continue
			}
			if again := complaint.FindStringSubmatch(err.Error()); again != nil && again[1] == m[1] {
				return t.start, true
			}
		}
		return 0, false
	}
	return 0, false
}

// occurrences returns the tokens that are the word. A name may stand qualified
// in the message, as t.c; then its last part counts.
func occurrences(sql, word string) []token {
	tokens, err := tokenize(sql)
	if err != nil {
		// An open quote is where the trouble is.
		if i := strings.Index(sql, word); i >= 0 {
			return []token{{start: i, end: i + len(word)}}
		}
		return nil
	}
	var list []token
	for _, want := range []string{word, word[strings.LastIndexByte(word, '.')+1:]} {
		for _, t := range tokens {
			if t.text == want || sameName(t.value(), want) {
				list = append(list, t)
			}
		}
		if len(list) > 0 {
			return list
		}
	}
	return nil
}
