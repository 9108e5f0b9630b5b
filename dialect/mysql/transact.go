package mysql

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// lockWait is how long Transact waits for another program that migrates the
// same database.
const lockWait = 10 * time.Second

// Transactional returns false: each statement that changes a table commits
// what went before it.
func (Dialect) Transactional() bool { return false }

// Transact runs fn while conn holds the lock of the database's migrations.
// There is no transaction around it. Where another program keeps the lock for
// ten seconds, the error wraps [ddl.ErrLocked]. The lock goes in every case,
// and foreign_key_checks and sql_mode are as before.
func (Dialect) Transact(ctx context.Context, conn *sql.Conn, fn func() error) error {
	return transact(ctx, conn, lockWait, fn)
}

func transact(ctx context.Context, conn *sql.Conn, wait time.Duration, fn func() error) (err error) {
	var database sql.NullString
	var checks int
	var modes string
	if err := conn.QueryRowContext(ctx, "SELECT DATABASE(), @@SESSION.foreign_key_checks, @@SESSION.sql_mode").Scan(&database, &checks, &modes); err != nil {
		return fmt.Errorf("reading the session: %w", err)
	}
	name := lockName(database.String)
	var got sql.NullInt64
	if err := conn.QueryRowContext(ctx, "SELECT GET_LOCK(?, ?)", name, seconds(wait)).Scan(&got); err != nil {
		return fmt.Errorf("taking the lock %q: %w", name, err)
	}
	if got.Int64 != 1 {
		return fmt.Errorf("%w: another connection has held the lock %q for more than %v; try again when its migration is done (SELECT IS_USED_LOCK('%s') names it)",
			ddl.ErrLocked, name, wait, name)
	}
	defer func() {
		// Also when the caller's context is done. A connection that is lost has
		// lost the lock with it.
		ctx := context.WithoutCancel(ctx)
		_, undo := conn.ExecContext(ctx, fmt.Sprintf("SET SESSION foreign_key_checks = %d, SESSION sql_mode = '%s'", checks, modes))
		_, release := conn.ExecContext(ctx, "DO RELEASE_LOCK(?)", name)
		if undo := errors.Join(undo, release); err == nil && undo != nil {
			err = fmt.Errorf("releasing the lock %q: %w", name, undo)
		}
	}()
	return fn()
}

// seconds rounds up: GET_LOCK counts whole seconds, and 0 does not wait.
func seconds(d time.Duration) int64 { return int64(math.Ceil(d.Seconds())) }

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
