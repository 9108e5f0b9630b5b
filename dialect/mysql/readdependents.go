package mysql

import (
	"context"
	"slices"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// dependent is a view or a trigger.
type dependent struct {
	kind, name string
	// on is the table of a trigger.
	on     string
	tokens []token
}

// knownDependents are views and triggers that were read already, by database. A
// server opens each table to find its triggers, and looks at each to see whether
// it is a view, so that reading them for each of many tables would take the square
// of the time. Where a step changes them they are forgotten as it is planned.
type knownDependents struct {
	views, triggers map[string][]dependent
}

func newKnownDependents() *knownDependents {
	return &knownDependents{views: map[string][]dependent{}, triggers: map[string][]dependent{}}
}

// forgetViews is for steps about views.
func (k *knownDependents) forgetViews() {
	if k != nil {
		clear(k.views)
	}
}

// forgetTriggers is for steps about whole tables, with which triggers go.
func (k *knownDependents) forgetTriggers() {
	if k != nil {
		clear(k.triggers)
	}
}

// readDependents reads the views of a database, and its triggers unless it says
// onlyViews.
func (p planner) readDependents(database string, onlyViews bool) ([]dependent, error) {
	known := p.known
	if known == nil {
		known = newKnownDependents()
	}
	read := func(in map[string][]dependent, query string) error {
		if _, ok := in[database]; ok {
			return nil
		}
		list, err := scanDependents(p.ctx, p.q, p.server, query)
		if err == nil {
			in[database] = list
		}
		return err
	}
	here := p.quoteString(database)
	err := read(known.views, "SELECT 'view', TABLE_NAME, VIEW_DEFINITION, '' FROM information_schema.VIEWS WHERE TABLE_SCHEMA = "+here+" ORDER BY 2")
	if err == nil && !onlyViews {
		err = read(known.triggers, "SELECT 'trigger', TRIGGER_NAME, ACTION_STATEMENT, EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = "+here+" ORDER BY 2")
	}
	if err != nil {
		return nil, err
	}
	list := known.views[database]
	if onlyViews {
		return list, nil
	}
	return slices.Concat(list, known.triggers[database]), nil
}

func scanDependents(ctx context.Context, q ddl.Querier, s server, query string) ([]dependent, error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []dependent
	for rows.Next() {
		var d dependent
		var text string
		if err := rows.Scan(&d.kind, &d.name, &text, &d.on); err != nil {
			return nil, err
		}
		if d.tokens, err = s.tokenize(text); err != nil {
			continue // the server has read it, and says when it does not fit
		}
		list = append(list, d)
	}
	return list, rows.Err()
}
