package schematest

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// ForMySQL returns a drawn schema as one that MySQL and MariaDB have room for:
// keys over text of any length, unique partial indexes and checks over columns
// that foreign keys change are none of their things, and a foreign key takes its
// target's columns in the order of the key.
func ForMySQL(s op.Schema) op.Schema {
	s = s.Clone()
	for i := range s.Tables {
		t := &s.Tables[i]
		for j := range t.Columns {
			c := &t.Columns[j]
			// What has been in a primary key stays NOT NULL on the server, whatever
			// the words say of the column.
			c.NotNull = c.NotNull || slices.Contains(columnsOf(t.PrimaryKey), c.Name) || c.Name == "id"
			switch c.Type.Word {
			case op.WordText:
				c.Type = op.KeyText()
			case op.WordBytes:
				c.Type = op.Bytes(16)
			}
		}
		t.Indexes = slices.DeleteFunc(t.Indexes, func(x op.Index) bool { return x.Unique && x.Where != "" })
	}
	for i := range s.Tables {
		t := &s.Tables[i]
		t.ForeignKeys = slices.DeleteFunc(t.ForeignKeys, func(k op.ForeignKey) bool {
			target := s.Table(k.RefTable)
			fits := func(parts []op.KeyPart) bool { return slices.Equal(columnsOf(parts), k.RefColumns) }
			return !fits(target.PrimaryKey) &&
				!slices.ContainsFunc(target.Uniques, func(u op.Unique) bool { return fits(u.Columns) }) &&
				!slices.ContainsFunc(target.Indexes, func(x op.Index) bool {
					return x.Unique && fits(x.Columns) && !slices.ContainsFunc(x.Columns, func(p op.KeyPart) bool { return p.Desc })
				})
		})
		if len(t.ForeignKeys) > 0 {
			t.Checks = nil
		}
	}
	return s
}
