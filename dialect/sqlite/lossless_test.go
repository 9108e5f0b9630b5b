package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// change is something that rebuilds a table of an estate, and what it may
// change in it.
type change struct {
	name string
	// steps are migrations of their own.
	steps []op.List
	// edit returns the table's statement, squeezed, as it has to be afterwards.
	edit func(sql string) string
	// losesZZ says that column zz is gone, or has other values; losesKey that
	// the primary key is another.
	losesZZ, losesKey bool
	// plainly says that ALTER TABLE may do.
	plainly bool
	// anew says how many automatic indexes and foreign keys come on top.
	anew []string
}

func changesOf(key string) []change {
	zz := op.Column{Name: "zz", Type: op.Text()}
	alter := func(by func(*op.Column), fill string) []op.List {
		a := op.AlterColumn{Table: "t", From: zz, To: zz}
		if by(&a.To); fill != "" {
			a.Backfill = op.Literal(fill)
		}
		return []op.List{{a}}
	}
	add := func(c op.Column, fill op.Default) []op.List {
		return []op.List{{op.AddColumn{Table: "t", Column: c, Backfill: fill}}}
	}
	n := op.Column{Name: "n", Type: op.Int(64)}
	with := func(by func(*op.Column)) op.Column { c := n; by(&c); return c }
	unique := op.AddUnique{Table: "t", Unique: op.Unique{Name: "u9", Columns: op.Columns("zz")}}
	check := op.AddCheck{Table: "t", Check: op.Check{Name: "k9", Expr: "zz <> 'no'"}}
	refer := op.AddForeignKey{Table: "t", ForeignKey: op.ForeignKey{Name: "f9", Columns: []string{"zz"}, RefTable: "zz_owner", RefColumns: []string{"name"}}}
	replace := func(old, new string) func(string) string {
		return func(sql string) string { return strings.Replace(sql, squeeze(old), squeeze(new), 1) }
	}
	atEnd := func(text string) func(string) string {
		return func(sql string) string {
			i := strings.LastIndexByte(sql, ')')
			return sql[:i] + squeeze(text) + sql[i:]
		}
	}
	same := func(sql string) string { return sql }
	list := []change{
		{name: "drop column", steps: []op.List{{op.DropColumn{Table: "t", Column: "zz"}, check, op.DropCheck{Table: "t", Name: "k9"}}}, edit: replace("zz text", ""), losesZZ: true},
		{name: "drop column plainly", steps: []op.List{{op.DropColumn{Table: "t", Column: "zz"}}}, edit: replace("zz text", ""), losesZZ: true, plainly: true},
		{name: "add column plainly", steps: add(n, op.Default{}), edit: replace("zz text", "zz text `n` integer"), plainly: true},
		{name: "type", steps: alter(func(c *op.Column) { c.Type = op.Raw("any") }, ""), edit: replace("zz text", "zz any")},
		{name: "not null", steps: alter(func(c *op.Column) { c.NotNull, c.Default = true, op.Literal("d") }, "f"), edit: replace("zz text", `zz text NOT NULL DEFAULT "d"`), losesZZ: true},
		{name: "default", steps: alter(func(c *op.Column) { c.Default = op.Literal("d") }, ""), edit: replace("zz text", `zz text DEFAULT "d"`), losesZZ: true},
		{name: "collation", steps: alter(func(c *op.Column) { c.Collate = "NOCASE" }, ""), edit: replace("zz text", "zz text COLLATE NOCASE")},
		{name: "add check", steps: []op.List{{check}}, edit: atEnd("CONSTRAINT `k9` CHECK (zz <> 'no')")},
		{name: "drop check", steps: []op.List{{check}, {op.DropCheck{Table: "t", Name: "k9"}}}, edit: same},
		{name: "rename check", steps: []op.List{{check, op.RenameConstraint{Table: "t", From: "k9", To: "k8"}}}, edit: atEnd("CONSTRAINT `k8` CHECK (zz <> 'no')")},
		{name: "add unique", steps: []op.List{{unique}}, edit: atEnd("CONSTRAINT `u9` UNIQUE (`zz`)"), anew: []string{"index"}},
		{name: "drop unique", steps: []op.List{{unique}, {op.DropUnique{Table: "t", Name: "u9"}}}, edit: same},
		{name: "add foreign key", steps: []op.List{{refer}}, edit: atEnd("CONSTRAINT `f9` FOREIGN KEY (`zz`) REFERENCES `zz_owner`(`name`)"), anew: []string{"key"}},
		{name: "drop foreign key", steps: []op.List{{refer}, {op.DropForeignKey{Table: "t", Name: "f9"}}}, edit: same},
		{name: "add with expression", steps: add(with(func(c *op.Column) { c.Default = op.Expr("1 + 1") }), op.Default{}), edit: replace("zz text", "zz text `n` integer DEFAULT (1 + 1)")},
		{name: "add with values", steps: add(n, op.Literal(7)), edit: replace("zz text", "zz text `n` integer")},
		{name: "add computed", steps: add(with(func(c *op.Column) { c.Generated = op.Generated{Expr: "length(zz)", Stored: true} }), op.Default{}), edit: replace("zz text", "zz text `n` integer GENERATED ALWAYS AS (length(zz)) STORED")},
	}
	if key != "" {
		drop := op.DropPrimaryKey{Table: "t"}
		move := op.AddPrimaryKey{Table: "t", Columns: op.Columns("zz")}
		list = append(list,
			change{name: "drop key", steps: []op.List{{drop}}, edit: replace(key, ""), losesKey: true},
			change{name: "move key", steps: []op.List{{drop, move}}, edit: func(sql string) string { return atEnd("PRIMARY KEY (`zz`)")(replace(key, "")(sql)) }, losesKey: true})
	}
	return list
}

