package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// pooledNext is the way out for who migrates through PgBouncer in transaction
// mode.
const pooledNext = "give migrations a connection to the server itself, or through a pool in session mode (PgBouncer: pool_mode = session); " +
	"or run the whole upgrade in one transaction, whose lock such a pooler keeps"

// asPooled explains the errors that PostgreSQL has for statements which were
// prepared in another session than the one that they meet.
func asPooled(err error) error {
	switch sqlState(err) {
	case duplicatePrepared, unknownPrepared:
		return fmt.Errorf("%w: %w; %s", ddl.ErrPooled, err, pooledNext)
	}
	return err
}

// refusePooler looks for a pooler in transaction mode. There, a session that one
// client has just used serves the next one that asks, though both stay connected:
// a second connection meets the session of the first. With other clients about,
// the first one meets another than before, sooner or later.
//
// Each round finds it half of the time at the worst, so that a dozen leave little
// to chance. No second connection is no finding: then the other signs have to do.
func refusePooler(ctx context.Context, q ddl.Querier, o ddl.LockOptions) error {
	if o.Another == nil {
		return nil
	}
	// A pool in session mode that has no second session to give lets us wait.
	brief, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	other, done, err := o.Another(brief)
	if err != nil {
		return ctx.Err()
	}
	defer done()
	first := 0
	for range 12 {
		var own, others int
		if err := q.QueryRowContext(ctx, "SELECT pg_backend_pid()").Scan(&own); err != nil {
			return fmt.Errorf("looking for a pooler: %w", asPooled(err))
		}
		if first == 0 {
			first = own
		}
		if err := other.QueryRowContext(brief, "SELECT pg_backend_pid()").Scan(&others); err != nil {
			if pooled := asPooled(err); pooled != err {
				return fmt.Errorf("looking for a pooler: %w", pooled)
			}
			return ctx.Err()
		}
		if own == others || own != first {
			return fmt.Errorf("%w: session %d serves two connections in turn; %s", ddl.ErrPooled, own, pooledNext)
		}
	}
	return nil
}
