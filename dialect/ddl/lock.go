package ddl

import (
	"context"
	"math/rand/v2"
	"time"
)

// LockOptions say how the lock of a database's migrations is asked for.
type LockOptions struct {
	// Wait is how long to wait for another migration; 0 does not wait.
	Wait time.Duration
	// Waiting, where it is not nil, is called once before the waiting begins,
	// with who has the lock as far as the server tells: "connection 7 (user …)".
	Waiting func(holder string)
	// Another gives a second connection to the same server, and what gives it
	// back. A dialect may need one to find out whether a pooler stands between.
	// Nil, or an error: there is none.
	Another func(context.Context) (Querier, func(), error)
}

// Lock is the lock of a database's migrations, while it is held.
type Lock interface {
	// Check makes sure that the session still has the lock. The error wraps
	// [ErrPooled] where the connection has come to be another session.
	Check(ctx context.Context) error
	// Release gives the lock back and puts the session's settings back that a
	// migration may have changed, also where the context has ended by then.
	Release(ctx context.Context) error
}

// NoLock is the lock of a database whose transactions are lock enough.
type NoLock struct{}

// Check returns nil.
func (NoLock) Check(context.Context) error { return nil }

// Release returns nil.
func (NoLock) Release(context.Context) error { return nil }

// Tx marks a connection on which a transaction is open. [Inside] knows it, and
// knows *sql.Tx.
type Tx struct{ Querier }

// Inside reports whether q is known to be inside a transaction.
func Inside(q Querier) bool {
	switch q := q.(type) {
	case Remembered:
		return Inside(q.Querier)
	case Tx, interface {
		Commit() error
		Rollback() error
	}:
		return true
	}
	return false
}

// Poll calls try until it says that it is done or fails, with longer and longer
// pauses that differ from program to program. It gives up after wait, and then
// returns false.
func Poll(ctx context.Context, wait time.Duration, try func() (bool, error)) (bool, error) {
	const longest = 250 * time.Millisecond
	end := time.Now().Add(wait)
	for pause := 5 * time.Millisecond; ; pause = min(longest, pause*2) {
		if done, err := try(); done || err != nil {
			return done, err
		}
		left := time.Until(end)
		if left <= 0 {
			return false, nil
		}
		if err := Sleep(ctx, min(left, pause/2+rand.N(pause))); err != nil {
			return false, err
		}
	}
}

// Sleep waits for that long, or until ctx is done, and then returns its error.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
