package rivals

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/go-gormigrate/gormigrate/v2"
	"github.com/pressly/goose/v3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// upgrade brings a database to head with one of the three, from n revisions of
// which each writes a row.
type upgrade func(ctx context.Context, db *gorm.DB) error

func withLimbeck(n int) upgrade {
	var list op.Revisions
	for i := range n {
		r := op.Revision{ID: fmt.Sprintf("%012x", i), Created: fmt.Sprintf("2026-01-01T00:00:%05dZ", i), Message: fmt.Sprintf("revision %d", i)}
		r.Up = op.List{op.Exec{SQL: statement(i)}}
		if i > 0 {
			r.Parents = []string{fmt.Sprintf("%012x", i-1)}
		}
		list.Add(r)
	}
	return func(ctx context.Context, db *gorm.DB) error {
		_, err := migrate.New(db, list).Upgrade(ctx, "head")
		return err
	}
}

// statement is what revision i does.
func statement(i int) string {
	if i == 0 {
		return "CREATE TABLE t (n int)"
	}
	return fmt.Sprintf("INSERT INTO t VALUES (%d)", i)
}

func withGoose(n int) upgrade {
	return func(ctx context.Context, db *gorm.DB) error {
		pool, err := db.DB()
		if err != nil {
			return err
		}
		list := make([]*goose.Migration, n)
		for i := range n {
			list[i] = goose.NewGoMigration(int64(i+1), &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, statement(i))
				return err
			}}, nil)
		}
		provider, err := goose.NewProvider(goose.DialectSQLite3, pool, nil, goose.WithGoMigrations(list...), goose.WithDisableGlobalRegistry(true))
		if err != nil {
			return err
		}
		_, err = provider.Up(ctx)
		return err
	}
}

func withGormigrate(n int) upgrade {
	return func(ctx context.Context, db *gorm.DB) error {
		list := make([]*gormigrate.Migration, n)
		for i := range n {
			list[i] = &gormigrate.Migration{ID: fmt.Sprintf("%012x", i), Migrate: func(tx *gorm.DB) error { return tx.Exec(statement(i)).Error }}
		}
		options := *gormigrate.DefaultOptions
		options.UseTransaction = true
		return gormigrate.New(db.WithContext(ctx), &options, list).Migrate()
	}
}

var all = []struct {
	name string
	of   func(n int) upgrade
}{{"limbeck", withLimbeck}, {"goose", withGoose}, {"gormigrate", withGormigrate}}

// atHead returns a database to which everything is applied.
func atHead(t testing.TB, up upgrade) *gorm.DB {
	t.Helper()
	// It need not survive a crash, and so is made sooner.
	dsn := filepath.Join(t.TempDir(), "test.db") + "?_journal_mode=WAL&_synchronous=OFF"
	db, err := gorm.Open(sqlite.Open(dsn), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if pool, err := db.DB(); err == nil {
			pool.Close()
		}
	})
	if err := up(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	return db
}

// TestNothingToDo: all three apply everything once.
func TestNothingToDo(t *testing.T) {
	for _, rival := range all {
		up := rival.of(20)
		db := atHead(t, up)
		for range 2 {
			if err := up(t.Context(), db); err != nil {
				t.Errorf("%s: %v", rival.name, err)
			}
		}
		var n int64
		if err := db.Table("t").Count(&n).Error; err != nil || n != 19 {
			t.Errorf("%s: %d rows, %v", rival.name, n, err)
		}
	}
}

// BenchmarkNothingToDo is what a program pays at each start.
func BenchmarkNothingToDo(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		for _, rival := range all {
			b.Run(fmt.Sprintf("%d/%s", n, rival.name), func(b *testing.B) {
				up := rival.of(n)
				db := atHead(b, up)
				for b.Loop() {
					if err := up(b.Context(), db); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
