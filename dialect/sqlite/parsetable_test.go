package sqlite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// tableStatements have CREATE TABLE in every shape of its grammar. %s is where
// the table's name stands in schema-qualified ones.
var tableStatements = map[string]string{
	"plain":                    `CREATE TABLE t (a integer, b text)`,
	"no types":                 `CREATE TABLE t (a, b, "c")`,
	"one line no blanks":       "CREATE TABLE t(a int,b text default'x',check(a>0))",
	"back quotes":              "CREATE TABLE `t` (`a b` integer, `c``d` text, PRIMARY KEY (`a b`))",
	"double quotes":            `CREATE TABLE "t" ("a ""b" integer NOT NULL, "c,d" text)`,
	"brackets":                 `CREATE TABLE [t] ([a b] integer, [c)d] text)`,
	"single quotes":            `CREATE TABLE 't' ('a b' integer, 'it''s' text UNIQUE)`,
	"keywords as names":        `CREATE TABLE t ("select" int, "check" text CHECK ("check" <> 'a'), "primary" int, "constraint" int, key int, action text, "default" int)`,
	"unicode":                  `CREATE TABLE t (naïve text, 名前 text DEFAULT '山', "ключ" int UNIQUE)`,
	"types with sizes":         `CREATE TABLE t (a decimal(10, 2), b varchar(255) NOT NULL, c double precision, d unsigned big int(3))`,
	"quoted type":              `CREATE TABLE t (a "my type", b [other (x)] NOT NULL)`,
	"signed size":              `CREATE TABLE t (a num(-1,+2) NOT NULL)`,
	"autoincrement":            `CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, b text)`,
	"autoincrement in key":     `CREATE TABLE t (id integer, b text, PRIMARY KEY (id AUTOINCREMENT))`,
	"autoincrement conflict":   `CREATE TABLE t (id integer CONSTRAINT pk PRIMARY KEY ON CONFLICT ROLLBACK AUTOINCREMENT)`,
	"key desc":                 `CREATE TABLE t (id integer PRIMARY KEY DESC, b text)`,
	"key parts":                `CREATE TABLE t (a text, b text, CONSTRAINT k PRIMARY KEY (a COLLATE NOCASE DESC, b ASC) ON CONFLICT IGNORE)`,
	"column order":             `CREATE TABLE t (a text COLLATE NOCASE DEFAULT 'x' CONSTRAINT nn NOT NULL ON CONFLICT FAIL CONSTRAINT u UNIQUE ON CONFLICT REPLACE CHECK (a <> '') NULL)`,
	"reverse column order":     `CREATE TABLE t (a text CHECK (a <> '') UNIQUE NOT NULL DEFAULT 'x' COLLATE RTRIM PRIMARY KEY)`,
	"defaults":                 `CREATE TABLE t (a int DEFAULT -1, b int DEFAULT +2, c DEFAULT (1 + 2), d DEFAULT NULL, e DEFAULT CURRENT_TIMESTAMP, f DEFAULT x'00ff', g DEFAULT word, h DEFAULT "quoted", i DEFAULT true, j DEFAULT 1.5e-3, k DEFAULT 0x1F, l DEFAULT (datetime('now', ',')))`,
	"default before not null":  `CREATE TABLE t (a int DEFAULT 1 NOT NULL, b text DEFAULT (lower('A')) NOT NULL)`,
	"checks":                   `CREATE TABLE t (a int CHECK (a IN (1, 2, 3)), b text CONSTRAINT "c""b" CHECK (b <> ') , (' AND (b <> 'it''s')), CONSTRAINT two CHECK ((a > 0) OR (b IS NULL)), CHECK (a /* , ) */ > 0))`,
	"check over lines":         "CREATE TABLE t (\n\ta int, -- a comment, with CHECK (a > 1)\n\t/* CHECK (no) */ b text,\n\tCONSTRAINT c CHECK (a > 0 -- positive\n\t)\n\t-- last\n)",
	"comment that says CHECK":  "CREATE TABLE t (a int /* CHECK (a > 5) */, b int -- CONSTRAINT x CHECK (b > 5)\n)",
	"comment before all":       "CREATE TABLE /* hello ( */ t /* , */ ( -- )\n a int)",
	"generated":                `CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED, c AS (a || ', )') VIRTUAL NOT NULL, d int AS (b + 1), e text GENERATED ALWAYS AS (upper(c)) UNIQUE)`,
	"no commas":                `CREATE TABLE t (a int, b int, UNIQUE (a) CHECK (a > 0) CONSTRAINT x UNIQUE (b) FOREIGN KEY (b) REFERENCES p (id))`,
	"strict":                   `CREATE TABLE t (a INT, b TEXT, c ANY) STRICT`,
	"without rowid":            `CREATE TABLE t (a INT PRIMARY KEY, b TEXT) WITHOUT ROWID`,
	"both options":             `CREATE TABLE t (a INT PRIMARY KEY) strict , without  rowid`,
	"temporary":                `CREATE TEMPORARY TABLE t (a int)`,
	"temp":                     `CREATE TEMP TABLE IF NOT EXISTS t (a int NOT NULL)`,
	"qualified":                `CREATE TABLE IF NOT EXISTS "main".t (a int)`,
	"references":               `CREATE TABLE t (a int REFERENCES p, b int CONSTRAINT fk REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL NOT NULL, c int REFERENCES "p"(id) MATCH FULL DEFERRABLE INITIALLY DEFERRED)`,
	"references and deferring": `CREATE TABLE t (a int REFERENCES p NOT NULL DEFERRABLE INITIALLY DEFERRED, b int REFERENCES p ON INSERT CASCADE ON DELETE RESTRICT)`,
	"foreign keys":             `CREATE TABLE t (a int, b int, FOREIGN KEY (a, b) REFERENCES p2 (x, y) ON DELETE SET DEFAULT ON UPDATE NO ACTION NOT DEFERRABLE INITIALLY IMMEDIATE, CONSTRAINT fk2 FOREIGN KEY (a) REFERENCES p DEFERRABLE)`,
	"self reference":           `CREATE TABLE t (id integer PRIMARY KEY, parent int REFERENCES t (id) ON DELETE CASCADE)`,
	"unique collate":           `CREATE TABLE t (a text, b text, UNIQUE (a COLLATE NOCASE, b DESC), UNIQUE (b) ON CONFLICT ABORT)`,
	"name without constraint":  `CREATE TABLE t (a int CONSTRAINT lonely, b int CONSTRAINT x CONSTRAINT y NOT NULL, CONSTRAINT z)`,
	"form feed and crlf":       "CREATE TABLE t (\r\n\fa int,\r\n\tb text\r\n)",
	"semicolon":                `CREATE TABLE t (a int);`,
}

