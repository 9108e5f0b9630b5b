package postgres

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Script returns how psql takes a script. Each revision waits for the lock of
// migrations, for ten seconds.
func (Dialect) Script() ddl.Script {
	return ddl.Script{
		Client: "psql -v ON_ERROR_STOP=1 DATABASE",
		Open:   "SET client_encoding = 'UTF8';\n",
		Begin: []string{
			"BEGIN",
			"SET LOCAL lock_timeout = '10s'",
			"DO " + dollar(fmt.Sprintf("BEGIN PERFORM pg_advisory_xact_lock(%d); END", lockKey)),
			"SET LOCAL lock_timeout = 0",
		},
		Commit: []string{"COMMIT"},
		Now:    `to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"000Z"')`,
		Quote:  quoteString,
		Demand: func(condition, message string) []string {
			return []string{"DO " + dollar("BEGIN IF "+negated(condition)+" THEN RAISE EXCEPTION USING MESSAGE = "+quoteString(message)+"; END IF; END")}
		},
		Guard: func(condition string, statements []string) []string {
			var b strings.Builder
			b.WriteString("BEGIN IF " + condition + " THEN\n")
			for _, s := range statements {
				// A statement as text is planned when it is its turn, and what a
				// query returns is nobody's.
				b.WriteString("EXECUTE " + dollar(s) + ";\n")
			}
			b.WriteString("END IF; END")
			return []string{"DO " + dollar(b.String())}
		},
		End: func(statement string) string { return statement + ";" },
	}
}

// dollar quotes a text as it stands, with a tag that is not in it.
func dollar(text string) string {
	tag := "$limbeck$"
	for n := 1; strings.Contains(text, tag); n++ {
		tag = fmt.Sprintf("$limbeck%d$", n)
	}
	return tag + text + tag
}

// negated turns a condition of the form EXISTS (…) or NOT EXISTS (…) round.
func negated(condition string) string {
	if positive, ok := strings.CutPrefix(condition, "NOT "); ok {
		return positive
	}
	return "NOT " + condition
}
