package postgres

import (
	"context"
	"fmt"
	"regexp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// schemaChange matches the statements that look at the rows which are there;
// others bring rows of their own.
var schemaChange = regexp.MustCompile(`(?i)^\s*(?:ALTER\s+TABLE|CREATE\s+UNIQUE\s+INDEX)\b`)

// Explain says what helps against rows that do not allow a key or NOT NULL.
// Which they are cannot be asked, since the transaction is lost; of a key the
// server itself names a value.
func (Dialect) Explain(_ context.Context, _ ddl.Querier, statement string, cause error) error {
	const help = "mend or delete these rows first, for example with op.Exec at the head of the revision"
	if !schemaChange.MatchString(statement) {
		return cause
	}
	switch sqlState(cause) {
	case notNullViolation:
		return fmt.Errorf("rows have no value; %s, or let the operation say what they get (Backfill): %w", help, cause)
	case uniqueViolation:
		return fmt.Errorf("rows have values that others have too; %s: %w", help, cause)
	}
	return cause
}
