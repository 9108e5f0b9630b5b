package ddl

import (
	"fmt"
	"strconv"
	"strings"
)

// DependentsError is for operations that a server refuses because something of
// the user's beside the tables rests on what they change: a view, a trigger.
type DependentsError struct {
	// Changed are the columns and tables in question: "column title of table
	// books".
	Changed []string
	// Dependents are what rests on them: "view titles".
	Dependents []string
	// Drop are the statements that take them away, Create those that make them
	// again, both in the order in which they have to run. What no statement is
	// known for is missing there.
	Drop, Create []string
}

// Error names all and shows the way out, ready to paste.
func (e *DependentsError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s cannot be changed while in use by %s", strings.Join(e.Changed, ", "), strings.Join(e.Dependents, ", "))
	if len(e.Drop) == 0 {
		b.WriteString("; drop that in a revision before, and create it again in one behind, with op.Exec")
		return b.String()
	}
	b.WriteString("; take that out of the way in a revision before (revision -m \"drop what is in the way\"), whose Up has\n")
	execs(&b, e.Drop)
	b.WriteString("and whose Down has, as the Up of one more revision behind the change (grants, owners and comments are not in it),\n")
	execs(&b, e.Create)
	return strings.TrimSuffix(b.String(), "\n")
}

func execs(b *strings.Builder, statements []string) {
	for _, sql := range statements {
		text := "`" + sql + "`"
		if strings.Contains(sql, "`") {
			text = strconv.Quote(sql)
		}
		fmt.Fprintf(b, "    op.Exec{SQL: %s},\n", text)
	}
}
