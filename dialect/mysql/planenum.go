package mysql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// There are no types of the user's here: an enum is the type of each column
// that uses it, and what happens to it happens to those. Values in rows go by
// name, whatever their number.

// enumChange gives the values of a column's enum after a change. It returns
// what is there where nothing is left to do.
type enumChange func(live []string) (to []string, err error)

// planEnum plans an operation on an enum. All rows are looked at before the
// first statement, since none can be taken back.
func (p planner) planEnum(o op.Operation) ([]string, error) {
	switch o := o.(type) {
	case op.AddEnumValue:
		return p.changeEnum(o.In, nil, func(live []string) ([]string, error) {
			if slices.Contains(live, o.Value) {
				return live, nil
			}
			return o.Inserted(live)
		})
	case op.RenameEnumValue:
		return p.changeEnum(o.In, []op.Replacement{{From: o.From, To: o.To}}, func(live []string) ([]string, error) {
			to := slices.Clone(live)
			if i := slices.Index(to, o.From); i >= 0 && !slices.Contains(to, o.To) {
				to[i] = o.To
			}
			return to, nil
		})
	case op.AlterEnum:
		return p.changeEnum(o.In, o.Replace, func([]string) ([]string, error) { return o.To, nil })
	}
	return nil, nil // CreateEnum, DropEnum, RenameEnum: nothing has the name
}

func (p planner) changeEnum(in []op.ColumnRef, replace []op.Replacement, change enumChange) ([]string, error) {
	var columns []enumColumn
	var found []string
	for _, ref := range in {
		c, err := p.enumColumn(ref)
		if err != nil {
			return nil, err
		}
		if c.isEnum {
			if c.to, err = change(c.values); err != nil {
				return nil, fmt.Errorf("changing the values of column %q: %w; the database is not as the revisions left it, `check` shows the difference", ref, err)
			}
			if slices.Equal(c.to, c.values) {
				continue
			}
		}
		held, err := c.removed(replace)
		if err != nil {
			return nil, err
		}
		columns, found = append(columns, c), append(found, held...)
	}
	if len(found) > 0 {
		return nil, errRemoved(found)
	}
	// Foreign keys step aside: the server allows no change on one end alone.
	var bonds []bond
	for _, c := range columns {
		column := func(values []string) op.Column { return op.Column{Name: c.Column, Type: op.EnumType("", values...)} }
		more, err := p.bonds(op.AlterColumn{Table: c.Table, From: column(c.values), To: column(c.to)})
		if err != nil {
			return nil, err
		}
		bonds = union(bonds, more)
	}
	var texts []string
	for _, b := range bonds {
		texts = append(texts, alter(b.table, "DROP FOREIGN KEY "+quoteName(b.name)))
	}
	for _, c := range columns {
		texts = append(texts, c.replace(replace)...)
		if c.isEnum {
			texts = append(texts, c.modify(c.to, replace))
		}
	}
	for _, b := range bonds {
		texts = append(texts, alter(b.table, "ADD "+b.line))
	}
	return texts, nil
}

func errRemoved(found []string) error {
	return fmt.Errorf("rows hold values that go: %s; change these rows first, or name in Replace (--backfill) what they get", strings.Join(found, "; "))
}

// enumSteps returns what has to run before the values of a column's enum can be
// stated anew by an AlterColumn.
func (p planner) enumSteps(d definition, o op.AlterColumn) ([]string, error) {
	to, ok := o.To.Type.EnumValues()
	if !ok {
		return nil, nil
	}
	e, err := p.enumColumnOf(d, op.ColumnRef{Table: o.Table, Column: o.To.Name})
	if err != nil || !e.isEnum {
		return nil, err
	}
	e.to = to
	found, err := e.removed(o.Replace)
	if err == nil && len(found) > 0 {
		err = errRemoved(found)
	}
	return e.replace(o.Replace), err
}
