package mysql

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// What a statement that makes or drops a table finds under its name. Other marks
// are digests.
const (
	markAbsent = "absent"
	markThere  = "there"
)

// comesOrGoes returns the table that a statement makes or drops, where it does
// nothing else.
func (s server) comesOrGoes(sql string) (database, table string, comes, ok bool) {
	// What a new table is made of need not be read.
	begin, _, long := strings.Cut(sql, "(")
	if long {
		begin += "("
	}
	c, err := newCursor(s.mode, begin)
	if err != nil {
		c, err = newCursor(s.mode, sql) // the name has one
	}
	if err != nil {
		return "", "", false, false
	}
	if comes = c.accept("CREATE", "TABLE"); !comes && !c.accept("DROP", "TABLE") {
		return "", "", false, false
	}
	database = s.database
	if table, err = c.name(); err != nil {
		return "", "", false, false
	}
	if c.accept(".") {
		if database = table; c.done() {
			return "", "", false, false
		}
		if table, err = c.name(); err != nil {
			return "", "", false, false
		}
	}
	// IF EXISTS, LIKE, AS and more tables are something else; a word may hold a dot.
	ends := comes && c.peek().is("(") || !comes && c.done()
	return database, table, comes, ends && database != "" && !strings.Contains(table, ".")
}

// MarkTables returns how many statements at the head of the list each make a
// table of which there is none, nor a view or sequence of its name, or else each
// drop one that is there; and their mark. They are of one database, as the server
// finds the files of one by its name and otherwise looks through all.
func (Dialect) MarkTables(ctx context.Context, q ddl.Querier, statements []string) (n int, mark string, err error) {
	s, err := askServer(ctx, q)
	if err != nil {
		return 0, "", err
	}
	var here string
	var come bool
	var tables, folded []string
	for i, text := range statements {
		database, table, comes, ok := s.comesOrGoes(text)
		if i == 0 {
			here, come = database, comes
		}
		if !ok || database != here || comes != come || slices.Contains(folded, s.foldTable(table)) {
			break
		}
		tables, folded = append(tables, table), append(folded, s.foldTable(table))
	}
	if len(tables) == 0 {
		return 0, "", nil
	}
	there, err := s.standingTables(ctx, q, here, tables)
	if err != nil {
		return 0, "", fmt.Errorf("looking for the tables that are to be made or dropped: %w", err)
	}
	mark = markAbsent
	if !come {
		mark = markThere
	}
	n = slices.IndexFunc(folded, func(table string) bool { return there[table] == come })
	if n < 0 {
		n = len(folded)
	}
	return n, mark, nil
}

// standingTables returns which of the tables, views and sequences are there, by
// their folded names.
func (s server) standingTables(ctx context.Context, q ddl.Querier, database string, tables []string) (map[string]bool, error) {
	rows, err := q.QueryContext(ctx, "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = "+s.quoteString(database)+" AND TABLE_NAME IN "+s.among(tables))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	there := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		there[s.foldTable(name)] = true
	}
	return there, rows.Err()
}

// HadNoEffect reports whether an error is ER_TABLE_EXISTS_ERROR or
// ER_BAD_TABLE_ERROR, of a statement about one table.
func (Dialect) HadNoEffect(err error) bool {
	return slices.ContainsFunc(ddl.Causes(err), func(err error) bool {
		return strings.HasPrefix(err.Error(), "Error 1050 ") || strings.HasPrefix(err.Error(), "Error 1051 ")
	})
}

// markOf says whether there is a table, view or sequence of that name.
func (s server) markOf(ctx context.Context, q ddl.Querier, database, table string) (string, error) {
	there, err := s.standingTables(ctx, q, database, []string{table})
	if err != nil {
		return "", fmt.Errorf("looking for table %q: %w", table, err)
	}
	if there[s.foldTable(table)] {
		return markThere, nil
	}
	return markAbsent, nil
}
