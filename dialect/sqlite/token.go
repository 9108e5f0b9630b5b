package sqlite

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// tokenKind tells tokens of SQLite's SQL apart as far as reading DDL needs it.
type tokenKind int

const (
	tokenWord   tokenKind = iota // a bare word: keyword, name or function
	tokenName                    // a quoted name: "a", `a` or [a]
	tokenString                  // 'text'
	tokenNumber                  // 12, 1.5e3, 0x1f
	tokenBlob                    // x'00ff'
	tokenSign                    // anything else: punctuation and operators
)

// token is one token with its place in the text it came from. Comments and
// blanks are between tokens and are none.
type token struct {
	kind       tokenKind
	text       string
	start, end int
}

// is reports whether the token is that bare word (given in capitals) or sign.
// A quoted name is never a keyword.
func (t token) is(text string) bool {
	return (t.kind == tokenWord || t.kind == tokenSign) && sameName(t.text, text)
}

// value returns a name or a string without its quotes, and other tokens as
// they are.
func (t token) value() string {
	switch t.kind {
	case tokenName, tokenString:
		quote := t.text[:1]
		inner := t.text[1 : len(t.text)-1]
		if quote == "[" {
			return inner
		}
		return strings.ReplaceAll(inner, quote+quote, quote)
	default:
		return t.text
	}
}

// tokenize splits SQL by the rules of SQLite's own tokenizer
// (https://sqlite.org/lang_keywords.html, lang_comment.html). It fails only on
// a quote that is not closed.
func tokenize(sql string) ([]token, error) {
	// DDL has a token for every six bytes or so.
	tokens := make([]token, 0, len(sql)/5+4)
	for i := 0; i < len(sql); {
		kind, end, err := scan(sql, i)
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
func scan(sql string, i int) (kind tokenKind, end int, err error) {
	const nothing = tokenKind(-1)
	rest := sql[i:]
	c := rest[0]
	switch {
	case strings.IndexByte(" \t\n\r\f", c) >= 0:
		return nothing, i + 1, nil
	case strings.HasPrefix(rest, "--"):
		if n := strings.IndexByte(rest, '\n'); n >= 0 {
			return nothing, i + n, nil
		}
		return nothing, len(sql), nil
	case strings.HasPrefix(rest, "/*"):
		if n := strings.Index(rest[2:], "*/"); n >= 0 {
			return nothing, i + 2 + n + 2, nil
		}
		return nothing, len(sql), nil // SQLite lets the end of the text close it
	case (c == 'x' || c == 'X') && len(rest) > 1 && rest[1] == '\'':
		end, err = closeQuote(sql, i+1, '\'')
		return tokenBlob, end, err
	case c == '\'':
		end, err = closeQuote(sql, i, '\'')
		return tokenString, end, err
	case c == '"' || c == '`':
		end, err = closeQuote(sql, i, c)
		return tokenName, end, err
	case c == '[':
		n := strings.IndexByte(rest, ']')
		if n < 0 {
			return nothing, 0, fmt.Errorf("the [ at byte %d is not closed", i)
		}
		return tokenName, i + n + 1, nil
	case isDigit(c) || c == '.' && len(rest) > 1 && isDigit(rest[1]):
		return tokenNumber, i + numberLen(rest), nil
	case isWordByte(c):
		n := 1
		for n < len(rest) && (isWordByte(rest[n]) || isDigit(rest[n])) {
			n++
		}
		return tokenWord, i + n, nil
	default:
		_, n := utf8.DecodeRuneInString(rest)
		return tokenSign, i + n, nil
	}
}

// closeQuote returns the end of the quoted text that opens at i. A doubled
// quote stands for itself.
func closeQuote(sql string, i int, quote byte) (int, error) {
	for j := i + 1; j < len(sql); j++ {
		if sql[j] != quote {
			continue
		}
		if j+1 < len(sql) && sql[j+1] == quote {
			j++
			continue
		}
		return j + 1, nil
	}
	return 0, fmt.Errorf("the %c at byte %d is not closed", quote, i)
}

func numberLen(s string) int {
	hex := len(s) > 1 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')
	n := 0
	for n < len(s) {
		c := s[n]
		exponentSign := (c == '+' || c == '-') && (s[n-1] == 'e' || s[n-1] == 'E') && !hex
		if !isDigit(c) && !isWordByte(c) && c != '.' && !(n > 0 && exponentSign) {
			break
		}
		n++
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isWordByte reports whether a name may begin with c: letters, the underscore,
// and every byte beyond ASCII. A dollar may only follow, which does not matter
// for text that SQLite has accepted.
func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$' || c >= utf8.RuneSelf
}
