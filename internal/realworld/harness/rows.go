package harness

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/migrate"
)

// tables are the contents of a database, sorted by the names of tables.
type tables []contents

// contents are the rows of a table, as they were inserted, each as its values
// by column.
type contents struct {
	Name string
	Rows []map[string]string
}

// read returns all rows but those of the history. Every table of the projects
// has a key that grows or a name; the order is that of the first column.
func read(db *gorm.DB) (tables, error) {
	names, err := db.Migrator().GetTables()
	if err != nil {
		return nil, fmt.Errorf("listing the tables: %w", err)
	}
	slices.Sort(names)
	var list tables
	for _, name := range names {
		if name == migrate.Table || strings.HasPrefix(name, "sqlite_") {
			continue
		}
		columns, err := db.Migrator().ColumnTypes(name)
		if err != nil {
			return nil, fmt.Errorf("listing the columns of %q: %w", name, err)
		}
		var quoted, plain []string
		for _, c := range columns {
			plain = append(plain, c.Name())
			quoted = append(quoted, db.Statement.Quote(c.Name()))
		}
		rows, err := query(db, fmt.Sprintf("SELECT %s FROM %s ORDER BY 1", strings.Join(quoted, ", "), db.Statement.Quote(name)))
		if err != nil {
			return nil, fmt.Errorf("reading the rows of %q: %w", name, err)
		}
		found := contents{Name: name}
		for _, row := range rows {
			values := map[string]string{}
			for i, value := range row {
				values[plain[i]] = value
			}
			found.Rows = append(found.Rows, values)
		}
		list = append(list, found)
	}
	return list, nil
}

// only returns the tables and columns that the old ones have as well. All that
// is missing here shows as a difference from them.
func (t tables) only(old tables) tables {
	var list tables
	for _, c := range t {
		i := slices.IndexFunc(old, func(o contents) bool { return o.Name == c.Name })
		if i < 0 {
			continue
		}
		kept := contents{Name: c.Name}
		for _, row := range c.Rows {
			values := map[string]string{}
			for column := range old[i].Rows[0] {
				if value, ok := row[column]; ok {
					values[column] = value
				}
			}
			kept.Rows = append(kept.Rows, values)
		}
		list = append(list, kept)
	}
	return list
}

// query returns the answer to a query as text, NULL as <null>.
func query(db *gorm.DB, statement string) (list [][]string, err error) {
	rows, err := db.Raw(statement).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		cells, into := make([]sql.NullString, len(names)), make([]any, len(names))
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
