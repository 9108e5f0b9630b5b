package render

import (
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// tableLines returns what is in a table, one line each, below the line that
// names it.
func tableLines(t op.Table) []Line {
	var list []Line
	add := func(parts ...string) {
		var said []string
		for _, part := range parts {
			if part != "" {
				said = append(said, part)
			}
		}
		if len(said) > 0 {
			list = append(list, Line{Indent: 1, Text: oneLine(strings.Join(said, " "))})
		}
	}
	for _, c := range t.Columns {
		add(c.Name, c.Summary())
	}
	if len(t.PrimaryKey) > 0 {
		add("primary key", t.PrimaryKeyName, op.PartsString(t.PrimaryKey))
	}
	for _, u := range t.Uniques {
		add("unique constraint", u.Name, op.PartsString(u.Columns), u.Options)
	}
	for _, x := range t.Indexes {
		unique := ""
		if x.Unique {
			unique = "unique"
		}
		add(unique, x.Class, "index", x.Name, op.PartsString(x.Columns), clause("using", x.Method), clause("where", x.Where), x.Options, clause("comment", x.Comment))
	}
	for _, k := range t.ForeignKeys {
		add("foreign key", k.Name, k.String())
	}
	for _, c := range t.Checks {
		add("check", c.Name, "("+c.Expr+")", c.Options)
	}
	add(clause("comment", t.Comment))
	add(clause("options", t.Options))
	return list
}

// clause returns the text behind its keyword, or "" where there is no text.
func clause(keyword, text string) string {
	if text == "" {
		return ""
	}
	return keyword + " " + text
}
