package postgres

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

func (p *planner) createEnum(e op.Enum) error {
	if err := checkEnum(e); err != nil {
		return err
	}
	if err := p.createSchemaOf(e.Name); err != nil {
		return err
	}
	p.add(createEnum(e.Name, e.Values))
	return nil
}

func checkEnum(e op.Enum) error {
	if err := checkTableName(e.Name); err != nil {
		return fmt.Errorf("creating enum %q: %w", e.Name, err)
	}
	if err := checkNames("value", e.Values...); err != nil {
		return fmt.Errorf("creating enum %q: %w", e.Name, err)
	}
	return nil
}

func createEnum(name string, values []string) string {
	text := "CREATE TYPE " + quoteTable(name) + " AS ENUM ("
	for i, v := range values {
		if i > 0 {
			text += ", "
		}
		text += quoteString(v)
	}
	return text + ")"
}

// renameEnum renames the type, and moves it to another schema where the new
// name states one.
func (p *planner) renameEnum(o op.RenameEnum) error {
	if err := checkTableName(o.To); err != nil {
		return err
	}
	fromSchema, fromName := splitName(o.From)
	toSchema, toName := splitName(o.To)
	if fromName != toName {
		p.add("ALTER TYPE " + quoteTable(o.From) + " RENAME TO " + quoteName(toName))
	}
	if fromSchema == toSchema {
		return nil
	}
	if toSchema == "" {
		if err := p.q.QueryRowContext(p.ctx, "SELECT coalesce(current_schema()::text, '')").Scan(&toSchema); err != nil {
			return fmt.Errorf("asking for the current schema: %w", err)
		}
	}
	if err := p.createSchemaOf(o.To); err != nil {
		return err
	}
	p.add("ALTER TYPE " + qualified(fromSchema, toName) + " SET SCHEMA " + quoteName(toSchema))
	return nil
}

// addEnumValue adds a value. The server lets nobody use it before the
// transaction ends: where a later step does, the whole type is replaced.
func (p *planner) addEnumValue(o op.AddEnumValue) error {
	if err := checkNames("value", o.Value); err != nil {
		return err
	}
	used, err := isUsed(o.Value, p.rest)
	if err != nil {
		return err
	}
	if used {
		e, err := p.liveEnum(o.Enum)
		if err != nil {
			return err
		}
		values, err := o.Inserted(e.values)
		if err != nil {
			return fmt.Errorf("adding value %q to enum %q: %w; the database is not as the revisions left it, `check` shows the difference", o.Value, o.Enum, err)
		}
		return p.replaceEnum(o.Enum, values, nil)
	}
	text := "ALTER TYPE " + quoteTable(o.Enum) + " ADD VALUE " + quoteString(o.Value)
	switch {
	case o.Before != "":
		text += " BEFORE " + quoteString(o.Before)
	case o.After != "":
		text += " AFTER " + quoteString(o.After)
	}
	p.add(text)
	return nil
}

// isUsed reports whether one of the operations can use a value: a default is
// it, a text has it in quotes, SQL of the user's mentions it, or the operation
// is none of package op's and may do anything.
func isUsed(value string, ops op.List) (bool, error) {
	quoted := "'" + strings.ReplaceAll(value, "'", "''") + "'"
	for _, o := range ops {
		data, err := json.Marshal(op.List{o})
		if err != nil {
			return false, fmt.Errorf("reading operation %q: %w", o.Kind(), err)
		}
		var known op.List
		if json.Unmarshal(data, &known) != nil {
			return true, nil
		}
		switch o := o.(type) {
		case op.CreateEnum, op.AddEnumValue, op.RenameEnumValue, op.AlterEnum:
			continue // values of types are no use of them
		case op.Exec:
			if strings.Contains(o.SQL, strings.ReplaceAll(value, "'", "''")) {
				return true, nil
			}
		}
		_, texts, err := parts(o)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(texts, func(text string) bool { return text == value || strings.Contains(text, quoted) }) {
			return true, nil
		}
	}
	return false, nil
}
