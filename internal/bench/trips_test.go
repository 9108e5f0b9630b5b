package bench

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestTrips: a check takes as many trips to the database for fifty tables as
// for ten, as long as the server need not be asked about any of them. With few
// tables they are what a check takes its time for, so that none may be added
// unseen.
func TestTrips(t *testing.T) {
	want := map[string]int64{"sqlite": 4, "postgres": 14, "mysql": 9}
	testdb.Each(t, func(t *testing.T, dialect string) {
		trips := func(n int) int64 {
			s := made(t, dialect, models(n, false))
			before := s.wire.trips.Load()
			s.check(t, s.db)
			return s.wire.trips.Load() - before
		}
		if few, many := trips(10), trips(50); few != want[dialect] || few != many {
			t.Errorf("%d trips for 10 tables, %d for 50; want %d", few, many, want[dialect])
		}
	})
}

// TestTripsOfPending: what a program asks at start-up is whether there is a
// history, and what is in it.
func TestTripsOfPending(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		s := made(t, dialect, models(10, false))
		var heard []string
		s.wire.heard = func(sql string) { heard = append(heard, sql) }
		pending, err := migrate.New(s.db, s.revisions).Pending(t.Context())
		if err != nil || len(pending) > 0 {
			t.Fatal(pending, err)
		}
		heard = slices.Compact(heard) // a driver may prepare a statement first
		if len(heard) != 2 || !strings.Contains(heard[1], migrate.Table) || strings.Contains(strings.Join(heard, " "), migrate.JournalTable(migrate.Table)) {
			t.Errorf("it asked %q", heard)
		}
	})
}

// TestTripsOfUpgrade: a table more is the statements that make it and its two
// indexes, and on PostgreSQL the foreign key of each tenth one. On MySQL one
// statement makes all of it, and three trips tell what has to be known should the
// run end there: whether the table is there, whether the lock is held, and the
// row of the journal.
func TestTripsOfUpgrade(t *testing.T) {
	want := map[string]int64{"sqlite": 40 * 3, "postgres": 40*3 + 4, "mysql": 40 * 4}
	testdb.Each(t, func(t *testing.T, dialect string) {
		trips := func(n int) int64 {
			db, wire := open(t, dialect)
			revisions := op.Revisions{fromEmpty(t, db, models(n, false))}
			before := wire.trips.Load()
			if _, err := migrate.New(db, revisions).Upgrade(t.Context(), "head"); err != nil {
				t.Fatal(err)
			}
			return wire.trips.Load() - before
		}
		if got := trips(50) - trips(10); got != want[dialect] {
			t.Errorf("%d trips for 40 tables more, want %d", got, want[dialect])
		}
	})
}
