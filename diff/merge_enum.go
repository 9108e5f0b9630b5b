package diff

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// mergedEnum is an enum on its way into the goal.
type mergedEnum struct {
	goal op.Enum
	gone bool
	// unmanaged says that the whole enum is not ours; values are those of ours
	// that are not.
	unmanaged bool
	values    []string
	// made says that there is none yet.
	made bool
}

// mergeEnums decides what becomes of the enums, once it is known which columns
// stay.
func (m *merger) mergeEnums(current, desired, owned op.Schema) {
	for _, name := range enumNames(current, desired) {
		have, want, ours := current.Enum(name), desired.Enum(name), owned.Enum(name)
		e := &mergedEnum{}
		switch {
		case have == nil:
			e.goal, e.made = *want, true
		case want != nil:
			if ours == nil {
				ours = &op.Enum{}
			}
			e.goal, e.values = withForeign(*have, *want, *ours)
			m.askForValues(name, have.Values, e.goal.Values)
		case ours == nil:
			e.goal = *have
			e.unmanaged = !m.isMentioned(name)
		default:
			e.goal, e.gone = *have, true
			m.holdEnum(e)
		}
		m.enums = append(m.enums, e)
	}
	m.askForEnums()
	m.spreadValues()
}

// withForeign returns the wanted enum with the values that somebody else has
// added, each after the one that it stands behind now.
func withForeign(have, want, ours op.Enum) (goal op.Enum, foreign []string) {
	goal = op.Enum{Name: want.Name, Values: slices.Clone(want.Values)}
	for i, value := range have.Values {
		if slices.Contains(want.Values, value) || slices.Contains(ours.Values, value) {
			continue
		}
		at := 0
		for j := i - 1; j >= 0 && at == 0; j-- {
			at = slices.Index(goal.Values, have.Values[j]) + 1
		}
		goal.Values = slices.Insert(goal.Values, at, value)
		foreign = append(foreign, value)
	}
	return goal, foreign
}

// spreadValues gives the columns of the goal the values that their enums will
// have.
func (m *merger) spreadValues() {
	for _, e := range m.enums {
		if e.gone {
			continue
		}
		for _, t := range m.tables {
			for i := range t.goal.Columns {
				if c := &t.goal.Columns[i]; isOf(c.Type, e.goal.Name) {
					c.Type.Values = slices.Clone(e.goal.Values)
				}
			}
		}
	}
}

// users returns the columns of the goal that are of the enum.
func (m *merger) users(enum string) []string {
	var list []string
	for _, t := range m.tables {
		if t.gone {
			continue
		}
		for _, c := range t.goal.Columns {
			if mentionsEnum(c.Type, enum) {
				list = append(list, t.name+"."+c.Name)
			}
		}
	}
	return list
}

// isMentioned reports whether a model has a column of the enum.
func (m *merger) isMentioned(enum string) bool {
	return slices.ContainsFunc(m.tables, func(t *mergedTable) bool {
		return t.desired != nil && slices.ContainsFunc(t.desired.Columns, func(c op.Column) bool { return mentionsEnum(c.Type, enum) })
	})
}

// holdEnum puts an enum back that was to be dropped, where a column that stays
// is of it.
func (m *merger) holdEnum(e *mergedEnum) {
	users := m.users(e.goal.Name)
	if len(users) == 0 {
		return
	}
	e.gone = false
	if m.isMentioned(e.goal.Name) {
		m.cannot("enum %q stays, although the models declare it no more: %s is of that type", e.goal.Name, strings.Join(users, ", "))
		return
	}
	m.ask(place{Table: e.goal.Name}, nil,
		"Enum %q would be dropped, but columns that no revision made are of that type (%s): change these by hand first, or keep the enum beside the models.",
		e.goal.Name, strings.Join(users, ", "))
}

// unmanagedEnums lists the enums, and values of enums, that were left alone.
func (m *merger) unmanagedEnums() []Object {
	var list []Object
	for _, e := range m.enums {
		if e.unmanaged {
			list = append(list, Object{Kind: "enum", Name: e.goal.Name})
		}
		for _, value := range e.values {
			list = append(list, Object{Kind: "value", Table: e.goal.Name, Name: value})
		}
	}
	return list
}

// askForValues asks where a value that goes and a new one could be one value
// under two names. about is an enum, or a column of an enum of MySQL's.
func (m *merger) askForValues(about string, from, to []string) {
	added := slices.DeleteFunc(slices.Clone(to), func(v string) bool { return slices.Contains(from, v) })
	if len(added) == 0 {
		return
	}
	for _, value := range from {
		isReplaced := slices.ContainsFunc(m.answers.replace[about], func(r op.Replacement) bool { return r.From == value })
		if slices.Contains(to, value) || isReplaced || m.answers.drops[place{about, value}] {
			continue
		}
		old := about + "." + value
		var answers []string
		for _, other := range added {
			answers = append(answers, flag("rename", old+"="+other))
		}
		m.ask(place{about, value}, append(answers, flag("drop", old), flag("backfill", old+"="+quoted(to[0]))),
			"Value %q of %q is no longer in the models: is it one of the new values under its old name, shall it be dropped, or shall rows that hold it get another?",
			value, about)
	}
}

// askForColumnValues does the same for the columns that have an enum of MySQL's
// for their type.
func (m *merger) askForColumnValues() {
	for _, t := range m.tables {
		if t.gone || t.current == nil || t.desired == nil {
			continue
		}
		for _, want := range t.desired.Columns {
			have := t.current.Column(want.Name)
			if have == nil || have.Type.Word != op.WordRaw || want.Type.Word != op.WordRaw {
				continue
			}
			from, wasEnum := have.Type.EnumValues()
			to, isEnum := want.Type.EnumValues()
			if wasEnum && isEnum {
				m.askForValues(t.name+"."+want.Name, from, to)
			}
		}
	}
}

// askForEnums asks where an enum that goes and a new one with some of its values
// could be one enum under two names.
func (m *merger) askForEnums() {
	for _, old := range m.enums {
		if !old.gone || m.answers.drops[place{Table: old.goal.Name}] {
			continue
		}
		var answers []string
		for _, e := range m.enums {
			if e.made && slices.ContainsFunc(e.goal.Values, func(v string) bool { return slices.Contains(old.goal.Values, v) }) {
				answers = append(answers, flag("rename", old.goal.Name+"="+e.goal.Name))
			}
		}
		if len(answers) > 0 {
			m.ask(place{Table: old.goal.Name}, append(answers, flag("drop", old.goal.Name)),
				"Enum %q is no longer beside the models: is it a new one under its old name, or shall it be dropped?", old.goal.Name)
		}
	}
}

func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
