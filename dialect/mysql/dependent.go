package mysql

import (
	"fmt"
	"slices"
	"strings"
)

// refuseDependents refuses to rename what a view or a trigger mentions: their
// text stays as it is, and they fail from then on. names are all that the text
// has to mention, the table first. A trigger on the table itself goes along with
// the table, and need not name it to use a column.
func (p planner) refuseDependents(what, table string, names ...string) error {
	database, plain, err := splitName(table)
	if err != nil {
		return err
	}
	if database == "" {
		database = p.database
	}
	rows, err := p.q.QueryContext(p.ctx, `SELECT 'view', TABLE_NAME, VIEW_DEFINITION, '' FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ?
		UNION ALL SELECT 'trigger', TRIGGER_NAME, ACTION_STATEMENT, EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ?
		ORDER BY 1 DESC, 2`, database, database)
	if err != nil {
		return fmt.Errorf("looking for what depends on table %q: %w", table, err)
	}
	defer rows.Close()
	var broken []string
	for rows.Next() {
		var kind, name, text, on string
		if err := rows.Scan(&kind, &name, &text, &on); err != nil {
			return fmt.Errorf("looking for what depends on table %q: %w", table, err)
		}
		wanted := append([]string{plain}, names...)
		if on == plain && len(names) > 0 {
			wanted = names
		}
		if p.mentionsAll(text, wanted) {
			broken = append(broken, fmt.Sprintf("%s %q", kind, name))
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("looking for what depends on table %q: %w", table, err)
	}
	if len(broken) == 0 {
		return nil
	}
	return fmt.Errorf("%s would break %s, which %s does not rewrite; drop it before and create it again after, with op.Exec", what, strings.Join(broken, ", "), p.server)
}

// mentionsAll reports whether a text has all of these names in it.
func (s server) mentionsAll(text string, names []string) bool {
	tokens, err := s.tokenize(text)
	if err != nil {
		return false
	}
	return !slices.ContainsFunc(names, func(name string) bool {
		return !slices.ContainsFunc(tokens, func(t token) bool {
			return (t.kind == tokenWord || t.kind == tokenName) && sameName(s.value(t), name)
		})
	})
}
