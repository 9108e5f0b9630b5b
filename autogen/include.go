package autogen

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// Item is an object that a filter decides about: a table, or a part of one
// that takes part itself. A new table is asked about first, then its parts.
type Item struct {
	diff.Object
	// Current and Desired are the object on either side, nil where that side
	// has none: an [op.Table], [op.Column], [op.PrimaryKey], [op.Unique],
	// [op.Index], [op.ForeignKey], [op.Check], [op.Enum] or [op.View].
	Current, Desired any
}

// filter says which objects take part. The zero value takes in all.
type filter struct {
	only, except []string
	include      func(Item) bool
}

// newFilter checks the patterns.
func newFilter(o Options) (filter, error) {
	for _, pattern := range slices.Concat(o.Only, o.Except) {
		if _, err := path.Match(pattern, ""); err != nil {
			return filter{}, fmt.Errorf("reading the pattern %q: %w; * stands for any characters, ? for one, [a-z] for one of these", pattern, err)
		}
	}
	return filter{only: o.Only, except: o.Except, include: o.Include}, nil
}

func (f filter) isZero() bool { return len(f.only) == 0 && len(f.except) == 0 && f.include == nil }

// takes reports whether an object takes part. Only is about tables and views,
// since what belongs to one that takes part is meant with it.
func (f filter) takes(i Item) bool {
	name := i.Name
	if i.Table != "" {
		name = i.Table + "." + i.Name
	}
	matches := func(pattern string) bool {
		ok, _ := path.Match(pattern, name) // newFilter has checked the patterns
		return ok
	}
	return (len(f.only) == 0 || i.Kind != "table" && i.Kind != "view" || slices.ContainsFunc(f.only, matches)) &&
		!slices.ContainsFunc(f.except, matches) &&
		(f.include == nil || f.include(i))
}

// apply returns what is really desired of a database in a state: what takes
// part as the models want it, and everything else as it is there, or not there.
// In this way it is left alone on both sides, and a copy of the schema still has
// it. The objects are those that would have been changed otherwise.
func (f filter) apply(current, desired op.Schema) (op.Schema, []diff.Object) {
	if f.isZero() {
		return desired, nil
	}
	a := filtering{filter: f}
	var tables []op.Table
	takesPart := map[string]bool{}
	for _, name := range bothNames(tableNames(current), tableNames(desired)) {
		have, want := current.Table(name), desired.Table(name)
		if !a.takes(Item{Object: diff.Object{Kind: "table", Name: name}, Current: known(have), Desired: known(want)}) {
			a.leaveTable(have, want)
			if have != nil {
				tables = append(tables, have.Clone())
			}
			continue
		}
		if want == nil {
			continue
		}
		if have == nil {
			have = &op.Table{Name: name}
		}
		tables, takesPart[name] = append(tables, a.table(*have, *want)), true
	}
	s := op.Schema{Tables: tables}
	s.Enums = filterParts(&a, "", "enum", current.Enums, a.enums(current, desired, takesPart), func(e op.Enum) string { return e.Name })
	s.Views = filterParts(&a, "", "view", current.Views, desired.Views, func(v op.View) string { return v.Name })
	for i := range s.Tables {
		if t := &s.Tables[i]; takesPart[t.Name] {
			a.dropLoose(s, t, current)
		}
	}
	slices.SortStableFunc(a.left, func(x, y diff.Object) int {
		return cmp.Or(cmp.Compare(x.Table, y.Table), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Name, y.Name))
	})
	return s, a.left
}

// filtering is one use of a filter.
type filtering struct {
	filter
	left []diff.Object
}

// leave notes an object that is left as it is, if anything was to be done.
func (a *filtering) leave(o diff.Object, have, want any) {
	// As JSON, in which nothing and empty are one.
	x, errX := json.Marshal(have)
	y, errY := json.Marshal(want)
	if errX != nil || errY != nil || !bytes.Equal(x, y) {
		a.left = append(a.left, o)
	}
}

// leaveTable does so for a whole table, in which the order of parts means
// nothing.
func (a *filtering) leaveTable(have, want *op.Table) {
	if have != nil && want != nil {
		plan, err := diff.Compare(op.Schema{Tables: []op.Table{*have}}, op.Schema{Tables: []op.Table{*want}}, diff.Options{})
		if err == nil && plan.Empty() && len(plan.Incomparable) == 0 {
			return
		}
	}
	a.left = append(a.left, diff.Object{Kind: "table", Name: cmp.Or(have, want).Name})
}

// enums returns the wanted enums. Where only some tables take part, those that
// no column of these is of are as they are there.
func (a *filtering) enums(current, desired op.Schema, takesPart map[string]bool) []op.Enum {
	if len(a.only) == 0 {
		return desired.Enums
	}
	isUsed := func(name string) bool {
		return slices.ContainsFunc(desired.Tables, func(t op.Table) bool {
			return takesPart[t.Name] && slices.ContainsFunc(t.Columns, func(c op.Column) bool { return c.Type.Word == op.WordEnum && c.Type.Text == name })
		})
	}
	list := keep(desired.Enums, func(e op.Enum) bool { return isUsed(e.Name) })
	list = append(list, keep(current.Enums, func(e op.Enum) bool { return !isUsed(e.Name) })...)
	for _, name := range bothNames(enumNames(current), enumNames(desired)) {
		if !isUsed(name) {
			a.leave(diff.Object{Kind: "enum", Name: name}, current.Enum(name), desired.Enum(name))
		}
	}
	return list
}

