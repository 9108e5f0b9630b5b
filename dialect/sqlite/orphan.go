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
	rowid         sql.NullInt64 // null in a table WITHOUT ROWID
	key           int           // the number of the foreign key in its table
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
	rows, err := q.QueryContext(ctx, `SELECT "table", rowid, parent, fkid FROM pragma_foreign_key_check`+argument)
	if err != nil {
		return nil, fmt.Errorf("checking foreign keys: %w", err)
	}
	defer rows.Close()
	var list []orphan
	for rows.Next() {
		var o orphan
		if err := rows.Scan(&o.table, &o.rowid, &o.parent, &o.key); err != nil {
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
func (after orphanage) compare(ctx context.Context, q ddl.Querier, before health, tables []object) error {
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
	next := "mend or delete the rows first, for example with op.Exec at the head of the revision"
	if len(problems) > 0 {
		next = "drop those keys before (op.DropForeignKey), or let the columns that they refer to be a key or unique"
	}
	for _, table := range slices.Sorted(maps.Keys(after.rows)) {
		list, old := after.rows[table], before.orphans.rows[table]
		switch more := len(list) - len(old); {
		case more <= 0 || before.orphans.broken[table] != nil:
		case !before.tables[table] && more <= inherited:
			inherited -= more
		default:
			texts, err := newOrphans(ctx, q, old, list)
			if err != nil {
				return err
			}
			problems = append(problems, texts...)
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return errors.New("checking foreign keys: " + strings.Join(problems, "; ") + "; " + next)
}

// newOrphans describes the orphans of one table that were none before, for each
// of its foreign keys.
func newOrphans(ctx context.Context, q ddl.Querier, before, after []orphan) ([]string, error) {
	type row struct {
		rowid  sql.NullInt64
		parent string
	}
	old := map[row]int{}
	for _, o := range before {
		old[row{o.rowid, o.parent}]++
	}
	fresh := map[int][]orphan{}
	for _, o := range after {
		if r := (row{o.rowid, o.parent}); old[r] > 0 {
			old[r]--
			continue
		}
		fresh[o.key] = append(fresh[o.key], o)
	}
	var texts []string
	for _, key := range slices.Backward(slices.Sorted(maps.Keys(fresh))) { // SQLite numbers them from the last
		text, err := describeOrphans(ctx, q, fresh[key])
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}

// describeOrphans names table, columns and target of orphans of one foreign
// key, and some of them.
func describeOrphans(ctx context.Context, q ddl.Querier, list []orphan) (string, error) {
	table, parent := list[0].table, list[0].parent
	d, err := readDefinition(ctx, q, table)
	if err != nil {
		return "", err
	}
	columns, err := firstColumn(ctx, q, `SELECT "from" FROM pragma_foreign_key_list(?, 'main') WHERE id = ? ORDER BY seq`, table, list[0].key)
	if err != nil {
		return "", fmt.Errorf("reading the foreign keys of %q: %w", table, err)
	}
	rows, refer := "rows", "refer"
	if len(list) == 1 {
		rows, refer = "row", "refers"
	}
	text := fmt.Sprintf("%d %s of table %q %s by (%s) to rows of %q that do not exist",
		len(list), rows, table, refer, strings.Join(columns, ", "), parent)
	where, err := orphanCondition(ctx, q, d, list, columns)
	if err != nil {
		return "", err
	}
	examples, err := rowsOf(d, table).examples(ctx, q, "main."+quoteName(table), where, len(list))
	if err != nil {
		return text, nil // the target may be gone altogether
	}
	return text + examples, nil
}

// orphanCondition picks the rows in a query: by their rowid, or by looking for
// what they refer to.
func orphanCondition(ctx context.Context, q ddl.Querier, d tableDef, list []orphan, columns []string) (string, error) {
	if list[0].rowid.Valid {
		var ids []string
		for _, o := range list[:min(len(list), mostExamples)] {
			ids = append(ids, fmt.Sprint(o.rowid.Int64))
		}
		for _, name := range rowidNames {
			if d.column(name) == nil {
				return name + " IN (" + strings.Join(ids, ", ") + ")", nil
			}
		}
		return "0", nil
	}
	// Without columns a key refers to the primary key.
	targets, err := firstColumn(ctx, q, `SELECT coalesce(k."to", c.name, '') FROM pragma_foreign_key_list(?1, 'main') k
		LEFT JOIN pragma_table_info(k."table", 'main') c ON k."to" IS NULL AND c.pk = k.seq + 1 WHERE k.id = ?2 ORDER BY k.seq`, d.name, list[0].key)
	if err != nil {
		return "", fmt.Errorf("reading the foreign keys of %q: %w", d.name, err)
	}
	var set, found []string
	for i, column := range columns {
		own := "main." + quoteName(d.name) + "." + quoteName(column)
		set = append(set, own+" IS NOT NULL")
		found = append(found, "limbeck_parent."+quoteName(targets[i])+" = "+own)
	}
	return fmt.Sprintf("%s AND NOT EXISTS (SELECT 1 FROM main.%s AS limbeck_parent WHERE %s)",
		strings.Join(set, " AND "), quoteName(list[0].parent), strings.Join(found, " AND ")), nil
}
