package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// There are no types of the user's in SQLite: a column of an enum is text, and
// only the values in rows and defaults are to be changed.

// planEnum plans an operation on an enum.
func planEnum(ctx context.Context, q ddl.Querier, o op.Operation) ([]ddl.Statement, error) {
	var in []op.ColumnRef
	var replace []op.Replacement
	switch o := o.(type) {
	case op.RenameEnumValue:
		in, replace = o.In, []op.Replacement{{From: o.From, To: o.To}}
	case op.AlterEnum:
		in, replace = o.In, o.Replace
		removed := slices.DeleteFunc(slices.Clone(o.From), func(v string) bool { return slices.Contains(o.To, v) || replaced(replace, v) != v })
		if err := refuseRemoved(ctx, q, o.Name, in, removed); err != nil {
			return nil, err
		}
	}
	if len(replace) == 0 {
		return nil, nil
	}
	var list []ddl.Statement
	defaults := map[string]op.List{}
	var tables []string
	for _, ref := range in {
		s, err := readTable(ctx, q, ref.Table)
		if err != nil {
			return nil, err
		}
		c := s.stored.table()
		from := c.Column(ref.Column)
		if from == nil {
			return nil, fmt.Errorf("table %q has no column %q", ref.Table, ref.Column)
		}
		list = append(list, ddl.Planned(replaceValues(s, *from, replace))...)
		if to := *from; from.Default.Kind == op.DefaultString && replaced(replace, from.Default.Text) != from.Default.Text {
			to.Default = op.Literal(replaced(replace, from.Default.Text))
			if defaults[ref.Table] == nil {
				tables = append(tables, ref.Table)
			}
			defaults[ref.Table] = append(defaults[ref.Table], op.AlterColumn{Table: ref.Table, From: *from, To: to})
		}
	}
	for _, table := range tables {
		changed, err := planTable(ctx, q, table, defaults[table])
		if err != nil {
			return nil, err
		}
		list = append(list, changed...)
	}
	return list, nil
}

// replaced returns what becomes of a value.
func replaced(list []op.Replacement, value string) string {
	for _, r := range list {
		if r.From == value {
			return r.To
		}
	}
	return value
}

func replaceValues(s *tableState, c op.Column, list []op.Replacement) string {
	name := quoteName(c.Name)
	text, from := "UPDATE "+s.place.name(s.stored.name)+" SET "+name+" = CASE "+name, []string{}
	for _, r := range list {
		text += " WHEN " + quoteString(r.From) + " THEN " + quoteString(r.To)
		from = append(from, quoteString(r.From))
	}
	return text + " END WHERE " + name + " IN (" + strings.Join(from, ", ") + ")"
}

// refuseRemoved returns an error where rows hold values that go and have no
// replacement. SQLite would keep them, and no other database.
func refuseRemoved(ctx context.Context, q ddl.Querier, enum string, in []op.ColumnRef, removed []string) error {
	var found []string
	for _, ref := range in {
		s, err := readTable(ctx, q, ref.Table)
		if err != nil {
			return err
		}
		key := ""
		if names := s.stored.primaryKey(); len(names) == 1 {
			key = names[0]
		}
		for _, value := range removed {
			where := " FROM " + s.place.name(s.stored.name) + " WHERE " + quoteName(ref.Column) + " = " + quoteString(value)
			var count int
			if err := q.QueryRowContext(ctx, "SELECT count(*)"+where).Scan(&count); err != nil {
				return fmt.Errorf("looking for rows of %q that hold %q: %w", ref.Table, value, err)
			}
			if count == 0 {
				continue
			}
			text := fmt.Sprintf("%q in %d of %q", value, count, ref.String())
			if key != "" {
				var keys sql.NullString
				if err := q.QueryRowContext(ctx, "SELECT group_concat(k, ', ') FROM (SELECT "+quoteName(key)+" AS k"+where+" ORDER BY 1 LIMIT 5)").Scan(&keys); err != nil {
					return fmt.Errorf("looking for rows of %q that hold %q: %w", ref.Table, value, err)
				}
				text += fmt.Sprintf(" (%s %s)", key, keys.String)
			}
			found = append(found, text)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return fmt.Errorf("changing enum %q: rows hold values that go: %s; change these rows first, or name in Replace (--backfill %s.value='other') what they get", enum, strings.Join(found, "; "), enum)
}
