package postgres

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// createTable writes the statement that makes a table; its indexes and
// comments are statements of their own.
func createTable(t op.Table) string {
	lines := make([]string, 0, len(t.Columns)+1)
	keyInType := false
	known := knownTypes{}
	for _, c := range t.Columns {
		d := known.define(t.Name, c)
		keyInType = keyInType || len(d.brought.PrimaryKey) > 0
		lines = append(lines, d.sql())
	}
	if len(t.PrimaryKey) > 0 && !keyInType {
		lines = append(lines, spellPrimaryKey(t.PrimaryKeyName, t.PrimaryKey))
	}
	for _, k := range t.ForeignKeys {
		lines = append(lines, spellForeignKey(k))
	}
	for _, u := range t.Uniques {
		lines = append(lines, spellUnique(u))
	}
	for _, c := range t.Checks {
		lines = append(lines, spellCheck(c))
	}
	body := "\n  " + strings.Join(lines, ",\n  ") + "\n"
	if len(lines) == 0 {
		body = ""
	}
	text := "CREATE TABLE " + quoteTable(t.Name) + " (" + body + ")"
	if options := strings.TrimSpace(t.Options); options != "" {
		text += " " + options
	}
	return text
}

func constraint(name string) string {
	if name == "" {
		return ""
	}
	return "CONSTRAINT " + quoteName(name) + " "
}

func spellPrimaryKey(name string, parts []op.KeyPart) string {
	return constraint(name) + "PRIMARY KEY (" + spellColumns(parts) + ")"
}

// spellUnique writes the constraint. NULLS NOT DISTINCT stands before the
// columns of a constraint and behind those of an index.
func spellUnique(u op.Unique) string {
	options, nulls := u.Options, ""
	const notDistinct = "NULLS NOT DISTINCT"
	if strings.Contains(options, notDistinct) {
		options, nulls = strings.Replace(options, notDistinct, "", 1), notDistinct+" "
	}
	return strings.TrimSpace(constraint(u.Name) + "UNIQUE " + nulls + "(" + spellColumns(u.Columns) + ") " + strings.Join(strings.Fields(options), " "))
}

func spellCheck(c op.Check) string {
	return strings.TrimSpace(constraint(c.Name) + "CHECK (" + trimmed(c.Expr) + ") " + c.Options)
}

func spellForeignKey(k op.ForeignKey) string {
	text := constraint(k.Name) + "FOREIGN KEY (" + quoteNames(k.Columns) + ") REFERENCES " + quoteTable(k.RefTable)
	if len(k.RefColumns) > 0 {
		text += " (" + quoteNames(k.RefColumns) + ")"
	}
	if k.Match != "" {
		text += " MATCH " + k.Match
	}
	if k.OnDelete != "" {
		text += " ON DELETE " + k.OnDelete
	}
	if k.OnUpdate != "" {
		text += " ON UPDATE " + k.OnUpdate
	}
	if k.Deferrable != "" {
		text += " " + k.Deferrable
	}
	return text
}

// spellColumns writes the columns of a key, which have no more than names.
func spellColumns(parts []op.KeyPart) string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.Column
	}
	return quoteNames(names)
}

// spellPart writes an element of an index. An expression that is no call wants
// parentheses, which GORM does not write.
func spellPart(p op.KeyPart) string {
	text := quoteName(p.Column)
	if p.Expr != "" {
		text = trimmed(p.Expr)
		if parsePart(text).expr == text && !isCall(text) {
			text = "(" + text + ")"
		}
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
	return text
}

// isCall reports whether the text is one call of a function.
func isCall(text string) bool {
	tokens := tokenize(text)
	i := 1
	for i+1 < len(tokens) && tokens[i].is(".") {
		i += 2
	}
	return i < len(tokens) && tokens[0].isIdentifier() && tokens[i].is("(") && closing(tokens, i) == len(tokens)-1
}

// createIndex writes the statement that makes an index. The option
// CONCURRENTLY, which GORM takes for a special one, is about how it is made
// and not about the index; in a transaction it cannot be.
func createIndex(table string, x op.Index) (string, error) {
	if x.Class != "" {
		return "", fmt.Errorf("creating index %q on %q: %w on postgres: %s indexes; leave it out of the model for postgres, or use a gin or gist index", x.Name, table, ddl.ErrUnsupported, x.Class)
	}
	if x.Method == op.Exclusion && len(x.Columns) == 1 {
		return "ALTER TABLE " + quoteTable(table) + " ADD " + constraint(x.Name) + x.Columns[0].Expr, nil
	}
	if x.Options == invalidIndex || strings.HasSuffix(x.Options, " "+invalidIndex) {
		return "", fmt.Errorf("creating index %q on %q: the one in the database is not valid, as CREATE INDEX CONCURRENTLY leaves it where it fails; build it again (REINDEX INDEX %s) or drop it there", x.Name, table, quoteName(x.Name))
	}
	parts := make([]string, len(x.Columns))
	for i, p := range x.Columns {
		parts[i] = spellPart(p)
	}
	text := "CREATE "
	if x.Unique {
		text += "UNIQUE "
	}
	text += "INDEX "
	if x.Name != "" {
		text += quoteName(x.Name) + " "
	}
	text += "ON " + quoteTable(table)
	if x.Method != "" {
		text += " USING " + x.Method
	}
	text += " (" + strings.Join(parts, ", ") + ")"
	if options := strings.TrimSpace(x.Options); options != "" && !strings.EqualFold(options, "CONCURRENTLY") {
		text += " " + options
	}
	if x.Where != "" {
		text += " WHERE " + trimmed(x.Where)
	}
	return text, nil
}

// commentOn writes the statement that sets a comment; an empty one removes it.
func commentOn(object, text string) string {
	if text == "" {
		return "COMMENT ON " + object + " IS NULL"
	}
	return "COMMENT ON " + object + " IS " + quoteString(text)
}
