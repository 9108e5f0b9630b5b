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

// asking is who asks the server for its session: our connection (o) or another
// one (a). A pooler in transaction mode gives each question a session that is
// free. Where nobody else uses it, either the one that was free last, so that the
// other connection meets ours, or the one that has been free for longest, so that
// ours meets two in turn, or all meet the only one. With other clients about, each
// question finds the pooler with a chance that is worst, a half, where two
// sessions serve all.
const asking = "ooaooaoo"

// refusePooler looks for a pooler in transaction mode. There, a session serves
// two connections that both stay connected, or a connection meets two sessions.
// It returns the session that ours has met, or 0 where there is no second
// connection to ask: that is no finding, and the other signs have to do.
func refusePooler(ctx context.Context, q ddl.Querier, o ddl.LockOptions) (session int, err error) {
	if o.Another == nil {
		return 0, nil
	}
	// A pool in session mode that has no second session to give lets us wait.
	brief, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	other, done, err := o.Another(brief)
	if err != nil {
		return 0, ctx.Err()
	}
	defer done()
	session, isShared, err := meet(func(isOurs bool) (pid int, err error) {
		if isOurs {
			err = q.QueryRowContext(ctx, "SELECT pg_backend_pid()").Scan(&pid)
			return pid, asPooled(err)
		}
		err = other.QueryRowContext(brief, "SELECT pg_backend_pid()").Scan(&pid)
		if pooled := asPooled(err); pooled != err {
			return 0, pooled
		}
		return pid, ctx.Err() // not to be asked is no finding
	})
	switch {
	case err != nil:
		return 0, fmt.Errorf("looking for a pooler: %w", err)
	case isShared:
		return 0, fmt.Errorf("%w: session %d serves two connections in turn; %s", ddl.ErrPooled, session, pooledNext)
	}
	return session, nil
}

// meet asks for sessions until one is not that of one connection alone. No
// session has the number 0.
func meet(ask func(isOurs bool) (int, error)) (session int, isShared bool, err error) {
	for _, who := range asking {
		pid, err := ask(who == 'o')
		if err != nil {
			return 0, false, err
		}
		switch {
		case session == 0:
			session = pid
		case pid != 0 && (pid == session) != (who == 'o'):
			return session, true, nil
		}
	}
	return session, false, nil
}
