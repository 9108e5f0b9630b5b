package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// orphan is a row whose foreign key finds nothing.
type orphan struct {
	table, parent string
	rowid         sql.NullInt64
}

// orphanage is what a check of all foreign keys has found, by the folded names
// of the tables with the keys.
type orphanage struct {
	rows map[string][]orphan
	// broken are the keys that cannot be checked at all, for instance since
	// they refer to columns that are not unique.
	broken map[string]error
}

// readOrphans checks all tables at once, and one by one where one of them
// cannot be checked.
func readOrphans(ctx context.Context, q ddl.Querier, tables []object) (orphanage, error) {
	h := orphanage{rows: map[string][]orphan{}, broken: map[string]error{}}
	all, err := checkKeys(ctx, q, "")
	if err == nil {
		for _, o := range all {
			h.rows[fold(o.table)] = append(h.rows[fold(o.table)], o)
		}
		return h, nil
	}
	if ctx.Err() != nil {
		return h, err
	}
	for _, t := range tables {
		list, err := checkKeys(ctx, q, "("+quoteString(t.name)+")")
		if ctx.Err() != nil {
			return h, err
		}
		if err != nil {
			h.broken[fold(t.name)] = err
			continue
		}
		h.rows[fold(t.name)] = list
	}
	return h, nil
}

func checkKeys(ctx context.Context, q ddl.Querier, argument string) ([]orphan, error) {
	rows, err := q.QueryContext(ctx, `SELECT "table", rowid, parent FROM pragma_foreign_key_check`+argument)
	if err != nil {
		return nil, fmt.Errorf("checking foreign keys: %w", err)
	}
	defer rows.Close()
	var list []orphan
	for rows.Next() {
		var o orphan
		if err := rows.Scan(&o.table, &o.rowid, &o.parent); err != nil {
			return nil, fmt.Errorf("checking foreign keys: %w", err)
		}
		list = append(list, o)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("checking foreign keys: %w", err)
	}
	return list, nil
}

// compare returns an error where a table has more orphans than before. A table
// under a new name may have as many as tables that are gone had: it may be one
// of them.
func (after orphanage) compare(before health, tables []object) error {
	here := map[string]bool{}
	for _, t := range tables {
		here[fold(t.name)] = true
	}
	inherited := 0
	for table, list := range before.orphans.rows {
		if !here[table] {
			inherited += len(list)
		}
	}
	var problems []string
	for _, table := range slices.Sorted(maps.Keys(after.broken)) {
		if before.orphans.broken[table] == nil && before.tables[table] {
			problems = append(problems, fmt.Sprintf("the keys of table %q cannot be checked any more: %v", table, after.broken[table]))
		}
	}
	for _, table := range slices.Sorted(maps.Keys(after.rows)) {
		list, old := after.rows[table], before.orphans.rows[table]
		switch more := len(list) - len(old); {
		case more <= 0 || before.orphans.broken[table] != nil:
		case !before.tables[table] && more <= inherited:
			inherited -= more
		default:
			problems = append(problems, newOrphans(old, list))
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return errors.New("checking foreign keys: " + strings.Join(problems, "; ") +
		"; mend or delete the rows first, for example with op.Exec at the head of the revision")
}

// newOrphans describes the orphans of one table that were none before.
func newOrphans(before, after []orphan) string {
	const most = 5
	old := map[int64]bool{}
	for _, o := range before {
		old[o.rowid.Int64] = o.rowid.Valid
	}
	var ids, parents []string
	for _, o := range after {
		if o.rowid.Valid && old[o.rowid.Int64] {
			continue
		}
		if parent := fmt.Sprintf("%q", o.parent); !slices.Contains(parents, parent) {
			parents = append(parents, parent)
		}
		if o.rowid.Valid && len(ids) < most {
			ids = append(ids, fmt.Sprint(o.rowid.Int64))
		}
	}
	if len(parents) == 0 { // a row that was an orphan already is one twice now
		parents = []string{fmt.Sprintf("%q", after[0].parent)}
	}
	rows, refer := "rows", "refer"
	if len(after)-len(before) == 1 {
		rows, refer = "row", "refers"
	}
	text := fmt.Sprintf("%d %s of table %q %s to rows of %s that do not exist",
		len(after)-len(before), rows, after[0].table, refer, strings.Join(parents, " and "))
	if len(ids) > 0 {
		text += " (rowid " + strings.Join(ids, ", ") + ")"
	}
	return text
}
