package op

import (
	"strings"
	"unicode/utf8"
)

// Exec runs SQL: one statement or several, separated by semicolons. It is for
// data, and for what the other operations cannot say; the tool takes nothing
// that it makes for its own.
type Exec struct {
	SQL string `json:"sql"`
}

var _ Operation = Exec{}

// Kind returns "exec".
func (Exec) Kind() string { return "exec" }

// String shows the beginning of the SQL.
func (o Exec) String() string {
	const most = 60
	text := strings.Join(strings.Fields(o.SQL), " ")
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most-1]) + "…"
	}
	return "exec " + text
}

// Apply leaves the schema as it is.
func (Exec) Apply(*Schema) error { return nil }
