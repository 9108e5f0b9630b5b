package bench

import (
	"testing"

	"github.com/go-limbeck/limbeck/internal/testdb"
)

// TestTrips: a check takes as many trips to the database for fifty tables as
// for ten, as long as the server need not be asked about any of them.
func TestTrips(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		trips := func(n int) int64 {
			s := made(t, dialect, models(n, false))
			before := s.wire.trips.Load()
			s.check(t, s.db)
			return s.wire.trips.Load() - before
		}
		if few, many := trips(10), trips(50); few == 0 || few != many {
			t.Errorf("%d trips for 10 tables, %d for 50", few, many)
		}
	})
}