func (a *filtering) table(have, want op.Table) op.Table {
	t := want.Clone()
	t.Columns = filterParts(a, t.Name, "column", have.Columns, t.Columns, func(c op.Column) string { return c.Name })
	key := Item{Object: diff.Object{Kind: "primary key", Table: t.Name}}
	if len(have.PrimaryKey) > 0 {
		key.Current = have.PrimaryKey
	}
	if len(want.PrimaryKey) > 0 {
		key.Desired = want.PrimaryKey
	}
	if (key.Current != nil || key.Desired != nil) && !a.takes(key) {
		a.leave(key.Object, key.Current, key.Desired)
		t.PrimaryKey, t.PrimaryKeyName = slices.Clone(have.PrimaryKey), have.PrimaryKeyName
	}
	t.Uniques = filterParts(a, t.Name, "unique constraint", have.Uniques, t.Uniques, func(u op.Unique) string { return u.Name })
	t.Indexes = filterParts(a, t.Name, "index", have.Indexes, t.Indexes, func(x op.Index) string { return x.Name })
	t.ForeignKeys = filterParts(a, t.Name, "foreign key", have.ForeignKeys, t.ForeignKeys, func(k op.ForeignKey) string { return k.Name })
	t.Checks = filterParts(a, t.Name, "check", have.Checks, t.Checks, func(c op.Check) string { return c.Name })
	return t
}

// filterParts returns the wanted parts of one kind, with those that do not take
// part as they are. One that is there and not wanted is left to the comparison
// where it takes part.
func filterParts[T any](a *filtering, table, kind string, have, want []T, name func(T) string) []T {
	find := func(list []T, n string) *T {
		if i := slices.IndexFunc(list, func(x T) bool { return name(x) == n }); i >= 0 && n != "" {
			return &list[i]
		}
		return nil
	}
	var list []T
	for _, w := range want {
		h := find(have, name(w))
		o := diff.Object{Kind: kind, Table: table, Name: name(w)}
		if a.takes(Item{Object: o, Current: known(h), Desired: w}) {
			list = append(list, w)
			continue
		}
		a.leave(o, h, &w)
		if h != nil {
			list = append(list, *h)
		}
	}
	for _, h := range have {
		o := diff.Object{Kind: kind, Table: table, Name: name(h)}
		if find(want, name(h)) == nil && !a.takes(Item{Object: o, Current: h}) {
			a.leave(o, &h, (*T)(nil))
			list = append(list, h)
		}
	}
	return list
}

// dropLoose takes out what stands on a column or a table that does not take
// part, and that is not there either.
func (a *filtering) dropLoose(s op.Schema, t *op.Table, current op.Schema) {
	var gone []string // columns that somebody may still name
	for _, o := range a.left {
		if o.Kind == "column" && o.Table == t.Name && t.Column(o.Name) == nil {
			gone = append(gone, o.Name)
		}
	}
	stands := func(kind, name string, parts []op.KeyPart, texts ...string) bool {
		for _, p := range parts {
			texts = append(texts, p.Expr)
		}
		isLoose := slices.ContainsFunc(gone, func(column string) bool {
			return slices.ContainsFunc(parts, func(p op.KeyPart) bool { return p.Column == column }) ||
				slices.ContainsFunc(texts, func(sql string) bool { return op.Mentions(sql, column) })
		})
		if isLoose {
			a.left = append(a.left, diff.Object{Kind: kind, Table: t.Name, Name: name})
		}
		return !isLoose
	}
	if !stands("primary key", "", t.PrimaryKey) {
		t.PrimaryKey, t.PrimaryKeyName = nil, ""
	}
	t.Columns = keep(t.Columns, func(c op.Column) bool { return stands("column", c.Name, nil, c.Generated.Expr) })
	t.Uniques = keep(t.Uniques, func(u op.Unique) bool { return stands("unique constraint", u.Name, u.Columns) })
	t.Indexes = keep(t.Indexes, func(x op.Index) bool { return stands("index", x.Name, x.Columns, x.Where) })
	t.Checks = keep(t.Checks, func(c op.Check) bool { return stands("check", c.Name, nil, c.Expr) })
	t.ForeignKeys = keep(t.ForeignKeys, func(k op.ForeignKey) bool {
		target := cmp.Or(s.Table(k.RefTable), current.Table(k.RefTable))
		if target == nil || !hasAll(*target, k.RefColumns) {
			a.left = append(a.left, diff.Object{Kind: "foreign key", Table: t.Name, Name: k.Name})
			return false
		}
		return stands("foreign key", k.Name, op.Columns(k.Columns...))
	})
}

func tableNames(s op.Schema) []string {
	names := make([]string, len(s.Tables))
	for i, t := range s.Tables {
		names[i] = t.Name
	}
	return names
}

func enumNames(s op.Schema) []string {
	names := make([]string, len(s.Enums))
	for i, e := range s.Enums {
		names[i] = e.Name
	}
	return names
}

func bothNames(a, b []string) []string {
	list := slices.Concat(a, b)
	slices.SortFunc(list, strings.Compare)
	return slices.Compact(list)
}

// known returns what p points to, or nil.
func known[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}
