package sqlite

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// TestInspectAgainstPragmas reads the estates, and holds what Inspect says of
// tables, columns, keys, uniques, indexes and foreign keys to what SQLite's
// pragmas say.
func TestInspectAgainstPragmas(t *testing.T) {
	for _, estate := range estates {
		t.Run(estate.name, func(t *testing.T) {
			conn := openEstate(t, estate.sql, "OFF")
			var said, seen []string
			for _, table := range inspect(t, conn).Tables {
				said = append(said, describe(table)...)
			}
			for _, name := range dump(t, conn, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'") {
				seen = append(seen, pragmas(t, conn, strings.Trim(name, `"`))...)
			}
			slices.Sort(said)
			slices.Sort(seen)
			if diff := cmp.Diff(seen, said); diff != "" {
				t.Errorf("-pragmas +inspected:\n%s", diff)
			}
		})
	}
}

// describe says of a table what pragmas say too.
func describe(t op.Table) []string {
	var list []string
	add := func(format string, args ...any) {
		list = append(list, fold(t.Name)+" "+fmt.Sprintf(format, args...))
	}
	options := optionList(t.Options)
	add("without rowid %t, strict %t", slices.Contains(options, "WITHOUT ROWID"), slices.Contains(options, "STRICT"))
	for _, c := range t.Columns {
		generated := "0"
		switch {
		case c.Generated.Stored:
			generated = "3"
		case !c.Generated.IsZero():
			generated = "2"
		}
		key := 1 + slices.IndexFunc(t.PrimaryKey, func(p op.KeyPart) bool { return sameName(p.Column, c.Name) })
		inKey := key > 0 && slices.Contains(options, "WITHOUT ROWID")
		// What NOT NULL does on conflict no pragma shows.
		typeText, _, _ := strings.Cut(normalType(c.Type.Text), " not null on conflict")
		add("column %s %s notnull %t generated %s key %d", c.Name, typeText, c.NotNull || inKey, generated, key)
		if !c.Default.IsZero() {
			add("default of %s %s", c.Name, normalDefault(spellDefault(c.Default)))
		}
		if c.AutoIncrement {
			add("numbers itself")
		}
	}
	for _, u := range t.Uniques {
		add("unique %s", keyOf(u.Columns))
	}
	for _, x := range t.Indexes {
		add("index %s unique %t partial %t %s", x.Name, x.Unique, x.Where != "", keyOf(x.Columns))
	}
	for _, k := range t.ForeignKeys {
		k.Deferrable = "" // which no pragma shows
		add("key %s", fold(k.String()))
	}
	return list
}

// keyOf lists the parts of a key; an expression is a question mark.
func keyOf(parts []op.KeyPart) string {
	var list []string
	for _, p := range parts {
		text := fold(p.Column)
		if text == "" {
			text = "?"
		}
		if p.Desc {
			text += " desc"
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// pragmas says the same as describe with SQLite's own eyes.
func pragmas(t *testing.T, q ddl.Querier, table string) []string {
	t.Helper()
	var list []string
	add := func(format, query string) {
		for _, line := range dump(t, q, query, table) {
			cells := strings.Split(line, "|")
			args := make([]any, len(cells))
			for i, cell := range cells {
				args[i] = strings.Trim(cell, `"`)
			}
			list = append(list, fold(table)+" "+fmt.Sprintf(format, args...))
		}
	}
	boolean := func(column string) string { return "iif(" + column + ", 'true', 'false')" }
	add("without rowid %s, strict %s", "SELECT "+boolean("wr")+", "+boolean("strict")+" FROM pragma_table_list(?)")
	for _, line := range dump(t, q, `SELECT name || char(1) || lower(type) || char(1) || `+boolean(`"notnull"`)+` || char(1) || hidden || char(1) || pk || char(1) || ifnull(dflt_value, '') FROM pragma_table_xinfo(?)`, table) {
		var text string
		if _, err := fmt.Sscanf(line, "%q", &text); err != nil {
			t.Fatal(err)
		}
		c := strings.Split(text, "\x01")
		list = append(list, fmt.Sprintf("%s column %s %s notnull %s generated %s key %s", fold(table), c[0], normalType(c[1]), c[2], c[3], c[4]))
		if c[5] != "" {
			list = append(list, fmt.Sprintf("%s default of %s %s", fold(table), c[0], normalDefault(c[5])))
		}
	}
	add("numbers itself%.0s", "SELECT 1 FROM sqlite_master WHERE name = ? AND sql LIKE '%autoincrement%'")
	const parts = "(SELECT group_concat(ifnull(lower(x.name), '?') || iif(x.desc, ' desc', ''), ', ') FROM (SELECT * FROM pragma_index_xinfo(l.name) WHERE key ORDER BY seqno) x)"
	add("unique %s", "SELECT "+parts+" FROM pragma_index_list(?) l WHERE l.origin = 'u'")
	add("index %s unique %s partial %s %s", "SELECT l.name, "+boolean(`l."unique"`)+", "+boolean("l.partial")+", "+parts+" FROM pragma_index_list(?) l WHERE l.origin = 'c'")
	add("key %s", `SELECT lower('(' || group_concat("from", ', ') || ') references ' || "table"
		|| ifnull(' (' || group_concat(coalesce("to", (SELECT c.name FROM pragma_table_info(k."table") c WHERE c.pk = k.seq + 1)), ', ') || ')', '')
		|| iif(on_delete = 'NO ACTION', '', ' on delete ' || lower(on_delete)) || iif(on_update = 'NO ACTION', '', ' on update ' || lower(on_update)))
		FROM (SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq) k GROUP BY id`)
	return list
}
