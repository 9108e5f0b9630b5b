package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// filler chooses the values that existing rows get in columns which may not be
// null. The zero value never asks.
type filler struct {
	answers map[place]op.Default
	replace map[string][]op.Replacement
	// zeros are those that the types do not tell, by column.
	zeros map[string]op.Default
	// renamed says that things had other names a moment ago.
	renamed   bool
	ask       bool
	questions []Question
	// cautions has a sentence for each value of which that is known and nobody
	// was asked.
	cautions []string
}

// forNew returns the value for a column that is added to a table with rows, or
// no default where none is needed. A column of the key needs one too, whether
// it says NOT NULL or leaves that to the key.
func (f *filler) forNew(t *op.Table, c op.Column) op.Default {
	hasDefault := !c.Default.IsZero() && c.Default.Kind != op.DefaultDatabase
	mayBeNull := !c.NotNull && !hasColumn(t.PrimaryKey, c.Name)
	if mayBeNull || hasDefault || c.AutoIncrement || !c.Generated.IsZero() {
		return op.Default{}
	}
	return f.value(t, c)
}

// forAltered returns the value for the nulls of a column that may have none any
// more. A column that leaves the key had none.
func (f *filler) forAltered(before, t *op.Table, from, to op.Column) op.Default {
	hadNone := from.NotNull || hasColumn(before.PrimaryKey, from.Name)
	if hadNone || !to.NotNull || to.AutoIncrement || !to.Generated.IsZero() {
		return op.Default{}
	}
	if answer, ok := f.answers[place{t.Name, to.Name}]; ok {
		return answer
	}
	switch to.Default.Kind {
	case op.DefaultString, op.DefaultNumber, op.DefaultBool, op.DefaultBytes:
		return to.Default
	}
	return f.value(t, to)
}

// value returns the answer or the zero value that a Go program reads for a
// null. Where that would be a lie (a moment that never was, a reference to row
// 0, the same key twice) or a check may refuse it, it asks, and returns no value.
func (f *filler) value(t *op.Table, c op.Column) op.Default {
	about := place{t.Name, c.Name}
	if answer, ok := f.answers[about]; ok {
		return answer
	}
	zero, isHonest := zeroOf(c.Type)
	if told, ok := f.zeros[about.String()]; ok {
		zero, isHonest = told, true
	}
	mayBeRefused := isInKey(t, c.Name) || isChecked(t, c.Name)
	if isHonest && !mayBeRefused {
		return zero
	}
	if !f.ask {
		if mayBeRefused {
			f.cautions = append(f.cautions, fmt.Sprintf("down gives every row %s in column %q, which a key or a check of it may refuse: where there are rows, write another Backfill into the file", zero, about))
		}
		return zero
	}
	f.questions = append(f.questions, Question{
		About:   about.String(),
		Text:    "Column \"" + about.String() + "\" may not be null and has no default: which value do existing rows get?",
		Answers: []string{toFillIn("backfill", about, "SQL literal or expression")},
	})
	return op.Default{}
}

// zeroOf returns the zero value of a type, and whether it means nothing more
// than "not set".
func zeroOf(t op.Type) (zero op.Default, isHonest bool) {
	switch t.Word {
	case op.WordBool:
		return op.Literal(false), true
	case op.WordInt, op.WordUint, op.WordFloat, op.WordDecimal:
		return op.Literal(0), true
	case op.WordString, op.WordText, op.WordKeyText:
		return op.Literal(""), true
	case op.WordBytes:
		return op.Literal([]byte{}), true
	case op.WordTime:
		return zeroTime(), false
	default:
		return zeroOfText(t.Text), false
	}
}

// zeroTime is Go's zero time.
func zeroTime() op.Default { return op.Literal("0001-01-01 00:00:00+00:00") }

// zeroOfText guesses from the text of a raw type what it holds, for Down, where
// nobody can be asked.
func zeroOfText(text string) op.Default {
	text = strings.ToLower(text)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(text, part) })
	}
	switch {
	case has("json"):
		return op.Literal("{}")
	case has("uuid"):
		return op.Literal("00000000-0000-0000-0000-000000000000")
	case has("bool"):
		return op.Literal(false)
	case has("date", "time"):
		return zeroTime()
	case has("int", "num", "dec", "real", "float", "double", "serial"):
		return op.Literal(0)
	case has("blob", "bytea", "binary"):
		return op.Literal([]byte{})
	default:
		return op.Literal("")
	}
}

// isInKey reports whether the column takes part in a key, where a value that
// many rows share is wrong or refers to nothing.
func isInKey(t *op.Table, column string) bool {
	return hasColumn(t.PrimaryKey, column) ||
		slices.ContainsFunc(t.Uniques, func(u op.Unique) bool { return hasColumn(u.Columns, column) }) ||
		slices.ContainsFunc(t.Indexes, func(x op.Index) bool { return x.Unique && hasColumn(x.Columns, column) }) ||
		slices.ContainsFunc(t.ForeignKeys, func(k op.ForeignKey) bool { return slices.Contains(k.Columns, column) })
}

// isChecked reports whether a check mentions the column. The commonest of all,
// that a number is not negative, takes its zero.
func isChecked(t *op.Table, column string) bool {
	return slices.ContainsFunc(t.Checks, func(c op.Check) bool {
		return op.Mentions(c.Expr, column) && strings.Join(strings.Fields(c.Expr), "") != column+">=0"
	})
}
