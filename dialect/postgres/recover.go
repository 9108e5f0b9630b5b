package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Kind says how a statement goes together with transactions. Those that the
// server refuses inside one stand alone, by their first words
// (PreventInTransactionBlock in its source), and so do CALL and DO with a COMMIT,
// which may end transactions themselves.
func (Dialect) Kind(sql string) ddl.Kind {
	tokens := tokenize(sql)
	has := func(words ...string) bool {
		for i, word := range words {
			if i >= len(tokens) || !tokens[i].is(word) {
				return false
			}
		}
		return true
	}
	contains := func(word string) bool { return slices.ContainsFunc(tokens, func(t token) bool { return t.is(word) }) }
	switch {
	case has("SET"), has("RESET"), has("LISTEN"), has("UNLISTEN"), has("LOAD"), has("DISCARD"):
		return ddl.Setting
	case has("VACUUM"), has("CALL"), has("ALTER", "SYSTEM"), has("CREATE", "DATABASE"), has("DROP", "DATABASE"),
		has("CREATE", "TABLESPACE"), has("DROP", "TABLESPACE"), has("CREATE", "SUBSCRIPTION"), has("DROP", "SUBSCRIPTION"), has("ALTER", "SUBSCRIPTION"),
		has("CLUSTER") && len(tokens) == 1,
		has("ALTER", "DATABASE") && contains("TABLESPACE"):
		return ddl.Alone
	case (has("CREATE") || has("DROP") || has("REINDEX") || has("ALTER", "TABLE")) && contains("CONCURRENTLY"),
		has("REINDEX") && (contains("DATABASE") || contains("SYSTEM") || contains("SCHEMA")):
		return ddl.Alone
	case has("DO") && slices.ContainsFunc(tokens, func(t token) bool {
		return t.kind == tokenString && strings.Contains(strings.ToUpper(t.text), "COMMIT")
	}):
		return ddl.Alone
	}
	return ddl.Undoable
}

// relations are the relations that a statement names, and the indexes on them, as
// the catalogue has them: one line each, with "invalid" first for an index that
// a CREATE INDEX CONCURRENTLY did not finish.
func relations(ctx context.Context, q ddl.Querier, statement string) ([]string, error) {
	var names []string
	for _, t := range tokenize(statement) {
		if t.isIdentifier() {
			names = append(names, quoteString(t.value()))
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	var list []string
	err := each(ctx, q, "what a statement may have changed", `
		SELECT CASE WHEN x.indisvalid THEN 'valid' WHEN NOT x.indisvalid THEN 'invalid' ELSE c.relkind::text END
			|| ' ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || ' ' || coalesce(pg_get_indexdef(x.indexrelid), '')
		FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		LEFT JOIN pg_catalog.pg_index x ON x.indexrelid = c.oid
		LEFT JOIN pg_catalog.pg_class t ON t.oid = x.indrelid
		WHERE n.nspname !~ '^pg_' AND (c.relname IN (`+strings.Join(names, ", ")+`) OR t.relname IN (`+strings.Join(names, ", ")+`))
		ORDER BY 1`, func(rows *sql.Rows) error {
		var line string
		err := rows.Scan(&line)
		list = append(list, line)
		return err
	})
	return list, err
}

// Mark describes the relations that the statement names and their indexes.
func (Dialect) Mark(ctx context.Context, q ddl.Querier, sql string) (string, error) {
	list, err := relations(ctx, q, sql)
	return strings.Join(list, "\n"), err
}

// Recover looks for what has changed since. An index that was not there before
// and is not valid is what a CREATE INDEX CONCURRENTLY leaves that did not end:
// it is dropped. Of statements that leave no trace in the catalogue (VACUUM,
// CALL) it says that they took no effect: they run again.
func (Dialect) Recover(ctx context.Context, q ddl.Querier, sql, mark string) (bool, error) {
	list, err := relations(ctx, q, sql)
	if err != nil {
		return false, err
	}
	before := strings.Split(mark, "\n")
	half := false
	for _, line := range list {
		name, isInvalid := strings.CutPrefix(line, "invalid ")
		if !isInvalid || slices.Contains(before, line) {
			continue
		}
		half = true
		if slices.Contains(before, "valid "+name) {
			continue // DROP INDEX CONCURRENTLY did not end
		}
		name, _, _ = strings.Cut(name, " CREATE ")
		if _, err := q.ExecContext(ctx, "DROP INDEX "+name); err != nil {
			return false, fmt.Errorf("dropping the invalid index %s, which did not come to its end: %w", name, err)
		}
	}
	return !half && strings.Join(list, "\n") != mark, nil
}
