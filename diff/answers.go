package diff

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// answers are the options after they were checked against the schemas. All
// places are in the words of the schema that the renames leave.
type answers struct {
	renames op.List
	hints   []Rename
	drops   map[place]bool
	// backfills are for Up, backfillsDown for Down.
	backfills, backfillsDown map[place]op.Default
	// replace are the values that rows get for values of enums that go.
	replace map[string][]op.Replacement
	// usings are for Up, usingsDown for Down.
	usings, usingsDown map[place]string
}

// take adds the answers about enums, but for the renames.
func (a *answers) take(e enumAnswers) {
	for _, p := range e.drops {
		a.drops[p] = true
	}
	a.replace = e.replace
}

// readAnswers checks the options and returns an error that names every answer
// which does not fit, and what would.
func readAnswers(current, desired op.Schema, o Options) (answers, error) {
	r := answerReader{
		current: tablesOf(current), desired: tablesOf(desired),
		currentNames: names(current), desiredNames: names(desired),
		newName: map[string]string{}, oldName: map[string]string{}, from: map[place]bool{},
	}
	a := answers{hints: o.Hints, drops: map[place]bool{}, backfills: map[place]op.Default{}, backfillsDown: map[place]op.Default{}}

	a.renames = r.renames(o)
	for _, text := range slices.Sorted(slices.Values(o.Drops)) {
		if p, ok := r.drop(text, o.Owned); ok {
			a.drops[p] = true
		}
	}
	for _, text := range slices.Sorted(maps.Keys(o.Backfills)) {
		if p, ok := r.backfill(text); ok {
			a.backfills[p] = o.Backfills[text]
		}
	}
	for _, text := range slices.Sorted(maps.Keys(o.BackfillsDown)) {
		if p, ok := r.backfillDown(text); ok {
			a.backfillsDown[p] = o.BackfillsDown[text]
		}
	}
	a.usings, a.usingsDown = r.usings(o.Usings), r.usings(o.UsingsDown)
	return a, errors.Join(r.errs...)
}

// answerReader checks one answer after the other.
type answerReader struct {
	current, desired           tables
	currentNames, desiredNames []string
	// newName and oldName are the renames of tables.
	newName, oldName map[string]string
	// from has what is renamed: old tables, and old columns in their tables
	// under the new names.
	from map[place]bool
	errs []error
}

func (r *answerReader) refuse(format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf(format, args...))
}

func (r *answerReader) drop(text string, owned op.Schema) (place, bool) {
	if table := r.current[text]; table != nil {
		switch {
		case r.desired[text] != nil:
			r.refuse("dropping table %q: the models still have it, or a filter leaves it alone", text)
		case r.from[place{Table: text}]:
			r.refuse("dropping table %q: it is to be renamed as well; leave one answer", text)
		case owned.Table(text) == nil:
			r.refuse("dropping table %q: no revision made it, and only what revisions made is dropped; write an op.Exec that drops it", text)
		default:
			return place{Table: text}, true
		}
		return place{}, false
	}
	tableName, column := splitPlace(text)
	name, current, desired := r.bothSides(tableName, func(current, _ *op.Table) bool { return has(current, column) })
	switch p := (place{name, column}); {
	case current == nil && column == "":
		r.refuse("dropping %q: there is no such table; there are: %s", text, listed(r.currentNames))
	case current == nil:
		r.refuse("dropping column %q: there is no table %q; there are: %s", text, tableName, listed(r.currentNames))
	case current.Column(column) == nil:
		r.refuse("dropping column %q: there is no such column; there are: %s", text,
			listed(columnNames(current.Columns, func(string) bool { return true })))
	case desired != nil && desired.Column(column) != nil:
		r.refuse("dropping column %q: the models still have it, or a filter leaves it alone", text)
	case r.from[p]:
		r.refuse("dropping column %q: it is to be renamed as well; leave one answer", text)
	case !owns(owned, current.Name, column):
		r.refuse("dropping column %q: no revision made it, and only what revisions made is dropped; write an op.Exec that drops it", text)
	default:
		return p, true
	}
	return place{}, false
}

func (r *answerReader) backfill(text string) (place, bool) {
	tableName, column := splitPlace(text)
	name, _, desired := r.bothSides(tableName, func(_, desired *op.Table) bool { return has(desired, column) })
	switch {
	case desired == nil || column == "":
		r.refuse("backfilling %q: the models have no such table; name a column as table.column, of one of: %s", text, listed(r.desiredNames))
	case desired.Column(column) == nil:
		r.refuse("backfilling %q: the models have no such column; there are: %s", text,
			listed(columnNames(desired.Columns, func(string) bool { return true })))
	default:
		return place{name, column}, true
	}
	return place{}, false
}

// backfillDown takes a column that Down leaves in a table which Up leaves too.
func (r *answerReader) backfillDown(text string) (place, bool) {
	tableName, column := splitPlace(text)
	name, current, desired := r.bothSides(tableName, func(current, _ *op.Table) bool { return has(current, column) })
	switch {
	case current == nil || column == "":
		r.refuse("backfilling %q on the way down: there is no such table; name a column as table.column, of one of: %s", text, listed(r.currentNames))
	case !has(current, column) && !has(desired, column):
		r.refuse("backfilling %q on the way down: there is no such column; there are: %s", text, listed(columnNames(current.Columns, all)))
	default:
		return place{name, column}, true
	}
	return place{}, false
}

// usings reads what the values of columns become.
func (r *answerReader) usings(texts map[string]string) map[place]string {
	list := map[place]string{}
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		tableName, column := splitPlace(text)
		name, current, desired := r.bothSides(tableName, func(_, desired *op.Table) bool { return has(desired, column) })
		if current == nil || !has(desired, column) {
			r.refuse("converting %q: there is no such column in both the database and the models; name it as the models do, as table.column", text)
			continue
		}
		list[place{name, column}] = texts[text]
	}
	return list
}

// splitPlace divides table.column at the last point, since a table's name may
// have a point of its own before its schema.
func splitPlace(text string) (table, column string) {
	if i := strings.LastIndexByte(text, '.'); i >= 0 {
		return text[:i], text[i+1:]
	}
	return text, ""
}

// has reports whether there is such a table and column.
func has(t *op.Table, column string) bool { return t != nil && t.Column(column) != nil }

func owns(owned op.Schema, table, column string) bool {
	t := owned.Table(table)
	return t != nil && t.Column(column) != nil
}

func listed(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
