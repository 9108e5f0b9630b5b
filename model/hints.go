package model

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gorm.io/gorm/schema"
)

// Hints are what models say beside their schema about the way to it.
type Hints struct {
	// Renames are the old names that models give: of a column in the tag
	// renamedFrom of its field, of a table in a method of the model
	// (see [Renamer]), of a join table in the tag of the many2many field.
	// They are sorted. Whether something still has an old name is not known here.
	Renames []Rename
	// JoinTables are the tables of many2many relations for which GORM makes up
	// the struct, sorted. Their columns are named after the models.
	JoinTables []string
	// Zeros are the zero values of fields whose column has a raw type, sorted.
	Zeros []Zero
	// Polymorphic are the columns whose rows name tables, sorted: when such a
	// table is renamed, these rows have to name it anew.
	Polymorphic []Polymorphic
}

// Rename says that a column, or where Table is empty a table, had another name
// once.
type Rename struct {
	// Table is the column's table under its name of today.
	Table string
	From  string
	To    string
}

// Renamer is a model whose table had another name once. Give the name as the
// database has it; several ones are separated by commas:
//
//	func (Account) RenamedFrom() string { return "users" }
//
// The method may stay when the table has been renamed everywhere: it then says
// nothing.
type Renamer interface {
	RenamedFrom() string
}

// Hints returns what the models say about how they came about. A column that
// had another name says so in its tag, with several old names separated by
// commas; GORM takes no notice of it:
//
//	FullName string `gorm:"renamedFrom:name"`
//
// On the field of an embedded struct it gives the prefix that all of its
// columns had, `renamedFrom:-` for none; the old names inside the struct have
// the prefix too. On a many2many field it gives the join table's old name.
//
// The errors are those of [Loader.Load], which is to be called before.
func (l Loader) Hints(models ...any) (Hints, error) {
	w, err := l.read(models)
	if err != nil {
		return Hints{}, err
	}
	return w.hints()
}

func (w wanted) hints() (Hints, error) {
	var h Hints
	for _, claims := range w.tables {
		for _, c := range claims {
			if err := guard(c.name(), func() error { return h.read(w.Loader, c) }); err != nil {
				return Hints{}, err
			}
		}
	}
	slices.SortFunc(h.Renames, func(a, b Rename) int {
		return slices.Compare([]string{a.Table, a.From, a.To}, []string{b.Table, b.From, b.To})
	})
	h.Renames = slices.Compact(h.Renames)
	slices.SortStableFunc(h.Zeros, func(a, b Zero) int {
		return slices.Compare([]string{a.Table, a.Column}, []string{b.Table, b.Column})
	})
	h.Polymorphic = sortPolymorphic(h.Polymorphic)
	slices.Sort(h.JoinTables)
	h.JoinTables = slices.Compact(h.JoinTables)
	return h, nil
}

// read adds what one claim says.
func (h *Hints) read(l Loader, c claim) error {
	s := c.schema
	if c.owner != nil {
		h.add("", oldNames(c.owner.Field.Tag), s.Table)
	}
	if c.generated() {
		h.JoinTables = append(h.JoinTables, s.Table)
		return nil
	}
	h.Polymorphic = append(h.Polymorphic, polymorphic(s)...)
	model := reflect.New(s.ModelType).Interface()
	if m, ok := model.(Renamer); ok {
		h.add("", split(m.RenamedFrom()), s.Table)
	} else if _, ok := reflect.TypeOf(model).MethodByName("RenamedFrom"); ok {
		return &Error{Model: c.name(), Err: errors.New("the method RenamedFrom has to be RenamedFrom() string")}
	}
	for _, f := range s.Fields {
		if err := misplaced(s, f); err != nil {
			return &Error{Model: c.name(), Field: f.BindName(), Err: err}
		}
	}
	for _, f := range columns(s) {
		if len(f.BindNames) > 1 || mayHave(f.Tag, renamedFrom) {
			old, err := oldColumnNames(s.ModelType, f)
			if err != nil {
				return &Error{Model: c.name(), Field: f.BindName(), Err: err}
			}
			h.add(s.Table, old, f.DBName)
		}
		if _, portable := wordOf(f); portable {
			continue
		}
		if zero, ok := zeroOf(f, l.typeOf(f)); ok {
			h.Zeros = append(h.Zeros, Zero{s.Table, f.DBName, zero})
		}
	}
	return nil
}

func (h *Hints) add(table string, from []string, to string) {
	for _, name := range from {
		if name != to {
			h.Renames = append(h.Renames, Rename{Table: table, From: name, To: to})
		}
	}
}

// oldColumnNames returns the names that a column may have had: each old name
// of the field, or the one of today, behind each prefix that the structs around
// it have or had. GORM's own settings of an embedded field are no help, since
// those of the struct around it have replaced them.
func oldColumnNames(t reflect.Type, f *schema.Field) ([]string, error) {
	prefixes, tail := []string{""}, f.DBName
	for _, name := range f.BindNames[:len(f.BindNames)-1] {
		field, ok := elementOf(t).FieldByName(name)
		if !ok {
			return nil, fmt.Errorf("there is no field %q in %s", name, t)
		}
		t = field.Type
		now := schema.ParseTagSetting(field.Tag.Get("gorm"), ";")["EMBEDDEDPREFIX"]
		tail = strings.TrimPrefix(tail, now)
		var longer []string
		for _, prefix := range prefixes {
			for _, old := range append([]string{now}, oldNames(field.Tag)...) {
				longer = append(longer, prefix+strings.TrimPrefix(old, "-"))
			}
		}
		prefixes = longer
	}
	var list []string
	for _, prefix := range prefixes {
		for _, name := range append([]string{tail}, oldNames(f.Tag)...) {
			list = append(list, prefix+name)
		}
	}
	return list, nil
}

// misplaced refuses a renamedFrom that could have no effect.
func misplaced(s *schema.Schema, f *schema.Field) error {
	old := oldNames(f.Tag)
	if len(old) == 0 {
		return nil
	}
	rel := s.Relationships.Relations[f.Name]
	switch {
	case slices.Contains(old, "RENAMEDFROM"): // how GORM reads a word without a colon
		return errors.New("the tag renamedFrom wants an old name: `renamedFrom:name`")
	case isRelation(f) && (rel == nil || rel.Type != schema.Many2Many):
		return errors.New("the tag renamedFrom has no effect on a relation that is not many2many; put it on the field of the foreign key, or give the model a method RenamedFrom")
	}
	return nil
}

// renamedFrom is the tag, in lower case.
const renamedFrom = "renamedfrom"

// oldNames returns what a field's tag says after renamedFrom.
func oldNames(tag reflect.StructTag) []string {
	if !mayHave(tag, renamedFrom) {
		return nil
	}
	return split(schema.ParseTagSetting(tag.Get("gorm"), ";")["RENAMEDFROM"])
}

// mayHave reports whether a tag may have a setting, in any letter case; most have
// none of the rare ones, and need not be taken apart to see that.
func mayHave(tag reflect.StructTag, setting string) bool {
	for i := range len(tag) - len(setting) + 1 {
		if tag[i]|0x20 == setting[0] && strings.EqualFold(string(tag[i:i+len(setting)]), setting) {
			return true
		}
	}
	return false
}

func split(list string) []string {
	var names []string
	for _, name := range strings.Split(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}
