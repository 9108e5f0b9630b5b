package words

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// Enums returns the enums of a live schema on a database that has no types of
// the user's and so cannot show any: those of the first words, which are taken
// at their word, and of the others those that a column is of, as spoken.
func Enums(said []op.Schema, spoken op.Schema) []op.Enum {
	var list []op.Enum
	for i, schema := range said {
		for _, e := range schema.Enums {
			isKnown := slices.ContainsFunc(list, func(other op.Enum) bool { return other.Name == e.Name })
			if !isKnown && (i == 0 || isUsed(spoken, e)) {
				list = append(list, e)
			}
		}
	}
	return list
}

func isUsed(s op.Schema, e op.Enum) bool {
	want := op.EnumType(e.Name, e.Values...)
	return slices.ContainsFunc(s.Tables, func(t op.Table) bool {
		return slices.ContainsFunc(t.Columns, func(c op.Column) bool {
			return c.Type.Word == op.WordEnum && c.Type.Text == want.Text && slices.Equal(c.Type.Values, want.Values)
		})
	})
}
