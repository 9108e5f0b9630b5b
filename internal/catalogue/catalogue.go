package catalogue

import (
	"database/sql"
	"fmt"
	"regexp"
	"slices"

	"gorm.io/gorm"
)

// Read returns all that a database says of its schema, a line for each fact,
// sorted but for the order of columns, which is part of the facts. Limbeck's
// own tables and what the server makes by itself are left out. The error is
// that of a query.
func Read(db *gorm.DB) (lines []string, err error) {
	r := &reader{db: db}
	switch name := db.Name(); name {
	case "sqlite":
		lines = r.sqlite()
	case "postgres":
		lines = r.postgres()
	case "mysql":
		lines = r.mysql()
	default:
		r.err = fmt.Errorf("there is no reader for %q", name)
	}
	if r.err != nil {
		return nil, fmt.Errorf("reading the catalogue: %w", r.err)
	}
	slices.Sort(lines)
	return lines, nil
}

var position = regexp.MustCompile(`^((?:table|column of) .+?(?: column)?) \d\d `)

// Unordered returns the lines of [Read] without the order of columns, for
// schemas that may differ in it: a column that goes and comes again is the last
// one.
func Unordered(lines []string) []string {
	list := make([]string, len(lines))
	for i, line := range lines {
		list[i] = position.ReplaceAllString(line, "$1 ")
	}
	slices.Sort(list)
	return list
}

// reader asks a database. It goes on after an error, which it keeps, and
// answers nothing any more.
type reader struct {
	db  *gorm.DB
	err error
}

// rows returns the answer to a query as text, NULL as <null>.
func (r *reader) rows(query string, args ...any) [][]string {
	if r.err != nil {
		return nil
	}
	list, err := texts(r.db, query, args...)
	if err != nil {
		r.err = err
	}
	return list
}

func texts(db *gorm.DB, query string, args ...any) (list [][]string, err error) {
	rows, err := db.Raw(query, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		cells := make([]sql.NullString, len(names))
		into := make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
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
	return list, rows.Err()
}
