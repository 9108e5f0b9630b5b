package migrate

import (
	"log/slog"
	"time"
)

// DefaultLockTimeout is how long a migration waits for another one where
// [Options] do not say.
const DefaultLockTimeout = time.Minute

// DefaultRetries is how often work is tried again that met a lock, where
// [Options] do not say.
const DefaultRetries = 3

// Options are what a migrator may be told. The zero value is useful.
type Options struct {
	// Table is the name of the history table, with its schema where it is to
	// have one: "audit.revisions". The journal, where there is one, stands beside
	// it (see [JournalTable]). Default: [Table].
	Table string

	// SingleTransaction runs the whole call in one transaction, so that a failure
	// leaves nothing of it. Databases that commit each change to a table by itself
	// refuse it, and so do revisions that need to be outside a transaction; the
	// error wraps [ErrTransaction]. Default: one transaction for each revision.
	SingleTransaction bool

	// LockTimeout is how long to wait for another migration of the same
	// database. Negative does not wait. Default: [DefaultLockTimeout]. SQLite has
	// no lock of its own for migrations: there it is how long to wait for whoever
	// writes; in one attempt as long as the connection's busy timeout says, or
	// less where this is shorter, but with SingleTransaction.
	LockTimeout time.Duration
	// NoLock takes no lock, for a caller who makes sure otherwise that nobody
	// else migrates the database meanwhile.
	NoLock bool

	// TableLockTimeout is how long a statement waits for a table or row that
	// others keep (lock_timeout, lock_wait_timeout, busy_timeout). Default: what
	// the session has.
	TableLockTimeout time.Duration
	// StatementTimeout is how long a statement may run. Databases that cannot
	// limit that refuse it. Default: what the session has.
	StatementTimeout time.Duration
	// Retries is how often work that met a lock is tried again, after a pause
	// that grows from a tenth of a second to five: the whole transaction, which
	// was rolled back, or the one statement that stands alone. Negative is never.
	// Default: [DefaultRetries]. Inside a transaction of the caller's nothing is
	// tried again.
	Retries int

	// Hooks are told of the work as it goes on.
	Hooks Hooks
	// Logger is told of revisions (info), steps (debug) and of waiting (warn).
	// Each statement goes to the logger of the *gorm.DB as well. Default: nobody
	// is told.
	Logger *slog.Logger
	// Stop asks, by being closed, to stop as soon as the running statement has
	// ended; what is done by then is recorded. The error wraps [ErrStopped].
	Stop <-chan struct{}

	// Now tells the time for the history. Default: time.Now.
	Now func() time.Time
}

func (o Options) lockTimeout() time.Duration {
	if o.LockTimeout == 0 {
		return DefaultLockTimeout
	}
	return max(o.LockTimeout, 0)
}

func (o Options) retries() int {
	if o.Retries == 0 {
		return DefaultRetries
	}
	return max(o.Retries, 0)
}

func (o Options) now() time.Time {
	if o.Now != nil {
		return o.Now()
	}
	return time.Now()
}

func (o Options) stopped() bool {
	select {
	case <-o.Stop:
		return true
	default:
		return false // also where there is no channel
	}
}
