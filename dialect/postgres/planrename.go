package postgres

import (
	"fmt"

	"github.com/go-limbeck/limbeck/op"
)

// The server names the primary key of a table and the sequences of its columns
// by itself, and leaves these names when the table or a column is renamed. The
// plans below keep them in line, as the server would choose them for the new
// name, so that a database which was renamed is like one that was made anew.

// renameTable renames the table and moves it to another schema where the new
// name states one.
func (p *planner) renameTable(o op.RenameTable) error {
	if err := checkTableName(o.To); err != nil {
		return err
	}
	key, err := p.primaryKeyName(o.From)
	if err != nil {
		return err
	}
	sequences, err := p.sequences(o.From)
	if err != nil {
		return err
	}
	from := o.From
	fromSchema, fromTable := splitName(o.From)
	toSchema, toTable := splitName(o.To)
	if fromTable != toTable {
		p.alter(from, "RENAME TO "+quoteName(toTable))
		if from = toTable; fromSchema != "" {
			from = fromSchema + "." + toTable
		}
	}
	if fromSchema != toSchema {
		if toSchema == "" {
			if err := p.q.QueryRowContext(p.ctx, "SELECT coalesce(current_schema()::text, '')").Scan(&toSchema); err != nil {
				return fmt.Errorf("asking for the current schema: %w", err)
			}
		}
		if err := p.createSchemaOf(o.To); err != nil {
			return err
		}
		p.alter(from, "SET SCHEMA "+quoteName(toSchema))
	}
	if chosen := chosenName(toTable, "", "pkey"); key != chosen && key == chosenName(fromTable, "", "pkey") {
		p.alter(o.To, "RENAME CONSTRAINT "+quoteName(key)+" TO "+quoteName(chosen))
	}
	for _, s := range sequences {
		if err := p.renameSequence(s, fromTable, toTable, toSchema, s.column); err != nil {
			return err
		}
	}
	return nil
}

func (p *planner) renameColumn(o op.RenameColumn) error {
	if err := checkNames("column", o.To); err != nil {
		return err
	}
	sequences, err := p.sequences(o.Table)
	if err != nil {
		return err
	}
	p.alter(o.Table, "RENAME COLUMN "+quoteName(o.From)+" TO "+quoteName(o.To))
	schema, table := splitName(o.Table)
	for _, s := range sequences {
		if s.column == o.From {
			return p.renameSequence(s, table, table, schema, o.To)
		}
	}
	return nil
}

// sequence is one that belongs to a column, of the serial or identity kind.
type sequence struct{ column, name string }

// renameSequence gives a sequence the name that goes with its table and column
// of now, where it has the one that went with those before and the name is
// free.
func (p *planner) renameSequence(s sequence, fromTable, toTable, schema, column string) error {
	chosen := chosenName(toTable, column, "seq")
	if s.name == chosen || s.name != chosenName(fromTable, s.column, "seq") {
		return nil
	}
	var taken bool
	if err := p.q.QueryRowContext(p.ctx, "SELECT to_regclass($1::text) IS NOT NULL", qualified(schema, chosen)).Scan(&taken); err != nil {
		return fmt.Errorf("looking for a name for the sequence %q: %w", s.name, err)
	}
	if !taken {
		p.add("ALTER SEQUENCE " + qualified(schema, s.name) + " RENAME TO " + quoteName(chosen))
	}
	return nil
}

// sequences returns those of a table's columns, in the order of the columns.
func (p *planner) sequences(table string) ([]sequence, error) {
	rows, err := p.q.QueryContext(p.ctx, `SELECT a.attname::text, s.relname::text
		FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
		JOIN pg_catalog.pg_class t ON t.oid = d.refobjid AND t.relnamespace = s.relnamespace
		JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
		WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
		AND d.deptype IN ('a', 'i') AND d.refobjid = to_regclass($1::text) ORDER BY a.attnum, s.relname`, quoteTable(table))
	if err != nil {
		return nil, fmt.Errorf("reading the sequences of table %q: %w", table, err)
	}
	defer rows.Close()
	var list []sequence
	for rows.Next() {
		var s sequence
		if err := rows.Scan(&s.column, &s.name); err != nil {
			return nil, fmt.Errorf("reading the sequences of table %q: %w", table, err)
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the sequences of table %q: %w", table, err)
	}
	return list, nil
}
