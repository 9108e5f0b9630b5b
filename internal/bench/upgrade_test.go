package bench

import (
	"context"
	"fmt"
	"testing"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// BenchmarkUpgrade: the first revision, beside its bare statements in one
// transaction. MySQL commits each by itself.
func BenchmarkUpgrade(b *testing.B) {
	each(b, func(b *testing.B, dialect string, n int) {
		r := subject{dialect: dialect, models: models(n, false)}.race()
		r.db, r.wire = open(b, dialect)
		statements := r.statements(b)
		r.run(b, "statements", func(b *testing.B, db *gorm.DB) {
			r.empty(b)
			bare(b, db, statements)
			b.StopTimer()
			if err := migrate.New(db, r.revisions).Stamp(b.Context(), "head", migrate.StampOptions{}); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		})
		r.run(b, "limbeck", func(b *testing.B, db *gorm.DB) {
			r.empty(b)
			if _, err := migrate.New(db, r.revisions).Upgrade(b.Context(), "head"); err != nil {
				b.Fatal(err)
			}
		})
	})
}

// BenchmarkVerify: the first revision is generated and tried out, on SQLite in
// memory. What the trial adds is measured by the time of the bare statements in
// one transaction.
func BenchmarkVerify(b *testing.B) {
	b.Run("db=sqlite", func(b *testing.B) {
		for _, n := range sizes {
			b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
				r := subject{dialect: "sqlite", models: models(n, false)}.race()
				r.db, r.wire = open(b, "sqlite")
				statements := r.statements(b)
				r.run(b, "statements", func(b *testing.B, db *gorm.DB) {
					r.empty(b)
					bare(b, db, statements)
					b.StopTimer()
					if err := migrate.New(db, r.revisions).Stamp(b.Context(), "head", migrate.StampOptions{}); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
				})
				r.empty(b)
				generate := generator(b)
				r.run(b, "unverified", func(b *testing.B, db *gorm.DB) { generate(b, db, r.models, true) })
				r.run(b, "verified", func(b *testing.B, db *gorm.DB) { generate(b, db, r.models, false) }, metric{"added-x-statements", func(time float64) float64 {
					return (time - r.median("unverified")) / r.median("statements")
				}})
			})
		}
	})
}

// statements applies the first revision and returns its SQL.
func (r *race) statements(b *testing.B) []string {
	r.revisions = op.Revisions{fromEmpty(b, r.db, r.models)}
	var list []string
	m := migrate.New(r.db, r.revisions).With(migrate.Options{Hooks: migrate.Hooks{AfterStep: func(_ context.Context, e migrate.Event) error {
		for _, statement := range e.Step.Statements {
			list = append(list, statement.SQL)
		}
		return nil
	}}})
	if _, err := m.Upgrade(b.Context(), "head"); err != nil {
		b.Fatal(err)
	}
	return list
}

// empty takes the first revision back, out of all that is measured.
func (r *race) empty(b *testing.B) {
	b.StopTimer()
	trips, bytes := r.wire.trips.Load(), r.wire.bytes.Load()
	if _, err := migrate.New(r.db, r.revisions).Downgrade(b.Context(), "base"); err != nil {
		b.Fatal(err)
	}
	r.wire.trips.Store(trips)
	r.wire.bytes.Store(bytes)
	b.StartTimer()
}

// bare runs statements in one transaction.
func bare(b *testing.B, db *gorm.DB, statements []string) {
	d, err := dialect.For(db)
	if err != nil {
		b.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		b.Fatal(err)
	}
	conn, err := pool.Conn(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	err = d.Transact(b.Context(), conn, func() error {
		for _, sql := range statements {
			if _, err := conn.ExecContext(b.Context(), sql); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
