package mysql

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Lock takes the lock of the database's migrations, which belongs to the
// session of q. Where another migration holds it for longer than the options
// allow, the error wraps [ddl.ErrLocked] and names it; where the session has it
// already, for another client of a pooler, it wraps [ddl.ErrPooled]. Release
// puts foreign_key_checks and sql_mode back as well.
func (Dialect) Lock(ctx context.Context, q ddl.Querier, o ddl.LockOptions) (ddl.Lock, error) {
	if ddl.Inside(q) {
		return nil, errors.New("the connection is inside a transaction, which the first statement that changes a table would commit; run migrations on a *gorm.DB that is not")
	}
	var database sql.NullString
	l := &sessionLock{q: q}
	if err := q.QueryRowContext(ctx, "SELECT DATABASE(), @@SESSION.foreign_key_checks, @@SESSION.sql_mode, CONNECTION_ID()").Scan(&database, &l.checks, &l.modes, &l.connection); err != nil {
		return nil, fmt.Errorf("reading the session: %w", err)
	}
	l.name = lockName(database.String)
	got, err := l.take(ctx, 0)
	if err == nil && !got && o.Wait > 0 {
		if o.Waiting != nil {
			o.Waiting(l.holder(ctx))
		}
		got, err = l.take(ctx, o.Wait)
	}
	if err != nil {
		return nil, err
	}
	if !got {
		return nil, fmt.Errorf("%w by another migration, %s, which has held the lock %q for more than %v; try again, or wait longer; to end that connection: KILL and its number",
			ddl.ErrLocked, l.holder(ctx), l.name, o.Wait)
	}
	return l, nil
}

// sessionLock is held by one connection of the server.
type sessionLock struct {
	q          ddl.Querier
	name       string
	connection int64
	// checks is what foreign_key_checks was, and modes what sql_mode was.
	checks int
	modes  string
}

func (l *sessionLock) take(ctx context.Context, wait time.Duration) (bool, error) {
	// One statement, and so one session. A function in IF is called where it counts.
	const had = -1
	name, args := l.argument()
	query := fmt.Sprintf("SELECT IF(COALESCE(IS_USED_LOCK(%s), 0) = CONNECTION_ID(), %d, GET_LOCK(%s, %d))", name, had, name, seconds(wait))
	var got sql.NullInt64
	if err := l.q.QueryRowContext(ctx, query, append(args, args...)...).Scan(&got); err != nil {
		return false, fmt.Errorf("taking the lock %q: %w", l.name, err)
	}
	if got.Int64 == had {
		return false, fmt.Errorf("%w: connection %d has the lock %q already, for another client; give migrations a connection to the server itself", ddl.ErrPooled, l.connection, l.name)
	}
	return got.Int64 == 1, nil
}

// argument returns how the name stands in a statement: as a literal, which takes
// one trip, or where sessions could read that in several ways, as an argument,
// which takes two.
func (l *sessionLock) argument() (text string, args []any) {
	if strings.ContainsAny(l.name, `'\`) {
		return "?", []any{l.name}
	}
	return "'" + l.name + "'", nil
}

// holder describes who has the lock. An account without the PROCESS privilege
// sees connections of its own only.
func (l *sessionLock) holder(ctx context.Context) string {
	var id, seconds sql.NullInt64
	var user, host sql.NullString
	err := l.q.QueryRowContext(ctx, `SELECT l.id, p.USER, p.HOST, p.TIME FROM (SELECT IS_USED_LOCK(?) AS id) l
		LEFT JOIN information_schema.PROCESSLIST p ON p.ID = l.id`, l.name).Scan(&id, &user, &host, &seconds)
	switch {
	case err != nil:
		return "which cannot be named (" + err.Error() + ")"
	case !id.Valid:
		return "which has just ended"
	case !user.Valid:
		return fmt.Sprintf("connection %d", id.Int64)
	}
	return fmt.Sprintf("connection %d (user %s, from %s, in its present state for %d s)", id.Int64, user.String, host.String, seconds.Int64)
}

// Check makes sure that this connection has the lock.
func (l *sessionLock) Check(ctx context.Context) error {
	var connection int64
	var holder sql.NullInt64
	name, args := l.argument()
	if err := l.q.QueryRowContext(ctx, "SELECT CONNECTION_ID(), IS_USED_LOCK("+name+")", args...).Scan(&connection, &holder); err != nil {
		return fmt.Errorf("looking after the lock %q: %w", l.name, err)
	}
	if !holder.Valid || holder.Int64 != connection {
		return fmt.Errorf("%w: connection %d took the lock %q, and this is %d; give migrations a connection to the server itself", ddl.ErrPooled, l.connection, l.name, connection)
	}
	return nil
}

// Release gives the lock back. A connection that is lost has lost it already.
func (l *sessionLock) Release(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	_, undo := l.q.ExecContext(ctx, fmt.Sprintf("SET SESSION foreign_key_checks = %d, SESSION sql_mode = '%s'", l.checks, l.modes))
	name, args := l.argument()
	_, release := l.q.ExecContext(ctx, "DO RELEASE_LOCK("+name+")", args...)
	if err := errors.Join(undo, release); err != nil {
		return fmt.Errorf("giving back the lock %q: %w", l.name, err)
	}
	return nil
}

// seconds rounds up: GET_LOCK counts whole seconds, and 0 does not wait.
func seconds(d time.Duration) int64 { return int64(math.Ceil(max(d, 0).Seconds())) }

// lockName names the lock of a database. Locks belong to the whole server, and
// their names have at most 64 characters.
func lockName(database string) string {
	name := "limbeck:" + database
	if len(name) <= maxName {
		return name
	}
	sum := sha256.Sum256([]byte(database))
	return "limbeck:" + hex.EncodeToString(sum[:16])
}
