package postgres

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

func (p *planner) createView(v op.View) error {
	if err := checkTableName(v.Name); err != nil {
		return err
	}
	if err := p.createSchemaOf(v.Name); err != nil {
		return err
	}
	kept, err := p.kept()
	if err != nil {
		return err
	}
	p.add("CREATE " + kindOfView(v.Materialized) + " " + quoteTable(v.Name) + " AS\n" + v.SQL)
	p.texts = append(p.texts, kept[v.Name]...)
	return nil
}

func kindOfView(materialized bool) string {
	if materialized {
		return "MATERIALIZED VIEW"
	}
	return "VIEW"
}

// dropView drops a view. Where a later step makes it again, what people have
// hung on it (privileges, a comment, indexes, triggers, options) is noted for
// that step in a setting of the transaction.
func (p *planner) dropView(o op.DropView) error {
	comesBack := slices.ContainsFunc(p.rest, func(next op.Operation) bool {
		v, ok := next.(op.CreateView)
		return ok && v.Name == o.Name && v.Materialized == o.Materialized
	})
	if comesBack {
		hung, err := p.hungOn(o.Name)
		if err != nil {
			return err
		}
		if len(hung) > 0 {
			kept, err := p.kept()
			if err != nil {
				return err
			}
			kept[o.Name] = hung
			text, err := json.Marshal(kept)
			if err != nil {
				return fmt.Errorf("noting what hangs on view %q: %w", o.Name, err)
			}
			p.add("SELECT set_config('" + keptSetting + "', " + quoteString(string(text)) + ", true)")
		}
	}
	p.add("DROP " + kindOfView(o.Materialized) + " " + quoteTable(o.Name))
	return nil
}

// alterView makes the view anew: CREATE OR REPLACE would keep it from losing or
// moving a column.
func (p *planner) alterView(o op.AlterView) error {
	if err := checkTableName(o.To.Name); err != nil {
		return err
	}
	var hung []string
	if o.From.Materialized == o.To.Materialized {
		var err error
		if hung, err = p.hungOn(o.To.Name); err != nil {
			return err
		}
	}
	p.add("DROP " + kindOfView(o.From.Materialized) + " " + quoteTable(o.From.Name))
	p.add("CREATE " + kindOfView(o.To.Materialized) + " " + quoteTable(o.To.Name) + " AS\n" + o.To.SQL)
	p.texts = append(p.texts, hung...)
	return nil
}

// keptSetting holds what is put back on views, as JSON, while a transaction
// lasts.
const keptSetting = "limbeck.kept"

func (p *planner) kept() (map[string][]string, error) {
	kept := map[string][]string{}
	var text sql.NullString
	if err := p.q.QueryRowContext(p.ctx, "SELECT nullif(current_setting('"+keptSetting+"', true), '')").Scan(&text); err != nil {
		return nil, fmt.Errorf("reading what is to be put back on views: %w", err)
	}
	if !text.Valid {
		return kept, nil
	}
	if err := json.Unmarshal([]byte(text.String), &kept); err != nil {
		return nil, fmt.Errorf("reading what is to be put back on views: %w", err)
	}
	return kept, nil
}

// hungOn returns the statements that put back what hangs on a view.
func (p *planner) hungOn(name string) ([]string, error) {
	var text string
	err := p.q.QueryRowContext(p.ctx, `SELECT (SELECT coalesce(json_agg(x.text ORDER BY x.rank, x.text), '[]') FROM (
			SELECT 1 AS rank, format('ALTER %s %s SET (%s)', k.kind, c.oid::regclass, array_to_string(c.reloptions, ', ')) AS text WHERE c.reloptions IS NOT NULL
			UNION ALL SELECT 2, pg_get_indexdef(i.indexrelid) FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid
			UNION ALL SELECT 3, pg_get_triggerdef(t.oid) FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
			UNION ALL SELECT 4, format('COMMENT ON %s %s IS %L', k.kind, c.oid::regclass, obj_description(c.oid, 'pg_class')) WHERE obj_description(c.oid, 'pg_class') IS NOT NULL
			UNION ALL SELECT 5, format('COMMENT ON COLUMN %s.%I IS %L', c.oid::regclass, a.attname, col_description(c.oid, a.attnum))
				FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND col_description(c.oid, a.attnum) IS NOT NULL
			UNION ALL SELECT 6, format('GRANT %s ON %s TO %s%s', a.privilege_type, c.oid::regclass,
					CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
				FROM aclexplode(c.relacl) a WHERE a.grantee <> c.relowner
			UNION ALL SELECT 7, format('ALTER %s %s OWNER TO %s', k.kind, c.oid::regclass, c.relowner::regrole) WHERE c.relowner <> current_user::regrole
		) x)::text
		FROM pg_catalog.pg_class c, LATERAL (SELECT CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END AS kind) k
		WHERE c.oid = to_regclass($1::text) AND c.relkind IN ('v', 'm')`, quoteTable(name)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil // the server will say so
	}
	if err != nil {
		return nil, fmt.Errorf("reading what hangs on view %q: %w", name, err)
	}
	var list []string
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, fmt.Errorf("reading what hangs on view %q: %w", name, err)
	}
	return list, nil
}
