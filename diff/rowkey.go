package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// rowKey is a key of a table as the values in its columns see it: one that
// takes no value twice, or one that refers to other rows.
type rowKey struct {
	// name is the key for people to read.
	name   string
	refers bool
	// takesNulls says that rows with a null are like no others.
	takesNulls bool
	// where is the condition of a partial index.
	where string
	has   func(column string) bool
}

// keysWith returns the keys in which the column takes part.
func keysWith(t *op.Table, column string) []rowKey {
	var list []rowKey
	add := func(k rowKey) {
		if k.has(column) {
			list = append(list, k)
		}
	}
	among := func(parts []op.KeyPart) func(string) bool {
		return func(column string) bool { return hasColumn(parts, column) }
	}
	add(rowKey{name: "the primary key", has: among(t.PrimaryKey)})
	for _, u := range t.Uniques {
		add(rowKey{name: named(uniques().object(t.Name, u)), takesNulls: takesNulls(u.Options), has: among(u.Columns)})
	}
	for _, x := range t.Indexes {
		if x.Unique {
			add(rowKey{name: "unique " + named(indexes().object(t.Name, x)), takesNulls: takesNulls(x.Options), where: x.Where, has: among(x.Columns)})
		}
	}
	for _, k := range t.ForeignKeys {
		add(rowKey{name: named(foreignKeys().object(t.Name, k)), refers: true, takesNulls: true, has: func(column string) bool { return slices.Contains(k.Columns, column) }})
	}
	return list
}

// takesNulls reads the options of a unique key.
func takesNulls(options string) bool {
	return !strings.Contains(strings.ToUpper(strings.Join(strings.Fields(options), " ")), "NULLS NOT DISTINCT")
}

// why says what the key may refuse.
func (k rowKey) why() string {
	if k.refers {
		return k.name + " needs a row for each value"
	}
	return k.name + " lets no two rows be alike"
}

// whyAll says what any of the keys may refuse.
func whyAll(keys []rowKey) string {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = k.why()
	}
	return strings.Join(list, ", and ")
}

// isOnly reports whether the column alone has to differ from row to row.
func (k rowKey) isOnly(t *op.Table, column string) bool {
	return !k.refers && !slices.ContainsFunc(t.Columns, func(c op.Column) bool { return c.Name != column && k.has(c.Name) })
}

// checkWith says which check may refuse a value in the column, "" if none does.
// The commonest of all, that a number is not negative, takes its zero.
func checkWith(t *op.Table, column string, value op.Default) string {
	for _, c := range t.Checks {
		if op.Mentions(c.Expr, column) && strings.Join(strings.Fields(c.Expr), "") != column+">=0" {
			return fmt.Sprintf("%s may refuse %s", named(checks().object(t.Name, c)), value)
		}
	}
	return ""
}

// named is a part of a table within a sentence about the table.
func named(o Object) string { return fmt.Sprintf("%s %q", o.Kind, o.Name) }
