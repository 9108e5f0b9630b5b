package mysql

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// tokenKind tells tokens of SQL apart as far as reading DDL needs it.
type tokenKind int

const (
	tokenWord    tokenKind = iota // a bare word: keyword, name or function
	tokenName                     // a quoted name
	tokenString                   // 'text', or "text" without ANSI_QUOTES
	tokenNumber                   // 12, 1.5e3, 0x1f
	tokenLiteral                  // b'01', x'ff'
	tokenSign                     // punctuation and operators
)

// token is one token with its place in the text it came from. Blanks and
// comments are none; the inside of a comment like /*!80016 … */ is code to the
// server and consists of tokens.
type token struct {
	kind       tokenKind
	text       string
	start, end int
}

// is reports whether the token is that bare word, in any letter case, or sign.
func (t token) is(text string) bool {
	return (t.kind == tokenWord || t.kind == tokenSign) && strings.EqualFold(t.text, text)
}

// isAny reports whether the token is one of the words.
func (t token) isAny(words ...string) bool {
	for _, word := range words {
		if t.is(word) {
			return true
		}
	}
	return false
}

// tokenize splits SQL by the server's rules
// (https://dev.mysql.com/doc/refman/8.0/en/language-structure.html). It fails
// on a quote or comment that is not closed.
func (m mode) tokenize(sql string) ([]token, error) {
	var tokens []token
	for i := 0; i < len(sql); {
		kind, end, err := m.scan(sql, i)
		if err != nil {
			return nil, err
		}
		if kind >= 0 {
			tokens = append(tokens, token{kind: kind, text: sql[i:end], start: i, end: end})
		}
		i = end
	}
	return tokens, nil
}

// scan returns the kind and the end of what begins at i; the kind is -1 for
// blanks and comments.
func (m mode) scan(sql string, i int) (kind tokenKind, end int, err error) {
	const nothing = tokenKind(-1)
	rest := sql[i:]
	c := rest[0]
	switch {
	case strings.IndexByte(" \t\n\r\f\v", c) >= 0:
		return nothing, i + 1, nil
	case c == '#', strings.HasPrefix(rest, "--") && (len(rest) == 2 || rest[2] <= ' '):
		if n := strings.IndexByte(rest, '\n'); n >= 0 {
			return nothing, i + n, nil
		}
		return nothing, len(sql), nil
	case strings.HasPrefix(rest, "/*!"), strings.HasPrefix(rest, "/*M!"):
		n := strings.IndexByte(rest, '!') + 1
		for n < len(rest) && isDigit(rest[n]) {
			n++
		}
		return nothing, i + n, nil
	case strings.HasPrefix(rest, "*/"):
		return nothing, i + 2, nil
	case strings.HasPrefix(rest, "/*"):
		if n := strings.Index(rest[2:], "*/"); n >= 0 {
			return nothing, i + 2 + n + 2, nil
		}
		return nothing, 0, fmt.Errorf("the comment at byte %d is not closed", i)
	case strings.IndexByte("bBxXnN", c) >= 0 && len(rest) > 1 && rest[1] == '\'':
		end, err = m.closeQuote(sql, i+1)
		return tokenLiteral, end, err
	case c == '`', c == '"' && m.ansiQuotes:
		end, err = m.closeQuote(sql, i)
		return tokenName, end, err
	case c == '\'', c == '"':
		end, err = m.closeQuote(sql, i)
		return tokenString, end, err
	case isWordByte(c), c == '.' && len(rest) > 1 && isDigit(rest[1]):
		n, isNumber := wordLength(rest)
		if isNumber {
			return tokenNumber, i + n, nil
		}
		return tokenWord, i + n, nil
	default:
		_, n := utf8.DecodeRuneInString(rest)
		return tokenSign, i + n, nil
	}
}

// closeQuote returns the end of the quoted text that opens at i. A doubled
// quote stands for itself, and so does one behind a backslash in a string.
func (m mode) closeQuote(sql string, i int) (int, error) {
	quote := sql[i]
	isName := quote == '`' || quote == '"' && m.ansiQuotes
	for j := i + 1; j < len(sql); j++ {
		switch {
		case sql[j] == '\\' && !isName && !m.plainBackslash:
			j++
		case sql[j] != quote:
		case j+1 < len(sql) && sql[j+1] == quote:
			j++
		default:
			return j + 1, nil
		}
	}
	return 0, fmt.Errorf("the %c at byte %d is not closed", quote, i)
}

// wordLength returns the length of a word or number. Names may begin with
// digits but not consist of them.
func wordLength(s string) (n int, isNumber bool) {
	for n < len(s) && (isDigit(s[n]) || s[n] == '.') {
		n++
	}
	if n > 0 && n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		m := n + 1
		if m < len(s) && (s[m] == '+' || s[m] == '-') {
			m++
		}
		if m < len(s) && isDigit(s[m]) {
			for n = m; n < len(s) && isDigit(s[n]); n++ {
			}
		}
	}
	isNumber = n > 0
	for n < len(s) && isWordByte(s[n]) {
		isNumber = isNumber && strings.HasPrefix(s, "0x")
		n++
	}
	return n, isNumber
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isWordByte reports whether a bare name may have c in it.
func isWordByte(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$' || c >= utf8.RuneSelf
}

// value returns a name or a string without its quotes and escapes, and other
// tokens as they are.
func (m mode) value(t token) string {
	switch t.kind {
	case tokenName:
		quote := t.text[:1]
		return strings.ReplaceAll(t.text[1:len(t.text)-1], quote+quote, quote)
	case tokenString:
		return m.unescape(t.text[1:len(t.text)-1], t.text[0])
	default:
		return t.text
	}
}

var escapes = map[byte]string{'0': "\x00", 'b': "\b", 'n': "\n", 'r': "\r", 't': "\t", 'Z': "\x1a", '%': `\%`, '_': `\_`}

func (m mode) unescape(text string, quote byte) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == quote:
			i++ // the second of two
			b.WriteByte(c)
		case c == '\\' && !m.plainBackslash && i+1 < len(text):
			i++
			if s, ok := escapes[text[i]]; ok {
				b.WriteString(s)
			} else {
				b.WriteByte(text[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
