package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// rehearsal marks a place inside a live database.
type rehearsal struct{ ddl.Querier }

// refuse returns an error for an operation that would reach out of the place.
func (r rehearsal) refuse(ctx context.Context, o op.Operation) error {
	if _, ok := o.(op.Exec); ok {
		return fmt.Errorf("%w for SQL of the user's: it may do anything; name a disposable database", ddl.ErrNoScratch)
	}
	names, texts, err := parts(o)
	if err != nil {
		return err
	}
	for _, name := range names {
		if schema, _ := splitName(name); schema != "" {
			return fmt.Errorf("%w for table %q: its schema is that of the live database; name a disposable database", ddl.ErrNoScratch, name)
		}
	}
	var calls []string
	for _, text := range texts {
		tokens := tokenize(text)
		for i, t := range tokens {
			if i+1 < len(tokens) && t.isIdentifier() && tokens[i+1].is("(") {
				calls = append(calls, quoteString(t.value()))
			}
		}
	}
	if len(calls) == 0 {
		return nil
	}
	var called string
	err = r.QueryRowContext(ctx, `SELECT coalesce(min(p.oid::regprocedure::text), '') FROM pg_catalog.pg_proc p
		WHERE p.proname IN (`+strings.Join(calls, ", ")+`) AND p.pronamespace <> 'pg_catalog'::regnamespace
		AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')`).Scan(&called)
	if err != nil {
		return fmt.Errorf("looking for functions that a rehearsal would run: %w", err)
	}
	if called != "" {
		return fmt.Errorf("%w for an expression that calls %s: the live database would run it; name a disposable database", ddl.ErrNoScratch, called)
	}
	return nil
}

// parts returns the names of tables and enums in an operation, and all its texts. They
// are read from its JSON form, so that no operation and no field is forgotten.
func parts(o op.Operation) (tables, texts []string, err error) {
	data, err := json.Marshal(o)
	if err != nil {
		return nil, nil, fmt.Errorf("reading operation %q: %w", o.Kind(), err)
	}
	var fields map[string]any
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, nil, fmt.Errorf("reading operation %q: %w", o.Kind(), err)
	}
	for _, key := range []string{"table", "from", "to", "name", "enum"} {
		isTable := key == "table" || key == "enum" || o.Kind() == "rename_table" || o.Kind() == "rename_enum" ||
			key == "name" && slices.Contains([]string{"create_table", "drop_table", "create_enum", "drop_enum", "alter_enum"}, o.Kind())
		if name, ok := fields[key].(string); ok && isTable {
			tables = append(tables, name)
		}
	}
	var walk func(key string, v any)
	walk = func(key string, v any) {
		switch v := v.(type) {
		case string:
			if texts = append(texts, v); key == "ref_table" {
				tables = append(tables, v)
			}
		case []any:
			for _, x := range v {
				walk(key, x)
			}
		case map[string]any:
			for key, x := range v {
				if key != "values" { // of an enum
					walk(key, x)
				}
			}
		}
	}
	walk("", fields)
	return tables, texts, nil
}
