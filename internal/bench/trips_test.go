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
	want := map[string]int64{"sqlite": 4, "postgres": 7, "mysql": 6}
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
// history, and what is in it. MySQL says both at once.
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
		want := map[string]int{"sqlite": 2, "postgres": 2, "mysql": 1}[dialect]
		if len(heard) != want || !strings.Contains(heard[want-1], migrate.Table) || strings.Contains(strings.Join(heard, " "), migrate.JournalTable(migrate.Table)) {
			t.Errorf("it asked %q", heard)
		}
	})
}

// TestTripsOfUpgrade: a table more is the statements that make it and its two
// indexes, and on PostgreSQL the foreign key of each tenth one. On MySQL one
// statement makes all of it. One statement drops it. What there is beside does not
// depend on the tables.
func TestTripsOfUpgrade(t *testing.T) {
	up := map[string]int64{"sqlite": 18, "postgres": 17, "mysql": 21}
	down := map[string]int64{"sqlite": 22, "postgres": 21, "mysql": 30}
	statements := map[string][2]int64{"sqlite": {10 * 3, 50 * 3}, "postgres": {10*3 + 1, 50*3 + 5}, "mysql": {10, 50}}
	testdb.Each(t, func(t *testing.T, dialect string) {
		trips := func(n int) (up, down int64) {
			db, wire := open(t, dialect)
			m := migrate.New(db, op.Revisions{fromEmpty(t, db, models(n, false))})
			before := wire.trips.Load()
			if _, err := m.Upgrade(t.Context(), "head"); err != nil {
				t.Fatal(err)
			}
			between := wire.trips.Load()
			if _, err := m.Downgrade(t.Context(), "base"); err != nil {
				t.Fatal(err)
			}
			return between - before, wire.trips.Load() - between
		}
		fewUp, fewDown := trips(10)
		manyUp, manyDown := trips(50)
		if few, many := fewUp-statements[dialect][0], manyUp-statements[dialect][1]; few != up[dialect] || many != few {
			t.Errorf("an upgrade takes %d trips beside the statements of 10 tables, %d of 50, want %d", few, many, up[dialect])
		}
		if few, many := fewDown-10, manyDown-50; few != down[dialect] || many != few {
			t.Errorf("a downgrade takes %d trips beside the statements of 10 tables, %d of 50, want %d", few, many, down[dialect])
		}
	})
}
