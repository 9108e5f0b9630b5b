package mysql

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxName is how many characters the server allows in a name.
const maxName = 64

// quoteName quotes one name. Back quotes work in every sql_mode.
func quoteName(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

// quoteTable quotes the name of a table, which may be qualified.
func quoteTable(name string) string {
	database, table, err := splitName(name)
	if err != nil || database == "" {
		return quoteName(name)
	}
	return quoteName(database) + "." + quoteName(table)
}

// splitName takes a qualified name apart. A name with more dots, or with
// nothing on one side of the dot, is an error: GORM cannot address it either.
func splitName(name string) (database, table string, err error) {
	database, table, found := strings.Cut(name, ".")
	if !found {
		return "", name, nil
	}
	if database == "" || table == "" || strings.Contains(table, ".") {
		return "", "", fmt.Errorf("the name %q is neither a table nor database.table; give the table a name without dots", name)
	}
	return database, table, nil
}

func quoteNames(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quoteName(name)
	}
	return strings.Join(quoted, ",")
}

// quoteString makes an SQL string. Single quotes are strings in every sql_mode.
func (m mode) quoteString(text string) string {
	if !m.plainBackslash {
		text = strings.ReplaceAll(text, `\`, `\\`)
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// CheckName refuses names that the server would not take.
func (Dialect) CheckName(name string) error { return checkName("column, table or key", name) }

// checkName refuses a name that the server would refuse in the middle of a
// revision, where nothing takes back what has been done: errors 1059, 1102,
// 1103, 1166, 1280 and 1300. (Slashes and backslashes, which the manual forbids
// in the names of tables and databases, are taken, in quotes.)
func checkName(what, name string) error {
	if name == "" {
		return errors.New("a " + what + " has no name; give it one")
	}
	for part := range strings.SplitSeq(name, ".") {
		if n := utf8.RuneCountInString(part); n > maxName {
			return fmt.Errorf("the name %q of a %s has %d characters and the database allows %d; give it a shorter one", name, what, n, maxName)
		}
		if strings.TrimRight(part, " \t\n\v\f\r") != part {
			return fmt.Errorf("the name %q of a %s ends with a blank, which the database does not take; leave the blank out", name, what)
		}
		if !utf8.ValidString(part) || strings.ContainsFunc(part, func(r rune) bool { return r == 0 || r > '\uffff' }) {
			return fmt.Errorf("the name %q of a %s has a character that the database has no room for in names (it takes those up to U+FFFF); give it another one", name, what)
		}
	}
	return nil
}

// QuoteTable returns the name of a table, which may be qualified with a database, as it stands
// in SQL.
func (Dialect) QuoteTable(name string) string { return quoteTable(name) }
