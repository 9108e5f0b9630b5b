package catalogue

import (
	"fmt"
	"regexp"
	"strings"
)

func (r *reader) sqlite() (lines []string) {
	for _, o := range r.rows(`SELECT type, name, tbl_name, sql FROM sqlite_master
		WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND tbl_name NOT LIKE 'limbeck\_%' ESCAPE '\'`) {
		kind, name, table, sql := o[0], o[1], o[2], o[3]
		switch kind {
		case "table":
			lines = append(lines, r.sqliteTable(name, sql)...)
		case "index":
			// Names and keys of indexes come with their tables; this is what
			// only the statement says: expressions and the predicate.
			_, definition, _ := strings.Cut(plain(sql), " ON ")
			lines = append(lines, fmt.Sprintf("index %s of %s on %s", name, table, definition))
		default:
			lines = append(lines, fmt.Sprintf("%s %s: %s", kind, name, plain(sql)))
		}
	}
	return lines
}

// NOT NULL may stand anywhere in a definition, and is said by the pragma.
var notNull = regexp.MustCompile(` NOT NULL\b`)

func (r *reader) sqliteTable(name, sql string) (lines []string) {
	say := func(format string, args ...any) {
		lines = append(lines, "table "+name+" "+fmt.Sprintf(format, args...))
	}
	definitions, constraints, options := elements(sql)
	say("options %q", options)
	for _, c := range constraints {
		say("constraint %s", c)
	}
	for i, c := range r.rows("SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?)", name) {
		say("column %02d %s type=%s notnull=%s %s key=%s hidden=%s definition=%s",
			i, c[0], c[1], c[2], plain("DEFAULT "+c[3]), c[4], c[5], notNull.ReplaceAllString(definitions[i], ""))
	}
	for _, x := range r.rows("SELECT name, \"unique\", origin, partial FROM pragma_index_list(?)", name) {
		shown := x[0]
		if x[2] != "c" {
			shown = "" // sqlite_autoindex_books_1 counts constraints, which stand in a random order
		}
		var keys []string
		for _, k := range r.rows("SELECT name, \"desc\", coll FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno", x[0]) {
			keys = append(keys, strings.Join(k, "/"))
		}
		say("index %q unique=%s origin=%s partial=%s keys=%v", shown, x[1], x[2], x[3], keys)
	}
	keys := map[string][]string{}
	for _, k := range r.rows("SELECT id, \"table\", \"from\", \"to\", on_update, on_delete, \"match\" FROM pragma_foreign_key_list(?) ORDER BY id, seq", name) {
		keys[k[0]] = append(keys[k[0]], strings.Join(k[1:], "/"))
	}
	for _, k := range keys {
		say("foreign key %v", k) // in the order of the map; catalogue sorts
	}
	return lines
}
