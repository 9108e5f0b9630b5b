package mysql

import (
	"regexp"
	"slices"
	"strings"
)

// normalSQL returns an expression in a form in which two spellings of one text
// are equal: blanks and comments between tokens, letter case of words, the
// quotes around names and outer parentheses do not count. Nor does the charset
// that MySQL writes before a string, which is that of the connection that made
// the table. Text that cannot be split into tokens is compared as it is.
func (m mode) normalSQL(sql string) string {
	tokens, err := m.inner(sql)
	if err != nil {
		return sql
	}
	words := make([]string, 0, len(tokens)+1)
	for i, t := range tokens {
		switch {
		case i+1 < len(tokens) && tokens[i+1].kind == tokenString && t.isAny("_utf8mb4", "_utf8mb3", "_utf8", "_latin1"):
		case t.kind == tokenWord, t.kind == tokenName:
			words = append(words, fold(m.value(t)))
		case t.kind == tokenString:
			words = append(words, mode{plainBackslash: true}.quoteString(m.value(t)))
		default:
			words = append(words, t.text)
		}
	}
	if !isEnforced(sql) {
		words = append(words, "not enforced")
	}
	return strings.Join(words, " ")
}

// sameExpr reports whether two expressions are the same beyond doubt, which
// [mode.normalSQL] may miss: it does not look at the charset of a string, and a
// name in quotes is no keyword.
func (m mode) sameExpr(a, b string) bool {
	if a == b {
		return true
	}
	x, err := m.inner(a)
	y, other := m.inner(b)
	return err == nil && other == nil && isEnforced(a) == isEnforced(b) && slices.EqualFunc(x, y, func(a, b token) bool {
		if a.kind == b.kind && (a.kind == tokenWord || a.kind == tokenName) {
			return fold(a.text) == fold(b.text)
		}
		return a.kind == b.kind && a.text == b.text
	})
}

// inner returns the tokens without the parentheses around all of them.
func (m mode) inner(sql string) ([]token, error) {
	tokens, err := m.tokenize(sql)
	for len(tokens) > 2 && tokens[0].is("(") && closing(tokens, 0) == len(tokens)-1 {
		tokens = tokens[1 : len(tokens)-1]
	}
	return tokens, err
}

// isEnforced reports false where a check ends in what the server appends to one
// that it does not look at.
func isEnforced(sql string) bool { return !strings.HasSuffix(sql, "/* NOT ENFORCED */") }

// now matches the ways to write the time of day in a default, in normal form.
var now = regexp.MustCompile(`\b(current_timestamp|now|localtime|localtimestamp)\b( \( (\d ?)?\))?`)

// normalNow returns the text with one spelling for the time of day.
func normalNow(text string) string {
	return now.ReplaceAllStringFunc(text, func(s string) string {
		m := now.FindStringSubmatch(s)
		if digits := strings.TrimSpace(m[3]); digits != "" && digits != "0" {
			return "now ( " + digits + " )"
		}
		return "now"
	})
}

// isNow reports whether the expression is the time of day and nothing else.
func isNow(text string) bool {
	n := normalNow((mode{}).normalSQL(text))
	return n == "now" || strings.HasPrefix(n, "now (") && strings.Count(n, "(") == 1 && strings.HasSuffix(n, ")")
}

// trimmed returns SQL from its first token to its last, without the comments
// around them: one that runs to the end of the line would swallow what is
// written behind.
func (m mode) trimmed(sql string) string {
	tokens, err := m.tokenize(sql)
	if err != nil || len(tokens) == 0 {
		return strings.TrimSpace(sql)
	}
	return sql[tokens[0].start:tokens[len(tokens)-1].end]
}