// squeeze takes blanks and commas away, which may come and go.
func squeeze(sql string) string {
	return strings.NewReplacer(" ", "", "\n", "", "\r", "", "\t", "", ",", "").Replace(sql)
}

// anonymous takes the table's own name away from before its columns: SQLite does
// not follow it into a table under another name, so a rebuild leaves it out.
func anonymous(text string) string {
	return strings.NewReplacer(`"t".`, "", "t.", "", `"t"`, "t").Replace(text)
}

// TestNothingIsLost makes each change in each estate, with foreign keys on and
// off, and looks at everything else with SQLite's own eyes: the stored
// statements, the pragmas, all rows with their rowids and types, what the checks
// of integrity and of foreign keys say, counters. Then an untouched estate and
// the changed one are used alike (keys, triggers, views, counters, conflict
// clauses), and have to come to the same rows and the same errors.
func TestNothingIsLost(t *testing.T) {
	for _, estate := range estates {
		for _, keys := range []string{"ON", "OFF"} {
			t.Run(estate.name+" "+keys, func(t *testing.T) {
				conn := openEstate(t, estate.sql, keys)
				columns := columnsOf(t, conn)
				before := look(t, conn, columns)
				said := strings.Join(use(conn, estate.pokes), "\n")
				after := rowsIn(t, conn, columns, false)
				for _, c := range changesOf(estate.key) {
					conn := openEstate(t, estate.sql, keys)
					for _, step := range c.steps {
						statements, err := migrate(conn, step...)
						if err != nil {
							t.Fatalf("%s: %v", c.name, err)
						}
						if !c.plainly && !strings.Contains(strings.Join(statements, ";"), "DROP TABLE") {
							t.Fatalf("%s is no rebuild: %q", c.name, statements)
						}
					}
					want, got := before, look(t, conn, columns)
					want.statement, got.statement = c.edit(squeeze(want.statement)), squeeze(got.statement)
					same := func(text string) string { return text }
					if estate.name == "checks that name the table" {
						same = anonymous
					}
					want.statement, got.statement = same(want.statement), same(got.statement)
					want.forgive(c)
					got.forgive(c)
					for _, what := range c.anew {
						got.takeNew(t, what)
					}
					if diff := cmp.Diff(want, got, cmp.AllowUnexported(sight{})); diff != "" {
						t.Errorf("%s (-before +after):\n%s", c.name, diff)
					}
					if c.losesKey {
						continue
					}
					if got := strings.Join(use(conn, estate.pokes), "\n"); same(got) != same(said) {
						t.Errorf("%s: used, it says:\n%s\nand said:\n%s", c.name, got, said)
					}
					if diff := cmp.Diff(after, rowsIn(t, conn, columns, false)); diff != "" {
						t.Errorf("%s: used (-unchanged +changed):\n%s", c.name, diff)
					}
				}
			})
		}
	}
}

// openEstate makes an estate, and the rows that zz can refer to.
func openEstate(t *testing.T, statements, keys string) *sql.Conn {
	t.Helper()
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	exec(t, conn, "CREATE TABLE zz_owner (name text PRIMARY KEY); INSERT INTO zz_owner VALUES ('z1'), ('z2')", statements, "PRAGMA foreign_keys = "+keys)
	return conn
}

// use runs statements and returns what SQLite says of each.
func use(conn *sql.Conn, statements []string) []string {
	var list []string
	for _, s := range statements {
		_, err := conn.ExecContext(context.Background(), s)
		list = append(list, fmt.Sprintf("%s: %v", s, err))
	}
	return list
}

// sight is what one sees of an estate.
type sight struct {
	statement string   // of t
	others    []string // the other rows of sqlite_master
	shape     map[string][]string
	rows      map[string][]string
	zz        []string
	counters  []string
	pragmas   []string
}

// columnsOf returns the columns of all tables and views, but for zz.
func columnsOf(t *testing.T, conn *sql.Conn) map[string][]string {
	t.Helper()
	columns := map[string][]string{}
	for _, line := range dump(t, conn, `SELECT m.name || '/' || c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c
		WHERE m.type IN ('table', 'view') AND m.name NOT IN ('broken', 'sqlite_sequence') AND c.name <> 'zz' AND c.hidden <> 1 AND (m.type = 'view' OR m.rootpage > 0)`) {
		table, column, _ := strings.Cut(strings.Trim(line, `"`), "/")
		columns[table] = append(columns[table], strings.ReplaceAll(column, `\"`, `"`))
	}
	return columns
}

