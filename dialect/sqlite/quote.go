package sqlite

import (
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// quoteName quotes a name as GORM's driver does, with back quotes, so that
// what we create reads as what AutoMigrate would have made (GORM looks for
// names in stored DDL by their quotes).
func quoteName(name string) string {
	return "`" + strings.ReplaceAll(name, "`", "``") + "`"
}

// writeName writes a name as [quoteName] returns it.
func writeName(b *strings.Builder, name string) {
	b.WriteByte('`')
	for rest := name; rest != ""; {
		part, after, found := strings.Cut(rest, "`")
		b.WriteString(part)
		if found {
			b.WriteString("``")
		}
		rest = after
	}
	b.WriteByte('`')
}

// quoteString makes an SQL string.
func quoteString(text string) string {
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// quoteNames joins quoted names with commas.
func quoteNames(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quoteName(name)
	}
	return strings.Join(quoted, ",")
}

// spellParts writes the parts of a key or an index.
func spellParts(parts []op.KeyPart) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		text := trimmed(p.Expr)
		if text == "" {
			text = quoteName(p.Column)
		}
		if p.Collate != "" {
			text += " COLLATE " + p.Collate
		}
		if p.Desc {
			text += " DESC"
		}
		if p.Nulls != "" {
			text += " NULLS " + strings.ToUpper(p.Nulls)
		}
		texts[i] = text
	}
	return strings.Join(texts, ",")
}

// fold returns a name in the form in which SQLite compares names: it takes
// capitals from A to Z for small letters, and no others.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, name)
}

// sameName reports whether two names are one to SQLite.
func sameName(a, b string) bool { return a == b || len(a) == len(b) && fold(a) == fold(b) }

// QuoteTable returns the name of a table, which here has no schema, as it stands
// in SQL.
func (Dialect) QuoteTable(name string) string { return quoteName(name) }
