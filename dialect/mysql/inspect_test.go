package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// TestInspectShowsDrift changes one thing at a time behind the words' back: the
// difference shows there.
func TestInspectShowsDrift(t *testing.T) {
	books := "`bo``ok 'table\"`"
	for name, test := range map[string]struct {
		sql  string
		want func(*op.Table)
	}{
		"type":       {"MODIFY price decimal(12,2) NOT NULL DEFAULT 1.5", func(b *op.Table) { b.Columns[3].Type = op.Raw("decimal(12,2)") }},
		"not null":   {"MODIFY price decimal(10,2) DEFAULT 1.5", func(b *op.Table) { b.Columns[3].NotNull = false }},
		"default":    {"ALTER price SET DEFAULT 2", func(b *op.Table) { b.Columns[3].Default = op.Literal(2.0); b.Columns[3].Default.Text = "2.00" }},
		"no default": {"ALTER price DROP DEFAULT", func(b *op.Table) { b.Columns[3].Default = op.Default{} }},
		"now":        {"MODIFY made datetime(3) DEFAULT NULL", func(b *op.Table) { b.Columns[4].Default = op.Default{} }},
		"on update": {"MODIFY made datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)", func(b *op.Table) {
			b.Columns[4].Default = op.Expr("current_timestamp(3) ON UPDATE current_timestamp(3)")
		}},
		"collation":    {"MODIFY body longtext COLLATE utf8mb4_bin", func(b *op.Table) { b.Columns[6].Collate = "utf8mb4_bin" }},
		"comment":      {"MODIFY body longtext COMMENT 'new'", func(b *op.Table) { b.Columns[6].Comment = "new" }},
		"invisible":    {"MODIFY body longtext INVISIBLE", func(b *op.Table) { b.Columns[6].Type = op.Raw("longtext INVISIBLE") }},
		"column check": {"MODIFY body longtext CHECK (length(body) > 1)", func(b *op.Table) { b.Columns[6].Type = op.Raw("longtext CHECK (octet_length(`body`) > 1)") }},
		"generated":    {"MODIFY loud varchar(200) AS (lower(`select`)) STORED", func(b *op.Table) { b.Columns[5].Generated.Expr = "lcase(`select`)" }},
		"check":        {"DROP CONSTRAINT `chk price`, ADD CONSTRAINT `chk price` CHECK (price > 1)", func(b *op.Table) { b.Checks[0].Expr = "`price` > 1" }},
		"index desc":   {"DROP INDEX `idx price`, ADD INDEX `idx price` (price, `select`(7)) COMMENT 'for ''sorting'''", func(b *op.Table) { b.Indexes[0].Columns[0].Desc = false }},
		"index length": {"DROP INDEX `idx price`, ADD INDEX `idx price` (price DESC, `select`(8)) COMMENT 'for ''sorting'''", func(b *op.Table) { b.Indexes[0].Columns[1].Length = 8 }},
		"new index": {"ADD INDEX extra (`select`)", func(b *op.Table) {
			b.Indexes = append(b.Indexes, op.Index{Name: "extra", Columns: op.Columns("select")})
		}},
		"ignored": {"ADD INDEX extra (`select`) IGNORED", func(b *op.Table) {
			b.Indexes = append(b.Indexes, op.Index{Name: "extra", Columns: op.Columns("select"), Options: "IGNORED"})
		}},
		"unique": {"DROP INDEX `uni``que`, ADD UNIQUE `uni``que` (`select`, id)", func(b *op.Table) { b.Uniques[0].Columns = op.Columns("select", "id") }},
		"hand unique": {"ADD UNIQUE hand (price)", func(b *op.Table) {
			b.Indexes = append(b.Indexes, op.Index{Name: "hand", Unique: true, Columns: op.Columns("price")})
		}},
		"primary key": {"DROP PRIMARY KEY, ADD PRIMARY KEY (id, price)", func(b *op.Table) { b.PrimaryKey = op.Columns("id", "price") }},
		"numbers":     {"MODIFY id bigint NOT NULL", func(b *op.Table) { b.Columns[0].AutoIncrement = false }},
		"no key":      {"DROP FOREIGN KEY `fk'author`, DROP INDEX `fk'author`", func(b *op.Table) { b.ForeignKeys = nil }},
		"a left index": {"DROP FOREIGN KEY `fk'author`", func(b *op.Table) {
			b.ForeignKeys = nil
			b.Indexes = append(b.Indexes, op.Index{Name: "fk'author", Columns: op.Columns("au`thor")})
		}},
		"action":        {"DROP FOREIGN KEY `fk'author`;ADD CONSTRAINT `fk'author` FOREIGN KEY (`au``thor`) REFERENCES authors (id) ON UPDATE CASCADE", func(b *op.Table) { b.ForeignKeys[0].OnDelete, b.ForeignKeys[0].OnUpdate = "", "CASCADE" }},
		"table comment": {"COMMENT 'new'", func(b *op.Table) { b.Comment = "new" }},
		"the counter":   {"AUTO_INCREMENT = 77", func(b *op.Table) {}},
		"the charset": {"DEFAULT CHARSET latin1", func(b *op.Table) {
			for i := range b.Columns {
				if i == 1 || i == 5 || i == 6 {
					b.Columns[i].Collate = "utf8mb4_general_ci"
				}
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			_, conn := open(t)
			words, want := library(), library()
			for _, table := range words.Tables {
				mustMigrate(t, conn, op.CreateTable(table))
			}
			for sql := range strings.SplitSeq(test.sql, ";") {
				exec(t, conn, "ALTER TABLE "+books+" "+sql)
			}
			test.want(&want.Tables[1])
			if d := cmp.Diff(want.Sorted(), inspect(t, conn, words).Sorted(), cmpopts.EquateEmpty()); d != "" {
				t.Errorf("(-want +inspected):\n%s", d)
			}
			if d := cmp.Diff(library(), words); d != "" {
				t.Errorf("the words were changed:\n%s", d)
			}
		})
	}
}

// TestBothReadings reads tables by the catalogue and by SHOW CREATE TABLE: what
// both can say they say alike.
func TestBothReadings(t *testing.T) {
	_, conn := open(t)
	exec(t, conn, "CREATE TABLE p (id bigint unsigned auto_increment primary key, a varchar(10) not null comment '  ', b varchar(10) collate utf8mb4_bin, unique key u (a,b) comment ' ') comment '  '",
		`CREATE TABLE c (id int not null, p_id bigint unsigned, j json, ts timestamp, ts2 timestamp null, dt datetime(3) null default current_timestamp(3) on update current_timestamp(3),
			d2 datetime default current_timestamp, s varchar(10) default 'it''s\\x', n decimal(10,2) default 1.5, b boolean default true, bt bit(3) default b'101', e enum('a','b''c','d,e') default 'a',
			t text default 'x', f float(7,4), f2 double default -1.25, y year, nul varchar(4) default 'NULL', ch char(3) character set latin1 comment 'it''s \\',
			key kk (s(3) desc, id), constraint fk foreign key (p_id) references p(id) on delete cascade on update set null, primary key (id)) comment 'tab''le\\'`)
	s, err := askServer(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := readCatalogue(t.Context(), conn, s, s.database, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, live := range tables {
		if live.hasText {
			t.Errorf("table %s needs more than the catalogue", live.Name)
		}
		d, err := readDefinition(t.Context(), conn, s, live.Name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range d.table.Columns {
			dropCollation(&d.table.Columns[i], live.collation)
		}
		live.Options, d.table.Options = "", ""
		if d := cmp.Diff(op.Schema{Tables: []op.Table{live.Table}}.Sorted(), op.Schema{Tables: []op.Table{d.table}}.Sorted(), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("(-catalogue +shown):\n%s", d)
		}
	}
}

// counter counts what is sent.
type counter struct {
	*sql.Conn
	sent []string
}

func (c *counter) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	c.sent = append(c.sent, query)
	return c.Conn.QueryContext(ctx, query, args...)
}

func (c *counter) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	c.sent = append(c.sent, query)
	return c.Conn.QueryRowContext(ctx, query, args...)
}

func (c *counter) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	c.sent = append(c.sent, query)
	return c.Conn.ExecContext(ctx, query, args...)
}

func TestInspectQueryCount(t *testing.T) {
	count := func(tables int) int {
		_, conn := open(t)
		var words op.Schema
		for i := range tables {
			exec(t, conn, fmt.Sprintf("CREATE TABLE t%d (a int PRIMARY KEY, b varchar(9) DEFAULT 'x', j json, FOREIGN KEY (a) REFERENCES t0 (a))", i))
			words.Tables = append(words.Tables, op.Table{Name: fmt.Sprintf("t%d", i), Columns: []op.Column{{Name: "a", Type: op.Int(32)}, {Name: "b", Type: op.String(9), Default: op.Literal("x")}, {Name: "j", Type: op.Raw("json")}}, PrimaryKey: op.Columns("a")})
		}
		c := &counter{Conn: conn}
		inspect(t, c, words)
		return len(c.sent)
	}
	if one, many := count(1), count(30); one != 4 || many != 4 {
		t.Errorf("%d queries for a table and %d for 30; want 4", one, many)
	}
}

// TestInspectLeavesNothing holds law 10: only temporary tables under our own
// name are made, and they are gone; the session is as before.
func TestInspectLeavesNothing(t *testing.T) {
	_, conn := open(t)
	words := library()
	for _, table := range words.Tables {
		mustMigrate(t, conn, op.CreateTable(table))
	}
	session := func() []string {
		return dump(t, conn, "SELECT VARIABLE_NAME, VARIABLE_VALUE FROM information_schema.SESSION_VARIABLES WHERE VARIABLE_NAME NOT IN ('TIMESTAMP','PSEUDO_THREAD_ID','LAST_GTID','RAND_SEED1','RAND_SEED2','WARNING_COUNT','ERROR_COUNT') AND VARIABLE_NAME NOT LIKE 'GTID%' AND VARIABLE_NAME NOT LIKE 'INNODB%' ORDER BY 1")
	}
	before, tables := session(), shown(t, conn)
	c := &counter{Conn: conn}
	inspect(t, c, words)
	for _, sent := range c.sent {
		word, _, _ := strings.Cut(sent, " ")
		if word != "SELECT" && word != "SHOW" && !strings.HasPrefix(sent, "CREATE OR REPLACE TEMPORARY TABLE `"+temporaryName) && !strings.HasPrefix(sent, "DROP TEMPORARY TABLE IF EXISTS `"+temporaryName) {
			t.Errorf("sent %s", sent)
		}
	}
	if d := cmp.Diff(before, session()); d != "" {
		t.Errorf("the session changed:\n%s", d)
	}
	if d := cmp.Diff(tables, shown(t, conn)); d != "" {
		t.Errorf("tables changed:\n%s", d)
	}
	if _, err := conn.ExecContext(t.Context(), "SELECT * FROM "+temporaryName); err == nil {
		t.Error("the temporary table is still there")
	}
	// An account that may only read compares texts as they stand.
	exec(t, conn, "SET SESSION TRANSACTION READ ONLY", "START TRANSACTION READ ONLY")
	got := inspect(t, conn, words)
	exec(t, conn, "ROLLBACK", "SET SESSION TRANSACTION READ WRITE")
	if d := cmp.Diff(words.Tables[1].Columns[:4], got.Tables[1].Columns[:4]); d != "" {
		t.Errorf("read only:\n%s", d)
	}
}

// TestModes runs the same in sessions that read quotes differently.
func TestModes(t *testing.T) {
	for _, modes := range []string{"", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT", "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,TRADITIONAL"} {
		t.Run(modes, func(t *testing.T) {
			_, conn := open(t)
			exec(t, conn, "SET SESSION sql_mode = '"+modes+"'")
			words := library()
			words.Tables[1].Checks[0].Expr = "price > 0 AND `select` <> 'a''b'"
			for _, table := range words.Tables {
				mustMigrate(t, conn, op.CreateTable(table))
			}
			same(t, modes, words, inspect(t, conn, words))
			mustMigrate(t, conn, op.AddColumn{Table: book, Column: op.Column{Name: "x", Type: op.String(50), NotNull: true, Comment: `\'"`}, Backfill: op.Literal(`\'"`)},
				op.SetTableComment{Table: book, To: `a \ 'b' "c"`}, op.RenameConstraint{Table: book, From: "fk'author", To: "fk\"2"}, op.DropForeignKey{Table: book, Name: "fk\"2"})
			got := inspect(t, conn, words)
			if got.Tables[1].Comment != `a \ 'b' "c"` || got.Tables[1].Column("x").Comment != `\'"` || len(got.Tables[1].ForeignKeys) != 0 || len(got.Tables[1].Indexes) != 3 {
				t.Errorf("%+v", got.Tables[1])
			}
		})
	}
}

// TestOtherDatabases names tables with their database.
func TestOtherDatabases(t *testing.T) {
	_, conn := open(t)
	_, other := open(t)
	here, there := dump(t, conn, "SELECT DATABASE()")[0], dump(t, other, "SELECT DATABASE()")[0]
	exec(t, other, "CREATE TABLE hidden (a int)")
	words := op.Schema{Tables: []op.Table{
		{Name: there + ".far", Columns: []op.Column{{Name: "id", Type: op.Int(64)}, {Name: "up", Type: op.Int(64)}}, PrimaryKey: op.Columns("id"), Checks: []op.Check{{Name: "k", Expr: "up > 0"}},
			ForeignKeys: []op.ForeignKey{{Name: "fk_far", Columns: []string{"up"}, RefTable: there + ".far", RefColumns: []string{"id"}}}},
		{Name: here + ".near", Columns: []op.Column{{Name: "id", Type: op.Int(64)}, {Name: "far", Type: op.Int(64)}}, PrimaryKey: op.Columns("id"),
			ForeignKeys: []op.ForeignKey{{Name: "fk_near", Columns: []string{"far"}, RefTable: there + ".far", RefColumns: []string{"id"}}}},
	}}
	words.Tables[0].Checks = nil
	for _, table := range words.Tables {
		mustMigrate(t, conn, op.CreateTable(table))
	}
	// A plain name means the table here, also from there.
	back := op.ForeignKey{Name: "fk_back", Columns: []string{"up"}, RefTable: "near", RefColumns: []string{"id"}}
	mustMigrate(t, conn, op.AddForeignKey{Table: there + ".far", ForeignKey: back})
	words.Tables[0].ForeignKeys = append(words.Tables[0].ForeignKeys, back)
	t.Cleanup(func() {
		mustMigrate(t, conn, op.DropForeignKey{Table: there + ".far", Name: "fk_back"})
		exec(t, conn, "DROP TABLE near")
	})
	for i := range words.Tables {
		words.Tables[i].Columns[0].NotNull = true
	}
	same(t, "created", words, inspect(t, conn, words))
	tables := map[string]bool{"near": true, here + ".near": true, there + ".far": true, "far": false, there + ".near": false, "no": false}
	names := slices.Collect(maps.Keys(tables))
	found, err := Dialect{}.HasTables(t.Context(), conn, names...)
	if err != nil || len(found) != len(names) {
		t.Fatal(found, err)
	}
	for i, name := range names {
		if found[i] != tables[name] {
			t.Errorf("there is a table %q: %v", name, found[i])
		}
	}
	mustMigrate(t, conn, op.AddCheck{Table: there + ".far", Check: op.Check{Name: "k", Expr: "id > 0"}}, op.RenameColumn{Table: there + ".far", From: "up", To: "upper"}, op.CreateIndex{Table: there + ".far", Index: op.Index{Name: "i", Columns: op.Columns("upper")}})
	if _, err := (Dialect{}).HasTables(t.Context(), conn, "near", "a.b.c"); err == nil {
		t.Error("a.b.c is no table")
	}
}

// TestInspectThroughPools asks with temporary tables though each query could go
// to another connection, and though there is only one.
func TestInspectThroughPools(t *testing.T) {
	db, conn := open(t)
	for _, table := range library().Tables {
		mustMigrate(t, conn, op.CreateTable(table))
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	same(t, "pool", library(), inspect(t, pool, library()))
	conn.Close()
	pool.SetMaxOpenConns(1)
	same(t, "pool of one", library(), inspect(t, pool, library()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (Dialect{}).Inspect(ctx, pool, ddl.Inquiry{Words: []op.Schema{library()}}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestCatalogueDefaultsOfMySQL reads COLUMN_DEFAULT as MySQL gives it: without
// quotes, and with a mark in EXTRA where it is an expression.
func TestCatalogueDefaultsOfMySQL(t *testing.T) {
	r := catalogue{server: mysql8()}
	for _, test := range []struct {
		normal, text string
		isExpr       bool
		want         op.Default
	}{
		{"varchar(9)", "it's", false, op.Literal("it's")},
		{"varchar(9)", "7", false, op.Literal("7")},
		{"varchar(9)", "NULL", false, op.Literal("NULL")},
		{"int", "7", false, op.Literal(7)},
		{"decimal(5,2)", "-1.50", false, op.Default{Kind: op.DefaultNumber, Text: "-1.50"}},
		{"bit(3)", "b'101'", false, op.Expr("b'101'")},
		{"datetime(3)", "CURRENT_TIMESTAMP(3)", true, op.Expr("CURRENT_TIMESTAMP(3)")},
		{"timestamp", "CURRENT_TIMESTAMP", false, op.Expr("CURRENT_TIMESTAMP")},
		{"varchar(36)", "uuid()", true, op.Expr("uuid()")},
	} {
		if got := r.catalogueDefault(test.normal, test.text, test.isExpr); !got.Equal(test.want) {
			t.Errorf("%s %s: %#v, want %#v", test.normal, test.text, got, test.want)
		}
	}
}

func BenchmarkInspect(b *testing.B) {
	_, conn := open(b)
	words := op.Schema{}
	for i := range 300 {
		exec(b, conn, fmt.Sprintf("CREATE TABLE t%d (id int PRIMARY KEY, a varchar(20) NOT NULL, b datetime(3), c decimal(10,2) DEFAULT 1.5, d longtext, KEY k (a), UNIQUE u (b), FOREIGN KEY (id) REFERENCES t0 (id))", i))
		words.Tables = append(words.Tables, op.Table{Name: fmt.Sprintf("t%d", i), Columns: []op.Column{{Name: "id", Type: op.Int(32)}, {Name: "a", Type: op.String(20), NotNull: true}}})
	}
	for b.Loop() {
		inspect(b, conn, words)
	}
}
