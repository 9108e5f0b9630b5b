package migrate_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
)

func openPostgres(t testing.TB, dsn string, connections int) *gorm.DB {
	t.Helper()
	db, err := gorm.Open(postgres.Open(dsn), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	pool := poolOf(t, db)
	pool.SetMaxOpenConns(connections)
	t.Cleanup(func() { pool.Close() })
	return db
}

// simple is how people reach a PgBouncer in transaction mode, which (before
// 1.21) knows no prepared statements.
const simple = " default_query_exec_mode=simple_protocol"

// plain is the small shop without SQLite's words.
func plain() []string { return []string{"a1", "b2", "c3"} }

// TestTransactionPooling: behind PgBouncer in transaction mode nothing is done
// and nothing is left, whether the program is alone there or not, and whatever
// the size of its pool.
func TestTransactionPooling(t *testing.T) {
	pooled, direct := testdb.PgBouncer(t, "transaction")
	revisions := with(shop)
	revisions[1].Up = revisions[1].Up[:1]
	straight := openPostgres(t, direct, 0)
	refused := func(name string, db *gorm.DB) {
		t.Helper()
		for what, work := range map[string]func(*migrate.Migrator) error{
			"upgrade": func(m *migrate.Migrator) error { _, err := m.Upgrade(t.Context(), "head"); return err },
			"stamp":   func(m *migrate.Migrator) error { return m.Stamp(t.Context(), "head", migrate.StampOptions{}) },
		} {
			err := work(migrate.New(db, revisions))
			if !errors.Is(err, ddl.ErrPooled) || !strings.Contains(err.Error(), "pool_mode = session") || !strings.Contains(err.Error(), "one transaction") {
				t.Errorf("%s, %s: got %v, want ErrPooled and the way out", name, what, err)
			}
		}
		if n := count(t, straight, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"); n != 0 {
			t.Errorf("%s: %d tables were made", name, n)
		}
		if n := count(t, straight, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"); n != 0 {
			t.Errorf("%s: %d locks are left", name, n)
		}
	}
	refused("a pool of one", openPostgres(t, pooled+simple, 1))
	refused("a pool of many", openPostgres(t, pooled+simple, 0))
	refused("with prepared statements", openPostgres(t, pooled, 1))

	// In the company of others.
	others := openPostgres(t, pooled+simple, 8)
	end := make(chan struct{})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for {
				select {
				case <-end:
					return
				default:
					_ = others.Exec("SELECT pg_sleep(0.001)").Error
				}
			}
		})
	}
	for range 3 {
		refused("in company", openPostgres(t, pooled+simple, 1))
	}
	close(end)
	group.Wait()

	// The way out: one transaction, several programs at once.
	errs := make([]error, 4)
	for i := range errs {
		db := openPostgres(t, pooled+simple, 1)
		group.Go(func() {
			_, errs[i] = migrate.New(db, revisions).With(migrate.Options{SingleTransaction: true}).Upgrade(t.Context(), "head")
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	equal(t, "history", historyOf(t, straight), strings.Join(plain(), " "))
	// Or a transaction of the caller's.
	err := openPostgres(t, pooled+simple, 1).Transaction(func(tx *gorm.DB) error {
		_, err := migrate.New(tx, revisions).Downgrade(t.Context(), "base")
		return err
	})
	if err != nil {
		t.Error(err)
	}
	equal(t, "history", historyOf(t, straight), "")
}

// TestSessionPooling is as good as none.
func TestSessionPooling(t *testing.T) {
	pooled, direct := testdb.PgBouncer(t, "session")
	revisions := with(shop)
	revisions[1].Up = revisions[1].Up[:1]
	var group sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		db := openPostgres(t, pooled, 1)
		group.Go(func() {
			_, errs[i] = migrate.New(db, revisions).With(migrate.Options{LockTimeout: time.Minute}).Upgrade(t.Context(), "head")
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	equal(t, "history", historyOf(t, openPostgres(t, direct, 1)), strings.Join(plain(), " "))
}
