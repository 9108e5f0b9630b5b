package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

var (
	databases = []string{"sqlite", "postgres", "mysql"}
	sizes     = []int{10, 100, 300, 1000}
)

// subject is a database in which the models have been made.
type subject struct {
	dialect   string
	db        *gorm.DB
	wire      *wire
	models    []any
	revisions op.Revisions
}

// made upgrades an empty database to the models.
func made(tb testing.TB, dialect string, models []any) subject {
	tb.Helper()
	s := subject{dialect: dialect, models: models}
	s.db, s.wire = open(tb, dialect)
	s.revisions = op.Revisions{fromEmpty(tb, s.db, models)}
	if _, err := migrate.New(s.db, s.revisions).Upgrade(tb.Context(), "head"); err != nil {
		tb.Fatal(err)
	}
	return s
}

// fromEmpty returns the revision that makes the models.
func fromEmpty(tb testing.TB, db *gorm.DB, models []any) op.Revision {
	tb.Helper()
	plan, err := autogen.Compare(tb.Context(), autogen.Options{DB: db, Models: models})
	if err != nil {
		tb.Fatal(err)
	}
	return op.Revision{ID: "a", Created: "2026-11-23T00:00:00Z", Message: "bench", Up: plan.Up, Down: plan.Down}
}

// fresh returns the database as a program has it that has just started: GORM
// caches the models that it has parsed in the *gorm.DB.
func (s subject) fresh(tb testing.TB) *gorm.DB {
	tb.Helper()
	pool, err := s.db.DB()
	if err != nil {
		tb.Fatal(err)
	}
	return onPool(tb, s.dialect, pool)
}

// check is the whole check in one process; there is nothing to find.
func (s subject) check(tb testing.TB, db *gorm.DB) {
	plan, err := autogen.Compare(tb.Context(), autogen.Options{DB: db, Models: s.models, Revisions: s.revisions})
	if err != nil {
		tb.Fatal(err)
	}
	if !plan.Empty() || len(plan.Unmanaged)+len(plan.Incomparable) > 0 {
		tb.Fatalf("it found %v %v %v %v", plan.Up, plan.Questions, plan.Unmanaged, plan.Incomparable)
	}
}

// each runs a benchmark for every database and size.
func each(b *testing.B, bench func(b *testing.B, dialect string, n int)) {
	for _, dialect := range databases {
		b.Run("db="+dialect, func(b *testing.B) {
			for _, n := range sizes {
				b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) { bench(b, dialect, n) })
			}
		})
	}
}

// run measures fn on a database just opened, with the trips to the server and
// the highest the heap has stood.
func (s subject) run(b *testing.B, name string, fn func(*testing.B, *gorm.DB)) {
	b.Run("by="+name, func(b *testing.B) {
		b.ReportAllocs()
		peak := watchHeap()
		before := s.wire.trips.Load()
		for b.Loop() {
			b.StopTimer()
			db := s.fresh(b) // whose opening asks for the server's version
			before++
			b.StartTimer()
			fn(b, db)
		}
		b.ReportMetric(float64(s.wire.trips.Load()-before)/float64(b.N), "trips/op")
		b.ReportMetric(peak(), "peak-MiB")
	})
}

// BenchmarkCheck: nothing has changed, and each contestant finds that out.
func BenchmarkCheck(b *testing.B) {
	each(b, func(b *testing.B, dialect string, n int) {
		s := made(b, dialect, models(n, false))
		s.run(b, "floor", func(b *testing.B, db *gorm.DB) { floor(b, db, s.models) })
		s.run(b, "limbeck", func(b *testing.B, db *gorm.DB) { s.check(b, db) })
		s.run(b, "automigrate", func(b *testing.B, db *gorm.DB) {
			if err := db.AutoMigrate(s.models...); err != nil {
				b.Fatal(err)
			}
		})
	})
}

// BenchmarkCheckRich: one table in ten has text that a server writes in its own
// way. The difference to BenchmarkCheck, divided by n/10, is what such a table
// costs.
func BenchmarkCheckRich(b *testing.B) {
	each(b, func(b *testing.B, dialect string, n int) {
		s := made(b, dialect, models(n, true))
		s.run(b, "limbeck", func(b *testing.B, db *gorm.DB) { s.check(b, db) })
	})
}

// BenchmarkCheckFar: each trip to the database takes a millisecond more.
func BenchmarkCheckFar(b *testing.B) {
	for _, dialect := range databases[1:] {
		b.Run("db="+dialect, func(b *testing.B) {
			for _, n := range []int{10, 300} {
				b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
					s := made(b, dialect, models(n, true))
					s.wire.latency = time.Millisecond
					s.run(b, "floor", func(b *testing.B, db *gorm.DB) { floor(b, db, s.models) })
					s.run(b, "limbeck", func(b *testing.B, db *gorm.DB) { s.check(b, db) })
				})
			}
		})
	}
}

// BenchmarkPending: what a program asks at start-up.
func BenchmarkPending(b *testing.B) {
	each(b, func(b *testing.B, dialect string, n int) {
		s := made(b, dialect, models(n, false))
		s.run(b, "limbeck", func(b *testing.B, db *gorm.DB) {
			pending, err := migrate.New(db, s.revisions).Pending(b.Context())
			if err != nil || len(pending) > 0 {
				b.Fatal(pending, err)
			}
		})
	})
}

// BenchmarkGenerate: models in, Go source out, on an empty database.
func BenchmarkGenerate(b *testing.B) {
	each(b, func(b *testing.B, dialect string, n int) {
		s := subject{dialect: dialect, models: models(n, false)}
		s.db, s.wire = open(b, dialect)
		dir := b.TempDir()
		source := "package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\nvar Revisions op.Revisions\n"
		if err := os.WriteFile(filepath.Join(dir, "migrations.go"), []byte(source), 0o666); err != nil {
			b.Fatal(err)
		}
		generate := func(b *testing.B, db *gorm.DB, noVerify bool) {
			result, err := autogen.Generate(b.Context(), autogen.Options{DB: db, Models: s.models, Dir: dir, NoVerify: noVerify})
			if err != nil || (result.Verified == "") != noVerify {
				b.Fatal(result.NotVerified, err)
			}
			if err := os.Remove(result.File); err != nil {
				b.Fatal(err)
			}
		}
		s.run(b, "floor", func(b *testing.B, db *gorm.DB) { floor(b, db, s.models) })
		s.run(b, "limbeck", func(b *testing.B, db *gorm.DB) { generate(b, db, true) })
		if dialect != "mysql" { // where verifying needs a database of its own
			s.run(b, "limbeck-verified", func(b *testing.B, db *gorm.DB) { generate(b, db, false) })
		}
	})
}
