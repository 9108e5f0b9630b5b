package mysql

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// What only MySQL does is tested here on texts of its manual and without a
// server.

func TestVersions(t *testing.T) {
	for _, test := range []struct {
		text                                               string
		maria, checks, expressions, columns, indexes, desc bool
	}{
		{"8.0.36", false, true, true, true, true, true},
		{"8.4.0-commercial", false, true, true, true, true, true},
		{"8.0.15", false, false, true, true, true, true},
		{"5.7.44-log", false, false, false, false, true, false},
		{"8.0.11-TiDB-v7.5.0", false, false, false, true, true, true},
		{"10.11.19-MariaDB-0+deb12u1", true, true, false, true, true, true},
		{"5.5.5-10.4.7-MariaDB", true, true, false, false, false, false},
		{"10.6.12-MariaDB-log", true, true, false, true, true, false},
		{"11.4.2-MariaDB", true, true, false, true, true, true},
	} {
		s := newServer(test.text, "")
		got := []bool{s.isMaria, s.hasChecks(), s.hasExpressionIndexes(), s.renamesColumns(), s.renamesIndexes(), s.hasDescending()}
		want := []bool{test.maria, test.checks, test.expressions, test.columns, test.indexes, test.desc}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s is %s:\n%s", test.text, s, d)
		}
	}
}

func mysql8() server { return newServer("8.0.36", "") }

// TestReadsMySQL8 reads what MySQL 8.0 shows.
func TestReadsMySQL8(t *testing.T) {
	d, err := mysql8().parseTable("CREATE TABLE `t` (\n" +
		"  `id` bigint unsigned NOT NULL AUTO_INCREMENT,\n" +
		"  `a` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'x''y' COMMENT 'it''s, (so)',\n" +
		"  `n` int DEFAULT '7',\n" +
		"  `b` tinyint(1) NOT NULL DEFAULT '1',\n" +
		"  `u` varchar(36) DEFAULT (uuid()),\n" +
		"  `x` text DEFAULT (_utf8mb4'x'),\n" +
		"  `dt` datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),\n" +
		"  `ts` timestamp NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,\n" +
		"  `g` int GENERATED ALWAYS AS ((`id` * 2)) STORED,\n" +
		"  `v` int GENERATED ALWAYS AS ((`id` + 1)) VIRTUAL NOT NULL,\n" +
		"  `j` json DEFAULT NULL,\n" +
		"  `inv` int DEFAULT NULL /*!80023 INVISIBLE */,\n" +
		"  `p` point NOT NULL /*!80003 SRID 4326 */,\n" +
		"  PRIMARY KEY (`id`),\n" +
		"  UNIQUE KEY `u` (`a`(5) DESC),\n" +
		"  KEY `low` ((lower(`a`))) /*!80000 INVISIBLE */,\n" +
		"  FULLTEXT KEY `ft` (`x`) /*!50100 WITH PARSER `ngram` */ COMMENT 'c',\n" +
		"  SPATIAL KEY `sp` (`p`),\n" +
		"  CONSTRAINT `fk` FOREIGN KEY (`n`, `id`) REFERENCES `other`.`q` (`a`, `b`) ON DELETE SET NULL ON UPDATE NO ACTION,\n" +
		"  CONSTRAINT `k` CHECK (((`n` > 0) and (`a` <> _utf8mb4'x\\'y'))),\n" +
		"  CONSTRAINT `off` CHECK ((`n` > 1)) /*!80016 NOT ENFORCED */\n" +
		") ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT='it''s'\n" +
		"/*!50100 PARTITION BY HASH (`id`)\nPARTITIONS 4 */")
	if err != nil {
		t.Fatal(err)
	}
	want := op.Table{
		Name: "t",
		Columns: []op.Column{
			{Name: "id", Type: op.Raw("bigint unsigned"), NotNull: true, AutoIncrement: true},
			{Name: "a", Type: op.Raw("varchar(20)"), Collate: "latin1_bin", Default: op.Literal("x'y"), Comment: "it's, (so)"},
			{Name: "n", Type: op.Raw("int"), Default: op.Literal(7)},
			{Name: "b", Type: op.Raw("tinyint(1)"), NotNull: true, Default: op.Literal(1)},
			{Name: "u", Type: op.Raw("varchar(36)"), Default: op.Expr("uuid()")},
			{Name: "x", Type: op.Raw("text"), Default: op.Expr("_utf8mb4'x'")},
			{Name: "dt", Type: op.Raw("datetime(3)"), Default: op.Expr("CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)")},
			{Name: "ts", Type: op.Raw("timestamp"), Default: op.Expr("NULL ON UPDATE CURRENT_TIMESTAMP")},
			{Name: "g", Type: op.Raw("int"), Generated: op.Generated{Expr: "(`id` * 2)", Stored: true}},
			{Name: "v", Type: op.Raw("int"), NotNull: true, Generated: op.Generated{Expr: "(`id` + 1)"}},
			{Name: "j", Type: op.Raw("json")},
			{Name: "inv", Type: op.Raw("int INVISIBLE")},
			{Name: "p", Type: op.Raw("point SRID 4326"), NotNull: true},
		},
		PrimaryKey: op.Columns("id"),
		Indexes: []op.Index{
			{Name: "u", Unique: true, Columns: []op.KeyPart{{Column: "a", Length: 5, Desc: true}}},
			{Name: "low", Columns: []op.KeyPart{{Expr: "lower(`a`)"}}, Options: "INVISIBLE"},
			{Name: "ft", Class: "FULLTEXT", Columns: op.Columns("x"), Options: "WITH PARSER `ngram`", Comment: "c"},
			{Name: "sp", Class: "SPATIAL", Columns: op.Columns("p")},
		},
		ForeignKeys: []op.ForeignKey{{Name: "fk", Columns: []string{"n", "id"}, RefTable: "other.q", RefColumns: []string{"a", "b"}, OnDelete: "SET NULL", OnUpdate: "NO ACTION"}},
		Checks:      []op.Check{{Name: "k", Expr: "((`n` > 0) and (`a` <> _utf8mb4'x\\'y'))"}, {Name: "off", Expr: "(`n` > 1) /* NOT ENFORCED */"}},
		Comment:     "it's",
		Options:     "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci PARTITION BY HASH (`id`)\nPARTITIONS 4",
	}
	if d := cmp.Diff(want, d.table, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("(-want +read):\n%s", d)
	}
	if d := cmp.Diff([]string{"dt", "ts"}, d.updated); d != "" {
		t.Error(d)
	}
}

