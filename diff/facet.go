package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// facet is what the comparison has to know of one kind of named part of a
// table, so that unique constraints, indexes, foreign keys and checks share one
// code.
type facet[T any] struct {
	noun string
	// kind replaces the noun for parts of another kind, where it is not "".
	kind  func(T) string
	name  func(T) string
	equal func(a, b T) bool
	// unnamed returns the part without its name.
	unnamed func(T) T
	// text is the definition for people to read.
	text   func(T) string
	add    func(table string, part T) op.Operation
	drop   func(table, name string) op.Operation
	rename func(table, from, to string) op.Operation
}

// renameConstraint is the facet.rename of all but indexes.
func renameConstraint(table, from, to string) op.Operation {
	return op.RenameConstraint{Table: table, From: from, To: to}
}

func uniques() facet[op.Unique] {
	return facet[op.Unique]{
		noun:    "unique constraint",
		name:    func(u op.Unique) string { return u.Name },
		equal:   op.Unique.Same,
		unnamed: func(u op.Unique) op.Unique { u.Name = ""; return u },
		text:    func(u op.Unique) string { return keyText(u.Columns) },
		add:     func(t string, u op.Unique) op.Operation { return op.AddUnique{Table: t, Unique: u} },
		drop:    func(t, name string) op.Operation { return op.DropUnique{Table: t, Name: name} },
		rename:  renameConstraint,
	}
}

func indexes() facet[op.Index] {
	return facet[op.Index]{
		noun: "index",
		kind: func(x op.Index) string {
			if x.Method == op.Exclusion {
				return "exclusion constraint"
			}
			return ""
		},
		name:    func(x op.Index) string { return x.Name },
		equal:   op.Index.Same,
		unnamed: func(x op.Index) op.Index { x.Name = ""; return x },
		text:    func(x op.Index) string { return keyText(x.Columns) },
		add:     func(t string, x op.Index) op.Operation { return op.CreateIndex{Table: t, Index: x} },
		drop:    func(t, name string) op.Operation { return op.DropIndex{Table: t, Name: name} },
		rename:  func(t, from, to string) op.Operation { return op.RenameIndex{Table: t, From: from, To: to} },
	}
}

func foreignKeys() facet[op.ForeignKey] {
	return facet[op.ForeignKey]{
		noun:    "foreign key",
		name:    func(k op.ForeignKey) string { return k.Name },
		equal:   op.ForeignKey.Same,
		unnamed: func(k op.ForeignKey) op.ForeignKey { k.Name = ""; return k },
		text:    func(k op.ForeignKey) string { return k.String() },
		add:     func(t string, k op.ForeignKey) op.Operation { return op.AddForeignKey{Table: t, ForeignKey: k} },
		drop:    func(t, name string) op.Operation { return op.DropForeignKey{Table: t, Name: name} },
		rename:  renameConstraint,
	}
}

func checks() facet[op.Check] {
	return facet[op.Check]{
		noun:    "check",
		name:    func(c op.Check) string { return c.Name },
		equal:   func(a, b op.Check) bool { return a == b },
		unnamed: func(c op.Check) op.Check { c.Name = ""; return c },
		text:    func(c op.Check) string { return "(" + c.Expr + ")" },
		add:     func(t string, c op.Check) op.Operation { return op.AddCheck{Table: t, Check: c} },
		drop:    func(t, name string) op.Operation { return op.DropCheck{Table: t, Name: name} },
		rename:  renameConstraint,
	}
}

// find returns the part of that name, or nil.
func (f facet[T]) find(list []T, name string) *T {
	for i := range list {
		if f.name(list[i]) == name {
			return &list[i]
		}
	}
	return nil
}

// get returns the part that an operation calls by that name, or by its
// definition where it has none.
func (f facet[T]) get(list []T, name string) (part T) {
	if named := f.find(list, name); named != nil {
		return *named
	}
	for _, x := range list {
		if f.name(x) == "" && f.text(x) == name {
			return x
		}
	}
	return part
}

// has reports whether the list has the part.
func (f facet[T]) has(list []T, part T) bool {
	return slices.ContainsFunc(list, func(x T) bool { return f.name(x) == f.name(part) && f.equal(x, part) })
}

// hasUnnamed reports whether the list has such a part without a name.
func (f facet[T]) hasUnnamed(list []T, part T) bool {
	return slices.ContainsFunc(list, func(x T) bool { return f.name(x) == "" && f.equal(x, part) })
}

// object describes the part in a report.
func (f facet[T]) object(table string, part T) Object {
	name := f.name(part)
	if name == "" {
		name = f.text(part)
	}
	kind := f.noun
	if f.kind != nil {
		kind = cmp.Or(f.kind(part), kind)
	}
	return Object{Kind: kind, Table: table, Name: name}
}

func keyText(parts []op.KeyPart) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.String()
	}
	return fmt.Sprintf("(%s)", strings.Join(texts, ", "))
}
