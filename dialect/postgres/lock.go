package postgres

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// lockKey is the advisory lock that migrations hold. Such locks belong to one
// database; the number is "limbeck" in ASCII.
const lockKey = 0x6c696d6265636b

// holders are the rows of pg_locks that hold it.
var holders = fmt.Sprintf(`FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.granted
	AND l.classid = %d AND l.objid = %d AND l.objsubid = 1
	AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())`, lockKey>>32, lockKey&0xffffffff)

// Lock takes the advisory lock of the database's migrations. It belongs to the
// session; where q is inside a transaction it belongs to that, and is gone with
// it. Where another migration holds it for longer than the options allow, the
// error wraps [ddl.ErrLocked] and names it.
//
// The lock is asked for again and again rather than waited for: who waits in a
// statement has a snapshot, and CREATE INDEX CONCURRENTLY of the one that holds
// the lock would wait for that.
//
// Behind a pooler in transaction mode a session's lock protects nobody: the
// error wraps [ddl.ErrPooled]. That a single client cannot always tell, so it is
// looked for with a second connection, by who has the lock already, and by
// [ddl.Lock]'s Check in each transaction. The lock of a transaction holds behind
// such a pooler too.
func (Dialect) Lock(ctx context.Context, q ddl.Querier, o ddl.LockOptions) (ddl.Lock, error) {
	if ddl.Inside(q) {
		return ddl.NoLock{}, wait(ctx, q, o, func() (bool, error) {
			var got bool
			err := q.QueryRowContext(ctx, fmt.Sprintf("SELECT pg_catalog.pg_try_advisory_xact_lock(%d)", lockKey)).Scan(&got)
			return got, err
		})
	}
	session, err := refusePooler(ctx, q, o)
	if err != nil {
		return nil, err
	}
	l := sessionLock{q: q}
	// One statement, and so one session. OFFSET keeps the question apart from the
	// taking. It is the last of those about a pooler, too.
	never := "had"
	if session != 0 {
		never = fmt.Sprintf("had OR pid <> %d", session)
	}
	take := fmt.Sprintf(`SELECT pid, had, CASE WHEN %s THEN false ELSE pg_catalog.pg_try_advisory_lock(%d) END
		FROM (SELECT pg_backend_pid() AS pid, EXISTS (SELECT 1 %s AND l.pid = pg_backend_pid()) AS had OFFSET 0) s`, never, lockKey, holders)
	err = wait(ctx, q, o, func() (bool, error) {
		var had, got bool
		if err := q.QueryRowContext(ctx, take).Scan(&l.pid, &had, &got); err != nil {
			return false, err
		}
		if session != 0 && l.pid != session {
			return false, fmt.Errorf("%w: this connection has met the sessions %d and %d; %s", ddl.ErrPooled, session, l.pid, pooledNext)
		}
		if had {
			return false, fmt.Errorf("%w: this session has the lock already, for another client; %s", ddl.ErrPooled, pooledNext)
		}
		return got, nil
	})
	if err != nil {
		return nil, err
	}
	return l, nil
}

// wait tries to take the lock until the time is up.
func wait(ctx context.Context, q ddl.Querier, o ddl.LockOptions, try func() (bool, error)) error {
	told := false
	got, err := ddl.Poll(ctx, o.Wait, func() (bool, error) {
		got, err := try()
		if err != nil || got || told || o.Wait <= 0 || o.Waiting == nil {
			return got, err
		}
		told = true
		holder, _, err := lockHolder(ctx, q)
		o.Waiting(holder)
		return false, err
	})
	switch {
	case errors.Is(err, ddl.ErrPooled):
		return err
	case err != nil:
		return fmt.Errorf("taking the lock of migrations: %w", asPooled(err))
	case got:
		return nil
	}
	holder, pid, err := lockHolder(ctx, q)
	if err != nil {
		return err
	}
	next := "try again, or wait longer"
	if pid != 0 {
		next += fmt.Sprintf("; to end that session: SELECT pg_terminate_backend(%d)", pid)
	}
	return fmt.Errorf("%w by another migration, %s, for more than %v; %s", ddl.ErrLocked, holder, o.Wait, next)
}

// lockHolder describes who has the lock. What an account may not see of others
// is left out.
func lockHolder(ctx context.Context, q ddl.Querier) (who string, pid int, err error) {
	var user, program, address, since string
	rows, err := q.QueryContext(ctx, `SELECT l.pid, coalesce(a.usename::text, ''), coalesce(a.application_name, ''), coalesce(host(a.client_addr), ''),
		coalesce(to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), '')
		FROM (SELECT l.pid `+holders+`) l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid ORDER BY 1 LIMIT 1`)
	if err == nil {
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(&pid, &user, &program, &address, &since); err != nil {
				return "", 0, fmt.Errorf("asking who holds the lock of migrations: %w", err)
			}
		}
		err = rows.Err()
	}
	if err != nil {
		return "", 0, fmt.Errorf("asking who holds the lock of migrations: %w", err)
	}
	if pid == 0 {
		return "which has just ended", 0, nil
	}
	var about []string
	for _, part := range []struct{ name, value string }{{"user", user}, {"program", program}, {"from", address}, {"connected", since}} {
		if part.value != "" {
			about = append(about, part.name+" "+part.value)
		}
	}
	who = "session " + strconv.Itoa(pid)
	if len(about) > 0 {
		who += " (" + strings.Join(about, ", ") + ")"
	}
	return who, pid, nil
}

// sessionLock is held by one session of the server.
type sessionLock struct {
	q   ddl.Querier
	pid int
}

// Check asks the session that it meets whether it has the lock.
func (l sessionLock) Check(ctx context.Context) error {
	var pid int
	var has bool
	if err := l.q.QueryRowContext(ctx, "SELECT pg_backend_pid(), EXISTS (SELECT 1 "+holders+" AND l.pid = pg_backend_pid())").Scan(&pid, &has); err != nil {
		return fmt.Errorf("looking after the lock of migrations: %w", asPooled(err))
	}
	if pid != l.pid || !has {
		return fmt.Errorf("%w: the lock was taken in session %d, and this is %d; %s", ddl.ErrPooled, l.pid, pid, pooledNext)
	}
	return nil
}

// Release gives the lock back. It goes with the session in any case; behind a
// pooler that was found out late, the session may be met again, or has to be left
// to itself.
func (l sessionLock) Release(ctx context.Context) error {
	unlock := fmt.Sprintf("SELECT coalesce(CASE WHEN pg_backend_pid() = %d THEN pg_catalog.pg_advisory_unlock(%d) END, false)", l.pid, lockKey)
	for range 100 {
		var released bool
		if err := l.q.QueryRowContext(context.WithoutCancel(ctx), unlock).Scan(&released); err != nil {
			return fmt.Errorf("giving back the lock of migrations: %w", err)
		}
		if released {
			return nil
		}
	}
	return fmt.Errorf("giving back the lock of migrations: session %d, which has it, is not met again; to end it: SELECT pg_terminate_backend(%d)", l.pid, l.pid)
}
