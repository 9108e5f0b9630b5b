package op

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
)

// Bound returns the first step, from 1, that is in the words of one database,
// and what is: a raw type, or the expression of a default, a generated column,
// a check or an index. It returns 0 for a list whose words every database has.
// Among raw types these are the ones of the SQL standard that all take as they
// stand, such as varchar(180); among expressions, those of names, numbers,
// strings and standard operators, such as age > 0. The SQL of [Exec] is the
// user's own and not looked at.
func (l List) Bound() (step int, what string) {
	for i, o := range l {
		if what := boundIn(o); what != "" {
			return i + 1, what
		}
	}
	return 0, ""
}

// boundIn describes what of an operation only one database understands.
func boundIn(o Operation) string {
	switch o := o.(type) {
	case CreateTable:
		return Table(o).bound()
	case AddColumn:
		return cmp.Or(o.Column.bound(), boundFill(o.Column.Name, o.Backfill))
	case AlterColumn:
		return cmp.Or(o.To.bound(), boundFill(o.To.Name, usingOf(o)), boundFill(o.To.Name, o.Backfill))
	case AddCheck:
		return o.Check.bound()
	case CreateIndex:
		return o.Index.bound()
	case CreateView:
		return View(o).bound()
	case AlterView:
		return o.To.bound()
	}
	return ""
}

func (t Table) bound() string {
	for _, c := range t.Columns {
		if what := c.bound(); what != "" {
			return what
		}
	}
	for _, c := range t.Checks {
		if what := c.bound(); what != "" {
			return what
		}
	}
	for _, x := range t.Indexes {
		if what := x.bound(); what != "" {
			return what
		}
	}
	return ""
}

func (c Column) bound() string {
	switch {
	case c.Type.Word == WordRaw && !standardType.MatchString(strings.TrimSpace(c.Type.Text)):
		return fmt.Sprintf("column %q has the raw type %s", c.Name, c.Type.Text)
	case c.Default.Kind == DefaultExpr && !isStandard(c.Default.Text):
		return fmt.Sprintf("column %q has the expression %s", c.Name, c.Default.Text)
	case !c.Generated.IsZero() && !(c.Generated.Stored && isPortable(c.Generated.Expr)):
		return fmt.Sprintf("column %q is generated as %s", c.Name, c.Generated.Expr)
	}
	return ""
}

func (v View) bound() string {
	if v.Materialized {
		return fmt.Sprintf("view %q is materialized", v.Name)
	}
	return ""
}

func (c Check) bound() string {
	if isPortable(c.Expr) {
		return ""
	}
	return fmt.Sprintf("check %q has the condition %s", c.Name, c.Expr)
}

func (x Index) bound() string {
	for _, p := range x.Columns {
		if p.Expr != "" && !isPortable(p.Expr) {
			return fmt.Sprintf("index %q has the expression %s", x.Name, p.Expr)
		}
	}
	if x.Where != "" && !isPortable(x.Where) {
		return fmt.Sprintf("index %q has the condition %s", x.Name, x.Where)
	}
	return ""
}

// usingOf returns what values become, where the operation says so.
func usingOf(o AlterColumn) Default {
	if o.Using == "" {
		return Default{}
	}
	return Expr(o.Using)
}

// boundFill describes a value for existing rows.
func boundFill(column string, value Default) string {
	if value.Kind != DefaultExpr || isPortable(value.Text) {
		return ""
	}
	return fmt.Sprintf("column %q is filled with %s", column, value.Text)
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
