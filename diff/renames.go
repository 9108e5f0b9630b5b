package diff

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// renames returns the steps that rename tables and columns, tables first, so
// that the renames of columns know the tables by their new names. Those in
// the options that do not fit are errors; hints that do not are passed over.
func (r *answerReader) renames(o Options) op.List {
	var steps op.List
	for _, n := range inOrder(r.renamedTables(o), spareTable(r.currentNames, r.desiredNames)) {
		steps = append(steps, op.RenameTable{From: n.From, To: n.To})
	}
	given := r.byTable(o.Renames)
	for _, table := range r.desiredNames {
		name, current, desired := r.underNewName(table)
		if current == nil {
			continue
		}
		for _, n := range inOrder(r.renamedColumns(name, current, desired, given[name], o), spare(columnNames(current.Columns, all), columnNames(desired.Columns, all))) {
			steps = append(steps, op.RenameColumn{Table: name, From: n.From, To: n.To})
		}
	}
	return steps
}

func (r *answerReader) renamedTables(o Options) []Rename {
	names := namespace{has: setOf(r.currentNames), wants: setOf(r.desiredNames)}
	isTable := func(n Rename) bool { return n.Table == "" }
	given := r.once("table", sorted(keep(o.Renames, isTable)))
	all := slices.Concat(given, names.hinted(given, keep(o.Hints, func(n Rename) bool {
		return isTable(n) && !slices.Contains(o.Drops, n.From)
	})))
	for _, n := range given {
		switch {
		case !names.leaves(n, all):
			r.refuse("renaming table %q: it is not a table that the models have no more; those are: %s", n.From, listed(names.gone(r.currentNames)))
		case !names.arrives(n, all):
			r.refuse("renaming table %q: %q is not a new table of the models; those are: %s", n.From, n.To, listed(names.made(r.desiredNames)))
		}
	}
	for _, n := range all {
		r.newName[n.From], r.oldName[n.To] = n.To, n.From
		r.from[place{Table: n.From}] = true
	}
	return all
}

// renamedColumns returns the renames in one table, which has its new name.
func (r *answerReader) renamedColumns(table string, current, desired *op.Table, given []Rename, o Options) []Rename {
	has, wants := columnNames(current.Columns, all), columnNames(desired.Columns, all)
	names := namespace{has: setOf(has), wants: setOf(wants)}
	list := slices.Concat(given, names.hinted(given, keep(o.Hints, func(n Rename) bool {
		isDropped := slices.Contains(o.Drops, place{table, n.From}.String()) || slices.Contains(o.Drops, place{current.Name, n.From}.String())
		return n.Table == table && !isDropped
	})))
	for _, n := range given {
		about := place{table, n.From}
		switch {
		case !names.leaves(n, list):
			r.refuse("renaming column %q: it is not a column that the models have no more; in %q those are: %s", about, table, listed(names.gone(has)))
		case !names.arrives(n, list):
			r.refuse("renaming column %q: %q is not a new column of the models; in %q those are: %s", about, n.To, table, listed(names.made(wants)))
		}
	}
	for _, n := range list {
		r.from[place{table, n.From}] = true
	}
	return list
}

func all(string) bool { return true }

// byTable returns the given renames of columns by the new names of their
// tables.
func (r *answerReader) byTable(list []Rename) map[string][]Rename {
	byTable := map[string][]Rename{}
	var renames []Rename
	for _, n := range sorted(list) {
		if n.Table == "" {
			continue
		}
		table, current, desired := r.bothSides(n.Table, func(current, desired *op.Table) bool {
			return has(current, n.From) && has(desired, n.To)
		})
		if current == nil || desired == nil {
			r.refuse("renaming column %q: there is no table %q in both the database and the models; give the table's name in the models", n.Table+"."+n.From, n.Table)
			continue
		}
		renames = append(renames, Rename{Table: table, From: n.From, To: n.To})
	}
	for _, n := range r.once("column", sorted(renames)) {
		byTable[n.Table] = append(byTable[n.Table], n)
	}
	return byTable
}

// once returns the renames without those of what is renamed already, or to a
// name that is given already.
func (r *answerReader) once(what string, list []Rename) []Rename {
	var kept []Rename
	for _, n := range list {
		if slices.ContainsFunc(kept, func(k Rename) bool { return k.Table == n.Table && (k.From == n.From || k.To == n.To) }) {
			r.refuse("renaming %s %q: there is another rename of it, or to %q; leave one", what, place{n.Table, n.From}.text(), n.To)
			continue
		}
		kept = append(kept, n)
	}
	return kept
}

// text is the column with its table, or where there is no table the name.
func (p place) text() string {
	if p.Table == "" {
		return p.Column
	}
	return p.String()
}

// bothSides finds a table by its name on either side of a rename, first by the
// new one. Where tables exchange their names fits decides. The name that it
// returns is the new one.
func (r *answerReader) bothSides(table string, fits func(current, desired *op.Table) bool) (name string, current, desired *op.Table) {
	name, current, desired = r.underNewName(table)
	if later, ok := r.newName[table]; ok {
		if r.oldName[table] == "" || !fits(current, desired) {
			return r.underNewName(later)
		}
	}
	return name, current, desired
}

func (r *answerReader) underNewName(table string) (name string, current, desired *op.Table) {
	old := table
	if before, ok := r.oldName[table]; ok {
		old = before
	}
	return table, r.current[old], r.desired[table]
}
