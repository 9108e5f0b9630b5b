package schematest

import "github.com/go-limbeck/limbeck/op"

// Gone lists the tables and columns of a that b has not, for they are no
// renames.
func Gone(a, b op.Schema) []string {
	var list []string
	for _, t := range a.Tables {
		after := b.Table(t.Name)
		if after == nil {
			list = append(list, t.Name)
			continue
		}
		for _, c := range t.Columns {
			if after.Column(c.Name) == nil {
				list = append(list, t.Name+"."+c.Name)
			}
		}
	}
	return list
}
