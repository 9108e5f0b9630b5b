package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// estate makes a table t with everything around it that a rebuild must keep.
func estate(t testing.TB, foreignKeys string) *sql.Conn {
	t.Helper()
	conn := openMemory(t)
	exec(t, conn, "PRAGMA foreign_keys = "+foreignKeys,
		`CREATE TABLE t ( -- all of it
			id INTEGER PRIMARY KEY AUTOINCREMENT,
			a text NOT NULL COLLATE NOCASE DEFAULT 'x', -- the a, CHECK (no)
			b int CONSTRAINT chk_b CHECK (t.b > 0),
			c varchar(20) /* , */ CONSTRAINT uni_c UNIQUE ON CONFLICT REPLACE,
			plain text,
			parent int CONSTRAINT fk_parent REFERENCES t (id) ON DELETE SET NULL,
			twice int GENERATED ALWAYS AS (b * 2) STORED,
			CONSTRAINT uni_ab UNIQUE (a, b),
			CHECK (a <> ')')
		)`,
		"CREATE INDEX idx_part ON t (b) wHeRe b > 1",
		"CREATE INDEX idx_expr ON t (lower(a) DESC, c COLLATE RTRIM)",
		"CREATE TABLE child (id integer PRIMARY KEY, t_id int NOT NULL REFERENCES t (id) ON DELETE CASCADE)",
		"CREATE TABLE child2 (t_id int REFERENCES t ON DELETE SET NULL)",
		"CREATE TABLE log (what text)",
		"CREATE VIEW v AS SELECT id, a, b FROM t",
		"CREATE VIEW broken AS SELECT none FROM nowhere",
		`CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (CASE WHEN NEW.a = ';' THEN 'semi' ELSE NEW.a END); END`,
		"CREATE TRIGGER other AFTER INSERT ON child2 BEGIN UPDATE t SET a = a || '!' WHERE id = NEW.t_id; END",
		"INSERT INTO t (id, a, b, c, plain) VALUES (1, 'one', 1, 'c1', 'p'), (2, 'two', 2, 'c2', NULL), (3, 'three', NULL, NULL, 'q'), (9, 'gone', 9, 'c9', NULL)",
		"DELETE FROM t WHERE id = 9", "UPDATE t SET parent = 1 WHERE id = 2",
		"INSERT INTO child VALUES (1, 1), (2, 2)", "INSERT INTO child2 VALUES (3)", "DELETE FROM log")
	return conn
}

// alive uses everything around t.
func alive(t testing.TB, conn *sql.Conn) {
	t.Helper()
	if got := dump(t, conn, "SELECT id, t_id FROM child ORDER BY id"); len(got) != 2 {
		t.Errorf("children: %v", got)
	}
	if got := dump(t, conn, "SELECT t_id FROM child2"); len(got) != 1 || got[0] != "3" {
		t.Errorf("children that may be null: %v", got)
	}
	if got := dump(t, conn, "PRAGMA foreign_key_check"); len(got) > 0 {
		t.Errorf("foreign_key_check: %v", got)
	}
	dump(t, conn, "SELECT * FROM v")
	if got := dump(t, conn, "INSERT INTO t (a, b, c) VALUES ('new', 77, 'c77') RETURNING id"); got[0] != "10" {
		t.Errorf("the next id is %v, want 10: 9 has been used", got)
	}
	if got := dump(t, conn, "SELECT what FROM log"); len(got) != 1 || got[0] != `"new"` {
		t.Errorf("the trigger wrote %v", got)
	}
	if got := dump(t, conn, "SELECT count(*) FROM sqlite_sequence WHERE name = 't'"); got[0] != "1" {
		t.Errorf("%v counters", got)
	}
}

const estateRows = "SELECT id, a, b, c, plain, parent FROM t ORDER BY id"

func column(name string, typ op.Type) op.Column { return op.Column{Name: name, Type: typ} }

func alter(change func(c *op.Column)) op.AlterColumn {
	from := column("plain", op.Text())
	to := from
	change(&to)
	return op.AlterColumn{Table: "t", From: from, To: to}
}

