package migrate

import (
	"fmt"
	"slices"
	"strings"
)

// cycle describes one of the cycles among the revisions that wait for others
// which wait, too: the one with the smallest id that can be reached from the
// smallest.
func (c collection) cycle(waiting []int) string {
	smaller := func(a, b int) int { return strings.Compare(c.revisions[a].ID, c.revisions[b].ID) }
	up := func(i int) int {
		needs := slices.SortedFunc(slices.Values(c.needs[i]), smaller)
		return needs[slices.IndexFunc(needs, func(n int) bool { return waiting[n] > 0 })]
	}
	var left []int
	for i := range waiting {
		if waiting[i] > 0 {
			left = append(left, i)
		}
	}
	at := slices.MinFunc(left, smaller)
	for range left { // far enough to be in the cycle, if it was not yet
		at = up(at)
	}
	first := at
	for next := up(at); next != at; next = up(next) {
		if smaller(next, first) < 0 {
			first = next
		}
	}
	var links []string
	for i := first; len(links) == 0 || i != first; i = up(i) {
		links = append(links, c.linkText(i, up(i)))
	}
	return strings.Join(links, ", ")
}

// linkText says how one revision needs another.
func (c collection) linkText(from, to int) string {
	verb := "depends on"
	if slices.Contains(c.parents[from], to) {
		verb = "builds on"
	}
	text := fmt.Sprintf("%q %s %q", c.revisions[from].ID, verb, c.revisions[to].ID)
	if file := c.revisions[from].File; file != "" {
		text += " (" + file + ")"
	}
	return text
}
