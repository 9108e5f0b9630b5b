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
	// sane are the statements over views and triggers that SQLite takes.
	sane map[string]bool
}

func readHealth(ctx context.Context, q ddl.Querier) (health, error) {
	tables, err := objects(ctx, q, "type = 'table'")
	if err != nil {
		return health{}, err
	}
	h := health{tables: map[string]bool{}, sane: map[string]bool{}}
	for _, t := range tables {
		h.tables[fold(t.name)] = true
	}
	if h.orphans, err = readOrphans(ctx, q, tables); err != nil {
		return health{}, err
	}
	probes, err := readProbes(ctx, q)
	if err != nil {
		return health{}, err
	}
	for _, p := range probes {
		h.sane[p.sql] = p.run(ctx, q) == nil
	}
	return h, nil
}

// compare returns an error where something was whole before and is not now.
func (before health) compare(ctx context.Context, q ddl.Querier) error {
	tables, err := objects(ctx, q, "type = 'table'")
	if err != nil {
		return err
	}
	orphans, err := readOrphans(ctx, q, tables)
	if err != nil {
		return err
	}
	if err := orphans.compare(before, tables); err != nil {
		return err
	}
	probes, err := readProbes(ctx, q)
	if err != nil {
		return err
	}
	for _, p := range probes {
		if !before.sane[p.sql] {
			continue
		}
		if err := p.run(ctx, q); err != nil {
			return fmt.Errorf("the change would break %s (%w); drop it before the change and create it again after, with op.Exec", p.what, err)
		}
	}
	return nil
}

// probe is a statement that SQLite takes while a view or the triggers of a
// table are sound.
type probe struct{ what, sql string }

// run prepares the statement, which compiles views and triggers, reads no row
// and calls no function.
func (p probe) run(ctx context.Context, q ddl.Querier) error {
	statement, err := q.PrepareContext(ctx, p.sql)
	if err != nil {
		return err
	}
	return statement.Close()
}

func readProbes(ctx context.Context, q ddl.Querier) ([]probe, error) {
	list, err := objects(ctx, q, "type IN ('view', 'trigger')")
	if err != nil {
		return nil, err
	}
	var probes []probe
	triggers := map[string][]string{}
	var tables []string
	for _, o := range list {
		if o.kind == "view" {
			probes = append(probes, probe{fmt.Sprintf("view %q", o.name), "SELECT * FROM " + quoteName(o.name)})
			continue
		}
		if triggers[o.table] == nil {
			tables = append(tables, o.table)
		}
		triggers[o.table] = append(triggers[o.table], fmt.Sprintf("%q", o.name))
	}
	for _, table := range tables {
		what := "trigger " + strings.Join(triggers[table], " or ") + " on " + fmt.Sprintf("%q", table)
		probes = append(probes,
			probe{what, "INSERT INTO " + quoteName(table) + " DEFAULT VALUES"},
			probe{what, "DELETE FROM " + quoteName(table)})
		columns, err := settable(ctx, q, table)
		if err != nil {
			return nil, err
		}
		for _, column := range columns {
			name := quoteName(column)
			probes = append(probes, probe{what, "UPDATE " + quoteName(table) + " SET " + name + " = " + name})
		}
	}
	return probes, nil
}

// settable returns the columns of a table or view that an UPDATE may set.
func settable(ctx context.Context, q ddl.Querier, table string) ([]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", table)
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