func TestChangeTable(t *testing.T) {
	const rebuilds, plainly = true, false
	for name, test := range map[string]struct {
		ops     op.List
		rebuild bool
		check   string // a query whose first row is want
		want    string
	}{
		"add column":            {op.List{op.AddColumn{Table: "t", Column: column("n", op.Text())}}, plainly, "SELECT count(*) FROM t WHERE n IS NULL", "3"},
		"add with default":      {op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "n", Type: op.Int(64), NotNull: true, Default: op.Literal(5)}}}, plainly, "SELECT sum(n) FROM t", "15"},
		"add with expression":   {op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "n", Type: op.Int(64), Default: op.Expr("1 + 1")}}}, rebuilds, "SELECT sum(n) FROM t", "6"},
		"add with current time": {op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "n", Type: op.Time(), Default: op.Expr("CURRENT_TIMESTAMP")}}}, rebuilds, "SELECT count(n) FROM t", "3"},
		"add with backfill":     {op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "n", Type: op.Text(), NotNull: true}, Backfill: op.Literal("it's")}}, rebuilds, "SELECT n FROM t", `"it's"`},
		"add virtual":           {op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "n", Type: op.Int(64), Generated: op.Generated{Expr: "id + 1"}}}}, plainly, "SELECT n FROM t", "2"},
		"add stored":            {op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "n", Type: op.Int(64), Generated: op.Generated{Expr: "id + 1", Stored: true}}}}, rebuilds, "SELECT n FROM t", "2"},
		"add raw unique":        {op.List{op.AddColumn{Table: "t", Column: column("n", op.Raw("text UNIQUE"))}}, rebuilds, "SELECT count(*) FROM pragma_index_list('t')", "5"},
		"drop column":           {op.List{op.DropColumn{Table: "t", Column: "twice"}}, rebuilds, "SELECT count(*) FROM pragma_table_xinfo('t')", "6"},
		"type":                  {op.List{alter(func(c *op.Column) { c.Type = op.Bytes() })}, rebuilds, "SELECT type FROM pragma_table_xinfo('t') WHERE name = 'plain'", `"BLOB"`},
		"default":               {op.List{alter(func(c *op.Column) { c.Default = op.Literal("d") })}, rebuilds, "SELECT dflt_value FROM pragma_table_xinfo('t') WHERE name = 'plain'", `"\"d\""`},
		"not null with backfill": {op.List{func() op.AlterColumn {
			a := alter(func(c *op.Column) { c.NotNull = true })
			a.Backfill = op.Literal("z")
			return a
		}()}, rebuilds, "SELECT group_concat(plain) FROM (SELECT plain FROM t ORDER BY id)", `"p,z,q"`},
		"collation":               {op.List{alter(func(c *op.Column) { c.Collate = "NOCASE" })}, rebuilds, "SELECT count(*) FROM t WHERE plain = 'P'", "1"},
		"comment":                 {op.List{alter(func(c *op.Column) { c.Comment = "!" })}, plainly, "SELECT 1", "1"},
		"raw unique on and off":   {op.List{alter(func(c *op.Column) { c.Type = op.Raw("text UNIQUE") }), op.AlterColumn{Table: "t", From: column("plain", op.Raw("text UNIQUE")), To: column("plain", op.Text())}}, rebuilds, "SELECT count(*) FROM pragma_index_list('t')", "4"},
		"raw unique":              {op.List{alter(func(c *op.Column) { c.Type = op.Raw("text UNIQUE") })}, rebuilds, "SELECT count(*) FROM pragma_index_list('t')", "5"},
		"generated to plain":      {op.List{op.AlterColumn{Table: "t", From: op.Column{Name: "twice", Type: op.Int(64), Generated: op.Generated{Expr: "b * 2", Stored: true}}, To: column("twice", op.Int(64))}}, rebuilds, "SELECT sum(twice) FROM t", "6"},
		"added then altered":      {op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "n", Type: op.Text(), Default: op.Literal("first")}}, op.AlterColumn{Table: "t", From: op.Column{Name: "n", Type: op.Text(), Default: op.Literal("first")}, To: op.Column{Name: "n", Type: op.Text(), NotNull: true}}}, rebuilds, "SELECT count(*) FROM t WHERE n = 'first'", "3"},
		"added then backfilled":   {op.List{op.AddColumn{Table: "t", Column: column("n", op.Text())}, op.AlterColumn{Table: "t", From: column("n", op.Text()), To: op.Column{Name: "n", Type: op.Text(), NotNull: true}, Backfill: op.Literal("b")}}, rebuilds, "SELECT count(*) FROM t WHERE n = 'b'", "3"},
		"dropped and added again": {op.List{op.DropColumn{Table: "t", Column: "twice"}, op.AddColumn{Table: "t", Column: column("twice", op.Text())}}, rebuilds, "SELECT count(twice) FROM t", "0"},
		"create index":            {op.List{op.CreateIndex{Table: "t", Index: op.Index{Name: "i", Unique: true, Columns: op.Columns("plain", "id")}}}, plainly, "SELECT count(*) FROM pragma_index_list('t')", "5"},
		"drop index":              {op.List{op.DropIndex{Table: "t", Name: "IDX_part"}}, plainly, "SELECT count(*) FROM pragma_index_list('t')", "3"},
		"rename index":            {op.List{op.RenameIndex{Table: "t", From: "idx_part", To: "IDX_PART"}}, plainly, "SELECT sql FROM sqlite_master WHERE name = 'IDX_PART'", "\"CREATE INDEX `IDX_PART` ON t (b) wHeRe b > 1\""},
		"add unique":              {op.List{op.AddUnique{Table: "t", Unique: op.Unique{Name: "u", Columns: op.Columns("plain")}}}, rebuilds, "SELECT count(*) FROM pragma_index_list('t')", "5"},
		"drop unique":             {op.List{op.DropUnique{Table: "t", Name: "uni_ab"}}, rebuilds, "SELECT count(*) FROM pragma_index_list('t')", "3"},
		"drop unique of a column": {op.List{op.DropUnique{Table: "t", Name: "uni_c"}}, rebuilds, "SELECT count(*) FROM pragma_index_list('t')", "3"},
		"add foreign key":         {op.List{op.AddForeignKey{Table: "t", ForeignKey: op.ForeignKey{Name: "f", Columns: []string{"b"}, RefTable: "t", RefColumns: []string{"id"}}}}, rebuilds, "SELECT count(*) FROM pragma_foreign_key_list('t')", "2"},
		"drop foreign key":        {op.List{op.DropForeignKey{Table: "t", Name: "fk_parent"}}, rebuilds, "SELECT count(*) FROM pragma_foreign_key_list('t')", "0"},
		"add check":               {op.List{op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "t.id < 100 -- few"}}}, rebuilds, "SELECT sql LIKE '%CONSTRAINT `k` CHECK (id < 100)%' FROM sqlite_master WHERE name = 't'", "1"},
		"drop check":              {op.List{op.DropCheck{Table: "t", Name: "chk_b"}}, rebuilds, "SELECT sql NOT LIKE '%chk_b%' FROM sqlite_master WHERE name = 't'", "1"},
		"drop check without name": {op.List{op.DropCheck{Table: "t"}}, rebuilds, "SELECT sql NOT LIKE '%CHECK (a%' FROM sqlite_master WHERE name = 't'", "1"},
		"rename constraint":       {op.List{op.RenameConstraint{Table: "t", From: "uni_ab", To: "uni_x"}, op.RenameConstraint{Table: "t", From: "chk_b", To: "CHK_B"}}, rebuilds, "SELECT sql LIKE '%CONSTRAINT `uni_x` UNIQUE (a, b)%' FROM sqlite_master WHERE name = 't'", "1"},
		"table comment":           {op.List{op.SetTableComment{Table: "t", To: "!"}}, plainly, "SELECT 1", "1"},
		"many":                    {op.List{op.AddColumn{Table: "t", Column: column("n", op.Text())}, op.CreateIndex{Table: "t", Index: op.Index{Name: "i", Columns: op.Columns("n")}}, op.DropCheck{Table: "t", Name: "chk_b"}, op.DropIndex{Table: "t", Name: "idx_part"}, op.AddUnique{Table: "t", Unique: op.Unique{Name: "u", Columns: op.Columns("n")}}}, rebuilds, "SELECT count(*) FROM pragma_index_list('t')", "5"},
		"rename column":           {op.List{op.RenameColumn{Table: "t", From: "twice", To: "Double"}, op.RenameColumn{Table: "t", From: "Double", To: "double"}}, plainly, "SELECT sum(double) FROM t", "6"},
		"rename there and back":   {op.List{op.RenameTable{From: "t", To: "u"}, op.RenameTable{From: "u", To: "T"}, op.RenameTable{From: "T", To: "t"}}, plainly, `SELECT "table" FROM pragma_foreign_key_list('child')`, `"t"`},
		"exec":                    {op.List{op.Exec{SQL: "UPDATE t SET b = b; -- nothing\n"}}, plainly, "SELECT 1", "1"},
	} {
		for _, keys := range []string{"ON", "OFF"} {
			t.Run(name+" "+keys, func(t *testing.T) {
				conn := estate(t, keys)
				if strings.HasPrefix(name, "rename ") {
					exec(t, conn, "DROP VIEW broken") // SQLite renames nothing while one is there
				}
				before := dump(t, conn, estateRows)
				statements := mustMigrate(t, conn, test.ops...)
				after := dump(t, conn, estateRows)
				if diff := cmp.Diff(before, after); diff != "" && name != "not null with backfill" && name != "type" {
					t.Errorf("rows:\n%s", diff)
				}
				want := 0
				if test.rebuild {
					want = 1
				}
				if n := strings.Count(strings.Join(statements, "\n"), "DROP TABLE"); n != want {
					t.Errorf("%d rebuilds, want %d:\n%s", n, want, strings.Join(statements, "\n"))
				}
				if got := dump(t, conn, test.check); got[0] != test.want {
					t.Errorf("%s: %v, want %s\n%s", test.check, got, test.want, strings.Join(dump(t, conn, "SELECT sql FROM sqlite_master WHERE name = 't'"), ""))
				}
				if got := dump(t, conn, "PRAGMA foreign_keys"); got[0] != map[string]string{"ON": "1", "OFF": "0"}[keys] {
					t.Errorf("foreign_keys is %v and was %s", got, keys)
				}
				if strings.HasPrefix(name, "added then") || name == "add with backfill" || name == "add unique" || name == "add foreign key" || name == "not null with backfill" {
					return // the row that alive adds would not fit
				}
				alive(t, conn)
			})
		}
	}
}

