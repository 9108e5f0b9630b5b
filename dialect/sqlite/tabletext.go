package sqlite

import (
	"slices"
	"strings"
)

// around is what stands around a definition in the list of a table: blanks and
// comments. A comment on the line of a definition belongs to it, also behind
// its comma, and so do the lines before it.
type around struct {
	lead   string // before the definition
	before string // between the definition and its comma
	after  string // behind the comma, up to the end of the line
	// written says that it was read; a new definition gets its place like the
	// others.
	written bool
}

// String writes the statement. What was not touched reads as it did, comments
// included; a definition that is gone takes its comments along.
func (d tableDef) String() string { return d.createAs("") }

// createAs writes the statement with a schema before the name: "main." or "".
func (d tableDef) createAs(schema string) string {
	type definition struct {
		text string
		around
	}
	var list []definition
	for _, c := range d.columns {
		list = append(list, definition{c.String(), c.around})
	}
	for _, x := range d.constraints {
		list = append(list, definition{x.text, x.around})
	}
	var b strings.Builder
	last := ""
	// add writes text, on a new line behind a comment that runs to the end of
	// its own.
	add := func(text string) {
		if text != "" && text[0] != '\n' && endsInLineComment(last) {
			b.WriteByte('\n')
		}
		b.WriteString(text)
		last = orElse(text, last)
	}
	add("CREATE TABLE " + schema + orElse(d.nameText, quoteName(d.name)))
	add(orElse(d.head, " (\n  "))
	for i, x := range list {
		switch {
		case !x.written && i > 0:
			add(d.indent())
		case i > 0:
			add(x.lead)
		case strings.TrimSpace(x.lead) != "":
			add(x.lead) // blanks before the first one are in the head
		}
		add(x.text)
		add(x.before)
		if i < len(list)-1 {
			add(",")
		}
		add(x.after)
	}
	add(orElse(d.tail, "\n)"))
	if d.options != "" && d.tail == "" {
		add(" ")
	}
	add(d.options)
	return b.String()
}

// indent returns what a new definition has before it: a blank where all stand on
// one line, and a line of its own, as far in as another, where they do not.
func (d tableDef) indent() string {
	leads := []string{d.head}
	for _, c := range d.columns {
		leads = append(leads, c.around.lead)
	}
	for _, x := range d.constraints {
		leads = append(leads, x.around.lead)
	}
	for _, lead := range slices.Backward(leads) {
		if i := strings.LastIndexByte(lead, '\n'); i >= 0 && strings.TrimSpace(lead[i:]) == "" {
			return lead[i:]
		}
	}
	if d.head == "" {
		return "\n  "
	}
	return " "
}

// String writes the definition, piece by piece where it has changed.
func (c columnDef) String() string {
	if c.text != "" {
		return c.text
	}
	var b strings.Builder
	b.WriteString(orElse(c.nameText, quoteName(c.name)))
	if c.typeText != "" {
		b.WriteString(orElse(c.typeLead, " ") + c.typeText)
	}
	for _, x := range c.constraints {
		b.WriteString(orElse(x.lead, " ") + x.text)
	}
	return b.String()
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// splitGap splits what stands between two definitions, behind the comma, into
// what belongs to the first, which is a comment on its line, and the rest.
func splitGap(gap string) (after, lead string) {
	for i := 0; i < len(gap); {
		if gap[i] == '\n' {
			if strings.TrimSpace(gap[:i]) == "" {
				return "", gap
			}
			return gap[:i], gap[i:]
		}
		_, end, err := scan(gap, i)
		if err != nil {
			return "", gap
		}
		i = end
	}
	return "", gap
}

// hasComments reports whether there are comments between the definitions. ALTER
// TABLE DROP COLUMN takes a definition out from between them without a look, and
// fails where what is behind it becomes part of one.
func (d tableDef) hasComments() bool {
	gaps := []string{d.head, d.tail}
	for _, c := range d.columns {
		gaps = append(gaps, c.around.lead, c.around.before, c.around.after)
	}
	for _, x := range d.constraints {
		gaps = append(gaps, x.around.lead, x.around.before, x.around.after)
	}
	return slices.ContainsFunc(gaps, func(gap string) bool {
		return strings.Contains(gap, "--") || strings.Contains(gap, "/*")
	})
}

// endsInLineComment reports whether a text ends with a comment that swallows
// what is written behind it.
func endsInLineComment(text string) bool {
	for i := 0; i < len(text); {
		_, end, err := scan(text, i)
		if err != nil {
			return false
		}
		if end == len(text) && strings.HasPrefix(text[i:], "--") {
			return true
		}
		i = end
	}
	return false
}