func TestSpellsForMySQL8(t *testing.T) {
	s, m := mysql8(), newServer("10.11.2-MariaDB", "")
	for _, test := range []struct {
		column op.Column
		want   string // and on MariaDB, where it is another
		maria  string
	}{
		{op.Column{Type: op.Text(), Default: op.Literal("x")}, "longtext DEFAULT ('x')", "longtext DEFAULT 'x'"},
		{op.Column{Type: op.Raw("json"), Default: op.Literal("{}")}, "json DEFAULT ('{}')", "json DEFAULT '{}'"},
		{op.Column{Type: op.String(36), Default: op.Expr("uuid()")}, "varchar(36) DEFAULT (uuid())", ""},
		{op.Column{Type: op.String(36), Default: op.Expr("(uuid())")}, "varchar(36) DEFAULT (uuid())", ""},
		{op.Column{Type: op.Time(), Default: op.Expr("CURRENT_TIMESTAMP")}, "datetime(3) DEFAULT CURRENT_TIMESTAMP(3)", ""},
		{op.Column{Type: op.Time(0), Default: op.Expr("now()")}, "datetime DEFAULT now()", ""},
		{op.Column{Type: op.Time(), Default: op.Expr("now() on update now()")}, "datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)", ""},
		{op.Column{Type: op.Time(6), Default: op.Expr("NULL ON UPDATE CURRENT_TIMESTAMP")}, "datetime(6) DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP(6)", ""},
		{op.Column{Type: op.Time(), NotNull: true, Default: op.Literal("2026-01-02 03:04:05.5+02:00")}, "datetime(3) NOT NULL DEFAULT '2026-01-02 01:04:05.5'", ""},
		{op.Column{Type: op.Raw("timestamp")}, "timestamp NULL", ""},
		{op.Column{Type: op.Bool(), Default: op.Literal(true)}, "boolean DEFAULT true", ""},
		{op.Column{Type: op.Int(32), NotNull: true, Generated: op.Generated{Expr: "a + 1 -- so", Stored: true}}, "int GENERATED ALWAYS AS (a + 1) STORED NOT NULL", "int GENERATED ALWAYS AS (a + 1) STORED"},
		{op.Column{Type: op.String(9), Collate: "utf8mb4_bin", Comment: `it's \`}, `varchar(9) COLLATE utf8mb4_bin COMMENT 'it''s \\'`, ""},
		{op.Column{Type: op.Int(64), Default: op.Literal(1).On("mysql", "(1 + 1)")}, "bigint DEFAULT (1 + 1)", ""},
		{op.Column{Type: op.Int(64), Default: op.Expr("-5")}, "bigint DEFAULT -5", ""},
		{op.Column{Type: op.Int(64), Default: op.DatabaseDefault()}, "bigint", ""},
	} {
		if got := s.spellColumn(test.column); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
		if test.maria == "" {
			test.maria = test.want
		}
		if got := m.spellColumn(test.column); got != test.maria {
			t.Errorf("on MariaDB got %s, want %s", got, test.maria)
		}
	}
}

func TestRefused(t *testing.T) {
	part := func(x op.Index) op.Index { x.Name = "idx_x"; return x }
	for _, test := range []struct {
		x                    op.Index
		mysql, old, maria115 string // what the error says, "" for none
	}{
		{op.Index{Columns: op.Columns("a"), Where: "b > 0"}, "", "", ""},
		{op.Index{Columns: op.Columns("a"), Unique: true, Where: "b > 0"}, "no partial indexes", "no partial indexes", "no partial indexes"},
		{op.Index{Columns: []op.KeyPart{{Expr: "lower(a)"}}}, "", "need mysql 8.0.13", "mariadb has no indexes over expressions"},
		{op.Index{Columns: []op.KeyPart{{Column: "a", Collate: "NOCASE"}}}, "give it to the column", "give it to the column", "give it to the column"},
		{op.Index{Columns: []op.KeyPart{{Column: "a", Nulls: "last"}}}, "order of nulls", "order of nulls", "order of nulls"},
		{op.Index{Columns: []op.KeyPart{{Column: "a", Nulls: "first"}, {Column: "b", Desc: true, Nulls: "last"}}}, "", "", ""},
	} {
		for version, want := range map[string]string{"8.0.36": test.mysql, "5.7.40": test.old, "11.5.2-MariaDB": test.maria115} {
			err := newServer(version, "").refuse("t", part(test.x))
			switch {
			case want == "" && err != nil:
				t.Errorf("%s: %v", version, err)
			case want != "" && (!errors.Is(err, ddl.ErrUnsupported) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), `"idx_x"`)):
				t.Errorf("%s: %v, want %q", version, err, want)
			}
		}
	}
	if got, want := mysql8().createIndex("t", op.Index{Name: "i", Columns: []op.KeyPart{{Expr: "lower(a)"}, {Column: "b", Desc: true}}}), "CREATE INDEX `i` ON `t` ((lower(a)),`b` DESC)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, err := newServer("5.7.40", "").spellCheck("t", op.Check{Name: "k", Expr: "1"}); !errors.Is(err, ddl.ErrUnsupported) {
		t.Errorf("got %v", err)
	}
	if _, err := mysql8().spellForeignKey("t", op.ForeignKey{Name: "f", Deferrable: "DEFERRABLE INITIALLY DEFERRED"}); !errors.Is(err, ddl.ErrUnsupported) || !strings.Contains(err.Error(), `"f"`) {
		t.Errorf("got %v", err)
	}
}

// TestSameForeignKey takes for the same what InnoDB does the same for.
func TestSameForeignKey(t *testing.T) {
	s := newServer("10.11.2-MariaDB", "")
	s.database = "here"
	live := op.ForeignKey{Columns: []string{"a"}, RefTable: "p", RefColumns: []string{"id"}, OnDelete: "CASCADE"}
	for _, test := range []struct {
		change func(*op.ForeignKey)
		want   bool
	}{
		{func(*op.ForeignKey) {}, true},
		{func(k *op.ForeignKey) { k.OnDelete, k.OnUpdate = "cascade", "NO ACTION" }, true},
		{func(k *op.ForeignKey) { k.OnUpdate = "RESTRICT" }, true},
		{func(k *op.ForeignKey) { k.RefTable, k.Columns = "here.p", []string{"A"} }, true},
		{func(k *op.ForeignKey) { k.RefTable = "there.p" }, false},
		{func(k *op.ForeignKey) { k.OnDelete = "" }, false},
		{func(k *op.ForeignKey) { k.RefColumns = []string{"b"} }, false},
		{func(k *op.ForeignKey) { k.Match = "FULL" }, false},
		{func(k *op.ForeignKey) { k.Match = "SIMPLE" }, true},
		{func(k *op.ForeignKey) { k.Deferrable = "DEFERRABLE INITIALLY DEFERRED" }, false},
	} {
		word := live
		test.change(&word)
		if got := s.sameForeignKey(live, word); got != test.want {
			t.Errorf("%+v: %v", word, got)
		}
	}
}

// TestOldServers plans for servers that cannot rename, over tables of this one.
func TestOldServers(t *testing.T) {
	_, conn := open(t)
	for _, table := range library().Tables {
		mustMigrate(t, conn, op.CreateTable(table))
	}
	old := planner{server: newServer("5.5.5-10.4.7-MariaDB", ""), ctx: t.Context(), q: conn}
	texts, err := old.plan(op.RenameColumn{Table: book, From: "select", To: "title"})
	if err != nil {
		t.Fatal(err)
	}
	exec(t, conn, texts...)
	if texts, err = old.plan(op.RenameIndex{Table: book, From: "idx price", To: "idx`2"}); err != nil {
		t.Fatal(err)
	}
	exec(t, conn, texts...)
	want, err := op.List{op.RenameColumn{Table: book, From: "select", To: "title"}, op.RenameIndex{Table: book, From: "idx price", To: "idx`2"}}.Apply(library())
	if err != nil {
		t.Fatal(err)
	}
	want.Tables[1].Checks, want.Tables[1].Columns[5].Generated = nil, op.Generated{}
	got := inspect(t, conn, want)
	got.Tables[1].Checks, got.Tables[1].Columns[5].Generated = nil, op.Generated{}
	same(t, "renamed", want, got)
	for _, o := range []op.Operation{op.RenameColumn{Table: book, From: "no", To: "x"}, op.RenameIndex{Table: book, From: "no", To: "x"}, op.RenameConstraint{Table: book, From: "no", To: "x"}} {
		if _, err := old.plan(o); err == nil || !strings.Contains(err.Error(), "there is no such") {
			t.Errorf("%v: %v", o, err)
		}
	}
	// The two servers drop checks in different words.
	eight := planner{server: mysql8(), ctx: t.Context(), q: conn}
	for p, want := range map[planner]string{old: "DROP CONSTRAINT `k`", eight: "DROP CHECK `k`"} {
		if texts, err := p.plan(op.DropCheck{Table: "t", Name: "k"}); err != nil || texts[0] != "ALTER TABLE `t` "+want {
			t.Errorf("%v, %v", texts, err)
		}
	}
	texts, err = eight.plan(op.RenameConstraint{Table: book, From: "chk price", To: "k`2"})
	if want := "ALTER TABLE `bo``ok 'table\"` DROP CHECK `chk price`, ADD CONSTRAINT `k``2` CHECK ("; err != nil || !strings.HasPrefix(texts[0], want) {
		t.Errorf("%v, %v", texts, err)
	}
}

func TestNames(t *testing.T) {
	_, conn := open(t)
	long := strings.Repeat("ü", 64)
	mustMigrate(t, conn, op.CreateTable{Name: long, Columns: []op.Column{{Name: long, Type: op.Int(64)}}, Indexes: []op.Index{{Name: long, Columns: op.Columns(long)}}})
	for _, o := range []op.Operation{
		op.CreateTable{Name: long + "x"}, op.CreateTable{Name: "t", Columns: []op.Column{{Name: long + "x"}}},
		op.AddColumn{Table: long, Column: op.Column{Name: long + "x"}}, op.RenameTable{From: long, To: long + "x"}, op.RenameColumn{Table: long, From: long, To: long + "x"},
		op.CreateIndex{Table: long, Index: op.Index{Name: long + "x", Columns: op.Columns(long)}}, op.AddUnique{Table: long, Unique: op.Unique{Name: long + "x"}},
		op.AddCheck{Table: long, Check: op.Check{Name: long + "x", Expr: "1"}}, op.AddForeignKey{Table: long, ForeignKey: op.ForeignKey{Name: long + "x"}},
		op.RenameIndex{Table: long, From: long, To: long + "x"}, op.RenameConstraint{Table: long, From: long, To: long + "x"},
	} {
		if _, err := (Dialect{}).Plan(t.Context(), conn, op.List{o}); err == nil || !strings.Contains(err.Error(), "65 characters") {
			t.Errorf("%s: %v", o.Kind(), err)
		}
	}
	for _, o := range []op.Operation{op.DropTable{Name: "a.b.c"}, op.CreateTable{Name: "a."}, op.RenameTable{From: "a", To: ".b"}, op.SetTableComment{Table: "a.b.c"}} {
		if _, err := (Dialect{}).Plan(t.Context(), conn, op.List{o}); err == nil || !strings.Contains(err.Error(), "dots") {
			t.Errorf("%s: %v", o.Kind(), err)
		}
	}
	_, err := Dialect{}.Plan(t.Context(), conn, op.List{unknown{}})
	if !errors.Is(err, ddl.ErrUnsupported) {
		t.Errorf("got %v", err)
	}
	if step, err := (Dialect{}).Plan(t.Context(), conn, nil); err != nil || len(step.Ops) != 0 {
		t.Errorf("%v, %v", step, err)
	}
}

// unknown is an operation of somebody else's.
type unknown struct{ op.Exec }

func (unknown) Kind() string { return "unknown" }

// TestRenameColumnOnMySQL8 takes off and puts back what MySQL does not rewrite.
// The statement runs on MariaDB too, which has other words for a check.
func TestRenameColumnOnMySQL8(t *testing.T) {
	_, conn := open(t)
	exec(t, conn, "CREATE TABLE t (a int, `ch'k` int, g int AS (a * 2) STORED, h int AS (g + 1) VIRTUAL COMMENT 'of a', other int AS (1) VIRTUAL,"+
		" INDEX a (a), INDEX i_g (g, a), INDEX i_other (other), CONSTRAINT `A` CHECK (a > 0), CONSTRAINT k2 CHECK (`ch'k` > 0 OR h > 0), CONSTRAINT k3 CHECK (`ch'k` < 9))",
		"INSERT INTO t (a, `ch'k`) VALUES (1, 2)")
	p := planner{server: mysql8(), ctx: t.Context(), q: conn}
	texts, err := p.plan(op.RenameColumn{Table: "t", From: "a", To: "b`c"})
	if err != nil {
		t.Fatal(err)
	}
	want := "ALTER TABLE `t` DROP INDEX `i_g`, DROP CHECK `A`, DROP CHECK `k2`, DROP COLUMN `h`, DROP COLUMN `g`, RENAME COLUMN `a` TO `b``c`, " +
		"ADD COLUMN `g` int(11) GENERATED ALWAYS AS (`b``c` * 2) STORED, ADD COLUMN `h` int(11) GENERATED ALWAYS AS (`g` + 1) VIRTUAL COMMENT 'of a', " +
		"ADD KEY `i_g` (`g`,`b``c`), ADD CONSTRAINT `A` CHECK (`b``c` > 0), ADD CONSTRAINT `k2` CHECK (`ch'k` > 0 or `h` > 0)"
	if d := cmp.Diff([]string{want}, texts); d != "" {
		t.Error(d)
	}
	exec(t, conn, strings.ReplaceAll(texts[0], "DROP CHECK", "DROP CONSTRAINT"))
	if got := dump(t, conn, "SELECT `b``c`, `ch'k`, g, h FROM t"); !cmp.Equal([]string{"1|2|2|3"}, got) {
		t.Error(got)
	}
	d, err := mysql8().parseTable("CREATE TABLE `t` (\n  `a` int DEFAULT NULL,\n  KEY `a` ((lower(`a`)),`b`),\n  KEY `p` (`a`),\n" +
		"  CONSTRAINT `k` CHECK ((`a` <> _utf8mb4'`a`')) /*!80016 NOT ENFORCED */\n)")
	if err != nil {
		t.Fatal(err)
	}
	drop, add := p.namingColumn(d, op.RenameColumn{Table: "t", From: "a", To: "c"})
	if d := cmp.Diff([]string{"DROP INDEX `a`", "DROP CHECK `k`"}, drop); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"ADD KEY `a` ((lower(`c`)),`b`)", "ADD CONSTRAINT `k` CHECK ((`c` <> _utf8mb4'`a`')) /*!80016 NOT ENFORCED */"}, add); d != "" {
		t.Error(d)
	}
}

// TestIntroducers takes texts for the same whatever charset the connection had
// that made the table.
func TestIntroducers(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"(`a` <> _utf8mb4'x\\'y')", "a <> 'x''y'", true},
		{"(`a` <> _latin1'x')", "(`a` <> _utf8mb3'x')", true},
		{"(`a` <> _utf8mb4'x')", "(`a` <> _utf8mb4'y')", false},
		{"(`a` <> _binary'x')", "(`a` <> 'x')", false},
		{"_latin1 > 1", "1 > _latin1", false},
	} {
		if got := (mode{}).normalSQL(test.a) == (mode{}).normalSQL(test.b); got != test.want {
			t.Errorf("%s, %s: %v", test.a, test.b, got)
		}
	}
}
