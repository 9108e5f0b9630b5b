package bench

import (
	"context"
	"testing"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// BenchmarkUpgrade: the first revision, beside its bare statements in one
// transaction. MySQL commits each by itself.
func BenchmarkUpgrade(b *testing.B) {
	each(b, func(b *testing.B, name string, n int) {
		s := subject{dialect: name, models: models(n, false)}
		s.db, s.wire = open(b, name)
		s.revisions = op.Revisions{fromEmpty(b, s.db, s.models)}
		var statements []string
		m := migrate.New(s.db, s.revisions).With(migrate.Options{Hooks: migrate.Hooks{AfterStep: func(_ context.Context, e migrate.Event) error {
			for _, statement := range e.Step.Statements {
				statements = append(statements, statement.SQL)
			}
			return nil
		}}})
		if _, err := m.Upgrade(b.Context(), "head"); err != nil {
			b.Fatal(err)
		}
		down := func(b *testing.B) {
			b.StopTimer()
			if _, err := migrate.New(s.db, s.revisions).Downgrade(b.Context(), "base"); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
		s.run(b, "statements", func(b *testing.B, db *gorm.DB) {
			down(b)
			bare(b, s.dialect, db, statements)
			b.StopTimer()
			if err := migrate.New(db, s.revisions).Stamp(b.Context(), "head", migrate.StampOptions{}); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		})
		s.run(b, "limbeck", func(b *testing.B, db *gorm.DB) {
			down(b)
			if _, err := migrate.New(db, s.revisions).Upgrade(b.Context(), "head"); err != nil {
				b.Fatal(err)
			}
		})
	})
}

// bare runs statements in one transaction.
func bare(b *testing.B, name string, db *gorm.DB, statements []string) {
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
		b.Fatal(name, err)
	}
}
