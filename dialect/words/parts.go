package words

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// speakParts replaces the parts of a live table by the words that mean them,
// each word once. A part means a word that says the same and has its name;
// then, a part without a name means one that says the same. The parts that the
// raw types of columns bring along are the columns' and left out.
func speakParts[T any](r Rules, live, inTypes []T, says []Saying, parts func(op.Table) []T, name func(T) string, same func(a, b T) bool) []T {
	spoken := make([]T, len(live))
	done := make([]bool, len(live))
	used := map[string]bool{} // names
	for _, nameless := range []bool{false, true} {
		for _, s := range says {
			words := parts(s.Word)
			// Parts inside raw types stand with columns, so before the others,
			// which are written and stored in the order of the words.
			stored := parts(s.Stored)
			stored = stored[len(stored)-len(words):]
			taken := make([]bool, len(stored))
			for i, x := range live {
				if done[i] || nameless && name(x) != "" {
					continue
				}
				for j, y := range stored {
					if taken[j] || used[r.Fold(name(y))] || !nameless && !r.sameName(name(x), name(y)) || !same(x, y) {
						continue
					}
					taken[j], done[i], spoken[i] = true, true, words[j]
					used[r.Fold(name(y))] = name(y) != ""
					break
				}
			}
		}
	}
	inTypes = slices.Clone(inTypes)
	var list []T
	for i, x := range live {
		if done[i] {
			list = append(list, spoken[i])
			continue
		}
		if j := slices.IndexFunc(inTypes, func(y T) bool { return r.sameName(name(x), name(y)) && same(x, y) }); j >= 0 {
			inTypes = slices.Delete(inTypes, j, j+1)
			continue
		}
		list = append(list, x)
	}
	return list
}

// hasParts reports whether the table has all those keys and checks.
func (r Rules) hasParts(t, parts op.Table) bool {
	return (len(parts.PrimaryKey) == 0 || r.PrimaryKey(t, parts)) &&
		hasAll(r, t.Uniques, parts.Uniques, uniqueName, r.Unique) &&
		hasAll(r, t.ForeignKeys, parts.ForeignKeys, foreignKeyName, r.ForeignKey) &&
		hasAll(r, t.Checks, parts.Checks, checkName, r.Check)
}

func hasAll[T any](r Rules, list, parts []T, name func(T) string, same func(a, b T) bool) bool {
	return !slices.ContainsFunc(parts, func(y T) bool {
		return !slices.ContainsFunc(list, func(x T) bool { return r.sameName(name(x), name(y)) && same(x, y) })
	})
}
