package diff

import (
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// merger makes the goal: the schema that Up shall leave, which is the desired
// one and whatever is not ours to drop.
type merger struct {
	current, desired, owned tables
	answers                 answers
	// tables are those of both sides, by name.
	tables []*mergedTable
	byName map[string]*mergedTable
	enums  []*mergedEnum
	views  []op.View
	// foreignViews are those of views that are not ours.
	foreignViews []Object

	questions    []Question
	incomparable []string
}

// mergedTable is a table on its way into the goal.
type mergedTable struct {
	name             string
	current, desired *op.Table
	// goal is what the table shall be. It means nothing where gone is set.
	goal op.Table
	gone bool
	// unmanaged has the parts of goal that neither the desired schema names nor
	// a revision made; all of them where the table itself is such.
	unmanaged op.Table
	// comment says that the table's comment is such, too.
	comment bool
	// held says that the table was to go, but something stands in the way.
	held bool
	// dropped are the columns that are left out of goal, added the new ones.
	dropped, added []op.Column
}

// isUnmanaged reports whether the whole table is not ours.
func (t *mergedTable) isUnmanaged() bool { return t.desired == nil && !t.gone && !t.held }

func merge(current, desired, owned op.Schema, a answers) *merger {
	m := &merger{
		current: tablesOf(current), desired: tablesOf(desired), owned: tablesOf(owned),
		answers: a, byName: map[string]*mergedTable{},
	}
	list := append(names(current), names(desired)...)
	slices.Sort(list)
	for _, name := range slices.Compact(list) {
		t := m.mergeTable(name)
		m.tables = append(m.tables, t)
		m.byName[name] = t
	}
	m.holdTables()
	m.holdColumns()
	m.holdKeys()
	m.askForRenames()
	m.mergeEnums(current, desired, owned)
	m.askForColumnValues()
	m.views, m.foreignViews = mergeViews(current, desired, owned)
	return m
}

func (m *merger) mergeTable(name string) *mergedTable {
	t := &mergedTable{name: name, current: m.current[name], desired: m.desired[name]}
	switch {
	case t.current == nil:
		t.goal = t.desired.Clone()
	case t.desired == nil && m.owned[name] == nil:
		t.goal, t.unmanaged = t.current.Clone(), t.current.Clone()
	case t.desired == nil:
		t.gone = true
	default:
		m.mergeParts(t)
	}
	return t
}

// goal returns the schema that Up shall leave.
func (m *merger) goal() op.Schema {
	var s op.Schema
	for _, t := range m.tables {
		if !t.gone {
			s.Tables = append(s.Tables, t.goal)
		}
	}
	for _, e := range m.enums {
		if !e.gone {
			s.Enums = append(s.Enums, e.goal)
		}
	}
	s.Views = m.views
	return canonical(s)
}

// foreign returns the parts of the goal that are not ours, by table.
func (m *merger) foreign() tables {
	list := make(tables, len(m.tables))
	for _, t := range m.tables {
		list[t.name] = &t.unmanaged
	}
	return list
}

// unmanaged lists what was left alone. A table stands for all of its parts.
func (m *merger) unmanaged() []Object {
	var list []Object
	for _, t := range m.tables {
		if t.isUnmanaged() {
			list = append(list, Object{Kind: "table", Name: t.name})
			continue
		}
		for _, c := range t.unmanaged.Columns {
			list = append(list, Object{Kind: "column", Table: t.name, Name: c.Name})
		}
		if len(t.unmanaged.PrimaryKey) > 0 {
			list = append(list, Object{Kind: "primary key", Table: t.name})
		}
		list = append(list, objects(uniques(), t.name, t.unmanaged.Uniques)...)
		list = append(list, objects(indexes(), t.name, t.unmanaged.Indexes)...)
		list = append(list, objects(foreignKeys(), t.name, t.unmanaged.ForeignKeys)...)
		list = append(list, objects(checks(), t.name, t.unmanaged.Checks)...)
		if t.comment {
			list = append(list, Object{Kind: "comment", Table: t.name})
		}
	}
	return slices.Concat(list, m.unmanagedEnums(), m.foreignViews)
}

func objects[T any](f facet[T], table string, parts []T) []Object {
	var list []Object
	for _, part := range parts {
		list = append(list, f.object(table, part))
	}
	return list
}

func (m *merger) ask(about place, answers []string, format string, args ...any) {
	m.questions = append(m.questions, Question{About: about.String(), Text: fmt.Sprintf(format, args...), Answers: answers})
}

func (m *merger) cannot(format string, args ...any) {
	m.incomparable = append(m.incomparable, fmt.Sprintf(format, args...))
}
