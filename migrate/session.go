package migrate

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// session is everything that work on the database needs.
type session struct {
	options Options
	db      *gorm.DB
	dialect dialect.Dialect
	graph   *Graph
	// q is one connection, or a transaction of the caller's.
	q       ddl.Querier
	tables  *ours
	history history
	journal journal
	lock    ddl.Lock
}

// with runs fn with one connection of the pool, or with the one that the
// *gorm.DB is bound to.
func (m *Migrator) with(ctx context.Context, fn func(*session) error) (err error) {
	graph, err := NewGraph(m.revisions)
	if err != nil {
		return err
	}
	d, err := dialect.For(m.db)
	if err != nil {
		return err
	}
	q, done, err := connection(ctx, m.db)
	if err != nil {
		return err
	}
	defer done()
	table, err := historyName(m.options.Table, d)
	if err != nil {
		return err
	}
	tables := newOurs(d, q, table)
	return fn(&session{
		options: m.options, db: m.db, dialect: d, graph: graph, q: q, lock: ddl.NoLock{},
		tables: tables, history: history{tables, table}, journal: journal{ours: tables, table: JournalTable(table)},
	})
}

// connection returns one connection, and what gives it back: the transaction or
// the connection that db is bound to, or one of its pool.
func connection(ctx context.Context, db *gorm.DB) (q ddl.Querier, done func(), err error) {
	if db.Statement != nil {
		switch pool := db.Statement.ConnPool.(type) {
		case *gorm.PreparedStmtTX:
			// What changes tables is not to be prepared and kept.
			return pool.Tx, func() {}, nil
		case gorm.TxCommitter:
			return pool.(gorm.Tx), func() {}, nil
		case *sql.Conn:
			return pool, func() {}, nil
		}
	}
	pool, err := Pool(db)
	if err != nil {
		return nil, nil, err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("connecting to the database: %w", err)
	}
	return conn, func() { _ = conn.Close() }, nil
}

// inside reports whether the session is in a transaction of the caller's.
func (s *session) inside() bool { return ddl.Inside(s.q) }

// locked runs fn while no other migration works on the database, with the
// session's limits.
func (s *session) locked(ctx context.Context, fn func() error) (err error) {
	if s.inside() && !s.dialect.Transactional() {
		return fmt.Errorf("%w, and %s would commit it with the first statement that changes a table; give the *gorm.DB that gorm.Open returned", ErrInTransaction, s.dialect.Name())
	}
	if !s.options.NoLock {
		if s.lock, err = s.dialect.Lock(ctx, s.q, s.lockOptions(ctx)); err != nil {
			return err
		}
		defer func() {
			if release := s.lock.Release(ctx); release != nil {
				// With the connection the server ends the lock.
				if conn, ok := s.q.(*sql.Conn); ok {
					_ = conn.Raw(func(any) error { return driver.ErrBadConn })
				} else {
					err = errors.Join(err, release)
				}
			}
			s.lock = ddl.NoLock{}
		}()
	}
	return s.limited(ctx, s.q, fn)
}

// transact runs fn in a transaction, with what is known of our tables to be
// relied upon in it: nobody else changes them under the lock, and without one the
// transaction is it.
func (s *session) transact(ctx context.Context, fn func() error) error {
	err := s.dialect.Transact(ctx, s.q, func() error {
		if s.lock == (ddl.NoLock{}) {
			s.tables.forget()
		}
		return fn()
	})
	if err != nil {
		s.tables.forget()
	}
	return err
}

// limited runs fn with the timeouts of the options.
func (s *session) limited(ctx context.Context, q ddl.Querier, fn func() error) (err error) {
	limits := ddl.Limits{Lock: max(0, s.options.TableLockTimeout), Statement: max(0, s.options.StatementTimeout)}
	if limits.Lock == 0 && !ddl.Inside(q) {
		limits.Lock = s.shortWait()
	}
	if limits == (ddl.Limits{}) {
		return fn()
	}
	restore, err := s.dialect.Limit(ctx, q, limits)
	defer func() {
		if undo := restore(ctx); err == nil {
			err = undo
		}
	}()
	if err != nil {
		return err
	}
	return fn()
}

// shortWait is how long each attempt to begin a transaction may wait for others
// where transactions are the lock, and the options ask for less than drivers
// wait by themselves; otherwise 0. Longer waits are made of several attempts
// (see again).
func (s *session) shortWait() time.Duration {
	const drivers = 5 * time.Second // the busy timeout that go-sqlite3 sets
	wait := s.options.lockTimeout()
	if s.lock != (ddl.NoLock{}) || s.options.NoLock || wait >= drivers {
		return 0
	}
	return max(wait, time.Millisecond)
}

func (s *session) lockOptions(ctx context.Context) ddl.LockOptions {
	return ddl.LockOptions{
		Wait: s.options.lockTimeout(),
		Waiting: func(holder string) {
			s.waiting(ctx, holder)
		},
		Another: func(ctx context.Context) (ddl.Querier, func(), error) { return another(ctx, s.db) },
	}
}

// another gives a second connection of the pool, which may for a moment be one
// more than the pool has room for.
func another(ctx context.Context, db *gorm.DB) (ddl.Querier, func(), error) {
	pool, err := Pool(db)
	if err != nil {
		return nil, nil, err
	}
	most := pool.Stats().MaxOpenConnections
	if most > 0 {
		pool.SetMaxOpenConns(most + 1)
	}
	conn, err := pool.Conn(ctx)
	done := func() {
		if most > 0 {
			if conn != nil {
				_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // and not kept
			}
			pool.SetMaxOpenConns(most)
		}
		if conn != nil {
			_ = conn.Close()
		}
	}
	if err != nil {
		done()
		return nil, nil, fmt.Errorf("opening a second connection: %w", err)
	}
	return conn, done, nil
}

// again runs fn until it meets no lock of somebody else's, within what the
// options allow. Each run must leave nothing behind when it fails.
func (s *session) again(ctx context.Context, fn func() error) error {
	if s.inside() {
		return fn()
	}
	end := time.Now().Add(s.options.lockTimeout())
	for attempt, pause := 1, 100*time.Millisecond; ; attempt, pause = attempt+1, min(5*time.Second, pause*2) {
		err := fn()
		if err == nil || !s.dialect.Locked(err) || ctx.Err() != nil || s.options.stopped() {
			return err
		}
		if s.lock == (ddl.NoLock{}) && !s.options.NoLock {
			// Who has the database has it for one transaction.
			if pause = min(pause, 200*time.Millisecond); time.Now().After(end) {
				return err
			}
		} else if attempt > s.options.retries() {
			return err
		}
		s.log(ctx, levelWarn, "trying again", "after", pause, "error", err)
		if ddl.Sleep(ctx, pause/2+jitter(pause)) != nil {
			return err
		}
	}
}
