package postgres

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// rehearsal marks a place inside a live database.
type rehearsal struct {
	ddl.Querier
	*mapping
}

// plan plans the operation at the head of the list in the place, on its own
// tables. Of the others it matters only what they say, not where.
func (r rehearsal) plan(ctx context.Context, ops op.List) (ddl.Step, error) {
	o := ops[0]
	if err := r.refuse(ctx, o); err != nil {
		return ddl.Step{}, err
	}
	mapped, err := r.operation(o)
	if err != nil {
		return ddl.Step{}, err
	}
	step, err := Dialect{}.Plan(ctx, r.Querier, append(op.List{mapped}, ops[1:]...))
	if err != nil {
		return ddl.Step{}, err
	}
	step.Ops = op.List{o}
	return step, nil
}

// inspect reads the place as if it were the live database.
func (r rehearsal) inspect(ctx context.Context, inquiry ddl.Inquiry) (ddl.Reading, error) {
	words := make([]op.Schema, len(inquiry.Words))
	for i, s := range inquiry.Words {
		words[i] = renamedTables(s, r.to)
	}
	inquiry.Words = words
	reading, err := Dialect{}.Inspect(ctx, r.Querier, inquiry)
	if err != nil {
		return ddl.Reading{}, err
	}
	reading.Schema = renamedTables(reading.Schema, r.from)
	for i, s := range reading.Words {
		reading.Words[i] = renamedTables(s, r.from)
	}
	for i, sentence := range reading.NotCompared {
		reading.NotCompared[i] = r.AsLive(sentence)
	}
	return reading, nil
}

// refuse returns an error for an operation that would reach out of the place.
func (r rehearsal) refuse(ctx context.Context, o op.Operation) error {
	switch o := o.(type) {
	case op.CreateIndex:
		if o.Concurrently {
			return fmt.Errorf("%w for an index that is made concurrently, which no transaction can take back; name a disposable database", ddl.ErrNoScratch)
		}
	case op.DropIndex:
		if o.Concurrently {
			return fmt.Errorf("%w for an index that is dropped concurrently, which no transaction can take back; name a disposable database", ddl.ErrNoScratch)
		}
	}
	if ddl.IsUserSQL(o) {
		return fmt.Errorf("%w for SQL of the user's: it may do anything; name a disposable database", ddl.ErrNoScratch)
	}
	names, texts, err := parts(o)
	if err != nil {
		return err
	}
	made := madeBy(o)
	for _, name := range names {
		if schema, _ := splitName(name); schema == "" || name == made {
			continue
		}
		if strings.Contains(o.Kind(), "enum") {
			return fmt.Errorf("%w for enum type %q: its schema is that of the live database; name a disposable database", ddl.ErrNoScratch, name)
		}
		if strings.HasSuffix(o.Kind(), "_view") {
			return fmt.Errorf("%w for view %q: its schema is that of the live database; name a disposable database", ddl.ErrNoScratch, name)
		}
		var there bool
		if err := r.QueryRowContext(ctx, "SELECT to_regclass($1::text) IS NOT NULL", quoteTable(r.to(name))).Scan(&there); err != nil {
			return fmt.Errorf("looking for table %q where it is rehearsed: %w", name, err)
		}
		if !there {
			return fmt.Errorf("%w for table %q: no model has it, so it stands only in a schema of the live database; name a disposable database", ddl.ErrNoScratch, name)
		}
	}
	if err := r.refuseView(ctx, o); err != nil {
		return err
	}
	var calls []string
	for _, text := range texts {
		tokens := tokenize(text)
		for i, t := range tokens {
			if i+1 < len(tokens) && t.isIdentifier() && tokens[i+1].is("(") {
				calls = append(calls, quoteString(t.value()))
			}
			if i+2 < len(tokens) && t.kind == tokenWord && strings.EqualFold(t.text, "references") && tokens[i+2].is(".") {
				return fmt.Errorf("%w for %q: it names a table with its schema, which is that of the live database; name a disposable database", ddl.ErrNoScratch, text)
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

// refuseView returns an error for a view whose query names something with its
// schema, which is that of the live database.
func (r rehearsal) refuseView(ctx context.Context, o op.Operation) error {
	query := ""
	switch o := o.(type) {
	case op.CreateView:
		query = o.SQL
	case op.AlterView:
		query = o.To.SQL
	}
	tokens := tokenize(query)
	for i := 0; i+2 < len(tokens); i++ {
		if !tokens[i].isIdentifier() || !tokens[i+1].is(".") || !tokens[i+2].isIdentifier() {
			continue
		}
		var isSchema bool
		if err := r.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1::text)", tokens[i].value()).Scan(&isSchema); err != nil {
			return fmt.Errorf("looking for schema %q: %w", tokens[i].value(), err)
		}
		if isSchema && tokens[i].value() != "pg_catalog" && tokens[i].value() != "information_schema" {
			return fmt.Errorf("%w for a view that reads from schema %q, which is in the live database; name a disposable database", ddl.ErrNoScratch, tokens[i].value())
		}
	}
	return nil
}

// madeBy returns the name of the table that the operation makes, or "".
func madeBy(o op.Operation) string {
	switch o := o.(type) {
	case op.CreateTable:
		return o.Name
	case op.RenameTable:
		return o.To
	}
	return ""
}

// parts returns the names of tables and enum types in an operation, sorted, and
// all its texts. They are read from its JSON form, so that no operation and no
// field is forgotten.
func parts(o op.Operation) (names, texts []string, err error) {
	fields, err := fieldsOf(o)
	if err != nil {
		return nil, nil, err
	}
	eachText(fields, "", true, func(key string, isTop bool, text string) string {
		switch {
		case isName(o.Kind(), key, isTop):
			names = append(names, text)
		case key != "values": // of an enum
			texts = append(texts, text)
		}
		return text
	})
	slices.Sort(names)
	return names, texts, nil
}

// fieldsOf returns the JSON form of an operation.
func fieldsOf(o op.Operation) (fields map[string]any, err error) {
	data, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("reading operation %q: %w", o.Kind(), err)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&fields); err != nil {
		return nil, fmt.Errorf("reading operation %q: %w", o.Kind(), err)
	}
	return fields, nil
}

// eachText gives fn each text in a JSON value, with the key of the object that
// it is in and whether that is the whole, and puts what fn returns in its place.
func eachText(v any, key string, isTop bool, fn func(key string, isTop bool, text string) string) any {
	switch v := v.(type) {
	case string:
		return fn(key, isTop, v)
	case []any:
		for i, x := range v {
			v[i] = eachText(x, key, false, fn)
		}
	case map[string]any:
		for name, x := range v {
			_, isObject := x.(map[string]any)
			v[name] = eachText(x, name, isTop && !isObject && key == "", fn)
		}
	}
	return v
}

// isName reports whether a text in an operation is the name of a table or of an
// enum type.
func isName(kind, key string, isTop bool) bool {
	switch key {
	case "table", "ref_table":
		return true
	case "enum":
		return isTop
	case "name":
		return isTop && (kind == "create_table" || kind == "drop_table" || strings.HasSuffix(kind, "_enum") || strings.HasSuffix(kind, "_view"))
	case "from", "to":
		return isTop && (kind == "rename_table" || kind == "rename_enum")
	}
	return false
}
