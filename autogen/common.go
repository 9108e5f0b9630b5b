package autogen

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// keep returns the parts that pass, and nil where none does: the checksum of a
// baseline has to be that of its file, in which an empty list is not written.
func keep[T any](list []T, pass func(T) bool) []T {
	var kept []T
	for _, part := range list {
		if pass(part) {
			kept = append(kept, part)
		}
	}
	return kept
}

// common returns the current definitions of everything that both sides name.
// What uses something that is left out is left out too.
func common(current, desired op.Schema) op.Schema {
	var s op.Schema
	for _, t := range current.Clone().Tables {
		if other := desired.Table(t.Name); other != nil {
			s.Tables = append(s.Tables, commonTable(t, *other))
		}
	}
	s.Views = keep(current.Views, func(v op.View) bool { return desired.View(v.Name) != nil })
	s.Enums = keep(current.Enums, func(e op.Enum) bool { return desired.Enum(e.Name) != nil })
	for i := range s.Tables {
		t := &s.Tables[i]
		t.ForeignKeys = keep(t.ForeignKeys, func(k op.ForeignKey) bool {
			target := s.Table(k.RefTable)
			return target != nil && hasAll(*t, k.Columns) && hasAll(*target, k.RefColumns)
		})
	}
	return s
}

func commonTable(t, other op.Table) op.Table {
	var out []string
	for _, c := range t.Columns {
		if other.Column(c.Name) == nil {
			out = append(out, c.Name)
		}
	}
	uses := func(sql string) bool {
		return slices.ContainsFunc(out, func(column string) bool { return op.Mentions(sql, column) })
	}
	lacks := func(parts []op.KeyPart) bool {
		return slices.ContainsFunc(parts, func(p op.KeyPart) bool { return slices.Contains(out, p.Column) || uses(p.Expr) })
	}
	t.Columns = keep(t.Columns, func(c op.Column) bool { return !slices.Contains(out, c.Name) && !uses(c.Generated.Expr) })
	if lacks(t.PrimaryKey) {
		t.PrimaryKey, t.PrimaryKeyName = nil, ""
	}
	t.Uniques = keep(t.Uniques, func(u op.Unique) bool { return other.Unique(u.Name) != nil && !lacks(u.Columns) })
	t.Indexes = keep(t.Indexes, func(x op.Index) bool {
		return other.Index(x.Name) != nil && !lacks(x.Columns) && !uses(x.Where)
	})
	t.Checks = keep(t.Checks, func(c op.Check) bool { return other.Check(c.Name) != nil && !uses(c.Expr) })
	t.ForeignKeys = keep(t.ForeignKeys, func(k op.ForeignKey) bool { return other.ForeignKey(k.Name) != nil })
	return t
}

func hasAll(t op.Table, columns []string) bool {
	return !slices.ContainsFunc(columns, func(name string) bool { return t.Column(name) == nil })
}
