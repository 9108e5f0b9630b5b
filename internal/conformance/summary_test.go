package conformance

import (
	"fmt"
	"strings"
)

// kind says how a row went on one database.
type kind string

const (
	equal       kind = "equal"
	knownBug    kind = "known GORM bug"
	bothRefuse  kind = "both refuse"
	unexplained kind = "UNEXPLAINED"
)

// outcome is one row on one database.
type outcome struct {
	kind kind
	why  string
	// carried says that a revision from SQLite made the schema too.
	carried bool
}

// tally is all rows on one database.
type tally struct {
	dialect  string
	outcomes []outcome
}

// count returns how many rows went so, and how many revisions from SQLite fit.
func (t tally) count(k kind) (n, carried int) {
	for _, o := range t.outcomes {
		if o.kind == k {
			n++
		}
		if o.carried {
			carried++
		}
	}
	return n, carried
}

// summary is the table that the test ends with: what is not equal, row by row,
// and the sums.
func summary(rows []row, tallies []tally) string {
	var b strings.Builder
	for _, t := range tallies {
		for i, o := range t.outcomes {
			if o.kind != equal && o.kind != "" {
				fmt.Fprintf(&b, "%-9s %-70s %s: %s\n", t.dialect, rows[i].name, o.kind, o.why)
			}
		}
	}
	for _, r := range rows {
		if why := elsewhere[r.name]; why != "" {
			fmt.Fprintf(&b, "%-9s %-70s does not fit elsewhere: %s\n", "from SQLite", r.name, why)
		}
	}
	fmt.Fprintf(&b, "\n%-9s %6s %6s %15s %12s %12s %20s\n", "database", "rows", "equal", "known GORM bug", "both refuse", "unexplained", "also from SQLite's")
	for _, t := range tallies {
		same, carried := t.count(equal)
		known, _ := t.count(knownBug)
		refused, _ := t.count(bothRefuse)
		open, _ := t.count(unexplained)
		skipped, _ := t.count("")
		fmt.Fprintf(&b, "%-9s %6d %6d %15d %12d %12d %20d\n", t.dialect, len(t.outcomes)-skipped, same, known, refused, open, carried)
	}
	return b.String()
}
