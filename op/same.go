package op

import "slices"

// The methods Same report whether two things are described in the same words.
// They are not called Equal because go-cmp would then say no more than that two
// tables differ.

// Same reports whether two tables are the same in all but the order of their
// columns. The order of keys, checks and indexes counts; see [Schema.Sorted].
func (t *Table) Same(u *Table) bool {
	if t.Name != u.Name || t.Comment != u.Comment || t.Options != u.Options || t.PrimaryKeyName != u.PrimaryKeyName ||
		!slices.Equal(t.PrimaryKey, u.PrimaryKey) || len(t.Columns) != len(u.Columns) {
		return false
	}
	if len(t.Columns) > 0 && &t.Columns[0] == &u.Columns[0] { // one is a copy of the other
		return t.sameBesideColumns(u)
	}
	for i := range t.Columns {
		c, d := &t.Columns[i], &u.Columns[i]
		if c.Name != d.Name {
			if d = u.Column(c.Name); d == nil {
				return false
			}
		}
		if !c.Same(d) {
			return false
		}
	}
	return t.sameBesideColumns(u)
}

func (t *Table) sameBesideColumns(u *Table) bool {
	return slices.EqualFunc(t.Uniques, u.Uniques, Unique.Same) &&
		slices.EqualFunc(t.Indexes, u.Indexes, Index.Same) &&
		slices.EqualFunc(t.ForeignKeys, u.ForeignKeys, ForeignKey.Same) &&
		slices.Equal(t.Checks, u.Checks)
}

// Same reports whether two columns are the same.
func (c *Column) Same(d *Column) bool {
	return c.Name == d.Name && c.NotNull == d.NotNull && c.AutoIncrement == d.AutoIncrement &&
		c.Generated == d.Generated && c.Collate == d.Collate && c.Comment == d.Comment &&
		c.Type.Equal(d.Type) && c.Default.Equal(d.Default)
}

// Same reports whether two unique constraints are the same.
func (u Unique) Same(v Unique) bool {
	return u.Name == v.Name && u.Options == v.Options && slices.Equal(u.Columns, v.Columns)
}

// Same reports whether two indexes are the same.
func (x Index) Same(y Index) bool {
	return x.Name == y.Name && x.Unique == y.Unique && x.Where == y.Where && x.Class == y.Class &&
		x.Method == y.Method && x.Options == y.Options && x.Comment == y.Comment && slices.Equal(x.Columns, y.Columns)
}

// Same reports whether two foreign keys are the same.
func (k ForeignKey) Same(l ForeignKey) bool {
	return k.Name == l.Name && k.RefTable == l.RefTable && k.OnDelete == l.OnDelete && k.OnUpdate == l.OnUpdate &&
		k.Deferrable == l.Deferrable && k.Match == l.Match &&
		slices.Equal(k.Columns, l.Columns) && slices.Equal(k.RefColumns, l.RefColumns)
}