func look(t *testing.T, conn *sql.Conn, columns map[string][]string) sight {
	t.Helper()
	var s sight
	if err := conn.QueryRowContext(context.Background(), "SELECT sql FROM sqlite_master WHERE name = 't' COLLATE NOCASE AND type = 'table'").Scan(&s.statement); err != nil {
		t.Fatal(err)
	}
	s.others = dump(t, conn, "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND NOT (type = 'table' AND name = 't' COLLATE NOCASE) ORDER BY type, name")
	s.shape = map[string][]string{
		"columns": dump(t, conn, `SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo('t') WHERE name NOT IN ('zz', 'n')`),
		"table":   dump(t, conn, "SELECT type, wr, strict FROM pragma_table_list('t')"),
		"indexes": dump(t, conn, `SELECT l."unique", l.origin, l.partial, group_concat(coalesce(x.name, x.cid < 0) || x.desc || x.coll || x.key) AS parts FROM pragma_index_list('t') l, pragma_index_xinfo(l.name) x WHERE x.key GROUP BY l.name ORDER BY parts, origin`),
		"keys":    dump(t, conn, `SELECT "table", "from", "to", on_update, on_delete, "match" FROM pragma_foreign_key_list('t') ORDER BY id DESC, seq`),
		"health":  append(dump(t, conn, "PRAGMA integrity_check"), dump(t, conn, `SELECT "table", rowid, parent FROM pragma_foreign_key_check ORDER BY 1, 2, 3`)...),
	}
	s.rows = rowsIn(t, conn, columns, true)
	if slices.Contains(dump(t, conn, "SELECT name FROM pragma_table_info('t')"), `"zz"`) {
		s.zz = dump(t, conn, "SELECT zz, typeof(zz) FROM t ORDER BY zz")
	}
	if len(dump(t, conn, "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")) > 0 {
		s.counters = dump(t, conn, "SELECT name, seq FROM sqlite_sequence ORDER BY name")
	}
	for _, name := range []string{"foreign_keys", "legacy_alter_table", "defer_foreign_keys", "ignore_check_constraints", "recursive_triggers",
		"writable_schema", "user_version", "application_id", "encoding", "auto_vacuum", "journal_mode"} {
		s.pragmas = append(s.pragmas, name+dump(t, conn, "PRAGMA "+name)[0])
	}
	return s
}

// rowsIn returns the rows of those columns with the types of their values, and
// with their rowids where they have some. A view that cannot be read has an
// error instead.
func rowsIn(t *testing.T, conn *sql.Conn, columns map[string][]string, rowids bool) map[string][]string {
	t.Helper()
	rows := map[string][]string{}
	for table, names := range columns {
		var cells []string
		for _, name := range names {
			cells = append(cells, fmt.Sprintf("quote(%[1]s) || typeof(%[1]s)", quoteName(name)))
		}
		// SQLite's own tables are listed by what they say.
		if rowids && !strings.HasPrefix(table, "sqlite_") && len(dump(t, conn, "SELECT 1 FROM pragma_table_list(?) WHERE wr OR type = 'view'", table)) == 0 {
			for _, alias := range []string{"oid", "_rowid_", "rowid"} {
				if !slices.Contains(names, alias) {
					cells = append(cells, alias)
					break
				}
			}
		}
		list := dump(t, conn, "SELECT "+strings.Join(cells, ", ")+" FROM "+quoteName(table))
		slices.Sort(list)
		rows[table] = list
	}
	return rows
}

// forgive takes out what a change is meant to change.
func (s *sight) forgive(c change) {
	if c.losesZZ {
		s.zz = nil
	}
	if !c.losesKey {
		return
	}
	s.counters = nil
	s.shape = map[string][]string{"table": s.shape["table"], "keys": s.shape["keys"], "health": s.shape["health"], "columns": slices.Clone(s.shape["columns"])}
	for i, line := range s.shape["columns"] {
		cells := strings.Split(line, "|")
		s.shape["columns"][i] = strings.Join(append(cells[:4:4], cells[5:]...), "|") // without pk
	}
}

// takeNew takes out the one automatic index or foreign key over zz.
func (s *sight) takeNew(t *testing.T, what string) {
	t.Helper()
	kind, mark := "indexes", `"zz`
	if what == "key" {
		kind, mark = "keys", `"zz_owner"|"zz"`
	}
	rest := slices.DeleteFunc(slices.Clone(s.shape[kind]), func(line string) bool { return strings.Contains(line, mark) })
	if len(rest) != len(s.shape[kind])-1 {
		t.Errorf("%d new ones in %v", len(s.shape[kind])-len(rest), s.shape[kind])
	}
	s.shape[kind] = rest
}
