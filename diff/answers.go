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

// answers are the options after they were checked against the schemas. All
// places are in the words of the schema that the renames leave.
type answers struct {
	renames   op.List
	drops     map[place]bool
	backfills map[place]op.Default
}

// readAnswers checks the options and returns an error that names every answer
// which does not fit, and what would.
func readAnswers(current, desired op.Schema, o Options) (answers, error) {
	r := answerReader{
		current: tablesOf(current), desired: tablesOf(desired),
		currentNames: names(current), desiredNames: names(desired),
		newName: map[string]string{}, oldName: map[string]string{},
		from: map[place]bool{}, to: map[place]bool{},
	}
	a := answers{drops: map[place]bool{}, backfills: map[place]op.Default{}}

	renames := slices.Clone(o.Renames)
	slices.SortFunc(renames, func(a, b Rename) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	// Tables stand first, since "" sorts before every name: the renames of
	// columns that follow know the tables by their new names.
	for _, rename := range slices.Compact(renames) {
		if step := r.rename(rename); step != nil {
			a.renames = append(a.renames, step)
		}
	}
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
	return a, errors.Join(r.errs...)
}

// answerReader checks one answer after the other.
type answerReader struct {
	current, desired           tables
	currentNames, desiredNames []string
	// newName and oldName are the renames of tables.
	newName, oldName map[string]string
	// from and to are what renames have used up.
	from, to map[place]bool
	errs     []error
}

func (r *answerReader) refuse(format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf(format, args...))
}

func (r *answerReader) rename(n Rename) op.Operation {
	if n.Table == "" {
		return r.renameTable(n)
	}
	return r.renameColumn(n)
}

func (r *answerReader) renameTable(n Rename) op.Operation {
	gone := slices.DeleteFunc(slices.Clone(r.currentNames), func(s string) bool { return r.desired[s] != nil })
	made := slices.DeleteFunc(slices.Clone(r.desiredNames), func(s string) bool { return r.current[s] != nil })
	switch {
	case r.current[n.From] == nil || r.desired[n.From] != nil:
		r.refuse("renaming table %q: it is not a table that the models have no more; those are: %s", n.From, listed(gone))
	case r.desired[n.To] == nil || r.current[n.To] != nil:
		r.refuse("renaming table %q: %q is not a new table of the models; those are: %s", n.From, n.To, listed(made))
	case !r.take(place{Table: n.From}, place{Table: n.To}):
		r.refuse("renaming table %q: there is another rename of it, or to %q; leave one", n.From, n.To)
	default:
		r.newName[n.From], r.oldName[n.To] = n.To, n.From
		return op.RenameTable{From: n.From, To: n.To}
	}
	return nil
}

func (r *answerReader) renameColumn(n Rename) op.Operation {
	table, current, desired := r.bothSides(n.Table)
	if current == nil || desired == nil {
		r.refuse("renaming column %q: there is no table %q in both the database and the models; give the table's name in the models", n.Table+"."+n.From, n.Table)
		return nil
	}
	from, to := place{table, n.From}, place{table, n.To}
	gone := columnNames(current.Columns, func(name string) bool { return desired.Column(name) == nil })
	made := columnNames(desired.Columns, func(name string) bool { return current.Column(name) == nil })
	switch {
	case !slices.Contains(gone, n.From):
		r.refuse("renaming column %q: it is not a column that the models have no more; in %q those are: %s", from, table, listed(gone))
	case !slices.Contains(made, n.To):
		r.refuse("renaming column %q: %q is not a new column of the models; in %q those are: %s", from, n.To, table, listed(made))
	case !r.take(from, to):
		r.refuse("renaming column %q: there is another rename of it, or to %q; leave one", from, n.To)
	default:
		return op.RenameColumn{Table: table, From: n.From, To: n.To}
	}
	return nil
}

// take notes that a rename uses two names, and reports whether both were free.
func (r *answerReader) take(from, to place) bool {
	if r.from[from] || r.to[to] {
		return false
	}
	r.from[from], r.to[to] = true, true
	return true
}

// bothSides finds a table by its name on either side of a rename. The name that
// it returns is the new one.
func (r *answerReader) bothSides(table string) (name string, current, desired *op.Table) {
	if renamed, ok := r.newName[table]; ok {
		table = renamed
	}
	old := table
	if before, ok := r.oldName[table]; ok {
		old = before
	}
	return table, r.current[old], r.desired[table]
}

func (r *answerReader) drop(text string, owned op.Schema) (place, bool) {
	if table := r.current[text]; table != nil {
		switch {
		case r.desired[text] != nil:
			r.refuse("dropping table %q: the models still have it", text)
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
	name, current, desired := r.bothSides(tableName)
	switch p := (place{name, column}); {
	case current == nil && column == "":
		r.refuse("dropping %q: there is no such table; there are: %s", text, listed(r.currentNames))
	case current == nil:
		r.refuse("dropping column %q: there is no table %q; there are: %s", text, tableName, listed(r.currentNames))
	case current.Column(column) == nil:
		r.refuse("dropping column %q: there is no such column; there are: %s", text,
			listed(columnNames(current.Columns, func(string) bool { return true })))
	case desired != nil && desired.Column(column) != nil:
		r.refuse("dropping column %q: the models still have it", text)
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
	name, _, desired := r.bothSides(tableName)
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

// splitPlace divides table.column at the last point, since a table's name may
// have a point of its own before its schema.
func splitPlace(text string) (table, column string) {
	if i := strings.LastIndexByte(text, '.'); i >= 0 {
		return text[:i], text[i+1:]
	}
	return text, ""
}

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
