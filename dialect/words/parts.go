package words

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// facet is one kind of the parts of a table.
type facet[T any] struct {
	of   func(*op.Table) []T
	name func(T) string
	same func(j *judge, live, stored T) bool
}

var (
	uniques = facet[op.Unique]{
		func(t *op.Table) []op.Unique { return t.Uniques },
		func(u op.Unique) string { return u.Name }, (*judge).sameUnique,
	}
	foreignKeys = facet[op.ForeignKey]{
		func(t *op.Table) []op.ForeignKey { return t.ForeignKeys },
		func(k op.ForeignKey) string { return k.Name }, (*judge).sameForeignKey,
	}
	checks = facet[op.Check]{
		func(t *op.Table) []op.Check { return t.Checks },
		func(c op.Check) string { return c.Name }, (*judge).sameCheck,
	}
	indexes = facet[op.Index]{
		func(t *op.Table) []op.Index { return t.Indexes },
		func(x op.Index) string { return x.Name }, (*judge).sameIndex,
	}
)

// partSpeaker says the parts of one table in words.
type partSpeaker struct {
	*Rules
	says        judges
	notCompared *[]string
}

// speakParts replaces the parts of a live table by the words that mean them,
// each word once. A part means a word that says the same and has its name;
// then, a part without a name means one that says the same; then, a part means
// a word of its name that may say the same. The parts that the raw types of
// columns bring along, inTypes, are the columns' and left out.
func speakParts[T any](p partSpeaker, live, inTypes []T, f facet[T]) []T {
	if len(live) == 0 {
		return nil
	}
	spoken := make([]T, len(live))
	done := make([]bool, len(live))
	used := map[string]bool{} // names
	taken := make([][]bool, len(p.says))
	for _, pass := range []struct{ nameless, lenient bool }{{false, false}, {true, false}, {false, true}} {
		if !slices.Contains(done, false) {
			break
		}
		for n, j := range p.says {
			words := f.of(&j.saying.Word)
			// Parts inside raw types stand with columns, so before the others,
			// which are written and stored in the order of the words.
			stored := f.of(&j.saying.Stored)
			stored = stored[len(stored)-len(words):]
			if taken[n] == nil {
				taken[n] = make([]bool, len(stored))
			}
			for i, x := range live {
				if done[i] || pass.nameless && f.name(x) != "" {
					continue
				}
				for k, y := range stored {
					if taken[n][k] || used[p.Fold(f.name(y))] || !pass.nameless && !p.sameName(f.name(x), f.name(y)) {
						continue
					}
					j.begin(pass.lenient)
					if !f.same(j, x, y) {
						continue
					}
					taken[n][k], done[i], spoken[i] = true, true, words[k]
					used[p.Fold(f.name(y))] = f.name(y) != ""
					*p.notCompared = append(*p.notCompared, j.report()...)
					break
				}
			}
		}
	}
	inTypes = slices.Clone(inTypes)
	list := spoken[:0]
	for i, x := range live {
		if done[i] {
			list = append(list, spoken[i])
			continue
		}
		plain := &judge{Rules: p.Rules}
		if k := slices.IndexFunc(inTypes, func(y T) bool { return p.sameName(f.name(x), f.name(y)) && f.same(plain, x, y) }); k >= 0 {
			inTypes = slices.Delete(inTypes, k, k+1)
			continue
		}
		list = append(list, x)
	}
	if len(list) == 0 {
		return nil
	}
	return list
}

// partsOf returns the keys and checks of the live table that parts mean, where
// it has them all.
func (j *judge) partsOf(live, parts op.Table) (op.Table, bool) {
	if len(parts.PrimaryKey) > 0 && !j.PrimaryKey(live, parts) {
		return op.Table{}, false
	}
	var found op.Table
	var hasUniques, hasForeignKeys, hasChecks bool
	found.Uniques, hasUniques = partsIn(j, live, parts, uniques)
	found.ForeignKeys, hasForeignKeys = partsIn(j, live, parts, foreignKeys)
	found.Checks, hasChecks = partsIn(j, live, parts, checks)
	return found, hasUniques && hasForeignKeys && hasChecks
}

func partsIn[T any](j *judge, live, parts op.Table, f facet[T]) (found []T, all bool) {
	for _, y := range f.of(&parts) {
		i := slices.IndexFunc(f.of(&live), func(x T) bool { return j.sameName(f.name(x), f.name(y)) && f.same(j, x, y) })
		if i < 0 {
			return nil, false
		}
		found = append(found, f.of(&live)[i])
	}
	return found, true
}
