package migrate_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestLocked: while somebody else writes, nothing is done and the error says
// why; reading works.
func TestLocked(t *testing.T) {
	file := tempFile(t)
	db := open(t, file+"?_busy_timeout=1")
	upgrade(t, db, shop, "b2", "a1 b2")
	before := dump(t, db)
	other := open(t, file)
	exec(t, other, "BEGIN IMMEDIATE")
	m := migrate.New(db, shop).With(migrate.Options{LockTimeout: -1})
	for name, work := range map[string]func() (migrate.Result, error){
		"upgrade":   func() (migrate.Result, error) { return m.Upgrade(t.Context(), "head") },
		"downgrade": func() (migrate.Result, error) { return m.Downgrade(t.Context(), "base") },
		"stamp": func() (migrate.Result, error) {
			return migrate.Result{}, m.Stamp(t.Context(), "head", migrate.StampOptions{})
		},
	} {
		result, err := work()
		if !errors.Is(err, ddl.ErrLocked) || result.Done != nil {
			t.Errorf("%s: %v, %v; want ErrLocked", name, result, err)
		}
		equal(t, name, dump(t, db), before)
	}
	if status, err := m.Status(t.Context()); err != nil || len(status.Pending()) != 1 {
		t.Errorf("status: %v, %v", status, err)
	}
	upgrade(t, db, shop, "b2", "") // nothing to do needs no lock
	exec(t, other, "COMMIT")
	upgrade(t, db, shop, "head", "c3")
}

// TestShortLockTimeout: on SQLite, where the transaction is the lock, a short
// wait for it counts more than the connection's own, which is put back.
func TestShortLockTimeout(t *testing.T) {
	for _, test := range []struct {
		timeout time.Duration
		want    int // milliseconds
	}{{-1, 1}, {300 * time.Millisecond, 300}, {time.Minute, 4000}, {0, 4000}} {
		db := open(t, tempFile(t)+"?_busy_timeout=4000")
		pool, err := db.DB()
		if err != nil {
			t.Fatal(err)
		}
		pool.SetMaxOpenConns(1)
		got := 0
		revisions := op.Revisions{{ID: "a1", Up: op.List{migrate.Do("look", func(_ context.Context, tx *gorm.DB) error {
			return tx.Raw("PRAGMA busy_timeout").Scan(&got).Error
		})}}}
		if _, err := migrate.New(db, revisions).With(migrate.Options{LockTimeout: test.timeout}).Upgrade(t.Context(), "head"); err != nil {
			t.Fatal(err)
		}
		if got != test.want {
			t.Errorf("%v: busy timeout %d, want %d", test.timeout, got, test.want)
		}
		if n := count(t, db, "SELECT timeout FROM pragma_busy_timeout"); n != 4000 {
			t.Errorf("%v: put back to %d", test.timeout, n)
		}
	}
}

// TestTogether: programs that start together apply each revision once, and
// none of them fails.
func TestTogether(t *testing.T) {
	const programs, n = 4, 6
	revisions := with(shop[:1])
	for i := range n {
		id := fmt.Sprintf("r%d", i)
		revisions = append(revisions, after(revisions[len(revisions)-1].ID, id,
			"INSERT INTO books (title) VALUES ('"+id+"')", "CREATE TABLE "+id+" (x)"))
	}
	file := tempFile(t)
	var group sync.WaitGroup
	results := make([]migrate.Result, programs)
	errs := make([]error, programs)
	start := make(chan struct{})
	for i := range programs {
		db := open(t, file+"?_busy_timeout=60000")
		group.Go(func() {
			<-start
			results[i], errs[i] = migrate.New(db, revisions).Upgrade(context.WithoutCancel(t.Context()), "head")
		})
	}
	close(start)
	group.Wait()
	applied := map[string]int{}
	for i := range programs {
		if errs[i] != nil {
			t.Errorf("program %d: %v", i, errs[i])
		}
		for _, d := range results[i].Done {
			applied[d.Revision.ID]++
		}
	}
	for _, r := range revisions {
		if applied[r.ID] != 1 {
			t.Errorf("%q was applied %d times", r.ID, applied[r.ID])
		}
	}
	db := open(t, file)
	if got := rows(t, db, "SELECT count(*) FROM books"); got[0] != fmt.Sprint(n) {
		t.Errorf("%s books", got[0])
	}
}
