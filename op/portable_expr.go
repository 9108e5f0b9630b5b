package op

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isPortable reports whether an expression reads the same on SQLite,
// PostgreSQL, MySQL and MariaDB: bare names, numbers, strings without
// backslashes, the operators and predicates of the SQL standard, and a few
// functions. Names in quotes are not among it, since MySQL takes "x" for a
// string; nor is ||, which there means OR. It errs on the side of no.
func isPortable(sql string) bool {
	words, ok := exprWords(sql)
	p := exprReader{words: words}
	return ok && p.expression() && len(p.words) == 0
}

// exprReader reads an expression word by word. Each method reports whether it
// found what it is named after. It checks the shape and leaves the ranks of
// operators alone: AND may as well belong to a BETWEEN.
type exprReader struct{ words []string }

func (p *exprReader) expression() bool {
	for {
		if !p.operand() {
			return false
		}
		if p.accept("is") {
			p.accept("not")
			if !p.accept("null") && !p.accept("true") && !p.accept("false") {
				return false
			}
		}
		isNegated := p.accept("not")
		if p.accept("in") {
			if !p.accept("(") || !p.list() {
				return false
			}
			isNegated = false
		}
		if !p.accept("between", "like") && (isNegated || !p.accept(
			"=", "<>", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "and", "or")) {
			return !isNegated
		}
	}
}

func (p *exprReader) operand() bool {
	for p.accept("not", "-", "+") {
	}
	if len(p.words) == 0 {
		return false
	}
	word := p.words[0]
	p.words = p.words[1:]
	switch first := word[0]; {
	case word == "(":
		return p.expression() && p.accept(")")
	case word == "case":
		return p.cases()
	case len(p.words) > 0 && p.words[0] == "(":
		p.words = p.words[1:]
		return slices.Contains([]string{"lower", "upper", "trim", "length", "abs", "coalesce", "nullif"}, word) && p.list()
	case first == '\'' || isDigit(first):
		return true
	default:
		return isLetter(first) && !slices.Contains([]string{
			"and", "or", "in", "is", "between", "like", "when", "then", "else", "end", "select", "exists"}, word)
	}
}

// list reads the rest of a list in parentheses.
func (p *exprReader) list() bool {
	for p.expression() {
		if p.accept(")") {
			return true
		}
		if !p.accept(",") {
			return false
		}
	}
	return false
}

// cases reads the rest of CASE … END.
func (p *exprReader) cases() bool {
	if len(p.words) > 0 && p.words[0] != "when" && !p.expression() {
		return false
	}
	some := false
	for p.accept("when") {
		if some = p.expression() && p.accept("then") && p.expression(); !some {
			return false
		}
	}
	if p.accept("else") && !p.expression() {
		return false
	}
	return some && p.accept("end")
}

// accept takes the next word if it is one of these.
func (p *exprReader) accept(any ...string) bool {
	if len(p.words) == 0 || !slices.Contains(any, p.words[0]) {
		return false
	}
	p.words = p.words[1:]
	return true
}

// exprWords splits an expression into lower-case words, or reports that
// something in it is not portable in itself.
func exprWords(sql string) (words []string, ok bool) {
	for sql != "" {
		n := 1
		switch c := sql[0]; {
		case strings.IndexByte(" \t\r\n", c) >= 0:
			sql = sql[1:]
			continue
		case strings.HasPrefix(sql, "--"):
			return nil, false // a comment, or two signs that SQL takes for one
		case c == '\'':
			n = quotedLength(sql, '\'')
			if text := sql[:n]; n < 2 || !strings.HasSuffix(text, "'") || strings.Contains(text, `\`) {
				return nil, false
			}
		case isDigit(c):
			n = len(sql) - len(strings.TrimLeft(sql, "0123456789."))
			if rest, _ := utf8.DecodeRuneInString(sql[n:]); isNamePart(rest) {
				return nil, false // 0x1f, 1e5
			}
		case isLetter(c):
			if n = wordLength(sql); n == 0 || n < len(sql) && sql[n] == '\'' {
				return nil, false // a sign such as £; x'00', E'a', _utf8'a'
			}
		case slices.Contains([]string{"<>", "!=", "<=", ">="}, sql[:min(2, len(sql))]):
			n = 2
		case strings.IndexByte("=<>+-*/%(),", c) < 0 || strings.HasPrefix(sql, "/*"):
			return nil, false
		}
		words = append(words, strings.ToLower(sql[:n]))
		sql = sql[n:]
	}
	return words, true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= utf8.RuneSelf
}

func isNamePart(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '$'
}
