package op

import (
	"fmt"
	"strings"
)

// Bound returns the first step, from 1, that is in the words of one database,
// and what is: a raw type, or an expression for a default or a generated
// column. It returns 0 for a list whose words every database has. Conditions
// of checks and indexes, and the SQL of [Exec], are the user's own and not
// looked at.
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
	case c.Type.Word == WordRaw:
		return fmt.Sprintf("column %q has the raw type %s", c.Name, c.Type.Text)
	case c.Default.Kind == DefaultExpr && !isStandard(c.Default.Text):
		return fmt.Sprintf("column %q has the expression %s", c.Name, c.Default.Text)
	case !c.Generated.IsZero():
		return fmt.Sprintf("column %q is generated as %s", c.Name, c.Generated.Expr)
	}
	return ""
}

// isStandard reports whether an expression is one that all databases take: a
// null, a number, or the words of the SQL standard for the present moment.
func isStandard(sql string) bool {
	switch text := strings.ToUpper(strings.TrimSpace(sql)); text {
	case "NULL", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "TRUE", "FALSE":
		return true
	default:
		return text != "" && strings.Trim(text, "0123456789") == ""
	}
}
