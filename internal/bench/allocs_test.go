package bench

import (
	"testing"

	"github.com/go-limbeck/limbeck/internal/testdb"
)

// TestAllocations: a check allocates so often for each table more, whatever the
// number of tables. GORM's parsing and the driver are in it: more than half on
// SQLite. Where a change needs more for good reasons, raise the number.
func TestAllocations(t *testing.T) {
	most := map[string]float64{"sqlite": 650, "postgres": 930, "mysql": 740}
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
