package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// health is what a transaction must not make worse.
type health struct {
	tables  map[string]bool // by folded name
	orphans orphanage
	// sane says of each statement over views and triggers whether SQLite takes
	// it.
	sane map[string]bool
	// broken are the triggers that a statement met which SQLite did not take.
	broken map[string]bool
}

func readHealth(ctx context.Context, q ddl.Querier) (health, error) {
	tables, others, err := readNames(ctx, q)
	if err != nil {
		return health{}, err
	}
	h := health{tables: map[string]bool{}, sane: map[string]bool{}, broken: map[string]bool{}}
	for _, t := range tables {
		h.tables[fold(t.name)] = true
	}
	if h.orphans, err = readOrphans(ctx, q, tables); err != nil {
		return health{}, err
	}
	probes, err := readProbes(ctx, q, others)
	if err != nil {
		return health{}, err
	}
	for _, p := range probes {
		if h.sane[p.sql] = p.run(ctx, q) == nil; h.sane[p.sql] {
			continue
		}
		for _, trigger := range p.triggers {
			h.broken[trigger] = true
		}
	}
	return h, nil
}

// compare returns an error where something is broken that was not broken
// before: it was whole then, or it is new.
func (before health) compare(ctx context.Context, q ddl.Querier) error {
	tables, others, err := readNames(ctx, q)
	if err != nil {
		return err
	}
	orphans, err := readOrphans(ctx, q, tables)
	if err != nil {
		return err
	}
	if err := orphans.compare(ctx, q, before, tables); err != nil {
		return err
	}
	probes, err := readProbes(ctx, q, others)
	if err != nil {
		return err
	}
	for _, p := range probes {
		sane, known := before.sane[p.sql]
		if known && !sane || !known && slices.ContainsFunc(p.triggers, func(name string) bool { return before.broken[name] }) {
			continue
		}
		err := p.run(ctx, q)
		switch {
		case err == nil:
		case known:
			return fmt.Errorf("the change would break %s (%w); drop it before the change and create it again after, with op.Exec", p.what, err)
		default:
			return fmt.Errorf("%s does not work at the end of the revision (%w); create it after the last change of what it reads or writes, in a form that fits", p.what, err)
		}
	}
	return nil
}

// probe is a statement that SQLite takes while a view or the triggers of a
// table are sound.
type probe struct {
	what, sql string
	// table is what the triggers stand on, and triggers are their names, each
	// with the event that the statement is. Both are empty for a view.
	table    string
	triggers []string
}

// run prepares the statement, which compiles views and triggers, reads no row
// and calls no function.
func (p probe) run(ctx context.Context, q ddl.Querier) error {
	statement, err := q.PrepareContext(ctx, p.sql)
	if err == nil {
		return statement.Close()
	}
	if p.table != "" && strings.Contains(err.Error(), "cannot modify "+p.table+" because it is a view") {
		return nil // none of its triggers is for this event
	}
	return err
}

// readNames reads what tables there are, and what views and triggers, without
// their statements.
func readNames(ctx context.Context, q ddl.Querier) (tables, others []object, err error) {
	list, err := objectsAnd(ctx, q, "''", "type IN ('table', 'view', 'trigger')")
	for _, o := range list {
		if o.kind == "table" {
			tables = append(tables, o)
		} else {
			others = append(others, o)
		}
	}
	return tables, others, err
}

// readProbes returns the probes for a list of views and triggers.
func readProbes(ctx context.Context, q ddl.Querier, list []object) ([]probe, error) {
	var probes []probe
	triggers := map[string][]string{}
	var tables []string
	for _, o := range list {
		if o.kind == "view" {
			probes = append(probes, probe{what: fmt.Sprintf("view %q", o.name), sql: "SELECT * FROM " + quoteName(o.name)})
			continue
		}
		if triggers[o.table] == nil {
			tables = append(tables, o.table)
		}
		triggers[o.table] = append(triggers[o.table], o.name)
	}
	for _, table := range tables {
		columns, err := settable(ctx, q, table)
		if err != nil {
			return nil, err
		}
		probes = append(probes, triggerProbes(table, triggers[table], columns)...)
	}
	return probes, nil
}

// triggerProbes returns the statements that reach all triggers of a table.
func triggerProbes(table string, triggers, columns []string) []probe {
	quoted := make([]string, len(triggers))
	for i, name := range triggers {
		quoted[i] = fmt.Sprintf("%q", name)
	}
	what := fmt.Sprintf("trigger %s on %q", strings.Join(quoted, " or "), table)
	on := func(event, sql string) probe {
		p := probe{what: what, sql: sql, table: table}
		for _, name := range triggers {
			p.triggers = append(p.triggers, event+" "+fold(name))
		}
		return p
	}
	probes := []probe{
		on("insert", "INSERT INTO "+quoteName(table)+" DEFAULT VALUES"),
		on("delete", "DELETE FROM "+quoteName(table)),
	}
	for _, column := range columns {
		name := quoteName(column)
		probes = append(probes, on("update", "UPDATE "+quoteName(table)+" SET "+name+" = "+name))
	}
	return probes
}

// settable returns the columns of a table or view that an UPDATE may set.
func settable(ctx context.Context, q ddl.Querier, table string) ([]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT name FROM pragma_table_xinfo(?, 'main') WHERE hidden = 0", table)
	if err != nil {
		return nil, fmt.Errorf("reading the columns of %q: %w", table, err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("reading the columns of %q: %w", table, err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil && !strings.Contains(err.Error(), "no such") {
		// A view that cannot be read has no columns to set.
		return nil, fmt.Errorf("reading the columns of %q: %w", table, err)
	}
	return slices.Clip(names), nil
}
