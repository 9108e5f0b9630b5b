package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// readEnums reads the enum types of the schemas, but for those of extensions.
func (c *catalogue) readEnums(ctx context.Context, q ddl.Querier, schemas []string) error {
	c.enumAt = map[int64]int{}
	return each(ctx, q, "the enum types", `SELECT t.oid::bigint, n.nspname::text, t.typname::text,
			coalesce((SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid), '[]')
		FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
		WHERE t.typtype = 'e' AND n.nspname IN (`+quoteStrings(schemas)+`)
		AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.objid = t.oid AND `+ofExtension("pg_type")+`)
		ORDER BY 2, 3`, func(rows *sql.Rows) error {
		var oid int64
		var schema, name, values string
		if err := rows.Scan(&oid, &schema, &name, &values); err != nil {
			return err
		}
		enum := op.Enum{Name: c.name(schema, name)}
		if err := json.Unmarshal([]byte(values), &enum.Values); err != nil {
			return err
		}
		c.enumAt[oid] = len(c.enums)
		c.enums = append(c.enums, enum)
		if schema == c.home {
			c.localTypes = append(c.localTypes, name)
		}
		return nil
	})
}

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