// shape is what SQLite itself says of the table t.
func shape(t testing.TB, q ddl.Querier) map[string][]string {
	t.Helper()
	return map[string][]string{
		"columns": dump(t, q, "SELECT * FROM pragma_table_xinfo('t')"),
		"list":    dump(t, q, `SELECT type, ncol, wr, strict FROM pragma_table_list('t')`),
		"indexes": dump(t, q, "SELECT * FROM pragma_index_list('t')"),
		"parts":   dump(t, q, "SELECT l.name, x.* FROM pragma_index_list('t') l, pragma_index_xinfo(l.name) x"),
		"keys":    dump(t, q, "SELECT * FROM pragma_foreign_key_list('t')"),
	}
}

// TestParseTableAgainstSQLite takes a statement apart, writes it again, in one
// piece and column by column, and asks SQLite whether that is the same table.
func TestParseTableAgainstSQLite(t *testing.T) {
	for name, statement := range tableStatements {
		t.Run(name, func(t *testing.T) {
			conn := openMemory(t)
			exec(t, conn, statement)
			want := shape(t, conn)
			exec(t, conn, "DROP TABLE t")

			d, err := parseTable(statement)
			if err != nil {
				t.Fatal(err)
			}
			exec(t, conn, d.String())
			if diff := cmp.Diff(want, shape(t, conn)); diff != "" {
				t.Errorf("as one (-original +rewritten):\n%s\n%s", diff, d)
			}
			exec(t, conn, "DROP TABLE t")

			for i := range d.columns {
				d.columns[i].text = "" // as if it had been edited
			}
			exec(t, conn, d.String())
			if diff := cmp.Diff(want, shape(t, conn)); diff != "" {
				t.Errorf("piece by piece (-original +rewritten):\n%s\n%s", diff, d)
			}
		})
	}
}

