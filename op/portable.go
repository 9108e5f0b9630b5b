package op

import (
	"fmt"
	"regexp"
	"strings"
)

// Bound returns the first step, from 1, that is in the words of one database,
// and what is: a raw type, or an expression for a default or a generated
// column. It returns 0 for a list whose words every database has; among raw
// types these are the ones of the SQL standard that all take as they stand,
// such as varchar(180). Conditions of checks and indexes, and the SQL of
// [Exec], are the user's own and not looked at.
func (l List) Bound() (step int, what string) {
	for i, o := range l {
		for _, c := range statedColumns(o) {
			if what := c.bound(); what != "" {
				return i + 1, what
			}
		}
	}
	return 0, ""
}

// statedColumns returns the columns that an operation makes.
func statedColumns(o Operation) []Column {
	switch o := o.(type) {
	case CreateTable:
		return o.Columns
	case AddColumn:
		return []Column{o.Column, {Name: o.Column.Name, Default: o.Backfill}}
	case AlterColumn:
		return []Column{o.To, {Name: o.To.Name, Default: o.Backfill}}
	}
	return nil
}

// bound describes what of the column only one database understands.
func (c Column) bound() string {
	switch {
	case c.Type.Word == WordRaw && !standardType.MatchString(strings.TrimSpace(c.Type.Text)):
		return fmt.Sprintf("column %q has the raw type %s", c.Name, c.Type.Text)
	case c.Default.Kind == DefaultExpr && !isStandard(c.Default.Text):
		return fmt.Sprintf("column %q has the expression %s", c.Name, c.Default.Text)
	case !c.Generated.IsZero():
		return fmt.Sprintf("column %q is generated as %s", c.Name, c.Generated.Expr)
	}
	return ""
}

// standardType matches the types that SQLite, PostgreSQL, MySQL and MariaDB all
// take as they stand. GORM writes a type tag verbatim on each of them, and so
// do we.
var standardType = regexp.MustCompile(`(?i)^(?:(?:var)?char\(\d+\)|character(?: varying)?\(\d+\)|text|smallint|int|integer|bigint|` +
	`(?:decimal|numeric)(?:\(\d+(?:, ?\d+)?\))?|real|double precision|date|time|timestamp|bool|boolean|json)$`)

// isStandard reports whether an expression is one that all databases take: a
// null, a number, or the words of the SQL standard for the present moment.
func isStandard(sql string) bool {
	text := strings.ToUpper(strings.TrimSpace(sql))
	if inner, ok := strings.CutPrefix(text, "("); ok && strings.HasSuffix(inner, ")") {
		text = strings.TrimSuffix(inner, ")")
	}
	switch text {
	case "NULL", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "TRUE", "FALSE":
		return true
	default:
		return text != "" && strings.Trim(text, "0123456789") == ""
	}
}
