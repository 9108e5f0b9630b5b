package postgres

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// quoteName quotes one identifier.
func quoteName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// quoteTable quotes the name of a table, part by part where it states a schema.
func quoteTable(name string) string {
	schema, table := splitName(name)
	return qualified(schema, table)
}

// qualified quotes a name with its schema, if any.
func qualified(schema, name string) string {
	if schema == "" {
		return quoteName(name)
	}
	return quoteName(schema) + "." + quoteName(name)
}

// splitName splits the name of a table at its dot. GORM cannot say a name that
// has a dot in it: its drivers quote the parts.
func splitName(name string) (schema, table string) {
	if before, after, ok := strings.Cut(name, "."); ok {
		return before, after
	}
	return "", name
}

// quoteNames joins quoted names with commas.
func quoteNames(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quoteName(name)
	}
	return strings.Join(quoted, ", ")
}

// quoteString makes an SQL string that reads the same whatever
// standard_conforming_strings says.
func quoteString(text string) string {
	text = strings.ReplaceAll(text, "'", "''")
	if strings.Contains(text, `\`) {
		return "E'" + strings.ReplaceAll(text, `\`, `\\`) + "'"
	}
	return "'" + text + "'"
}

// quoteIdentifier quotes a name where it must be, as the server does in the
// text that it shows; keywords aside.
func quoteIdentifier(name string) string {
	for i := range len(name) {
		c := name[i]
		if !('a' <= c && c <= 'z' || c == '_' || i > 0 && isDigit(c)) {
			return quoteName(name)
		}
	}
	if name == "" {
		return quoteName(name)
	}
	return name
}

// maxName is how many bytes of a name the server keeps.
const maxName = 63

// checkNames refuses names that the server would cut off or cannot have.
func checkNames(what string, names ...string) error {
	for _, name := range names {
		switch {
		case len(name) > maxName:
			return fmt.Errorf("%s %q: the name has %d bytes and postgres keeps %d of them; give it a shorter one", what, name, len(name), maxName)
		case strings.ContainsRune(name, 0):
			return fmt.Errorf("%s %q: a name cannot have a zero byte in it", what, name)
		}
	}
	return nil
}

// CheckName refuses names that the server would cut off or cannot have.
func (Dialect) CheckName(name string) error { return checkNames("name", name) }

func checkTableName(name string) error {
	schema, table := splitName(name)
	if table == "" || strings.Contains(table, ".") {
		return fmt.Errorf("table %q: the name must be table or schema.table", name)
	}
	return checkNames("table", schema, table)
}

func checkColumns(columns []op.Column) error {
	for _, c := range columns {
		if err := checkNames("column", c.Name); err != nil {
			return err
		}
	}
	return nil
}

// QuoteTable returns the name of a table, which may be qualified with a schema, as it stands
// in SQL.
func (Dialect) QuoteTable(name string) string { return quoteTable(name) }
