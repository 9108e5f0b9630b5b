package postgres

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// enum returns the enum with that oid.
func (c *catalogue) enum(oid int64) (op.Enum, bool) {
	i, ok := c.enumAt[oid]
	if !ok {
		return op.Enum{}, false
	}
	return c.enums[i], true
}

// local takes the schema off the enum types of the current schema, which an
// empty search path has put there: 'new'::public.state becomes 'new'::state.
// So a text can be tried in another schema that has a type of that name.
func (c *catalogue) local(text string) string {
	for _, name := range c.localTypes {
		for _, quoted := range []string{quoteIdentifier(name), quoteName(name)} {
			prefix := "::" + quoteIdentifier(c.home) + "."
			for at := 0; ; {
				i := strings.Index(text[at:], prefix+quoted)
				if i < 0 {
					break
				}
				at += i
				end := at + len(prefix) + len(quoted)
				if end < len(text) && (isWordStart(text[end]) || isDigit(text[end]) || text[end] == '$') {
					at = end // a longer name
					continue
				}
				text = text[:at+2] + text[at+len(prefix):]
			}
		}
	}
	return text
}

// localType does the same to a type by itself, an array of such enums.
func (c *catalogue) localType(typ string) string { return c.local("::" + typ)[len("::"):] }

// sameEnum reports whether the live type, an enum, is the stored one. Words that
// name it by a raw type say nothing of its values.
func sameEnum(home string, live, stored op.Type) bool {
	if stored.Word == op.WordEnum {
		return live.Text == strings.TrimPrefix(stored.Text, home+".") && slices.Equal(live.Values, stored.Values)
	}
	schema, name := splitName(live.Text)
	quoted := quoteIdentifier(name)
	if schema != "" {
		quoted = quoteIdentifier(schema) + "." + quoted
	}
	return stored.Text == live.Text || sameText(stored.Text, quoted) || sameText(stored.Text, quoteTable(live.Text))
}

func quoteStrings(list []string) string {
	quoted := []string{"''"}
	for _, s := range list {
		quoted = append(quoted, quoteString(s))
	}
	return strings.Join(quoted, ", ")
}
