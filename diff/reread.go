package diff

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// An expression is stored as it was understood when it came: on PostgreSQL
// a <> 'x' over a column of an enum is (a <> 'x'::state) for good, which means
// nothing, or something else, once the column is text. So what has an expression
// over a column steps aside while the column becomes of another kind, and is read
// anew.

// rereads reports whether one of the expressions is about a column that becomes
// of another kind.
func (c *changer) rereads(from, to *op.Table, expressions ...string) bool {
	return slices.ContainsFunc(to.Columns, func(after op.Column) bool {
		before := from.Column(after.Name)
		return before != nil && kindOf(c.afterEnums(*before, after).Type) != kindOf(after.Type) &&
			slices.ContainsFunc(expressions, func(text string) bool { return op.Mentions(text, after.Name) })
	})
}

// expressionsOf returns what an index computes and its condition.
func expressionsOf(x op.Index) []string {
	var list []string
	for _, p := range x.Columns {
		if p.Expr != "" {
			list = append(list, p.Expr)
		}
	}
	if x.Where != "" {
		list = append(list, x.Where)
	}
	return list
}

// kindOf names types within which every expression keeps its meaning. Of the
// raw ones it tells no more than their first word: two kinds that are one cost
// a moment without a check, and the other way round would cost the check.
func kindOf(t op.Type) string {
	switch t.Word {
	case op.WordUint:
		return string(op.WordInt)
	case op.WordString, op.WordKeyText:
		return string(op.WordText)
	case op.WordRaw:
		word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(t.Text)), "(")
		return "raw " + word
	case op.WordEnum:
		return "enum " + t.Text
	}
	return string(t.Word)
}
