package postgres

import (
	"strings"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenWord   tokenKind = iota // a keyword or a name without quotes
	tokenName                    // a name in double quotes
	tokenString                  // any string constant
	tokenNumber
	tokenSign // anything else, one byte each, but :: whole
)

// token is a piece of SQL with its place.
type token struct {
	kind       tokenKind
	text       string
	start, end int
}

// is reports whether the token is that keyword or sign.
func (t token) is(text string) bool {
	return t.kind == tokenSign && t.text == text || t.kind == tokenWord && strings.EqualFold(t.text, text)
}

func (t token) isIdentifier() bool { return t.kind == tokenWord || t.kind == tokenName }

// value returns a name without its quotes, or as the server folds it.
func (t token) value() string {
	switch t.kind {
	case tokenName:
		return strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(t.text, `"`), `"`), `""`, `"`)
	case tokenWord:
		return strings.ToLower(t.text)
	default:
		return t.text
	}
}

// tokenize splits SQL by the server's lexical rules
// (https://www.postgresql.org/docs/current/sql-syntax-lexical.html), with
// standard_conforming_strings on. Comments, which nest, are left out. What is
// open at the end, the server will complain of: it is one token to the end.
func tokenize(sql string) []token {
	list := make([]token, 0, 1+len(sql)/4)
	for i := 0; i < len(sql); {
		rest := sql[i:]
		kind, n := tokenSign, 1
		switch c := rest[0]; {
		case isSpace(c):
			i++
			continue
		case strings.HasPrefix(rest, "--"):
			if n = strings.IndexByte(rest, '\n'); n < 0 {
				n = len(rest)
			}
			i += n
			continue
		case strings.HasPrefix(rest, "/*"):
			i += commentLength(rest)
			continue
		case c == '\'':
			kind, n = tokenString, quotedLength(rest, 0, '\'', false)
		case len(rest) > 1 && rest[1] == '\'' && strings.IndexByte("eEbBxXnN", c) >= 0:
			kind, n = tokenString, quotedLength(rest, 1, '\'', c == 'e' || c == 'E')
		case len(rest) > 2 && (c == 'u' || c == 'U') && rest[1] == '&' && rest[2] == '\'':
			kind, n = tokenString, quotedLength(rest, 2, '\'', false)
		case c == '"':
			kind, n = tokenName, quotedLength(rest, 0, '"', false)
		case len(rest) > 2 && (c == 'u' || c == 'U') && rest[1] == '&' && rest[2] == '"':
			kind, n = tokenName, quotedLength(rest, 2, '"', false)
		case c == '$' && dollarTag(rest) != "":
			tag := dollarTag(rest)
			kind, n = tokenString, len(rest)
			if end := strings.Index(rest[len(tag):], tag); end >= 0 {
				n = end + 2*len(tag)
			}
		case isWordStart(c):
			kind = tokenWord
			for n < len(rest) && (isWordStart(rest[n]) || isDigit(rest[n]) || rest[n] == '$') {
				n++
			}
		case isDigit(c) || c == '.' && len(rest) > 1 && isDigit(rest[1]):
			kind, n = tokenNumber, numberLength(rest)
		case strings.HasPrefix(rest, "::"):
			n = 2
		}
		list = append(list, token{kind: kind, text: rest[:n], start: i, end: i + n})
		i += n
	}
	return list
}

// quotedLength returns the length of what is quoted from the byte at open on,
// in which a doubled quote stands for itself and, in escape strings, a
// backslash protects what follows.
func quotedLength(s string, open int, quote byte, escapes bool) int {
	for i := open + 1; i < len(s); i++ {
		switch {
		case escapes && s[i] == '\\':
			i++
		case s[i] != quote:
		case i+1 < len(s) && s[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(s)
}

func commentLength(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], "/*"):
			depth++
			i++
		case strings.HasPrefix(s[i:], "*/"):
			i++
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// dollarTag returns the opening $tag$ of a dollar-quoted string, or "".
func dollarTag(s string) string {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '$':
			return s[:i+1]
		case isWordStart(s[i]), i > 1 && isDigit(s[i]):
		default:
			return ""
		}
	}
	return ""
}

func numberLength(s string) int {
	n := 0
	for n < len(s) {
		c := s[n]
		exponent := n > 0 && (c == '+' || c == '-') && (s[n-1] == 'e' || s[n-1] == 'E')
		if !isDigit(c) && c != '.' && !isWordStart(c) && !exponent {
			break
		}
		n++
	}
	return n
}

func isSpace(c byte) bool { return strings.IndexByte(" \t\n\r\f\v", c) >= 0 }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWordStart(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf
}

// closing returns the index of the parenthesis that closes the one at i, or
// the number of tokens where none does.
func closing(tokens []token, i int) int {
	depth := 0
	for ; i < len(tokens); i++ {
		switch {
		case tokens[i].is("("):
			depth++
		case tokens[i].is(")"):
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return i
}

// between returns the text from the first token to the last one.
func between(sql string, tokens []token) string {
	if len(tokens) == 0 {
		return ""
	}
	return sql[tokens[0].start:tokens[len(tokens)-1].end]
}

// trimmed returns SQL from its first token to its last, without the comments
// around them: one that runs to the end of the line would swallow what is
// written behind.
func trimmed(sql string) string { return between(sql, tokenize(sql)) }

// unwrapped returns SQL without the parentheses that stand around all of it.
func unwrapped(sql string) string {
	tokens := tokenize(sql)
	for len(tokens) > 2 && tokens[0].is("(") && closing(tokens, 0) == len(tokens)-1 {
		tokens = tokens[1 : len(tokens)-1]
	}
	return between(sql, tokens)
}

// normalSQL returns an expression in a form in which two spellings of one text
// are equal: blanks, comments, the letter case of bare words and outer
// parentheses do not count.
func normalSQL(sql string) string {
	var words []string
	for _, t := range tokenize(unwrapped(sql)) {
		text := t.text
		if t.kind == tokenWord || t.kind == tokenName && quoteIdentifier(t.value()) == t.value() {
			text = t.value()
		}
		words = append(words, text)
	}
	return strings.Join(words, " ")
}
