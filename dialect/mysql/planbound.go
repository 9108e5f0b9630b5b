package mysql

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// bond is a foreign key that a change of type has to take off for the moment:
// the server allows no change on one of its ends alone.
type bond struct {
	table, name, line string
}

// alterColumns plans the change of a column. The foreign keys on it step aside
// where its type changes, and come back at the end; so that they can, the
// columns on their other ends change in the same step, though their turn may
// be later in the list. Then it is a change to what is there already. The step
// covers the first n operations.
func (p planner) alterColumns(ops op.List) (n int, texts []string, err error) {
	bonds, err := p.bonds(ops[0].(op.AlterColumn))
	if err != nil {
		return 0, nil, err
	}
	together := []int{0}
	for i := 1; i < len(ops) && len(bonds) > 0; i++ {
		next, ok := ops[i].(op.AlterColumn)
		if !ok || slices.Contains(together, i) {
			continue
		}
		more, err := p.bonds(next)
		if err != nil {
			return 0, nil, err
		}
		if !slices.ContainsFunc(more, func(b bond) bool { return slices.Contains(bonds, b) }) {
			continue
		}
		together = append(together, i)
		if grown := union(bonds, more); len(grown) > len(bonds) {
			bonds, i = grown, 0 // what was passed over may be tied to it
		}
	}
	slices.Sort(together)
	for _, b := range bonds {
		texts = append(texts, alter(b.table, "DROP FOREIGN KEY "+quoteName(b.name)))
	}
	for _, i := range together {
		list, err := p.alterColumn(ops[i].(op.AlterColumn))
		if err != nil {
			return n, nil, err
		}
		texts = append(texts, list...)
		if i == n {
			n++
		}
	}
	for _, b := range bonds {
		texts = append(texts, alter(b.table, "ADD "+b.line))
	}
	return n, texts, nil
}

func union(a, b []bond) []bond {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

// bonds returns the foreign keys of the same database on either side of the
// column, where its type changes or it is made anew.
func (p planner) bonds(o op.AlterColumn) ([]bond, error) {
	isSame := (Dialect{}).SpellType(o.From.Type) == (Dialect{}).SpellType(o.To.Type) && o.From.Collate == o.To.Collate
	if isSame && o.From.Generated == o.To.Generated {
		return nil, nil
	}
	d, err := p.read(o.Table)
	if err != nil {
		return nil, err
	}
	mustRemake := p.mustRemake(d, o)
	if isSame && !mustRemake {
		return nil, nil
	}
	wanted, _ := p.normalType(Dialect{}.SpellType(o.To.Type))
	for _, c := range d.table.Columns {
		if sameName(c.Name, o.To.Name) && c.Type.Text == wanted && o.From.Collate == o.To.Collate && !mustRemake {
			return nil, nil // it changed together with others
		}
	}
	database, table, err := splitName(o.Table)
	if err != nil {
		return nil, err
	}
	prefix := ""
	if database == "" {
		database = p.database
	} else {
		prefix = database + "."
	}
	rows, err := p.q.QueryContext(p.ctx, `SELECT DISTINCT TABLE_NAME, CONSTRAINT_NAME FROM information_schema.KEY_COLUMN_USAGE
		WHERE TABLE_SCHEMA = ? AND REFERENCED_TABLE_SCHEMA IS NOT NULL AND (TABLE_NAME = ? AND COLUMN_NAME = ?
		OR REFERENCED_TABLE_SCHEMA = ? AND REFERENCED_TABLE_NAME = ? AND REFERENCED_COLUMN_NAME = ?) ORDER BY 1, 2`,
		database, table, o.To.Name, database, table, o.To.Name)
	if err != nil {
		return nil, fmt.Errorf("reading the foreign keys on column %q of table %q: %w", o.To.Name, o.Table, err)
	}
	defer rows.Close()
	var list []bond
	for rows.Next() {
		var b bond
		if err := rows.Scan(&b.table, &b.name); err != nil {
			return nil, fmt.Errorf("reading the foreign keys on column %q of table %q: %w", o.To.Name, o.Table, err)
		}
		b.table = prefix + b.table
		list = append(list, b)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, fmt.Errorf("reading the foreign keys on column %q of table %q: %w", o.To.Name, o.Table, err)
	}
	for i := range list {
		d, err := p.read(list[i].table)
		if err != nil {
			return nil, err
		}
		list[i].line = d.constraints[fold(list[i].name)]
	}
	return list, nil
}
