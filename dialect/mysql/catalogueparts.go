package mysql

import (
	"fmt"
	"strings"
)

// part is one of the questions that are asked together, since a trip to the
// server for each would take longer than most of the answers.
type part struct {
	values []string
	// from is the table of the catalogue, and the condition.
	from string
	take func([]row)
}

// parts are the questions that have about one row as the answer for each table.
// The tables come first.
func (r *catalogue) parts() []part {
	parts := []part{{
		[]string{"TABLE_NAME", "ENGINE", "TABLE_COLLATION", "IF(LENGTH(TABLE_COMMENT), TABLE_COMMENT, NULL)", "NULLIF(CREATE_OPTIONS, '')"},
		"TABLES WHERE TABLE_SCHEMA = ? AND " + ordinary, r.takeTables,
	}, {
		[]string{"TABLE_NAME", "CONSTRAINT_NAME", "ORDINAL_POSITION", "COLUMN_NAME", "REFERENCED_TABLE_SCHEMA", "REFERENCED_TABLE_NAME", "REFERENCED_COLUMN_NAME"},
		"KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = ? AND REFERENCED_TABLE_NAME IS NOT NULL", r.takeKeys,
	}, {
		[]string{"TABLE_NAME", "CONSTRAINT_NAME", "DELETE_RULE", "UPDATE_RULE"},
		"REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?", r.takeRules,
	}}
	checks := part{
		[]string{"TABLE_NAME", "CONSTRAINT_NAME", "CHECK_CLAUSE"},
		"CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?", r.takeChecks,
	}
	if !r.isMaria { // there the table is no part of it
		checks.values = []string{"TABLE_NAME"}
		checks.from = "TABLE_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ? AND CONSTRAINT_TYPE = 'CHECK'"
	}
	if r.hasChecks() {
		parts = append(parts, checks)
	}
	return parts
}

// together returns the query that asks all of it.
func (r *catalogue) together(parts []part) string {
	width := 0
	for _, p := range parts {
		width = max(width, len(p.values))
	}
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteString(" UNION ALL ")
		}
		fmt.Fprintf(&b, "SELECT %d", i)
		for j := range width {
			b.WriteString(", ")
			switch {
			case j >= len(p.values):
				b.WriteString("NULL")
			case r.isMaria:
				b.WriteString(p.values[j])
			default:
				// MySQL has texts of different collations there, between which
				// UNION may not choose.
				fmt.Fprintf(&b, "CONVERT(%s USING utf8mb4) COLLATE utf8mb4_bin", p.values[j])
			}
		}
		b.WriteString(" FROM information_schema." + p.from)
	}
	return b.String()
}

// apart returns the rows of each of n parts.
func apart(rows []row, n int) [][]row {
	counts := make([]int, n)
	for _, row := range rows {
		counts[row.number(0)]++
	}
	parts := make([][]row, n)
	for i, count := range counts {
		parts[i] = make([]row, 0, count)
	}
	for _, row := range rows {
		i := row.number(0)
		row.first++
		parts[i] = append(parts[i], row)
	}
	return parts
}
