package postgres

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
)

// fakePooler gives each question a session that is free, and may have other
// clients, each of which keeps a session for a while.
type fakePooler struct {
	policy     string // which of the free sessions: the last, the first or any
	free, busy []int
	others     int
	random     *rand.Rand
}

func newFakePooler(policy string, sessions, others int, random *rand.Rand) *fakePooler {
	p := &fakePooler{policy: policy, others: others, random: random}
	for i := range sessions {
		p.free = append(p.free, i+1)
	}
	random.Shuffle(sessions, func(i, j int) { p.free[i], p.free[j] = p.free[j], p.free[i] })
	return p
}

func (p *fakePooler) take() int {
	i := 0
	switch p.policy {
	case "last":
		i = len(p.free) - 1
	case "any":
		i = p.random.IntN(len(p.free))
	}
	session := p.free[i]
	p.free = append(p.free[:i], p.free[i+1:]...)
	return session
}

func (p *fakePooler) endOne() {
	i := p.random.IntN(len(p.busy))
	p.free = append(p.free, p.busy[i])
	p.busy = append(p.busy[:i], p.busy[i+1:]...)
}

// ask gives the question a session, after the other clients have begun and ended
// up to so much.
func (p *fakePooler) ask(events int) int {
	for range events {
		switch {
		case len(p.busy) > 0 && p.random.IntN(2) == 0:
			p.endOne()
		case len(p.busy) < p.others && len(p.free) > 0:
			p.busy = append(p.busy, p.take())
		}
	}
	if len(p.free) == 0 {
		p.endOne()
	}
	session := p.take()
	p.free = append(p.free, session)
	return session
}

// TestMeetFindsPoolers: one that nobody else uses is found for certain, whatever
// the order in which it gives its sessions, and with other clients about it is
// passed over seldom; then the session that the lock is taken in and that of the
// first transaction tell.
func TestMeetFindsPoolers(t *testing.T) {
	const tries = 5000
	missed := func(policy string, sessions, others, events int) (n int) {
		random := rand.New(rand.NewPCG(1, 2))
		for range tries {
			p := newFakePooler(policy, sessions, others, random)
			_, isShared, err := meet(func(bool) (int, error) { return p.ask(events), nil })
			if err != nil {
				t.Fatal(err)
			}
			if !isShared {
				n++
			}
		}
		return n
	}
	for _, policy := range []string{"last", "first"} {
		for sessions := 1; sessions <= 8; sessions++ {
			if n := missed(policy, sessions, 0, 0); n > 0 {
				t.Errorf("the %s of %d free sessions: passed over %d times of %d", policy, sessions, n, tries)
			}
		}
	}
	worst, what := 0, ""
	for _, policy := range []string{"last", "first", "any"} {
		for _, size := range [][2]int{{2, 1}, {2, 2}, {3, 2}, {5, 2}, {5, 4}, {10, 5}, {20, 18}} {
			for _, events := range []int{1, 3} {
				if n := missed(policy, size[0], size[1], events); n > worst {
					worst, what = n, fmt.Sprintf("the %s of %d sessions with %d other clients, %d events", policy, size[0], size[1], events)
				}
			}
		}
	}
	t.Logf("at the worst passed over %d times of %d: %s", worst, tries, what)
	if worst > tries/25 {
		t.Errorf("passed over %d times of %d: %s", worst, tries, what)
	}
}

// TestMeetTakesNobodyForAPooler: sessions of their own are none, and neither is a
// second connection that gives no answer.
func TestMeetTakesNobodyForAPooler(t *testing.T) {
	for name, other := range map[string]int{"a server": 8, "no answer": 0} {
		asked := 0
		session, isShared, err := meet(func(isOurs bool) (int, error) {
			if asked++; isOurs {
				return 7, nil
			}
			return other, nil
		})
		if session != 7 || isShared || err != nil {
			t.Errorf("%s: session %d, %v, %v", name, session, isShared, err)
		}
		if asked > 8 {
			t.Errorf("%s: %d questions", name, asked)
		}
	}
	no := errors.New("no")
	if _, _, err := meet(func(bool) (int, error) { return 0, no }); !errors.Is(err, no) {
		t.Errorf("got %v", err)
	}
}
