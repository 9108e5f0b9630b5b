package conformance

import (
	"database/sql"
	"slices"
	"testing"

	"gorm.io/gorm"
)

// catalogue returns all that a database says of its schema, a line for each
// fact, sorted but for the order of columns, which is part of the facts. The
// history table and what the server makes by itself are left out.
func catalogue(t testing.TB, db *gorm.DB) []string {
	t.Helper()
	r := reader{t: t, db: db}
	var lines []string
	switch db.Dialector.Name() {
	case "sqlite":
		lines = r.sqlite()
	case "postgres":
		lines = r.postgres()
	case "mysql":
		lines = r.mysql()
	}
	slices.Sort(lines)
	return lines
}

// reader asks a database.
type reader struct {
	t  testing.TB
	db *gorm.DB
}

// rows returns the answer to a query as text, NULL as <null>.
func (r reader) rows(query string, args ...any) [][]string {
	r.t.Helper()
	rows, err := r.db.Raw(query, args...).Rows()
	if err != nil {
		r.t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		r.t.Fatal(err)
	}
	var list [][]string
	for rows.Next() {
		cells := make([]sql.NullString, len(names))
		into := make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			r.t.Fatal(err)
		}
		row := make([]string, len(names))
		for i, c := range cells {
			row[i] = c.String
			if !c.Valid {
				row[i] = "<null>"
			}
		}
		list = append(list, row)
	}
	if err := rows.Err(); err != nil {
		r.t.Fatal(err)
	}
	return list
}
