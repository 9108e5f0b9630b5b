package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/dialect/words"
)

// askSomewhere asks how the server stores what list holds: on the live session
// where that may be, otherwise in the scratch database, if there is one. The
// answers of those that it returns stand in temporary tables of the session;
// the others have theirs, or say that they were not asked.
func askSomewhere(ctx context.Context, q ddl.Querier, scratch *sql.DB, list []*saying) ([]*saying, error) {
	if len(list) == 0 {
		return nil, nil
	}
	reason, err := cannotAsk(ctx, q)
	if err != nil {
		return nil, err
	}
	if reason == "" {
		return list, ask(ctx, q, list)
	}
	if scratch == nil {
		for _, s := range list {
			s.giveUp(func(question) string { return reason + "; name a scratch database to compare it" })
		}
		return nil, nil
	}
	if err := askScratch(ctx, scratch, list); err != nil {
		return nil, fmt.Errorf("on the scratch database, since %s: %w", reason, err)
	}
	for _, s := range list {
		s.giveUp(func(q question) string {
			return fmt.Sprintf("%s, and the scratch database refused it (%v); make there what it needs, an extension in template1 for example", reason, q.refused)
		})
	}
	return nil, nil
}

// cannotAsk returns why no temporary tables may be made, or "" where they may:
// by the account, by the transaction, or because an event trigger would run,
// which may do anything.
func cannotAsk(ctx context.Context, q ddl.Querier) (reason string, err error) {
	err = q.QueryRowContext(ctx, `SELECT CASE
		WHEN pg_is_in_recovery() THEN 'the server is a standby, which is read-only'
		WHEN current_setting('transaction_read_only') = 'on' THEN 'the session is read-only (default_transaction_read_only)'
		WHEN NOT has_database_privilege(current_database(), 'TEMPORARY') THEN format('the account %s may not make temporary tables', quote_ident(current_user))
		ELSE coalesce((SELECT format('the event trigger %s would run', quote_ident(min(evtname))) FROM pg_catalog.pg_event_trigger
			WHERE evtenabled IN ('O', 'A') AND evtevent <> 'login' AND (evttags IS NULL OR evttags && ARRAY['CREATE TABLE', 'ALTER TABLE', 'DROP TABLE', 'CREATE VIEW'])
			HAVING count(*) > 0), '') END`).Scan(&reason)
	if err != nil {
		return "", fmt.Errorf("asking whether temporary tables may be made: %w", err)
	}
	return reason, nil
}

// askScratch asks in the scratch database, in a transaction that is rolled
// back.
func askScratch(ctx context.Context, scratch *sql.DB, list []*saying) error {
	return undone(ctx, scratch, func(q ddl.Querier) error {
		if err := ask(ctx, q, list); err != nil {
			return err
		}
		// As on the live side, names in texts stand with their schemas.
		if err := emptyPath(ctx, q); err != nil {
			return err
		}
		answers, err := (&catalogue{}).readAnswers(ctx, q)
		takeAnswers(list, answers)
		return err
	})
}

// giveUp marks what has no answer as not asked.
func (s *saying) giveUp(why func(question) string) {
	for _, q := range s.questions {
		if q.answered {
			continue
		}
		if s.Unasked == nil {
			s.Unasked = map[words.Part]string{}
		}
		s.Unasked[q.about] = why(q)
	}
}