// TestTableAgainstSQLite writes what a table says in the vocabulary of op, and
// asks SQLite whether that is the same table. Conflict clauses, explicit NULL
// and MATCH are no part of that vocabulary.
func TestTableAgainstSQLite(t *testing.T) {
	inColumn := map[string]bool{"autoincrement in key": true, "key desc": true}
	for name, statement := range tableStatements {
		t.Run(name, func(t *testing.T) {
			if inColumn[name] {
				t.Skip("the key stands elsewhere in what we write")
			}
			conn := openMemory(t)
			d, err := parseTable(statement)
			if err != nil {
				t.Fatal(err)
			}
			exec(t, conn, statement)
			want := shape(t, conn)
			exec(t, conn, "DROP TABLE t", createTable(d.table()))
			got := shape(t, conn)
			for _, list := range [][]string{want["columns"], got["columns"]} {
				for i := range list {
					// 'x' and "x" are one here, and so are 2 and +2.
					list[i] = strings.NewReplacer(`\"`, "", "'", "", "+", "").Replace(list[i])
				}
			}
			// Automatic indexes come in the order of the statement.
			for _, key := range []string{"columns", "list"} {
				if diff := cmp.Diff(want[key], got[key]); diff != "" {
					t.Errorf("%s (-original +rewritten):\n%s\n%s", key, diff, createTable(d.table()))
				}
			}
			for _, key := range []string{"indexes", "parts", "keys"} {
				if len(want[key]) != len(got[key]) {
					t.Errorf("%s: want %v, got %v, in:\n%s", key, want[key], got[key], createTable(d.table()))
				}
			}
		})
	}
}

func TestParseTableRefuses(t *testing.T) {
	for _, statement := range []string{
		"", "CREATE", "CREATE VIEW v AS SELECT 1", "CREATE TABLE", "CREATE TABLE t", "CREATE TABLE t (", "CREATE TABLE t (a",
		"CREATE TABLE t (a int,", "CREATE TABLE t (a int CHECK", "CREATE TABLE t (a int CHECK (", "CREATE TABLE t (a DEFAULT)",
		"CREATE TABLE t (a REFERENCES", "CREATE TABLE t (a, UNIQUE (", "CREATE TABLE t (a, FOREIGN KEY (a) b)",
		"CREATE TABLE t (a, FOREIGN KEY (a", "CREATE TABLE t (a 'open)", "CREATE TABLE t (a NOT)", "CREATE TABLE t (a, CONSTRAINT x y)",
		"CREATE TABLE t (a, UNIQUE ())", "CREATE TABLE 1 (a)", "CREATE TABLE t. (a)", "CREATE TABLE t (a ON CONFLICT",
		"CREATE TABLE t (a REFERENCES b ON DELETE", "CREATE TABLE t (a REFERENCES b DEFERRABLE INITIALLY", "CREATE TABLE t (a REFERENCES b MATCH",
		"CREATE TABLE t (a UNIQUE ON CONFLICT", "CREATE TABLE t (a PRIMARY KEY ON CONFLICT",
	} {
		if d, err := parseTable(statement); err == nil && !strings.Contains(statement, "ON CONFLICT (") {
			t.Errorf("%q was taken as %+v", statement, d)
		}
	}
}

// FuzzParse feeds text to the parsers, which must return or refuse.
func FuzzParse(f *testing.F) {
	for _, statement := range tableStatements {
		f.Add(statement)
	}
	for _, statement := range indexStatements {
		f.Add(statement)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		if d, err := parseTable(sql); err == nil {
			_, _ = d.String(), d.table()
		}
		if d, err := parseIndex(sql); err == nil {
			_ = d.index()
		}
		_, _ = splitStatements(sql)
		_, _, _ = normalSQL(sql), normalType(sql), normalDefault(sql)
		_ = readDefault(sql)
	})
}
