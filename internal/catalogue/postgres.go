package catalogue

import "strings"

// postgres reads the catalogue by the server's own functions, which spell
// definitions as pg_dump does.
func (r *reader) postgres() (lines []string) {
	say := func(query string) {
		for _, cells := range r.rows(query) {
			lines = append(lines, strings.Join(cells, " "))
		}
	}
	// A schema without contents is nothing: down leaves the one that up had to
	// create, since others may use it by then.
	say(`SELECT 'relation', o.relname, 'in', n.nspname, 'kind', o.relkind, 'persistence', o.relpersistence, 'options', o.reloptions,
			'replica', o.relreplident, 'row security', o.relrowsecurity, 'tablespace', o.reltablespace, 'partition', pg_get_expr(o.relpartbound, o.oid),
			'parents', (SELECT array_agg(inhparent::regclass) FROM pg_inherits WHERE inhrelid = o.oid),
			'view', pg_get_viewdef(o.oid), 'comment', obj_description(o.oid, 'pg_class')
		` + from("pg_class", "relnamespace") + ` AND o.relkind <> 'i' AND o.relname NOT LIKE 'limbeck\_%'`)
	// Columns, whose numbers count the dropped ones too.
	say(`SELECT 'column of', o.relname, lpad(row_number() OVER (PARTITION BY o.oid ORDER BY a.attnum)::text, 2, '0'), a.attname,
			format_type(a.atttypid, a.atttypmod), 'not null', a.attnotnull, 'identity', a.attidentity, 'generated', a.attgenerated,
			'default', pg_get_expr(d.adbin, d.adrelid), 'collation', nullif(a.attcollation, t.typcollation)::regcollation,
			'storage', a.attstorage, 'compression', a.attcompression, 'statistics', a.attstattarget, 'options', a.attoptions,
			'comment', col_description(o.oid, a.attnum)
		FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace JOIN pg_attribute a ON a.attrelid = o.oid JOIN pg_type t ON t.oid = a.atttypid
		LEFT JOIN pg_attrdef d ON d.adrelid = o.oid AND d.adnum = a.attnum
		WHERE ` + ofUsers + ` AND o.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND o.relname NOT LIKE 'limbeck\_%'`)
	say(`SELECT 'constraint of', c.relname, o.conname, pg_get_constraintdef(o.oid), 'validated', o.convalidated, 'comment', obj_description(o.oid, 'pg_constraint')
		FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = o.connamespace
		WHERE ` + ofUsers + ` AND c.relname NOT LIKE 'limbeck\_%'`)
	say(`SELECT 'index of', c.relname, pg_get_indexdef(o.oid), 'valid', i.indisvalid, 'clustered', i.indisclustered, 'comment', obj_description(o.oid, 'pg_class')
		FROM pg_index i JOIN pg_class o ON o.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = o.relnamespace
		WHERE ` + ofUsers + ` AND c.relname NOT LIKE 'limbeck\_%'`)
	say(`SELECT 'sequence', o.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcycle,
			'owned by', d.refobjid::regclass, a.attname, d.deptype
		FROM pg_sequence s JOIN pg_class o ON o.oid = s.seqrelid JOIN pg_namespace n ON n.oid = o.relnamespace
		LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = o.oid AND d.deptype IN ('a', 'i')
		LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
		WHERE ` + ofUsers)
	say(`SELECT 'type', o.typname, o.typtype, format_type(o.typbasetype, o.typtypmod), (SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = o.oid)
		` + from("pg_type", "typnamespace") + ` AND o.typtype IN ('e', 'd', 'r')`)
	say(`SELECT 'function', o.oid::regprocedure, pg_get_functiondef(o.oid) ` + from("pg_proc", "pronamespace") + ` AND o.prokind <> 'a'`)
	say(`SELECT 'collation', o.collname, o.collcollate ` + from("pg_collation", "collnamespace"))
	say(`SELECT 'trigger', pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal`)
	return lines
}

const ofUsers = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`

// from begins a query about the users' own things of one kind.
func from(table, schema string) string {
	return "FROM " + table + " o JOIN pg_namespace n ON n.oid = o." + schema + " WHERE " + ofUsers
}
