package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// CheckDependents returns a *[ddl.DependentsError] where the operations change
// the type of a column, or drop a column or table, that views, rules, triggers,
// policies or functions of the user's rest on: the server would refuse that. It
// only reads.
func (Dialect) CheckDependents(ctx context.Context, q ddl.Querier, ops op.List) error {
	touched := touchedBy(ops)
	if len(touched) == 0 {
		return nil
	}
	var found dependents
	err := undone(ctx, q, func(q ddl.Querier) error {
		var values []string
		for i, p := range touched {
			values = append(values, fmt.Sprintf("(%d, to_regclass(%s)::oid, %s)", i, quoteString(quoteTable(p.table)), quoteString(p.column)))
		}
		// The names above are looked up on the search path, those in the texts
		// stand with their schemas.
		var list, gone string
		if err := q.QueryRowContext(ctx, "SELECT coalesce(json_agg(json_build_array(n, rel::bigint, att))::text, '[]') FROM (VALUES "+strings.Join(values, ", ")+") v(n, rel, att) WHERE rel IS NOT NULL").Scan(&list); err != nil {
			return err
		}
		if err := q.QueryRowContext(ctx, "SELECT coalesce(json_agg(to_regclass(name)::oid::bigint)::text, '[]') FROM unnest(ARRAY["+droppedViews(ops)+"]::text[]) name WHERE to_regclass(name) IS NOT NULL").Scan(&gone); err != nil {
			return err
		}
		if err := emptyPath(ctx, q); err != nil {
			return err
		}
		return each(ctx, q, "dependents", strings.NewReplacer("$touched", quoteString(list), "$gone", quoteString(gone)).Replace(dependentsQuery), found.add)
	})
	if err != nil {
		return fmt.Errorf("looking for views and the like that rest on what changes: %w", err)
	}
	return found.err(touched)
}

// touch is a column, or where that is empty a table, that changes in a way
// which dependents forbid, by its live names.
type touch struct {
	table, column string
	// isView says that it is a view that goes or is made anew.
	isView bool
}

func (p touch) String() string {
	switch {
	case p.isView:
		return fmt.Sprintf("view %q", p.table)
	case p.column == "":
		return fmt.Sprintf("table %q", p.table)
	}
	return fmt.Sprintf("column %q of table %q", p.column, p.table)
}

// droppedViews lists the views that the operations drop or make anew, as SQL
// strings: they are in nobody's way.
func droppedViews(ops op.List) string {
	var list []string
	for _, o := range ops {
		switch o := o.(type) {
		case op.DropView:
			list = append(list, quoteString(quoteTable(o.Name)))
		case op.AlterView:
			list = append(list, quoteString(quoteTable(o.From.Name)))
		}
	}
	return strings.Join(list, ", ")
}

