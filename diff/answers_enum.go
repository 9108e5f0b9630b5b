package diff

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// enumAnswers are the answers about enums and their values. An enum of MySQL's,
// which is a column's type, goes by the name of its column: "orders.state".
type enumAnswers struct {
	renames op.List
	drops   []place
	replace map[string][]op.Replacement
}

// divide takes the answers about enums out of the options. about holds for the
// names of enums, and of columns that have an enum of MySQL's.
func (o Options) divide(about func(name string) bool) (rest, enums Options) {
	rest, enums = o, Options{Backfills: map[string]op.Default{}}
	rest.Renames, rest.Drops, rest.Backfills = nil, nil, map[string]op.Default{}
	for _, r := range o.Renames {
		if about(cmp.Or(r.Table, r.From)) {
			enums.Renames = append(enums.Renames, r)
		} else {
			rest.Renames = append(rest.Renames, r)
		}
	}
	isAbout := func(text string) bool {
		name, _ := splitPlace(text)
		return about(name)
	}
	for _, text := range o.Drops {
		if about(text) && !strings.Contains(text, ".") || isAbout(text) {
			enums.Drops = append(enums.Drops, text)
		} else {
			rest.Drops = append(rest.Drops, text)
		}
	}
	for text, value := range o.Backfills {
		if isAbout(text) {
			enums.Backfills[text] = value
		} else {
			rest.Backfills[text] = value
		}
	}
	return rest, enums
}

// hasEnum returns what divide asks.
func hasEnum(schemas ...op.Schema) func(string) bool {
	return func(name string) bool {
		return slices.ContainsFunc(schemas, func(s op.Schema) bool {
			_, ok := valuesOf(s, name)
			return ok && s.Table(name) == nil
		})
	}
}

// valuesOf returns the values of an enum, or of a column that has one of
// MySQL's.
func valuesOf(s op.Schema, name string) ([]string, bool) {
	if e := s.Enum(name); e != nil {
		return e.Values, true
	}
	table, column := splitPlace(name)
	if t := s.Table(table); t != nil {
		if c := t.Column(column); c != nil && c.Type.Word == op.WordRaw {
			return c.Type.EnumValues()
		}
	}
	return nil, false
}

// readEnumAnswers checks the answers about enums. The current schema is the one
// that the renames of tables and columns leave.
func readEnumAnswers(current, desired op.Schema, o Options) (enumAnswers, error) {
	a := enumAnswers{replace: map[string][]op.Replacement{}}
	var errs []error
	refuse := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }

	renames := slices.Clone(o.Renames)
	slices.SortFunc(renames, func(a, b Rename) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	// Enums stand first, since "" sorts before every name.
	newName := map[string]string{}
	for _, r := range slices.Compact(renames) {
		var step op.Operation
		switch {
		case r.Table != "":
			r.Table = cmp.Or(newName[r.Table], r.Table)
			step = renameValue(current, desired, r, refuse)
		case current.Enum(r.From) == nil || desired.Enum(r.From) != nil:
			refuse("renaming enum %q: it is not an enum that the models have no more", r.From)
		case desired.Enum(r.To) == nil || current.Enum(r.To) != nil:
			refuse("renaming enum %q: %q is not a new enum of the models", r.From, r.To)
		default:
			newName[r.From] = r.To
			step = op.RenameEnum{From: r.From, To: r.To}
		}
		if step != nil {
			current = renamed(current, op.List{step})
			a.renames = append(a.renames, step)
		}
	}
	for _, text := range slices.Sorted(slices.Values(o.Drops)) {
		if current.Enum(text) != nil {
			a.drops = append(a.drops, place{Table: text})
			continue
		}
		name, value := splitPlace(text)
		if isGone(current, desired, name, value) {
			a.drops = append(a.drops, place{name, value})
		} else {
			refuse("dropping value %q: it is not a value that the models have no more", text)
		}
	}
	for _, text := range slices.Sorted(maps.Keys(o.Backfills)) {
		name, value := splitPlace(text)
		to := plainText(o.Backfills[text])
		after, _ := valuesOf(desired, name)
		switch {
		case !isGone(current, desired, name, value):
			refuse("backfilling %q: it is not a value that the models have no more", text)
		case !slices.Contains(after, to):
			refuse("backfilling %q: the models have no value %q; there are: %s", text, to, listed(after))
		default:
			a.replace[name] = append(a.replace[name], op.Replacement{From: value, To: to})
		}
	}
	return a, errors.Join(errs...)
}

