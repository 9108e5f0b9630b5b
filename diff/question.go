package diff

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/go-limbeck/limbeck/op"
)

// askForRenames asks where something that goes and something new could be one
// thing under two names. It never guesses.
func (m *merger) askForRenames() {
	asked := m.askForLeftovers()
	m.askForTables(asked)
	for _, t := range m.tables {
		if len(t.added) == 0 {
			continue
		}
		for _, old := range t.dropped {
			if about := (place{t.name, old.Name}); !m.answers.drops[about] && !asked[about] {
				m.ask(about, columnAnswers(about, old, t.added),
					"Column %q is no longer in the models: is it one of the new columns under its old name, or shall it be dropped?", about)
			}
		}
	}
}

// askForLeftovers asks before something is dropped that the models call by a new
// name, where that is there as well: what is in the old one may be needed yet.
// It returns what it asked about.
func (m *merger) askForLeftovers() map[place]bool {
	asked := map[place]bool{}
	for _, h := range sorted(m.answers.hints) {
		name := h.Table
		if name == "" {
			name = h.From
		}
		t := m.byName[name]
		if t == nil {
			continue
		}
		about, isLeft := place{Table: name}, t.gone && m.current[h.To] != nil
		if h.Table != "" {
			about.Column = h.From
			isLeft = has(t.current, h.To) && slices.ContainsFunc(t.dropped, func(c op.Column) bool { return c.Name == h.From })
		}
		if isLeft && !m.answers.drops[about] && !asked[about] {
			asked[about] = true
			m.ask(about, []string{flag("drop", about.String())},
				"%q would be dropped, which the models call %q now, and both are there: move what is in the old one first, or shall it go, with all that is in it?", about, h.To)
		}
	}
	return asked
}

// columnAnswers puts the new columns of the same type first.
func columnAnswers(about place, old op.Column, added []op.Column) []string {
	var same, other []string
	for _, c := range added {
		answer := flag("rename", about.String()+"="+c.Name)
		if c.Type.Equal(old.Type) {
			same = append(same, answer)
		} else {
			other = append(other, answer)
		}
	}
	return append(slices.Concat(same, other), flag("drop", about.String()))
}

// toFillIn writes an answer of which the reader has to say the most.
func toFillIn(name string, about place, what string) string {
	return strings.TrimSuffix(flag(name, about.String()+"="), "'") + "<" + what + ">"
}

// flag writes an answer as it is given on the command line, ready to paste.
func flag(name, value string) string {
	isPlain := !strings.ContainsFunc(value, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_.=-/", r)
	})
	if !isPlain {
		value = "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
	}
	return "--" + name + " " + value
}

func (m *merger) askForTables(asked map[place]bool) {
	var made []*mergedTable
	for _, t := range m.tables {
		if t.current == nil {
			made = append(made, t)
		}
	}
	for _, t := range m.tables {
		if about := (place{Table: t.name}); !t.gone || m.answers.drops[about] || asked[about] {
			continue
		}
		if like := alike(t, made); len(like) > 0 {
			var answers []string
			for _, other := range like {
				answers = append(answers, flag("rename-table", t.name+"="+other.name))
			}
			m.ask(place{Table: t.name}, append(answers, flag("drop", t.name)),
				"Table %q is no longer in the models: is it a new table under its old name, or shall it be dropped?", t.name)
		}
	}
}

// alike returns the new tables that could be the old one: they share at least
// half of the columns, by name or by what they refer to, or have its name in
// another schema. Those that share most stand first.
func alike(old *mergedTable, made []*mergedTable) []*mergedTable {
	type candidate struct {
		table  *mergedTable
		shared int
	}
	var list []candidate
	for _, t := range made {
		shared := sharedColumns(old.current, t.desired)
		hasHalf := shared > 0 && 2*shared >= max(len(old.current.Columns), len(t.desired.Columns))
		if hasHalf || nameInSchema(old.name) == nameInSchema(t.name) {
			list = append(list, candidate{t, shared})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.shared, a.shared) })
	result := make([]*mergedTable, len(list))
	for i, c := range list {
		result[i] = c.table
	}
	return result
}

// nameInSchema returns the name of a table without its schema.
func nameInSchema(table string) string { return table[strings.LastIndexByte(table, '.')+1:] }

// sharedColumns counts the columns of two tables that have the same name, or
// else refer to the same column of the same table: those of a join table are
// named after the models that it joins, and so may all have other names.
func sharedColumns(a, b *op.Table) int {
	has := setOf(columnNames(a.Columns, all))
	shared := len(columnNames(b.Columns, func(name string) bool { return has[name] }))
	used := make([]bool, len(b.ForeignKeys))
	for _, k := range a.ForeignKeys {
		for i, o := range b.ForeignKeys {
			isNew := !slices.ContainsFunc(o.Columns, func(name string) bool { return has[name] })
			if !used[i] && isNew && k.RefTable == o.RefTable && slices.Equal(k.RefColumns, o.RefColumns) && len(k.Columns) == len(o.Columns) {
				used[i] = true
				shared += len(o.Columns)
				break
			}
		}
	}
	return shared
}
