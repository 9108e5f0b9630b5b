package model

import (
	"regexp"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// computedType is a `type:` tag that makes a computed column, up to the
// expression: `type:bigint GENERATED ALWAYS AS (a * 2) STORED`. GORM's drivers
// for SQLite and MySQL have no other way to say it.
var computedType = regexp.MustCompile(`(?is)^(.+?)\s+(?:GENERATED\s+ALWAYS\s+)?AS\s*\(`)

// takeComputed divides the type of such a column into the type and the
// expression, so that a change of the one is not taken for one of the other,
// and the columns that it is computed from are seen. What says more than that,
// such as NOT NULL, or in one database's own words, such as PERSISTENT, stays as
// it is.
func takeComputed(c op.Column) op.Column {
	if !c.Generated.IsZero() {
		return c
	}
	found := computedType.FindStringSubmatch(c.Type.Text)
	if found == nil {
		return c
	}
	rest := c.Type.Text[len(found[0]):]
	end := closing(rest)
	if end < 0 {
		return c
	}
	stored := false
	switch strings.ToUpper(strings.TrimSpace(rest[end+1:])) {
	case "STORED":
		stored = true
	case "VIRTUAL", "":
	default:
		return c
	}
	c.Type = op.Raw(found[1])
	c.Generated = op.Generated{Expr: strings.TrimSpace(rest[:end]), Stored: stored}
	return c
}

// closing returns where the parenthesis closes that text stands in, or -1.
func closing(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		rest, end := text[i:], ""
		switch {
		case strings.HasPrefix(rest, "--"):
			end = "\n"
		case strings.HasPrefix(rest, "/*"):
			end = "*/"
		case strings.IndexByte("'\"`", rest[0]) >= 0:
			end = rest[:1] // a doubled one opens the next string at once
		case rest[0] == '(':
			depth++
		case rest[0] == ')' && depth == 0:
			return i
		case rest[0] == ')':
			depth--
		}
		if end != "" {
			n := strings.Index(rest[len(end):], end)
			if n < 0 {
				return -1
			}
			i += n + 2*len(end) - 1
		}
	}
	return -1
}