// isGone reports whether the models have lost a value of an enum.
func isGone(current, desired op.Schema, name, value string) bool {
	before, _ := valuesOf(current, name)
	after, ok := valuesOf(desired, name)
	return ok && slices.Contains(before, value) && !slices.Contains(after, value)
}

// renameValue returns the step for a value that goes on under another name.
func renameValue(current, desired op.Schema, r Rename, refuse func(string, ...any)) op.Operation {
	before, _ := valuesOf(current, r.Table)
	after, _ := valuesOf(desired, r.Table)
	about := r.Table + "." + r.From
	switch {
	case !isGone(current, desired, r.Table, r.From):
		gone := slices.DeleteFunc(slices.Clone(before), func(v string) bool { return slices.Contains(after, v) })
		refuse("renaming value %q: it is not a value that the models have no more; in %q those are: %s", about, r.Table, listed(gone))
		return nil
	case !slices.Contains(after, r.To) || slices.Contains(before, r.To):
		made := slices.DeleteFunc(slices.Clone(after), func(v string) bool { return slices.Contains(before, v) })
		refuse("renaming value %q: %q is not a new value of the models; in %q those are: %s", about, r.To, r.Table, listed(made))
		return nil
	}
	if current.Enum(r.Table) != nil {
		step := op.RenameEnumValue{Enum: r.Table, From: r.From, To: r.To}
		for _, t := range current.Tables {
			for _, c := range t.Columns {
				if isOf(c.Type, r.Table) {
					step.In = append(step.In, op.ColumnRef{Table: t.Name, Column: c.Name})
				}
			}
		}
		return step
	}
	return renameColumnValue(current, r)
}

// renameColumnValue renames a value of an enum of MySQL's.
func renameColumnValue(current op.Schema, r Rename) op.Operation {
	table, column := splitPlace(r.Table)
	from := *current.Table(table).Column(column)
	to := from
	values, _ := from.Type.EnumValues()
	texts := make([]string, len(values))
	for i, v := range values {
		if v == r.From {
			v = r.To
		}
		texts[i] = quoted(v)
	}
	to.Type = op.Raw("enum(" + strings.Join(texts, ",") + ")" + from.Type.Text[strings.LastIndexByte(from.Type.Text, ')')+1:])
	if to.Default.Kind == op.DefaultString && to.Default.Text == r.From {
		to.Default.Text = r.To
	}
	return op.AlterColumn{Table: table, From: from, To: to, Replace: []op.Replacement{{From: r.From, To: r.To}}}
}

// plainText returns the text of an SQL string, or the value of a literal.
func plainText(d op.Default) string {
	text := strings.TrimSpace(d.Text)
	if d.Kind == op.DefaultExpr && len(text) > 1 && text[0] == '\'' && strings.HasSuffix(text, "'") {
		return strings.ReplaceAll(text[1:len(text)-1], "''", "'")
	}
	return text
}

// inverse undoes a rename of an enum or a value.
func inverse(step op.Operation) op.Operation {
	switch o := step.(type) {
	case op.RenameEnum:
		return op.RenameEnum{From: o.To, To: o.From}
	case op.RenameEnumValue:
		o.From, o.To = o.To, o.From
		return o
	case op.AlterColumn:
		o.From, o.To = o.To, o.From
		back := make([]op.Replacement, len(o.Replace))
		for i, r := range o.Replace {
			back[i] = op.Replacement{From: r.To, To: r.From}
		}
		o.Replace = back
		return o
	}
	return nil
}
