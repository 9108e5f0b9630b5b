package mysql

import (
	"database/sql"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// Between a number and an enum or set the server goes by the places of the
// values: 1 is the first of them, whatever it is called, and so is the text '1'
// where none is called so. A value means its name everywhere else, on the other
// databases too. So these conversions go through a text, after a look at the
// rows.

// byName returns what has to run before a column can be stated anew as an enum
// or a set, or as something else again, where the server would not go by name.
// Rows with a text that is no value are an error.
func (c *change) byName(o op.AlterColumn) ([]string, error) {
	from, _ := c.normalType(Dialect{}.SpellType(o.From.Type))
	to, _ := c.normalType(Dialect{}.SpellType(o.To.Type))
	if isListed(from) == isListed(to) || !c.computes(o.From).IsZero() || !c.computes(o.To).IsZero() || o.Using != "" {
		return nil, nil
	}
	if values, ok := o.To.Type.EnumValues(); ok && (isNumber(from) || isChars(from)) {
		if err := c.refuseStrange(op.ColumnRef{Table: o.Table, Column: o.To.Name}, values); err != nil {
			return nil, err
		}
	}
	if !isNumber(from) && !isNumber(to) {
		return nil, nil
	}
	between := op.Column{Name: o.To.Name, Type: op.String(255)}
	return []string{alter(o.Table, "MODIFY COLUMN "+quoteName(o.To.Name)+" "+c.spellColumn(between))}, nil
}

// refuseStrange returns an error that names a value which is none of those of
// the enum, and rows that hold it.
func (c *change) refuseStrange(in op.ColumnRef, values []string) error {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = c.quoteString(v)
	}
	text := "CAST(" + quoteName(in.Column) + " AS CHAR)"
	var strange sql.NullString
	err := c.q.QueryRowContext(c.ctx, "SELECT MIN("+text+") FROM "+quoteTable(in.Table)+" WHERE "+text+" NOT IN ("+strings.Join(quoted, ", ")+")").Scan(&strange)
	if err != nil {
		return fmt.Errorf("looking for rows of %q with other values than those of the enum: %w", in.Table, err)
	}
	if !strange.Valid {
		return nil
	}
	found, err := c.holders(c.d, in, strange.String)
	if err != nil {
		return err
	}
	return fmt.Errorf("rows hold what is no value of the enum: %s; change these rows first, or say what the values become (Using)", found)
}

func isListed(normal string) bool { return base(normal) == "enum" || base(normal) == "set" }
