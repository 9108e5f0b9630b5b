package migrate

import (
	"math/bits"
	"runtime"
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

// large are collections of about n revisions.
var large = map[string]func(n int) op.Revisions{
	"a line": chain,
	"all beside each other": func(n int) op.Revisions {
		list := chain(n)
		for i := range list {
			list[i].Parents = nil
		}
		return list
	},
	"a fork and a merge at every turn": func(n int) op.Revisions {
		list := chain(n)
		for i := 3; i < n; i += 3 { // 0 · 1 2 · 3 (1 and 2) …
			list[i-1].Parents = list[i-2].Parents
			list[i].Parents = []string{list[i-2].ID, list[i-1].ID}
		}
		return list
	},
	"two lines that depend on each other by turns": func(n int) op.Revisions {
		list := chain(n)
		for i := range list {
			list[i].Parents = nil
			if i >= 2 {
				list[i].Parents = []string{list[i-2].ID}
				list[i].DependsOn = []string{list[i-1].ID}
			}
		}
		list[0].Labels = []string{"left"}
		return list
	},
}

// answers asks everything that a command asks of a graph.
func answers(t testing.TB, revisions op.Revisions) {
	g := mustGraph(t, revisions...)
	history := make([]Record, len(revisions)*9/10)
	applied := map[string]bool{}
	for i := range history {
		history[i] = Record{ID: g.order[i].ID}
		applied[g.order[i].ID] = true
	}
	if g.Heads() == nil || g.EffectiveHeads() == nil || g.HeadsOf(applied) == nil {
		t.Fatal("no heads")
	}
	if list, err := g.Range(":current", applied); err != nil || len(list) != len(history) {
		t.Fatal(len(list), err)
	}
	for _, target := range []string{"heads", g.order[0].ID + "@heads"} {
		if path, err := g.UpgradePath(target, applied); err != nil || len(path) == 0 && len(g.Heads()) == 1 {
			t.Fatal(len(path), err)
		}
	}
	if path, err := g.DowngradePath("base", applied); err != nil || len(path) != len(history) {
		t.Fatal(len(path), err)
	}
	if _, err := g.stamped("heads", applied); err != nil {
		t.Fatal(err)
	}
	for _, r := range revisions {
		g.BranchLabels(r.ID)
		g.Children(r.ID)
	}
}

// TestLinearWork: four times the revisions are four times the work, not
// sixteen times. Work is counted in bytes, since whatever looks at the whole
// graph allocates as much as that is large.
func TestLinearWork(t *testing.T) {
	for name, make := range large {
		t.Run(name, func(t *testing.T) {
			work := func(n int) float64 {
				revisions := make(n)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				answers(t, revisions)
				runtime.ReadMemStats(&after)
				return float64(after.TotalAlloc - before.TotalAlloc)
			}
			if small, big := work(2_500), work(10_000); big > 6*small {
				t.Errorf("%.0f bytes for 2,500 revisions and %.0f for 10,000, which is %.1f times as much", small, big, big/small)
			}
		})
	}
}

// TestStepsAreLinear: to walk all of a line step by step follows each edge
// once.
func TestStepsAreLinear(t *testing.T) {
	const n = 10_000
	g := mustGraph(t, chain(n)...)
	open := make([]bool, n)
	for i := range open {
		open[i] = true
	}
	s := newSteps(open, g.needs, g.neededBy)
	if taken, several := s.take(n); len(taken) != n || several != nil {
		t.Fatalf("%d steps, and then a choice of %v", len(taken), several)
	}
	for i, ahead := range s.ahead {
		if ahead != 0 {
			t.Fatalf("of the edges to place %d %d are left", i, ahead)
		}
	}
}

// TestQueueCompares no more often than a sort does.
func TestQueueCompares(t *testing.T) {
	const n = 10_000
	compared := 0
	q := newQueue(func(a, b int) int { compared++; return a - b })
	for i := range n {
		q.push(i * 7919 % n)
	}
	for i := range n {
		if got := q.pop(); got != i {
			t.Fatalf("got %d, want %d", got, i)
		}
	}
	if most := 3 * n * bits.Len(n); compared > most {
		t.Errorf("%d comparisons, want at most %d", compared, most)
	}
}

func BenchmarkAnswers(b *testing.B) {
	revisions := chain(10_000)
	for b.Loop() {
		answers(b, revisions)
	}
}
