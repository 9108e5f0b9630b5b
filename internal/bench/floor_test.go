package bench

import (
	"context"
	"database/sql"
	"sync"
	"testing"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// floorQueries read from the catalogue what any tool needs to know of tables:
// columns, indexes, keys and checks, each in one flat query.
var floorQueries = map[string][]string{
	"sqlite": {
		"SELECT type, name, tbl_name, sql FROM sqlite_master",
		"SELECT m.name, c.* FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type = 'table'",
		"SELECT m.name, i.name, i.\"unique\", i.origin, i.partial, x.* FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_xinfo(i.name) x WHERE m.type = 'table'",
		"SELECT m.name, k.* FROM sqlite_master m, pragma_foreign_key_list(m.name) k WHERE m.type = 'table'",
	},
	"postgres": {
		"SELECT c.relname, c.relkind, n.nspname, obj_description(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')",
		"SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped",
		"SELECT i.indrelid, x.relname, i.indisunique, i.indisprimary, i.indkey, i.indoption, am.amname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_namespace n ON n.oid = x.relnamespace JOIN pg_am am ON am.oid = x.relam WHERE n.nspname = current_schema()",
		"SELECT o.conrelid, o.conname, o.contype, o.conkey, o.confrelid, o.confkey, o.confupdtype, o.confdeltype, pg_get_constraintdef(o.oid) FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE n.nspname = current_schema()",
	},
	"mysql": {
		"SELECT table_name, engine, table_collation, table_comment FROM information_schema.tables WHERE table_schema = DATABASE()",
		"SELECT table_name, column_name, column_type, is_nullable, column_default, extra, collation_name, column_comment FROM information_schema.columns WHERE table_schema = DATABASE()",
		"SELECT table_name, index_name, non_unique, seq_in_index, column_name, collation, sub_part, index_type FROM information_schema.statistics WHERE table_schema = DATABASE()",
		"SELECT table_name, constraint_name, column_name, ordinal_position, referenced_table_name, referenced_column_name FROM information_schema.key_column_usage WHERE table_schema = DATABASE()",
		"SELECT constraint_name, table_name, update_rule, delete_rule FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE()",
		"SELECT constraint_name, table_name, check_clause FROM information_schema.check_constraints WHERE constraint_schema = DATABASE()",
	},
}

// floor does what cannot be saved: it reads the catalogue, without looking at
// what comes, and has GORM parse the models.
func floor(tb testing.TB, db *gorm.DB, models []any) {
	pool, err := db.DB()
	if err != nil {
		tb.Fatal(err)
	}
	conn, err := pool.Conn(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	defer conn.Close()
	for _, query := range floorQueries[db.Dialector.Name()] {
		if err := drain(tb.Context(), conn, query); err != nil {
			tb.Fatal(err)
		}
	}
	parse(tb, db, models)
}

// parse has GORM parse the models, as a program does that has just started.
func parse(tb testing.TB, db *gorm.DB, models []any) {
	var cache sync.Map
	for _, m := range models {
		if _, err := schema.Parse(m, &cache, db.NamingStrategy); err != nil {
			tb.Fatal(err)
		}
	}
}

func drain(ctx context.Context, conn *sql.Conn, query string) error {
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values := make([]sql.RawBytes, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	return rows.Err()
}
