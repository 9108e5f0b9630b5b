package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// Inspect reads the schema of the session's current schema, and of those other
// schemas in which words name a table: ordinary and partitioned tables with
// all that belongs to them. It takes a constant number of queries, in a
// transaction that is rolled back.
//
// Where a schema in words says what is there, the result is said in its words;
// the first that fits counts. For tables whose words hold text that the server
// rewrites, it is asked how by temporary tables. A session that may not make
// any is not asked (see cannotAsk); the scratch database of the inquiry is, and
// without one such text counts as the same and is reported as not compared.
func (Dialect) Inspect(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error) {
	if r, ok := q.(rehearsal); ok {
		return r.inspect(ctx, inquiry)
	}
	var result ddl.Reading
	err := undone(ctx, q, func(q ddl.Querier) error {
		var err error
		result, err = inspect(ctx, q, inquiry)
		return err
	})
	if err != nil {
		return ddl.Reading{}, fmt.Errorf("inspecting the database: %w", err)
	}
	return result, nil
}

func inspect(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error) {
	var home string
	if err := q.QueryRowContext(ctx, `SELECT coalesce(current_schema()::text, '')`).Scan(&home); err != nil {
		return ddl.Reading{}, fmt.Errorf("asking for the current schema: %w", err)
	}
	r := rules(home)
	schemas := schemasOf(home, inquiry.Words)
	said := words.Distinct(inquiry.Words)
	lookups := make([]map[string]words.Saying, len(said))
	var all, asking []*saying
	var from []int // the words of each of all
	there := map[string]bool{}
	if len(said) > 0 {
		c := catalogue{home: home}
		err := each(ctx, q, "the list of tables", `SELECT n.nspname::text, t.relname::text FROM (`+wanted(schemas)+`) t
			JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace WHERE t.relpersistence <> 't'`, func(rows *sql.Rows) error {
			var schema, name string
			err := rows.Scan(&schema, &name)
			there[c.name(schema, name)] = true
			return err
		})
		if err != nil {
			return ddl.Reading{}, err
		}
	}
	for i, schema := range said {
		lookups[i] = map[string]words.Saying{}
		for _, word := range schema.Tables {
			if !there[r.Fold(word.Name)] {
				continue
			}
			s := say(word)
			all, from = append(all, s), append(from, i)
			if len(s.questions) > 0 {
				asking = append(asking, s)
			}
		}
	}
	asked, err := askSomewhere(ctx, q, inquiry.Scratch, asking)
	if err != nil {
		return ddl.Reading{}, fmt.Errorf("asking the server how it stores the models: %w", err)
	}
	v, err := readViews(ctx, q, home, said)
	if err != nil {
		return ddl.Reading{}, err
	}
	// Names in the texts of both sides stand with their schemas from here on.
	if _, err := q.ExecContext(ctx, "SET LOCAL search_path = ''"); err != nil {
		return ddl.Reading{}, fmt.Errorf("setting the search path: %w", err)
	}
	c, err := read(ctx, q, home, schemas)
	if err != nil {
		return ddl.Reading{}, err
	}
	live := op.Schema{Enums: c.enums, Tables: takeAnswers(asked, c.tables, there)}
	if err := leaveOutDefaults(ctx, q, all); err != nil {
		return ddl.Reading{}, err
	}
	for i, s := range all {
		fillReferences(s, live, r)
		lookups[from[i]][r.Fold(s.Word.Name)] = s.Saying
	}
	for i := range live.Tables {
		seeMerged(&live.Tables[i], lookups, r)
	}
	spoken, notCompared := words.Speak(live, lookups, r)
	views, unseen, err := v.finish(ctx, q, c)
	spoken.Views = views
	return ddl.Reading{Schema: spoken, NotCompared: append(notCompared, unseen...)}, err
}

// leaveOutDefaults reads which operator classes are the defaults of their
// types, if any words state one.
func leaveOutDefaults(ctx context.Context, q ddl.Querier, all []*saying) error {
	if !slices.ContainsFunc(all, func(s *saying) bool { return len(s.classed) > 0 }) {
		return nil
	}
	defaults := map[string]bool{}
	err := each(ctx, q, "the operator classes", `SELECT m.amname || ' ' || quote_ident(c.opcname)
		FROM pg_catalog.pg_opclass c JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod WHERE c.opcdefault`, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		defaults[name] = true
		return err
	})
	for _, s := range all {
		s.leaveOutDefaults(defaults)
	}
	return err
}

// schemasOf returns the schemas to read, the current one first.
func schemasOf(home string, said []op.Schema) []string {
	var list []string
	if home != "" {
		list = append(list, home)
	}
	for _, schema := range said {
		for _, t := range schema.Tables {
			if name, _ := splitName(t.Name); name != "" && !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
		for _, e := range schema.Enums {
			if name, _ := splitName(e.Name); name != "" && !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}

// fillReferences gives foreign keys that name no columns the primary key of
// their target, which is what the server makes of them.
func fillReferences(s *saying, live op.Schema, r words.Rules) {
	for i := range s.Stored.ForeignKeys {
		k := &s.Stored.ForeignKeys[i]
		if len(k.RefColumns) > 0 {
			continue
		}
		if target := live.Table(r.Fold(k.RefTable)); target != nil {
			for _, p := range target.PrimaryKey {
				k.RefColumns = append(k.RefColumns, p.Column)
			}
		}
	}
	for name, brought := range s.Bound {
		for i := range brought.ForeignKeys {
			if k := s.Stored.ForeignKey(brought.ForeignKeys[i].Name); k != nil {
				brought.ForeignKeys[i] = *k
			}
		}
		for i := range brought.Checks {
			if c := s.Stored.Check(brought.Checks[i].Name); c != nil {
				brought.Checks[i] = *c // as the server stores it
			}
		}
		s.Bound[name] = brought
	}
}
