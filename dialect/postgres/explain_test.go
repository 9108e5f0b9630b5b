package postgres

import (
	"strings"
	"testing"
)

// coded is an error of a server.
type coded string

func (c coded) Error() string    { return "it failed" }
func (c coded) SQLState() string { return string(c) }

// Help is for the rows that are there, not for those that a statement brings.
func TestExplain(t *testing.T) {
	const (
		nulls = "rows have no value; mend or delete these rows first, for example with op.Exec at the head of the revision, or let the operation say what they get (Backfill): it failed"
		twice = "rows have values that others have too; mend or delete these rows first, for example with op.Exec at the head of the revision: it failed"
		plain = "it failed"
	)
	for _, test := range []struct {
		statement string
		cause     coded
		want      string
	}{
		{`ALTER TABLE "t" ALTER COLUMN "c" SET NOT NULL`, notNullViolation, nulls},
		{`ALTER TABLE "t" ADD PRIMARY KEY ("c")`, uniqueViolation, twice},
		{`CREATE UNIQUE INDEX "i" ON "t" ("c")`, uniqueViolation, twice},
		{`create unique index concurrently "i" ON "t" ("c")`, uniqueViolation, twice},
		{`INSERT INTO t VALUES (1)`, uniqueViolation, plain},
		{`UPDATE t SET c = NULL`, notNullViolation, plain},
		{`ALTER TABLE "t" ADD CHECK (c > 0)`, "23514", plain},
	} {
		got := (Dialect{}).Explain(t.Context(), nil, test.statement, test.cause)
		if got.Error() != test.want {
			t.Errorf("%s: got  %v\nwant %s", test.statement, got, test.want)
		}
		if sqlState(got) != string(test.cause) || !strings.HasSuffix(got.Error(), test.cause.Error()) {
			t.Errorf("%s: the cause is lost", test.statement)
		}
	}
}
