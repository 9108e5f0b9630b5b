package op

import "slices"

// Table is one table with everything that belongs to it.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns,omitzero"`

	// PrimaryKey lists the key's columns in the order of the key.
	PrimaryKey PrimaryKey `json:"primary_key,omitzero"`
	// PrimaryKeyName is the constraint's name where it is not the one that the
	// database gives by itself.
	PrimaryKeyName string `json:"primary_key_name,omitzero"`

	Uniques     []Unique     `json:"uniques,omitzero"`
	Indexes     []Index      `json:"indexes,omitzero"`
	ForeignKeys []ForeignKey `json:"foreign_keys,omitzero"`
	Checks      []Check      `json:"checks,omitzero"`

	Comment string `json:"comment,omitzero"`
	// Options is the text after the closing parenthesis of CREATE TABLE, such
	// as STRICT on SQLite or ENGINE=InnoDB on MySQL. GORM takes it from
	// db.Set("gorm:table_options", …).
	Options string `json:"options,omitzero"`
}

// Column returns the column of that name, to read or to change in place, or
// nil where there is none.
func (t *Table) Column(name string) *Column { return find(t.Columns, name) }

// Unique returns the unique constraint of that name, or nil.
func (t *Table) Unique(name string) *Unique { return find(t.Uniques, name) }

// Index returns the index of that name, or nil.
func (t *Table) Index(name string) *Index { return find(t.Indexes, name) }

// ForeignKey returns the foreign key of that name, or nil.
func (t *Table) ForeignKey(name string) *ForeignKey { return find(t.ForeignKeys, name) }

// Check returns the check of that name, or nil.
func (t *Table) Check(name string) *Check { return find(t.Checks, name) }

// Clone returns a copy that shares no memory with t.
func (t Table) Clone() Table {
	t.Columns = slices.Clone(t.Columns)
	for i := range t.Columns {
		t.Columns[i] = t.Columns[i].clone()
	}
	t.PrimaryKey = slices.Clone(t.PrimaryKey)
	t.Uniques = slices.Clone(t.Uniques)
	for i := range t.Uniques {
		t.Uniques[i].Columns = slices.Clone(t.Uniques[i].Columns)
	}
	t.Indexes = slices.Clone(t.Indexes)
	for i := range t.Indexes {
		t.Indexes[i].Columns = slices.Clone(t.Indexes[i].Columns)
	}
	t.ForeignKeys = slices.Clone(t.ForeignKeys)
	for i := range t.ForeignKeys {
		t.ForeignKeys[i].Columns = slices.Clone(t.ForeignKeys[i].Columns)
		t.ForeignKeys[i].RefColumns = slices.Clone(t.ForeignKeys[i].RefColumns)
	}
	t.Checks = slices.Clone(t.Checks)
	return t
}

// named is what the parts of a table, and of a schema, have in common.
type named interface{ name() string }

// The receivers are values, so that find can hand out pointers into the slice.
func (c Column) name() string     { return c.Name }
func (u Unique) name() string     { return u.Name }
func (i Index) name() string      { return i.Name }
func (k ForeignKey) name() string { return k.Name }
func (c Check) name() string      { return c.Name }
func (e Enum) name() string       { return e.Name }
func (v View) name() string       { return v.Name }

func find[T named](list []T, name string) *T {
	for i := range list {
		if list[i].name() == name {
			return &list[i]
		}
	}
	return nil
}

// called returns a name for people to read behind what it is the name of.
func called(name string) string {
	if name == "" {
		return ""
	}
	return " " + name
}

// constraint is a part that may be without a name on SQLite.
type constraint interface {
	named
	definition() string
}

func (u Unique) definition() string     { return PartsString(u.Columns) }
func (k ForeignKey) definition() string { return k.String() }
func (c Check) definition() string      { return "(" + c.Expr + ")" }

// removeConstraint removes the constraint of that name, or else the first that
// has it for a definition, one without a name before others.
func removeConstraint[T constraint](list []T, name string) ([]T, bool) {
	if shorter, found := remove(list, name); found {
		return shorter, true
	}
	i := slices.IndexFunc(list, func(x T) bool { return x.name() == "" && x.definition() == name })
	if i < 0 {
		i = slices.IndexFunc(list, func(x T) bool { return x.definition() == name })
	}
	if i < 0 {
		return list, false
	}
	return slices.Delete(list, i, i+1), true
}

func remove[T named](list []T, name string) ([]T, bool) {
	for i := range list {
		if list[i].name() == name {
			return slices.Delete(list, i, i+1), true
		}
	}
	return list, false
}
