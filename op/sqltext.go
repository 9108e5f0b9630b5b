package op

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sqlName is an identifier in a piece of SQL.
type sqlName struct {
	start, end int
	// name is the identifier without quotes.
	name string
	// quote is the opening quote, or 0.
	quote byte
	// call says that a parenthesis follows: this is a function or a keyword.
	call bool
}

// is reports whether the name can be the column of that name. Without quotes
// capitals do not count.
func (t sqlName) is(column string) bool {
	return t.name == column || t.quote == 0 && strings.EqualFold(t.name, column)
}

// identifiers returns the identifiers of an expression: keywords too, which do
// no harm, but neither names of functions nor what stands in strings or
// comments. It knows the quotes of all databases.
func identifiers(sql string) []sqlName {
	return slices.DeleteFunc(words(sql), func(t sqlName) bool { return t.call })
}

// words returns the identifiers and the names of functions.
func words(sql string) []sqlName {
	var list []sqlName
	for i := 0; i < len(sql); {
		rest := sql[i:]
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case strings.HasPrefix(rest, "--"):
			i += lengthUpTo(rest, "\n")
		case strings.HasPrefix(rest, "/*"):
			i += lengthUpTo(rest, "*/")
		case r == '\'':
			i += quotedLength(rest, '\'')
		case r == '"' || r == '`':
			n := quotedLength(rest, byte(r))
			q := string(r)
			name := strings.ReplaceAll(strings.TrimSuffix(rest[1:n], q), q+q, q)
			list = append(list, sqlName{i, i + n, name, byte(r), false})
			i += n
		case r == '[':
			n := lengthUpTo(rest, "]")
			list = append(list, sqlName{i, i + n, strings.TrimSuffix(rest[1:n], "]"), '[', false})
			i += n
		case unicode.IsLetter(r) || r == '_' || unicode.IsDigit(r):
			n := wordLength(rest)
			if !unicode.IsDigit(r) {
				isCall := strings.HasPrefix(strings.TrimLeft(rest[n:], " \t\n"), "(")
				list = append(list, sqlName{i, i + n, rest[:n], 0, isCall})
			}
			i += n
		default:
			i += size
		}
	}
	return list
}

func lengthUpTo(s, end string) int {
	if n := strings.Index(s, end); n >= 0 {
		return n + len(end)
	}
	return len(s)
}

// quotedLength returns the length of the quoted text that s begins with, in
// which a doubled quote stands for itself.
func quotedLength(s string, quote byte) int {
	for i := 1; i < len(s); i++ {
		if s[i] != quote {
			continue
		}
		if i+1 < len(s) && s[i+1] == quote {
			i++
			continue
		}
		return i + 1
	}
	return len(s)
}

func wordLength(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '$'
	})
	if n < 0 {
		return len(s)
	}
	return n
}

// Mentions reports whether an expression in SQL can refer to the column. It
// errs on the side of yes.
func Mentions(sql, column string) bool {
	return slices.ContainsFunc(identifiers(sql), func(t sqlName) bool { return t.is(column) })
}

// WrittenAs returns how expressions in SQL write the column, with its quotes if
// it has any, or "" where they do not, or in several ways.
func WrittenAs(column string, expressions ...string) string {
	written := ""
	for _, sql := range expressions {
		for _, t := range identifiers(sql) {
			text := sql[t.start:t.end]
			switch {
			case !t.is(column):
			case written != "" && written != text:
				return ""
			default:
				written = text
			}
		}
	}
	return written
}

// renameIn returns the expression with the column's new name in it, as
// databases rewrite it themselves when a column is renamed. The name is written
// like the old one, unless it is said how.
func renameIn(sql, from, to, as string) string {
	var b strings.Builder
	done := 0
	for _, t := range identifiers(sql) {
		if !t.is(from) {
			continue
		}
		b.WriteString(sql[done:t.start])
		if as == "" {
			b.WriteString(quoteLike(to, t.quote))
		} else {
			b.WriteString(as)
		}
		done = t.end
	}
	b.WriteString(sql[done:])
	return b.String()
}

func quoteLike(name string, quote byte) string {
	switch {
	case quote == '[':
		return "[" + name + "]"
	case quote == 0 && wordLength(name) == len(name):
		return name
	case quote == 0:
		quote = '"'
	}
	q := string(quote)
	return q + strings.ReplaceAll(name, q, q+q) + q
}
