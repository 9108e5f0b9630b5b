package words

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// Fits reports whether the live table is what the saying says, part by part in
// the same order and beyond doubt, so that nothing is left to look for. That is
// how it is with most tables. Where it says no, the words may still be true.
func (r *Rules) Fits(live *op.Table, s *Saying) bool {
	return r.FitsColumns(live, s) && r.FitsBesideColumns(live, s)
}

// FitsColumns is that half of [Rules.Fits].
func (r *Rules) FitsColumns(live *op.Table, s *Saying) bool {
	word, stored := &s.Word, &s.Stored
	if len(s.Bound) > 0 || len(live.Columns) != len(word.Columns) || len(stored.Columns) != len(word.Columns) {
		return false
	}
	for i := range live.Columns {
		if !r.fitsColumn(&live.Columns[i], &word.Columns[i], &stored.Columns[i]) {
			return false
		}
	}
	return true
}

// FitsBesideColumns is the other half.
func (r *Rules) FitsBesideColumns(live *op.Table, s *Saying) bool {
	if r.StoresComments && live.Comment != s.Word.Comment {
		return false
	}
	j := &judge{Rules: r, saying: s}
	return r.PrimaryKey(*live, s.Stored) && r.Options(live.Options, s.Stored.Options) &&
		fitParts(j, live, uniques) && fitParts(j, live, foreignKeys) && fitParts(j, live, checks) && fitParts(j, live, indexes)
}

func (r *Rules) fitsColumn(live, word, stored *op.Column) bool {
	return live.Name == word.Name && live.NotNull == stored.NotNull && live.AutoIncrement == stored.AutoIncrement &&
		(!r.StoresComments || live.Comment == word.Comment) &&
		r.Type(*live, *stored) &&
		// What is not there on either side is the same on all databases.
		(live.Default.IsZero() && stored.Default.IsZero() || r.Default(*live, *stored)) &&
		(live.Generated.IsZero() && stored.Generated.IsZero() || r.Generated(*live, *stored)) &&
		(live.Collate == "" && stored.Collate == "" || r.Collate(*live, *stored))
}

func fitParts[T any](j *judge, live *op.Table, f facet[T]) bool {
	have, words, stored := f.of(live), f.of(&j.saying.Word), f.of(&j.saying.Stored)
	if len(have) != len(words) || len(stored) != len(words) {
		return false
	}
	for i, x := range have {
		if name := f.name(x); name == "" || name != f.name(words[i]) || name != f.name(stored[i]) || !f.same(j, x, stored[i]) {
			return false
		}
	}
	return true
}

// sayAll makes the live table, which it fits, that of the words.
func (s *Saying) sayAll(t *op.Table) {
	word := &s.Word
	t.Name, t.Comment, t.Options = word.Name, word.Comment, word.Options
	t.PrimaryKey, t.PrimaryKeyName = word.PrimaryKey, word.PrimaryKeyName
	// The lists stay the table's own.
	t.Columns = append(t.Columns[:0], word.Columns...)
	t.Uniques = appendParts(t.Uniques, word.Uniques)
	t.ForeignKeys = appendParts(t.ForeignKeys, word.ForeignKeys)
	t.Checks = appendParts(t.Checks, word.Checks)
	t.Indexes = appendParts(t.Indexes, word.Indexes)
}

func appendParts[T any](list, words []T) []T {
	if len(words) == 0 {
		return nil
	}
	return append(slices.Delete(list, 0, len(list)), words...)
}
