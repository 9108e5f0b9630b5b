package soak

import (
	"slices"
	"testing"
	"time"

	"github.com/go-limbeck/limbeck/internal/testdb"
)

// processes are how many replicas start at once.
const processes = 16

// TestTogether: replicas start together on one empty database. Each revision is
// applied by one of them, and none of them fails.
func TestTogether(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		for range *together {
			dsn := database(t, dialect)
			var list []*process
			for range processes {
				list = append(list, prepare(t, dialect, dsn))
			}
			for _, p := range list {
				p.start.Close()
			}
			var applied []string
			for i, p := range list {
				ids, err := p.wait()
				if err != nil {
					t.Errorf("process %d: %v", i, err)
				}
				applied = append(applied, ids...)
			}
			slices.Sort(applied)
			var want []string
			revisions, _ := revisions()
			for _, r := range revisions {
				want = append(want, r.ID)
			}
			if !slices.Equal(applied, want) {
				t.Errorf("applied %q, want each once", applied)
			}
			finished(t, dialect, dsn)
			if t.Failed() {
				return
			}
		}
	})
}

// TestKilled: processes are killed at random moments, one after another on one
// database; the one that is not ends at head.
func TestKilled(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		random := random(t)
		// How long it takes undisturbed says which moments there are.
		dsn := database(t, dialect)
		p := prepare(t, dialect, dsn)
		begin := time.Now()
		p.start.Close()
		if _, err := p.wait(); err != nil {
			t.Fatal(err)
		}
		whole := time.Since(begin)
		finished(t, dialect, dsn)

		killed, databases := 0, 0
		for killed < *kills {
			dsn := database(t, dialect)
			databases++
			// Each gets some way, so that all of the history has its share.
			for range 4 {
				p := prepare(t, dialect, dsn)
				timer := time.AfterFunc(time.Duration(random.Int64N(int64(whole/2))), func() { _ = p.cmd.Process.Kill() })
				p.start.Close()
				_, err := p.wait()
				if timer.Stop() || err == nil {
					if err != nil {
						t.Fatalf("it failed by itself: %v", err)
					}
					break // it was quicker
				}
				killed++
			}
			p := prepare(t, dialect, dsn)
			p.start.Close()
			if _, err := p.wait(); err != nil {
				t.Errorf("after %d deaths: %v", killed, err)
			}
			finished(t, dialect, dsn)
			if t.Failed() {
				return
			}
		}
		t.Logf("%d deaths on %d databases, of runs of %v", killed, databases, whole)
	})
}
