package bench

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
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

// race is a benchmark with several contestants, each of which is measured
// beside the first.
type race struct {
	subject
	first string
	// times are those of the contestants per operation, several with -count.
	times map[string][]float64
}

func (s subject) race() *race { return &race{subject: s, times: map[string][]float64{}} }

// metric is a further one, made of the time of an operation in nanoseconds.
type metric struct {
	unit string
	of   func(time float64) float64
}

// run measures fn on a database just opened, with the trips to the server, the
// bytes that come from there, and the highest the heap has stood.
func (r *race) run(b *testing.B, name string, fn func(*testing.B, *gorm.DB), metrics ...metric) {
	if r.first == "" {
		r.first = name
	}
	b.Run("by="+name, func(b *testing.B) {
		b.ReportAllocs()
		peak := watchHeap()
		var trips, bytes int64
		for b.Loop() {
			b.StopTimer()
			db := r.fresh(b)
			before, read := r.wire.trips.Load(), r.wire.bytes.Load()
			b.StartTimer()
			fn(b, db)
			trips, bytes = trips+r.wire.trips.Load()-before, bytes+r.wire.bytes.Load()-read
		}
		b.ReportMetric(float64(trips)/float64(b.N), "trips/op")
		b.ReportMetric(float64(bytes)/float64(b.N), "read-B/op")
		b.ReportMetric(peak(), "peak-MiB")
		r.times[name] = append(r.times[name], float64(b.Elapsed())/float64(b.N))
		if name != r.first {
			b.ReportMetric(r.median(name)/r.median(r.first), "x-"+r.first)
		}
		for _, m := range metrics {
			b.ReportMetric(m.of(r.median(name)), m.unit)
		}
	})
}

// median returns the time of a contestant, in nanoseconds.
func (r *race) median(name string) float64 {
	list := slices.Sorted(slices.Values(r.times[name]))
	if len(list) == 0 {
		return math.NaN() // it was not asked for
	}
	return list[len(list)/2]
}

// BenchmarkCheck: nothing has changed, and each contestant finds that out.
func BenchmarkCheck(b *testing.B) {
	each(b, func(b *testing.B, dialect string, n int) {
		r := made(b, dialect, models(n, false)).race()
		r.run(b, "floor", func(b *testing.B, db *gorm.DB) { floor(b, db, r.models) })
		r.run(b, "limbeck", func(b *testing.B, db *gorm.DB) { r.check(b, db) })
		r.run(b, "automigrate", func(b *testing.B, db *gorm.DB) {
			if err := db.AutoMigrate(r.models...); err != nil {
				b.Fatal(err)
			}
		})
	})
}

// BenchmarkRich: one table in ten has text that a server writes in its own way.
// What such a table costs more than a plain one is a metric.
func BenchmarkRich(b *testing.B) {
	each(b, func(b *testing.B, dialect string, n int) {
		r := made(b, dialect, models(n, false)).race()
		r.run(b, "plain", func(b *testing.B, db *gorm.DB) { r.check(b, db) })
		r.subject = made(b, dialect, models(n, true))
		r.run(b, "rich", func(b *testing.B, db *gorm.DB) { r.check(b, db) }, metric{"ns/rich-table", func(time float64) float64 {
			return (time - r.median("plain")) / float64(n/10)
		}})
	})
}

// BenchmarkFar: each trip to the database takes a millisecond more.
func BenchmarkFar(b *testing.B) {
	for _, dialect := range databases[1:] {
		b.Run("db="+dialect, func(b *testing.B) {
			for _, n := range sizes {
				b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
					r := made(b, dialect, models(n, false)).race()
					r.wire.latency = time.Millisecond
					r.run(b, "floor", func(b *testing.B, db *gorm.DB) { floor(b, db, r.models) })
					r.run(b, "limbeck", func(b *testing.B, db *gorm.DB) { r.check(b, db) })
				})
			}
		})
	}
}

// BenchmarkPending: what a program asks at start-up.
func BenchmarkPending(b *testing.B) {
	each(b, func(b *testing.B, dialect string, n int) {
		r := made(b, dialect, models(n, false)).race()
		r.run(b, "limbeck", func(b *testing.B, db *gorm.DB) {
			pending, err := migrate.New(db, r.revisions).Pending(b.Context())
			if err != nil || len(pending) > 0 {
				b.Fatal(pending, err)
			}
		})
	})
}

// BenchmarkGenerate: models in, Go source out, on an empty database. The floor
// is that of the check: it reads a database that has the tables.
func BenchmarkGenerate(b *testing.B) {
	each(b, func(b *testing.B, dialect string, n int) {
		r := made(b, dialect, models(n, false)).race()
		r.run(b, "floor", func(b *testing.B, db *gorm.DB) { floor(b, db, r.models) })
		r.db, r.wire = open(b, dialect)
		generate := generator(b)
		r.run(b, "limbeck", func(b *testing.B, db *gorm.DB) { generate(b, db, r.models, true) })
	})
}

// generator returns a function that generates the first revision in a folder of
// its own, and takes it back.
func generator(b *testing.B) func(b *testing.B, db *gorm.DB, models []any, noVerify bool) {
	dir := b.TempDir()
	source := "package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\nvar Revisions op.Revisions\n"
	if err := os.WriteFile(filepath.Join(dir, "migrations.go"), []byte(source), 0o666); err != nil {
		b.Fatal(err)
	}
	return func(b *testing.B, db *gorm.DB, models []any, noVerify bool) {
		result, err := autogen.Generate(b.Context(), autogen.Options{DB: db, Models: models, Dir: dir, NoVerify: noVerify})
		if err != nil || (result.Verified == "") != noVerify {
			b.Fatal(result.NotVerified, err)
		}
		if err := os.Remove(result.File); err != nil {
			b.Fatal(err)
		}
	}
}
