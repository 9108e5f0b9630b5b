package postgres

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// guard is the savepoint before a statement that rows may stand in the way of:
// without it nothing could be asked in the transaction after the statement has
// failed, and what the statements before it have done would not be seen any more
// after the end of that.
const guard = "limbeck_guard"

// Guard sets a savepoint before a statement that [Dialect.Explain] has something
// to say of.
func (Dialect) Guard(ctx context.Context, q ddl.Querier, statement string) (release func()) {
	if hasNoRows(q) || (Dialect{}).Kind(statement) != ddl.Undoable || parseDemand(statement) == nil {
		return nil
	}
	if _, err := q.ExecContext(ctx, "SAVEPOINT "+guard); err != nil {
		return nil // there is no transaction, or the statement will say the same
	}
	return func() {
		// Where that fails, so will the next statement, or the COMMIT.
		_, _ = q.ExecContext(context.WithoutCancel(ctx), "RELEASE SAVEPOINT "+guard)
	}
}

// schemaChange matches the statements that look at the rows which are there;
// others bring rows of their own.
var schemaChange = regexp.MustCompile(`(?i)^\s*(?:ALTER\s+TABLE|CREATE\s+UNIQUE\s+INDEX)\b`)

// Explain counts the rows that stood in the way of a change of a column's type, a
// NOT NULL, a check or a key, and names some by their primary key: the server
// stops at the first, and of a value that does not convert it says nothing else.
// It takes a few seconds at most, after which only the first that were found are
// named. What is said of values that do not convert
// takes the language plpgsql and the right to make temporary functions; where
// anything fails, the server's own words stand, with what helps.
func (Dialect) Explain(ctx context.Context, q ddl.Querier, statement string, cause error) error {
	state := sqlState(cause)
	if !schemaChange.MatchString(statement) || !isAboutRows(state) {
		return cause
	}
	help := "mend or delete these rows first, for example with op.Exec at the head of the revision"
	d := parseDemand(statement)
	text := ""
	if d != nil && !hasNoRows(q) {
		var err error
		if text, err = explain(ctx, d, search{q: q, state: state}); sqlState(err) == queryCanceled {
			text, _ = explain(ctx, d, search{q: q, state: state, hurried: true}) // the table is large
		}
	}
	switch _, isRetyped := d.(retyped); {
	case state == notNullViolation:
		text, help = cmp.Or(text, "rows have no value"), help+", or let the operation say what they get (Backfill)"
	case state == uniqueViolation:
		text = cmp.Or(text, "rows have values that others have too")
	case isRetyped:
		help += ", or let the operation say what their values become (Using)"
	}
	if text == "" {
		return cause
	}
	return fmt.Errorf("%s; %s: %w", text, help, cause)
}

// explain looks for the rows, and returns "" beside an error.
func explain(ctx context.Context, d demand, s search) (text string, err error) {
	err = aside(ctx, s.q, func() (err error) {
		if err := limitExplanation(ctx, s.q); err != nil {
			return err
		}
		text, err = d.describe(ctx, s)
		return err
	})
	if err != nil {
		return "", err
	}
	return text, nil
}

// hasNoRows reports whether there is nothing to ask on q: in a rehearsal, and in
// a pool, which would take savepoints for statements of anybody.
func hasNoRows(q ddl.Querier) bool {
	switch q.(type) {
	case rehearsal, *sql.DB:
		return true
	}
	return false
}

// isAboutRows reports whether a code is one for values that do not convert (class
// 22), or for a constraint that is not met (class 23).
func isAboutRows(state string) bool {
	return strings.HasPrefix(state, "22") || strings.HasPrefix(state, "23")
}

// aside runs fn where the failed statement has changed nothing: behind the
// savepoint before it, or, where it ran outside of a transaction, in one of its
// own. Either is rolled back.
func aside(ctx context.Context, q ddl.Querier, fn func() error) (err error) {
	back := []string{"ROLLBACK TO SAVEPOINT " + guard}
	if _, err := q.ExecContext(ctx, back[0]); err != nil {
		if sqlState(err) != noTransaction {
			return fmt.Errorf("the transaction is aborted: %w", err)
		}
		back = []string{"ROLLBACK"}
		if _, err := q.ExecContext(ctx, "BEGIN"); err != nil {
			return err
		}
	}
	defer func() {
		_, undo := q.ExecContext(context.WithoutCancel(ctx), back[0])
		err = errors.Join(err, undo)
	}()
	return fn()
}

// mostSeconds is how long the rows are looked through, and once more for the
// first few.
const mostSeconds = 5

// limitExplanation sets how long a statement may take, until the transaction or
// its part is rolled back, unless it may take less anyway.
func limitExplanation(ctx context.Context, q ddl.Querier) error {
	_, err := q.ExecContext(ctx, fmt.Sprintf(`SELECT pg_catalog.set_config('statement_timeout', '%d', true)
		FROM pg_catalog.pg_settings WHERE name = 'statement_timeout' AND (setting = '0' OR setting::bigint > %[1]d)`, mostSeconds*1000))
	return err
}
