package bench

import (
	"runtime"
	"testing"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestAllocations: a check allocates so often for each table more, whatever the
// number of tables. GORM's parsing and the driver are in it: more than half on
// SQLite. Where a change needs more for good reasons, raise the number.
func TestAllocations(t *testing.T) {
	most := map[string]float64{"sqlite": 590, "postgres": 730, "mysql": 650}
	testdb.Each(t, func(t *testing.T, dialect string) {
		count := func(n int) float64 {
			s := made(t, dialect, models(n, false))
			return testing.AllocsPerRun(3, func() { s.check(t, s.fresh(t)) })
		}
		few, some, many := count(20), count(60), count(140)
		first, second := (some-few)/40, (many-some)/80
		t.Logf("%.0f and %.0f for each table more", first, second)
		if second > most[dialect] {
			t.Errorf("%.0f allocations for each table more, not %.0f", second, most[dialect])
		}
		if second > 1.1*first {
			t.Errorf("%.0f allocations for each table more at first, and %.0f then: it grows faster than the tables", first, second)
		}
	})
}

// TestAllocationsOfUpgrade: the same of an upgrade from empty. The driver is in
// it, with three statements for each table (one on MySQL).
func TestAllocationsOfUpgrade(t *testing.T) {
	most := map[string]float64{"sqlite": 60, "postgres": 130, "mysql": 200}
	testdb.Each(t, func(t *testing.T, dialect string) {
		count := func(n int) float64 {
			db, _ := open(t, dialect)
			m := migrate.New(db, op.Revisions{fromEmpty(t, db, models(n, false))})
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if _, err := m.Upgrade(t.Context(), "head"); err != nil {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			return float64(after.Mallocs - before.Mallocs)
		}
		if more := (count(120) - count(20)) / 100; more > most[dialect] {
			t.Errorf("%.0f allocations for each table more, not %.0f", more, most[dialect])
		} else {
			t.Logf("%.0f for each table more", more)
		}
	})
}