// touchedBy returns what the operations change in such a way. Names that the
// operations themselves give are followed back.
func touchedBy(ops op.List) []touch {
	var list []touch
	made := map[touch]bool{}
	was := map[touch]touch{}
	live := func(p touch) touch {
		table := touch{table: p.table}
		if old, ok := was[table]; ok {
			table = old
		}
		p.table = table.table
		if old, ok := was[p]; ok && p.column != "" {
			return old
		}
		return p
	}
	add := func(p touch) {
		p = live(p)
		if !made[touch{table: p.table}] && !made[p] && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	for i, o := range ops {
		switch o := o.(type) {
		case op.CreateTable:
			made[touch{table: o.Name}] = true
		case op.RenameTable:
			was[touch{table: o.To}] = live(touch{table: o.From})
		case op.DropTable:
			add(touch{table: o.Name})
		case op.AddColumn:
			made[live(touch{table: o.Table, column: o.Column.Name})] = true
		case op.RenameColumn:
			to := touch{table: live(touch{table: o.Table}).table, column: o.To}
			was[to] = live(touch{table: o.Table, column: o.From})
		case op.DropColumn:
			add(touch{table: o.Table, column: o.Column})
		case op.AlterColumn:
			if from, to := define(o.Table, o.From), define(o.Table, o.To); isRetyped(from, to) || isReplaced(from, to) {
				add(touch{table: o.Table, column: o.To.Name})
			}
		case op.DropView:
			add(touch{table: o.Name, isView: true})
		case op.AlterView:
			add(touch{table: o.From.Name, isView: true})
		case op.AddEnumValue:
			used, err := isUsed(o.Value, ops[i+1:])
			if err != nil || !used { // the type stays
				continue
			}
			for _, c := range o.In {
				add(touch{table: c.Table, column: c.Column})
			}
		case op.AlterEnum:
			for _, c := range o.In {
				add(touch{table: c.Table, column: c.Column})
			}
		}
	}
	return list
}

// dependents are what the query finds, the nearest to the tables first.
type dependents struct {
	touched      []int
	names        []string
	drop, create []string
}

func (d *dependents) add(rows *sql.Rows) error {
	var numbers, name, drop, create string
	if err := rows.Scan(&numbers, &name, &drop, &create); err != nil {
		return err
	}
	var list []int
	if err := json.Unmarshal([]byte(numbers), &list); err != nil {
		return err
	}
	var statements []string
	if err := json.Unmarshal([]byte(create), &statements); err != nil {
		return err
	}
	for _, n := range list {
		if !slices.Contains(d.touched, n) {
			d.touched = append(d.touched, n)
		}
	}
	d.names = append(d.names, name)
	if drop != "" {
		d.drop = append([]string{drop}, d.drop...)
		for _, s := range statements {
			d.create = append(d.create, strings.TrimSuffix(strings.TrimSpace(s), ";"))
		}
	}
	return nil
}

func (d *dependents) err(touched []touch) error {
	if len(d.names) == 0 {
		return nil
	}
	slices.Sort(d.touched)
	e := &ddl.DependentsError{Dependents: d.names, Drop: d.drop, Create: d.create}
	for _, n := range d.touched {
		e.Changed = append(e.Changed, touched[n].String())
	}
	return e
}

// dependentsQuery finds what rests on columns and tables, and what rests on the
// views among that. What belongs to a table goes with it and is in the way of
// its columns only.
const dependentsQuery = `WITH RECURSIVE touched AS (
	SELECT (x->>0)::int AS n, (x->>1)::oid AS rel, a.attnum
	FROM json_array_elements($touched) x LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = (x->>1)::oid AND a.attname = x->>2 AND NOT a.attisdropped
	WHERE x->>2 = '' OR a.attnum IS NOT NULL
), owned AS (
	SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass::oid AS classid, oid AS objid, ev_class AS rel FROM pg_catalog.pg_rewrite
	UNION ALL SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass, oid, tgrelid FROM pg_catalog.pg_trigger WHERE NOT tgisinternal
	UNION ALL SELECT 'pg_catalog.pg_policy'::pg_catalog.regclass, oid, polrelid FROM pg_catalog.pg_policy
	UNION ALL SELECT 'pg_catalog.pg_publication_rel'::pg_catalog.regclass, oid, prrelid FROM pg_catalog.pg_publication_rel
	UNION ALL SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, oid, NULL FROM pg_catalog.pg_proc
), found AS (
	SELECT t.n, o.classid, o.objid, o.rel, 1 AS depth FROM touched t
	JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = t.rel AND (t.attnum IS NULL OR d.refobjsubid = t.attnum) AND d.deptype = 'n'
	JOIN owned o ON o.classid = d.classid AND o.objid = d.objid AND (t.attnum IS NOT NULL OR o.rel IS DISTINCT FROM t.rel)
	UNION
	SELECT f.n, o.classid, o.objid, o.rel, f.depth + 1 FROM found f
	JOIN pg_catalog.pg_class v ON v.oid = f.rel AND v.relkind IN ('v', 'm') AND f.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
	JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = v.oid AND d.deptype = 'n'
	JOIN owned o ON o.classid = d.classid AND o.objid = d.objid AND o.rel IS DISTINCT FROM v.oid
	WHERE f.depth < 50
), once AS (
	SELECT classid, objid, rel, max(depth) AS depth, json_agg(DISTINCT n)::text AS numbers FROM found
	WHERE coalesce(rel, 0) NOT IN (SELECT x::oid FROM json_array_elements_text($gone) x) GROUP BY 1, 2, 3
)
SELECT numbers, name, drop_sql, create_sql FROM (
	SELECT o.numbers, o.depth, CASE v.relkind WHEN 'm' THEN 'materialized view ' ELSE 'view ' END || v.oid::regclass AS name,
		CASE v.relkind WHEN 'm' THEN 'DROP MATERIALIZED VIEW ' ELSE 'DROP VIEW ' END || v.oid::regclass AS drop_sql,
		(SELECT json_agg(s.text ORDER BY s.k, s.text) FROM (
			SELECT 1 AS k, CASE v.relkind WHEN 'm' THEN 'CREATE MATERIALIZED VIEW ' ELSE 'CREATE VIEW ' END || v.oid::regclass
				|| coalesce(' WITH (' || array_to_string(v.reloptions, ', ') || ')', '') || ' AS' || chr(10) || rtrim(pg_get_viewdef(v.oid), ';') AS text
			UNION ALL SELECT 2, pg_get_indexdef(i.indexrelid) FROM pg_catalog.pg_index i WHERE i.indrelid = v.oid
			UNION ALL SELECT 3, pg_get_triggerdef(t.oid) FROM pg_catalog.pg_trigger t WHERE t.tgrelid = v.oid AND NOT t.tgisinternal
			UNION ALL SELECT 4, pg_get_ruledef(r.oid) FROM pg_catalog.pg_rewrite r WHERE r.ev_class = v.oid AND r.rulename <> '_RETURN') s)::text AS create_sql
	FROM once o JOIN pg_catalog.pg_rewrite r ON o.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = o.objid AND r.rulename = '_RETURN' JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
	UNION ALL
	SELECT o.numbers, o.depth, 'rule ' || quote_ident(r.rulename) || ' on ' || r.ev_class::regclass,
		'DROP RULE ' || quote_ident(r.rulename) || ' ON ' || r.ev_class::regclass, json_build_array(pg_get_ruledef(r.oid))::text
	FROM once o JOIN pg_catalog.pg_rewrite r ON o.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = o.objid AND r.rulename <> '_RETURN'
	UNION ALL
	SELECT o.numbers, o.depth, 'trigger ' || quote_ident(t.tgname) || ' on ' || t.tgrelid::regclass,
		'DROP TRIGGER ' || quote_ident(t.tgname) || ' ON ' || t.tgrelid::regclass, json_build_array(pg_get_triggerdef(t.oid))::text
	FROM once o JOIN pg_catalog.pg_trigger t ON o.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND t.oid = o.objid
	UNION ALL
	SELECT o.numbers, o.depth, 'policy ' || quote_ident(p.polname) || ' on ' || p.polrelid::regclass,
		'DROP POLICY ' || quote_ident(p.polname) || ' ON ' || p.polrelid::regclass,
		json_build_array('CREATE POLICY ' || quote_ident(p.polname) || ' ON ' || p.polrelid::regclass || CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
			|| ' FOR ' || CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END
			|| ' TO ' || coalesce((SELECT string_agg(quote_ident(a.rolname), ', ' ORDER BY a.rolname) FROM pg_catalog.pg_roles a WHERE a.oid = ANY (p.polroles)), 'PUBLIC')
			|| coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '') || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', ''))::text
	FROM once o JOIN pg_catalog.pg_policy p ON o.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND p.oid = o.objid
	UNION ALL
	SELECT o.numbers, o.depth, 'function ' || p.oid::regprocedure, CASE p.prokind WHEN 'p' THEN 'DROP PROCEDURE ' ELSE 'DROP FUNCTION ' END || p.oid::regprocedure,
		json_build_array(pg_get_functiondef(p.oid))::text
	FROM once o JOIN pg_catalog.pg_proc p ON o.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = o.objid AND p.prokind IN ('f', 'p')
	UNION ALL
	SELECT o.numbers, o.depth, pg_describe_object(o.classid, o.objid, 0), '', '[]' FROM once o WHERE o.classid = 'pg_catalog.pg_publication_rel'::pg_catalog.regclass
) x ORDER BY depth, name`