// TestChangeFails asks for what cannot be; everything stays as it was.
func TestChangeFails(t *testing.T) {
	for name, test := range map[string]struct {
		ops  op.List
		want string
	}{
		"nulls":                {op.List{alter(func(c *op.Column) { c.NotNull = true })}, "NOT NULL constraint failed"},
		"add not null":         {op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "n", Type: op.Text(), NotNull: true}}}, "NOT NULL constraint failed"},
		"check":                {op.List{op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "id > 1"}}}, "CHECK constraint failed"},
		"unique":               {op.List{op.Exec{SQL: "UPDATE t SET plain = 'p'"}, op.AddUnique{Table: "t", Unique: op.Unique{Name: "u", Columns: op.Columns("plain")}}}, "UNIQUE constraint failed"},
		"replace would delete": {op.List{op.Exec{SQL: "UPDATE t SET c = 'C1' WHERE id = 2"}, op.AlterColumn{Table: "t", From: column("c", op.Text()), To: op.Column{Name: "c", Type: op.Text(), Collate: "NOCASE"}}}, "UNIQUE constraint failed"},
		"orphans":              {op.List{op.Exec{SQL: "DELETE FROM t WHERE id = 1"}}, `1 row of table "child" refers by (t_id) to rows of "t" that do not exist (id 1); 1 row of table "t" refers by (parent) to rows of "t" that do not exist (id 2)`},
		"new key":              {op.List{op.AddForeignKey{Table: "t", ForeignKey: op.ForeignKey{Name: "f", Columns: []string{"id"}, RefTable: "child2", RefColumns: []string{"t_id"}}}}, `cannot be checked`},
		"orphans by a key":     {op.List{op.AddForeignKey{Table: "t", ForeignKey: op.ForeignKey{Name: "f", Columns: []string{"id"}, RefTable: "child", RefColumns: []string{"id"}}}}, `1 row of table "t" refers by (id) to rows of "child" that do not exist (id 3)`},
		"dropped target":       {op.List{op.Exec{SQL: "DROP VIEW v; DROP TRIGGER other"}, op.DropTable{Name: "t"}}, `refer by (t_id) to rows of "t" that do not exist`},
		"view":                 {op.List{op.DropIndex{Table: "t", Name: "idx_part"}, op.DropUnique{Table: "t", Name: "uni_ab"}, op.DropColumn{Table: "t", Column: "twice"}, op.DropColumn{Table: "t", Column: "b"}}, `the change would break view "v" (no such column: b)`},
		"trigger":              {op.List{op.DropColumn{Table: "log", Column: "what"}, op.AddColumn{Table: "log", Column: column("x", op.Text())}, op.AddColumn{Table: "log", Column: column("y", op.Text())}}, `the change would break trigger "tr" on "t"`},
		"trigger elsewhere":    {op.List{op.DropTable{Name: "log"}}, `the change would break trigger "tr" on "t"`},
		"in the middle":        {op.List{op.DropUnique{Table: "t", Name: "uni_ab"}, op.CreateTable{Name: "new", Columns: []op.Column{column("a", op.Text())}}, op.Exec{SQL: "INSERT INTO new VALUES (1, 2)"}}, "statement 1 of 1"},
		"no table":             {op.List{op.AddColumn{Table: "nope", Column: column("a", op.Text())}}, `there is no table "nope"`},
		"view as table":        {op.List{op.AddColumn{Table: "v", Column: column("a", op.Text())}}, `there is no table "v"`},
		"no column":            {op.List{op.DropColumn{Table: "t", Column: "nope"}}, `table "t" has no column "nope"`},
		"column twice":         {op.List{op.AddColumn{Table: "t", Column: column("A", op.Text())}}, `table "t" has a column "A" already`},
		"no index":             {op.List{op.DropIndex{Table: "t", Name: "nope"}}, `table "t" has no index "nope"`},
		"index twice":          {op.List{op.CreateIndex{Table: "t", Index: op.Index{Name: "idx_part", Columns: op.Columns("a")}}}, `has an index "idx_part" already`},
		"no unique":            {op.List{op.DropUnique{Table: "t", Name: "chk_b"}}, `table "t" has no unique constraint "chk_b"`},
		"no key":               {op.List{op.DropForeignKey{Table: "t", Name: "x"}}, `table "t" has no foreign key "x"`},
		"constraint twice":     {op.List{op.AddCheck{Table: "t", Check: op.Check{Name: "UNI_c", Expr: "1"}}}, `has a constraint "UNI_c" already`},
		"rename unnamed":       {op.List{op.RenameConstraint{Table: "t", To: "x"}}, "without a name cannot be renamed"},
		"rename to taken":      {op.List{op.RenameConstraint{Table: "t", From: "chk_b", To: "uni_c"}}, "already"},
		"rename no constraint": {op.List{op.RenameConstraint{Table: "t", From: "nope", To: "x"}}, `has no constraint "nope"`},
		"key twice":            {op.List{op.AddPrimaryKey{Table: "t", Columns: op.Columns("b")}}, "has a primary key already"},
		"no primary key":       {op.List{op.DropPrimaryKey{Table: "log"}}, "has no primary key"},
		"fulltext":             {op.List{op.CreateIndex{Table: "t", Index: op.Index{Name: "i", Class: "FULLTEXT", Columns: op.Columns("a")}}}, "sqlite has no FULLTEXT index"},
		"commit":               {op.List{op.Exec{SQL: "SELECT 1;\n COMMIT"}}, "line 2, column 2: COMMIT does not belong in a revision"},
		"foreign operation":    {op.List{stranger{}}, `not supported on sqlite: operations of kind "stranger"`},
	} {
		t.Run(name, func(t *testing.T) {
			conn := estate(t, "ON")
			objects, rows := master(t, conn), dump(t, conn, estateRows)
			_, err := migrate(conn, test.ops...)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want one with %q", err, test.want)
			}
			if diff := cmp.Diff(objects, master(t, conn)); diff != "" {
				t.Errorf("schema:\n%s", diff)
			}
			if diff := cmp.Diff(rows, dump(t, conn, estateRows)); diff != "" {
				t.Errorf("rows:\n%s", diff)
			}
			sound(t, conn)
			if got := dump(t, conn, "PRAGMA foreign_keys"); got[0] != "1" {
				t.Errorf("foreign_keys is %v", got)
			}
			alive(t, conn)
		})
	}
}

// stranger is an operation of another package.
type stranger struct{}

func (stranger) Kind() string           { return "stranger" }
func (stranger) String() string         { return "stranger" }
func (stranger) Apply(*op.Schema) error { return nil }

func TestPlanUnsupported(t *testing.T) {
	_, err := Dialect{}.Plan(context.Background(), openMemory(t), op.List{stranger{}})
	if !errors.Is(err, ddl.ErrUnsupported) {
		t.Errorf("%v does not wrap ErrUnsupported", err)
	}
	step, err := Dialect{}.Plan(context.Background(), openMemory(t), nil)
	if err != nil || len(step.Ops) != 0 || len(step.Statements) != 0 {
		t.Errorf("nothing to plan gives %v, %v", step, err)
	}
}
