package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// readViews reads the views that words name; no others are looked at. SQLite
// stores the text as it was written, so that it can be compared as it stands.
func readViews(ctx context.Context, q ddl.Querier, said []op.Schema) ([]op.View, error) {
	var words []op.View
	for _, s := range said {
		words = append(words, s.Views...)
	}
	if len(words) == 0 {
		return nil, nil
	}
	live, err := objects(ctx, q, "type = 'view'")
	if err != nil {
		return nil, err
	}
	var views []op.View
	for _, o := range live {
		query, err := viewQuery(o.sql)
		if err != nil {
			return nil, fmt.Errorf("reading the definition of view %q: %w", o.name, err)
		}
		isSaid := false
		view := op.View{Name: o.name, SQL: query}
		for _, word := range words {
			if !sameName(word.Name, o.name) {
				continue
			}
			isSaid = true
			if word.Materialized {
				continue
			}
			same, err := sameQuery(ctx, q, query, word.SQL)
			if err != nil {
				return nil, err
			}
			if same {
				view = word
				break
			}
		}
		if isSaid {
			views = append(views, view)
		}
	}
	return views, nil
}

// sameQuery reports whether two queries are the same, with the same names of
// columns: one without an alias has the text of its expression for a name, so
// that a blank in it counts, and the letter case of an alias too. SQLite is
// asked for them, and reads no row.
func sameQuery(ctx context.Context, q ddl.Querier, a, b string) (bool, error) {
	if a == b {
		return true, nil
	}
	if !sameExpr(a, b) {
		return false, nil
	}
	// A query with a limit of its own takes no other; as a subquery it does, but
	// calls its columns as they are written and not as the table does.
	for _, form := range []string{"%s\nLIMIT 0", "SELECT * FROM (%s\n) LIMIT 0"} {
		x, err := resultColumns(ctx, q, fmt.Sprintf(form, a))
		y, other := resultColumns(ctx, q, fmt.Sprintf(form, b))
		if err == nil && other == nil {
			return slices.Equal(x, y), nil
		}
	}
	return false, ctx.Err() // it reads what is not there
}

func resultColumns(ctx context.Context, q ddl.Querier, query string) ([]string, error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	names, err := rows.Columns()
	return names, errors.Join(err, rows.Close())
}

// viewQuery returns the query of a CREATE VIEW statement, by the grammar at
// https://sqlite.org/lang_createview.html. Names of columns before it make it
// another one than any query alone.
func viewQuery(sql string) (string, error) {
	c, err := newCursor(sql)
	if err != nil {
		return "", err
	}
	if err := c.expect("CREATE"); err != nil {
		return "", err
	}
	if err := c.expect("VIEW"); err != nil {
		return "", err
	}
	c.accept("IF", "NOT", "EXISTS")
	for {
		if _, err := c.name(); err != nil {
			return "", err
		}
		if !c.accept(".") {
			break
		}
	}
	from := c.at
	c.accept("AS")
	if c.at > from {
		from = c.at
	}
	for !c.done() {
		c.next()
	}
	return c.text(from), nil
}

// planView plans an operation on a view. One that is dropped only to be made
// again as it is may stay: nothing here stands in its way, and so its triggers
// stay too.
func planView(ctx context.Context, q ddl.Querier, ops op.List) ([]ddl.Statement, error) {
	place, err := readPlace(ctx, q, "")
	if err != nil {
		return nil, err
	}
	create := func(v op.View) (string, error) {
		if v.Materialized {
			return "", fmt.Errorf("creating view %q: %w on sqlite: materialized views; leave it out of the models for sqlite, or make it a plain view", v.Name, ddl.ErrUnsupported)
		}
		return "CREATE VIEW " + place.name(v.Name) + " AS\n" + v.SQL, nil
	}
	switch o := ops[0].(type) {
	case op.CreateView:
		live, err := liveView(ctx, q, o.Name)
		if err != nil {
			return nil, err
		}
		text, err := create(op.View(o))
		if err != nil || live == o.SQL && live != "" {
			return nil, err
		}
		return ddl.Planned(text), nil
	case op.DropView:
		live, err := liveView(ctx, q, o.Name)
		if err != nil {
			return nil, err
		}
		stays, err := mayStay(ctx, q, o.Name, live, ops[1:])
		if err != nil || stays {
			return nil, err
		}
		return ddl.Planned("DROP VIEW " + place.name(o.Name)), nil
	case op.AlterView:
		text, err := create(o.To)
		if err != nil {
			return nil, err
		}
		triggers, err := objects(ctx, q, "type = 'trigger' AND tbl_name = ? COLLATE NOCASE", o.To.Name)
		if err != nil {
			return nil, err
		}
		texts := []string{"DROP VIEW " + place.name(o.From.Name), text}
		for _, t := range triggers {
			texts = append(texts, named(t.sql, "TRIGGER", string(place)))
		}
		return ddl.Planned(texts...), nil
	}
	return nil, nil
}

// mayStay reports whether the operations make the view again as it is, and so do
// all views that it reads which they drop before: while one of those is not
// there, SQLite renames nothing.
func mayStay(ctx context.Context, q ddl.Querier, name, live string, rest op.List) (bool, error) {
	back := slices.IndexFunc(rest, func(o op.Operation) bool {
		v, ok := o.(op.CreateView)
		return ok && v.Name == name && v.SQL == live
	})
	for i := range max(back, 0) {
		drop, ok := rest[i].(op.DropView)
		if !ok || !op.Reads(live, drop.Name) {
			continue
		}
		below, err := liveView(ctx, q, drop.Name)
		if err != nil {
			return false, err
		}
		if stays, err := mayStay(ctx, q, drop.Name, below, rest[i+1:]); err != nil || !stays {
			return false, err
		}
	}
	return back >= 0, nil
}

// liveView returns the query of a view, "" where there is none.
func liveView(ctx context.Context, q ddl.Querier, name string) (string, error) {
	list, err := objects(ctx, q, "type = 'view' AND name = ? COLLATE NOCASE", name)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return viewQuery(list[0].sql)
}
