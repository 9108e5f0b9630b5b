package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// tables are the tables that a step should leave, with the names of their
// columns; nil where the columns are not part of the story.
type tables map[string][]string

// expect shows the database and compares it with what the story says.
func (s *story) expect(want tables, wantBooks ...string) error {
	var names []string
	err := s.db.Raw("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name").Scan(&names).Error
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "\ntables: %s\n", strings.Join(names, ", "))
	if wantNames := slices.Sorted(maps.Keys(want)); !sameWords(names, wantNames) {
		return fmt.Errorf("the tables are %v, not %v", names, wantNames)
	}
	for name, columns := range want {
		if columns == nil {
			continue
		}
		var got []string
		if err := s.db.Raw("SELECT name FROM pragma_table_info(?)", name).Scan(&got).Error; err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s: %s\n", name, strings.Join(got, ", "))
		if !sameWords(got, columns) {
			return fmt.Errorf("the columns of %s are %v, not %v", name, got, columns)
		}
	}
	if want["books"] == nil {
		return nil
	}
	rows, err := s.books()
	if err != nil {
		return err
	}
	for _, row := range rows {
		fmt.Fprintf(s.out, "  %s\n", row)
	}
	if !sameWords(rows, wantBooks) {
		return fmt.Errorf("the books are %q, not %q", rows, wantBooks)
	}
	return nil
}

// books returns the rows of the table, whatever its columns are now.
func (s *story) books() (list []string, err error) {
	rows, err := s.db.Raw("SELECT * FROM books ORDER BY id").Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		values := make([]any, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		list = append(list, strings.TrimSuffix(fmt.Sprintln(values...), "\n"))
	}
	return list, rows.Err()
}
