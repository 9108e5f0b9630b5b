package sqlite

import (
	"context"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// Inspect reads the schema of the main database: its ordinary tables with
// their indexes. Virtual tables and the shadow tables below them, views,
// triggers, attached databases and temporary tables are left alone. It writes
// nothing and takes two queries, whatever the number of tables.
//
// What SQLite shows is often less than what a model says: text for a string
// of 100 characters, integer for a bool. Where a schema in words says the same
// as the database, the result is said in its words; the first one that fits
// counts. Without words, types are the raw text of the database. SQLite stores
// every text as it was written, so that everything is compared.
func (d Dialect) Inspect(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error) {
	finish, err := d.Look(ctx, q, inquiry.Words)
	if err != nil {
		return ddl.Reading{}, err
	}
	return finish(ctx, q, inquiry)
}

// Look reads what the database keeps, for which no words are needed. What it
// returns reads the views that words name.
func (Dialect) Look(ctx context.Context, q ddl.Querier, _ []op.Schema) (ddl.Finish, error) {
	list, err := objects(ctx, q, "type IN ('table', 'index')")
	if err != nil {
		return nil, err
	}
	ordinary, err := ordinaryTables(ctx, q)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error) {
		return speak(ctx, q, list, ordinary, inquiry)
	}, nil
}

// speak says the ordinary tables among the objects in words.
func speak(ctx context.Context, q ddl.Querier, list []object, ordinary map[string]bool, inquiry ddl.Inquiry) (ddl.Reading, error) {
	indexes := map[string][]object{} // by folded name of the table
	for _, o := range list {
		if o.kind == "index" {
			indexes[fold(o.table)] = append(indexes[fold(o.table)], o)
		}
	}
	first := firstWords(inquiry.Words)
	restated := restatedTables(inquiry.Words, first)
	verbatim := map[string]bool{} // tables, by folded name, that are in words already
	var s op.Schema
	places := map[string]int{}
	for _, o := range list {
		name := fold(o.name)
		if o.kind != "table" || !ordinary[name] {
			continue
		}
		places[name] = len(s.Tables)
		if word := first[name]; word != nil && !restated[name] && isVerbatim(word, o, indexes[name]) {
			s.Tables, verbatim[name] = append(s.Tables, ownLists(*word)), true
			continue
		}
		t, err := readStored(o, indexes[name])
		if err != nil {
			return ddl.Reading{}, err
		}
		s.Tables = append(s.Tables, t)
	}
	fillReferences(&s, places)
	said := words.Distinct(inquiry.Words)
	lookups := make([]map[string]words.Saying, len(said))
	for i, schema := range said {
		lookups[i] = sayings(without(schema, verbatim))
	}
	spoken, notCompared := words.Speak(s, lookups, rules)
	spoken.Enums = words.Enums(inquiry.Words, spoken)
	var err error
	if spoken.Views, err = readViews(ctx, q, inquiry.Words); err != nil {
		return ddl.Reading{}, err
	}
	rephrased, err := words.RephraseViews(words.Rephrase(inquiry.Words, lookups, rules), func(first, other op.View) (bool, error) {
		return sameQuery(ctx, q, first.SQL, other.SQL)
	})
	return ddl.Reading{Schema: spoken, Words: rephrased, NotCompared: notCompared}, err
}

// readStored reads a table off the statements that the database keeps.
func readStored(table object, indexes []object) (op.Table, error) {
	d, err := parseTable(table.sql)
	if err != nil {
		return op.Table{}, fmt.Errorf("reading the definition of table %q: %w", table.name, err)
	}
	t := d.table()
	t.Name = table.name
	for _, o := range indexes {
		d, err := parseIndex(o.sql)
		if err != nil {
			return op.Table{}, fmt.Errorf("reading the definition of index %q on %q: %w", o.name, o.table, err)
		}
		t.Indexes = append(t.Indexes, d.index())
	}
	return t, nil
}

// ordinaryTables returns the names, in lower case, of the tables that are
// neither virtual nor the shadow of a virtual one.
func ordinaryTables(ctx context.Context, q ddl.Querier) (map[string]bool, error) {
	rows, err := q.QueryContext(ctx, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
	if err != nil {
		return nil, fmt.Errorf("reading the list of tables (sqlite 3.37 or later is needed): %w", asLocked(err))
	}
	defer rows.Close()
	names := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("reading the list of tables: %w", asLocked(err))
		}
		names[fold(name)] = true
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the list of tables: %w", asLocked(err))
	}
	return names, nil
}

// fillReferences gives foreign keys that name no columns the primary key of
// their target, which is what SQLite makes of them.
func fillReferences(s *op.Schema, places map[string]int) {
	for i := range s.Tables {
		for j := range s.Tables[i].ForeignKeys {
			k := &s.Tables[i].ForeignKeys[j]
			place, ok := places[fold(k.RefTable)]
			if !ok || len(k.RefColumns) > 0 {
				continue
			}
			for _, part := range s.Tables[place].PrimaryKey {
				k.RefColumns = append(k.RefColumns, part.Column)
			}
		}
	}
}
