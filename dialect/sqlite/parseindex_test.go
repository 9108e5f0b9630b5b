package sqlite

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

var indexStatements = map[string]string{
	"plain":         "CREATE INDEX i ON t (a)",
	"unique":        "create unique index if not exists i on t(a,b)",
	"qualified":     `CREATE INDEX "main"."i" ON [t] (a)`,
	"desc collate":  "CREATE INDEX i ON t (a COLLATE NOCASE DESC, b ASC, `c` collate rtrim)",
	"expression":    "CREATE INDEX i ON t (lower(a), b + 1 DESC, (a || ',)'), coalesce(a, 'x') COLLATE NOCASE)",
	"where":         "CREATE INDEX i ON t (a) wHeRe a > 0 AND b <> ' WHERE '",
	"where in name": `CREATE INDEX i ON t ("where") WHERE "where" IS NOT NULL`,
	"nulls":         "CREATE INDEX i ON t (a DESC, b)",
	"comment":       "CREATE INDEX i -- WHERE\n ON t (a /* , b */) WHERE a > 0 -- done",
	"quoted name":   "CREATE INDEX `we``ird name` ON t (a)",
}

func TestParseIndexAgainstSQLite(t *testing.T) {
	for name, statement := range indexStatements {
		t.Run(name, func(t *testing.T) {
			conn := openMemory(t)
			exec(t, conn, `CREATE TABLE t (a, b, c, "where")`, statement)
			want := shape(t, conn)
			d, err := parseIndex(statement)
			if err != nil {
				t.Fatal(err)
			}
			text, err := createIndex("t", d.index())
			if err != nil {
				t.Fatal(err)
			}
			exec(t, conn, "DROP INDEX "+quoteName(d.name), text)
			if diff := cmp.Diff(want, shape(t, conn)); diff != "" {
				t.Errorf("(-original +rewritten):\n%s\n%s", diff, text)
			}
			// What SQLite stored is read as what we wrote.
			got := inspect(t, conn).Tables[0].Indexes
			if diff := cmp.Diff([]op.Index{d.index()}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseIndexParts(t *testing.T) {
	d, err := parseIndex("CREATE UNIQUE INDEX i ON t (a DESC, lower(b) COLLATE NOCASE, c NULLS FIRST) where (c > 0)")
	if err != nil {
		t.Fatal(err)
	}
	want := op.Index{Name: "i", Unique: true, Where: "(c > 0)", Columns: []op.KeyPart{
		{Column: "a", Desc: true}, {Expr: "lower(b)", Collate: "NOCASE"}, {Column: "c", Nulls: "first"},
	}}
	if diff := cmp.Diff(want, d.index()); diff != "" {
		t.Error(diff)
	}
}

func TestParseIndexRefuses(t *testing.T) {
	for _, statement := range []string{"", "CREATE INDEX", "CREATE INDEX i", "CREATE INDEX i ON", "CREATE INDEX i ON t", "CREATE INDEX i ON t (", "CREATE INDEX i ON t (a", "CREATE INDEX i ON t ()", "DROP INDEX i", "CREATE INDEX i. ON t (a)", "CREATE INDEX i ON t ('a)"} {
		if d, err := parseIndex(statement); err == nil {
			t.Errorf("%q was taken as %+v", statement, d)
		}
	}
}
