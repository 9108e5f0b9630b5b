package diff

import "github.com/go-limbeck/limbeck/op"

// writtenAs says in the renames of columns how expressions write the new name,
// where they have other quotes around it than around the old one: that a name
// is a word of SQL and needs some, the models know. It returns how they wrote
// the old names, by rename.
func writtenAs(current, desired op.Schema, renames op.List) (op.List, map[op.RenameColumn]string) {
	var list op.List
	before := map[op.RenameColumn]string{}
	for _, step := range renames {
		if r, ok := step.(op.RenameColumn); ok {
			was, is := written(current, r.Table, r.From), written(desired, r.Table, r.To)
			if was != "" && is != "" && quoteOf(was) != quoteOf(is) {
				r.As = is
				before[r] = was
			}
			step = r
		}
		list = append(list, step)
		current = renamed(current, op.List{step})
	}
	return list, before
}

// quoteOf returns the opening quote of a name, or 0.
func quoteOf(name string) byte {
	switch name[0] {
	case '"', '`', '[':
		return name[0]
	}
	return 0
}

// written returns how the expressions of a table write a column, or "".
func written(s op.Schema, table, column string) string {
	t := s.Table(table)
	if t == nil {
		return ""
	}
	var list []string
	for _, c := range t.Columns {
		list = append(list, c.Generated.Expr)
	}
	for _, c := range t.Checks {
		list = append(list, c.Expr)
	}
	for _, x := range t.Indexes {
		list = append(list, x.Where)
		for _, p := range x.Columns {
			list = append(list, p.Expr)
		}
	}
	return op.WrittenAs(column, list...)
}
