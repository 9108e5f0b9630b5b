package sqlite

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

// commented has comments wherever a person would write one.
const commented = `CREATE TABLE t ( -- the things
  -- what they are called by
  id integer PRIMARY KEY, -- by itself
  /* the name,
     as it is said */
  name /* any */ varchar(20) -- short
    NOT NULL ON CONFLICT FAIL /* always */ DEFAULT 'x', -- (a, b)
  size int -- in metres
  , kind text, /* one of few */ "odd one" text
    CONSTRAINT known CHECK (kind <> '-- no') -- no comma
  ,
  -- together
  CONSTRAINT both UNIQUE (name, size) -- on one shelf
  -- that is all
) /* and */ STRICT`

// TestCommentsStay: what is not changed reads as before, to the letter.
func TestCommentsStay(t *testing.T) {
	named := op.Column{Name: "name", Type: op.Raw("varchar(20)"), NotNull: true, Default: op.Literal("x")}
	text := named
	text.Type = op.Text()
	free := named
	free.NotNull = false
	bare := named
	bare.Default = op.Default{}
	for _, test := range []struct {
		ops op.List
		// old and new are the part of the text that changes.
		old, new string
	}{
		{op.List{op.AlterColumn{Table: "t", From: named, To: text}}, "/* any */ varchar(20)", "/* any */ text"},
		{op.List{op.AlterColumn{Table: "t", From: named, To: free}}, " -- short\n    NOT NULL ON CONFLICT FAIL", ""},
		{op.List{op.AlterColumn{Table: "t", From: named, To: bare}}, " /* always */ DEFAULT 'x'", ""},
		{op.List{op.DropColumn{Table: "t", Column: "kind"}, op.DropCheck{Table: "t", Name: "known"}}, " kind text, /* one of few */ \"odd one\" text\n    CONSTRAINT known CHECK (kind <> '-- no') -- no comma", " /* one of few */ \"odd one\" text -- no comma"},
		{op.List{op.DropUnique{Table: "t", Name: "both"}}, " -- no comma\n  ,\n  -- together\n  CONSTRAINT both UNIQUE (name, size) -- on one shelf", " -- no comma\n  "},
		{op.List{op.AddColumn{Table: "t", Column: op.Column{Name: "n", Type: op.Int(64)}, Backfill: op.Literal(1)}}, ",\n  -- together", ",\n  `n` integer,\n  -- together"},
		{op.List{op.AddCheck{Table: "t", Check: op.Check{Name: "k", Expr: "id > 0"}}}, " -- on one shelf", ", -- on one shelf\n  CONSTRAINT `k` CHECK (id > 0)"},
		{op.List{op.RenameConstraint{Table: "t", From: "both", To: "pair"}}, "CONSTRAINT both", "CONSTRAINT `pair`"},
	} {
		conn := openMemory(t)
		exec(t, conn, strings.Replace(commented, " STRICT", "", 1), "INSERT INTO t VALUES (1, 'a', 2, 'k', 'o')")
		mustMigrate(t, conn, test.ops...)
		var got string
		if err := conn.QueryRowContext(t.Context(), "SELECT sql FROM sqlite_master WHERE name = 't'").Scan(&got); err != nil {
			t.Fatal(err)
		}
		want := strings.Replace(strings.Replace(commented, " /* and */ STRICT", "", 1), test.old, test.new, 1)
		if got != want {
			t.Errorf("%s\nhas become:\n%s\nwant:\n%s", test.ops, got, want)
		}
	}
}

// TestTextReadsAsWritten takes statements apart and writes them as they were.
func TestTextReadsAsWritten(t *testing.T) {
	for _, statement := range tableStatements {
		if strings.Contains(statement, "TEMP") || strings.Contains(statement, "NOT EXISTS") || strings.HasSuffix(statement, ";") {
			continue // SQLite does not store these words
		}
		d, err := parseTable(statement)
		if err != nil {
			t.Fatal(err)
		}
		want := statement
		if strings.Contains(statement, ") CHECK (a > 0) CONSTRAINT") { // without commas
			want = strings.NewReplacer("UNIQUE (a) ", "UNIQUE (a), ", "(a > 0) ", "(a > 0), ", "UNIQUE (b) ", "UNIQUE (b), ").Replace(want)
		}
		if strings.HasPrefix(statement, "CREATE TABLE /*") {
			want = strings.Replace(statement, "/* hello ( */ ", "", 1)
		}
		if got := d.String(); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	}
}
