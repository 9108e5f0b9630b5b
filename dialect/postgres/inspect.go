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
// all that belongs to them. It takes a constant number of queries, in
// transactions that are rolled back.
//
// Where a schema in words says what is there, the result is said in its words;
// the first that fits counts. For tables whose words hold text that the server
// rewrites, it is asked how by temporary tables. A session that may not make
// any is not asked (see cannotAsk); the scratch database of the inquiry is, and
// without one such text counts as the same and is reported as not compared.
func (d Dialect) Inspect(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error) {
	if r, ok := q.(rehearsal); ok {
		return r.inspect(ctx, inquiry)
	}
	finish, err := d.Look(ctx, q, inquiry.Words)
	if err != nil {
		return ddl.Reading{}, err
	}
	return finish(ctx, q, inquiry)
}

// Look reads what Inspect reads before any words are needed. What it returns
// needs the database only for words that hold text, or a schema that was not
// named here, or a view.
func (d Dialect) Look(ctx context.Context, q ddl.Querier, said []op.Schema) (ddl.Finish, error) {
	if _, ok := q.(rehearsal); ok {
		return d.Inspect, nil
	}
	c, err := look(ctx, q, said)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error) {
		isUnread := func(schema string) bool { return !slices.Contains(c.schemas, schema) }
		if slices.ContainsFunc(schemasOf(c.home, inquiry.Words), isUnread) {
			if c, err = look(ctx, q, inquiry.Words); err != nil {
				return ddl.Reading{}, err
			}
		}
		reading, err := c.speak(ctx, q, inquiry)
		if err != nil {
			return ddl.Reading{}, fmt.Errorf("inspecting the database: %w", err)
		}
		return reading, nil
	}, nil
}

// look reads the current schema and those others that words name.
func look(ctx context.Context, q ddl.Querier, said []op.Schema) (c *catalogue, err error) {
	err = undone(ctx, q, func(q ddl.Querier) error {
		c, err = read(ctx, q, said)
		return err
	}, keepHome, pathEmpty)
	if err != nil {
		return nil, fmt.Errorf("inspecting the database: %w", err)
	}
	return c, nil
}

const pathEmpty = "SET LOCAL search_path = ''"

// emptyPath makes names in texts stand with their schemas from here on.
func emptyPath(ctx context.Context, q ddl.Querier) error {
	if _, err := q.ExecContext(ctx, pathEmpty); err != nil {
		return fmt.Errorf("setting the search path: %w", err)
	}
	return nil
}

// speak says the tables in words.
func (c *catalogue) speak(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error) {
	r := rules(c.home)
	said := words.Distinct(inquiry.Words)
	lookups := make([]map[string]words.Saying, len(said))
	there := make(map[string]bool, len(c.tables))
	for i := range c.tables {
		there[c.tables[i].Name] = true
	}
	known := knownTypes{}
	var all, asking []*saying
	var from []int // the words of each of all
	for i, schema := range said {
		lookups[i] = make(map[string]words.Saying, len(schema.Tables))
		for _, word := range schema.Tables {
			if !there[r.Fold(word.Name)] {
				continue
			}
			s := known.say(word)
			all, from = append(all, s), append(from, i)
			if len(s.questions) > 0 {
				asking = append(asking, s)
			}
		}
	}
	views := newViewReading(c.home, said)
	if err := c.ask(ctx, q, inquiry.Scratch, asking, all, views); err != nil {
		return ddl.Reading{}, err
	}
	live := op.Schema{Enums: c.enums, Tables: c.tables}
	for i, s := range all {
		fillReferences(s, live, r)
		lookups[from[i]][r.Fold(s.Word.Name)] = s.Saying
	}
	for i := range live.Tables {
		seeMerged(&live.Tables[i], lookups, r)
	}
	spoken, notCompared := words.Speak(live, lookups, r)
	var unseen []string
	spoken.Views, unseen = views.spoken(c)
	rephrased, err := words.RephraseViews(words.Rephrase(inquiry.Words, lookups, r), views.same)
	return ddl.Reading{Schema: spoken, Words: rephrased, NotCompared: append(notCompared, unseen...)}, err
}

// ask asks the server what only it knows, if there is anything.
func (c *catalogue) ask(ctx context.Context, q ddl.Querier, scratch *sql.DB, asking, all []*saying, views *viewReading) error {
	isClassed := slices.ContainsFunc(all, func(s *saying) bool { return len(s.classed) > 0 })
	if len(asking) == 0 && len(views.words) == 0 && !isClassed {
		return nil
	}
	return undone(ctx, q, func(q ddl.Querier) error {
		asked, err := askSomewhere(ctx, q, scratch, asking)
		if err != nil {
			return fmt.Errorf("asking the server how it stores the models: %w", err)
		}
		if err := views.ask(ctx, q); err != nil {
			return err
		}
		if err := emptyPath(ctx, q); err != nil {
			return err
		}
		if len(asked) > 0 {
			answers, err := c.readAnswers(ctx, q)
			if err != nil {
				return err
			}
			takeAnswers(asked, answers)
		}
		if isClassed {
			if err := leaveOutDefaults(ctx, q, all); err != nil {
				return err
			}
		}
		return views.read(ctx, q)
	})
}

// leaveOutDefaults reads which operator classes are the defaults of their
// types, for words that state one.
func leaveOutDefaults(ctx context.Context, q ddl.Querier, all []*saying) error {
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
