package sqlite

import (
	"slices"
	"strings"
)

// normalSQL returns an expression in a form in which two spellings of one text
// are equal: blanks and comments between tokens, the letter case of bare words
// and the quotes around plain names do not count, and neither do outer
// parentheses. Text that cannot be split into tokens is compared as it is.
func normalSQL(sql string) string {
	tokens, err := tokenize(sql)
	if err != nil {
		return sql
	}
	n := outer(tokens)
	tokens = tokens[n : len(tokens)-n]
	words := make([]string, len(tokens))
	for i, t := range tokens {
		switch {
		case t.kind == tokenWord:
			words[i] = fold(t.text)
		case t.kind == tokenName && isPlainName(t.value()):
			words[i] = fold(t.value())
		default:
			words[i] = t.text
		}
	}
	return strings.Join(words, " ")
}

// sameExpr reports whether two expressions are the same beyond doubt: token by
// token, outer parentheses left out. [normalSQL] finds more that is the same,
// and errs where a name in double quotes is the name of nothing: SQLite takes it
// for a text then (https://sqlite.org/quirks.html#dblquote), so that "A" and "a"
// may be two.
func sameExpr(a, b string) bool {
	x, err := tokenize(a)
	y, other := tokenize(b)
	if err != nil || other != nil {
		return a == b
	}
	n, m := outer(x), outer(y)
	return slices.EqualFunc(x[n:len(x)-n], y[m:len(y)-m], sameToken)
}

func sameToken(a, b token) bool {
	isBare := func(t token) bool { return t.kind == tokenWord }
	isQuoted := func(t token) bool { return t.kind == tokenName }
	isText := func(t token) bool { return isQuoted(t) && t.text[0] == '"' }
	switch {
	case isBare(a) && isBare(b):
		return sameName(a.text, b.text)
	case isBare(a) && isQuoted(b), isQuoted(a) && isBare(b):
		return isPlainName(a.value()) && sameName(a.value(), b.value())
	case isText(a) && isText(b):
		return a.text == b.text
	case isQuoted(a) && isQuoted(b):
		return sameName(a.value(), b.value())
	default:
		return a.kind == b.kind && a.text == b.text
	}
}

// outer returns how many parentheses stand around all of the tokens.
func outer(tokens []token) int {
	var open []int
	match := map[int]int{} // from an opening one to its closing one
	for i, t := range tokens {
		switch {
		case t.is("("):
			open = append(open, i)
		case t.is(")") && len(open) > 0:
			match[open[len(open)-1]] = i
			open = open[:len(open)-1]
		}
	}
	n := 0
	for n < len(tokens)/2 && match[n] == len(tokens)-1-n {
		n++
	}
	return n
}

// unqualified returns SQL in which columns do not stand with the name of that
// table before them. In its own definition this says the same.
func unqualified(sql, table string) string {
	tokens, err := tokenize(sql)
	if err != nil {
		return sql
	}
	var b strings.Builder
	from := 0
	for i, t := range tokens {
		isName := t.kind == tokenWord || t.kind == tokenName
		if isName && sameName(t.value(), table) && i+1 < len(tokens) && tokens[i+1].is(".") {
			b.WriteString(sql[from:t.start])
			from = tokens[i+1].end
		}
	}
	return b.String() + sql[from:]
}

// trimmed returns SQL from its first token to its last, without the comments
// around them: one that runs to the end of the line would swallow what is
// written behind.
func trimmed(sql string) string {
	if sql == "" {
		return ""
	}
	tokens, err := tokenize(sql)
	if err != nil || len(tokens) == 0 {
		return sql
	}
	return sql[tokens[0].start:tokens[len(tokens)-1].end]
}

// normalType returns a type name as SQLite compares it: without letter case
// and blanks that mean nothing.
func normalType(text string) string {
	tokens, err := tokenize(text)
	if err != nil {
		return strings.ToLower(text)
	}
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && t.kind != tokenSign && tokens[i-1].kind != tokenSign {
			b.WriteByte(' ')
		}
		b.WriteString(fold(t.value()))
	}
	return b.String()
}

// normalDefault returns a default clause's value in one form: a quoted name
// stands for the text in it there (SQLite's grammar: "DEFAULT id"), so "a" and
// 'a' are one, and a number is one with and without its plus sign.
func normalDefault(text string) string {
	tokens, err := tokenize(text)
	if err != nil {
		return text
	}
	if len(tokens) == 1 && isTextDefault(tokens[0]) {
		return quoteString(tokens[0].value())
	}
	if len(tokens) == 2 && tokens[0].is("+") {
		tokens = tokens[1:]
		text = tokens[0].text
	}
	return normalSQL(text)
}

// isTextDefault reports whether a default of that one token is a text: quoted
// in any way, or a bare word that is no value.
func isTextDefault(t token) bool {
	return t.kind == tokenName || t.kind == tokenString || t.kind == tokenWord && !defaultWords[strings.ToUpper(t.text)]
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

// isPlainName reports whether a name means the same with and without quotes.
func isPlainName(name string) bool {
	if name == "" || isDigit(name[0]) || keywords[strings.ToUpper(name)] {
		return false
	}
	for i := range len(name) {
		if !isWordByte(name[i]) && !isDigit(name[i]) {
			return false
		}
	}
	return true
}

// keywords are words that mean something else in an expression when they stand
// without quotes.
var keywords = map[string]bool{
	"ALL": true, "AND": true, "AS": true, "BETWEEN": true, "CASE": true, "CAST": true, "COLLATE": true,
	"CURRENT_DATE": true, "CURRENT_TIME": true, "CURRENT_TIMESTAMP": true, "DISTINCT": true, "ELSE": true,
	"END": true, "ESCAPE": true, "EXISTS": true, "FALSE": true, "FROM": true, "GLOB": true, "IN": true,
	"IS": true, "ISNULL": true, "LIKE": true, "MATCH": true, "NOT": true, "NOTNULL": true, "NULL": true,
	"OR": true, "REGEXP": true, "SELECT": true, "THEN": true, "TRUE": true, "WHEN": true, "WHERE": true,
}
