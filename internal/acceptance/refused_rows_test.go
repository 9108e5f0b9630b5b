package acceptance

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestRowsInTheWay: where the rows that are there do not allow a key or NOT NULL,
// the error names them, as far as the database does, and says what helps.
func TestRowsInTheWay(t *testing.T) {
	const (
		mend     = "; mend or delete these rows first, for example with op.Exec at the head of the revision"
		backfill = mend + ", or let the operation say what they get (Backfill): "
	)
	integer := func(name string, notNull bool, d op.Default) op.Column {
		return op.Column{Name: name, Type: op.Int(64), NotNull: notNull, Default: d}
	}
	none := op.Default{}
	for _, test := range []struct {
		name string
		up   op.List
		// rows is what SQLite says, and PostgreSQL but for the key that there is none of
		// yet; value what the others say; help is for all.
		rows, value, help string
	}{
		{
			"unique constraint", op.List{op.AddUnique{Table: "things", Unique: op.Unique{Name: "u", Columns: op.Columns("a")}}},
			`3 rows of table "things" have values in (a) that others have too, against unique constraint "u" (id 1, 2, 4)`, "Key (a)=(1) is duplicated|Duplicate entry '1' for key", mend + ": ",
		},
		{
			"unique index", op.List{op.CreateIndex{Table: "things", Index: op.Index{Name: "u", Unique: true, Columns: op.Columns("a", "b")}}},
			`2 rows of table "things" have values in (a, b) that others have too, against index "u" (id 2, 4)`, "Key (a, b)=(1, 5) is duplicated|Duplicate entry '1-5' for key", mend + ": ",
		},
		{
			"primary key", op.List{op.DropPrimaryKey{Table: "things"}, op.AddPrimaryKey{Table: "things", Columns: op.Columns("a")}},
			`3 rows of table "things" have values in (a) that others have too, against the primary key (a 1, 1, 1)`, "Key (a)=(1) is duplicated|Duplicate entry '1' for key", mend + ": ",
		},
		{
			"unique constraint over a default", op.List{
				op.AddColumn{Table: "things", Column: integer("c", true, op.Literal(7))}, op.AddUnique{Table: "things", Unique: op.Unique{Name: "u", Columns: op.Columns("c")}},
			},
			`4 rows of table "things" have values in (c) that others have too, against unique constraint "u" (id 1, 2, 3, 4)`, "Key (c)=(7) is duplicated|Duplicate entry '7' for key", mend + ": ",
		},
		{
			"not null", op.List{op.AlterColumn{Table: "things", From: integer("b", false, none), To: integer("b", true, none)}},
			`2 rows of table "things" have no value in column "b", which is NOT NULL (id 1, 3)`, `column "b" of relation "things" contains null values|2 rows of table "things" have no value in column "b", which is NOT NULL (id 1, 3)`, backfill,
		},
		{
			"new column", op.List{op.AddColumn{Table: "things", Column: integer("c", true, none), Backfill: op.Expr("b")}},
			`2 rows of table "things" have no value in column "c", which is NOT NULL (id 1, 3)`, `column "c" of relation "things" contains null values|2 rows of table "things" have no value in column "c", which is NOT NULL (id 1, 3)`, backfill,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			testdb.Each(t, func(t *testing.T, dialect string) {
				db := testdb.Open(t, dialect)
				make := op.CreateTable{Name: "things", PrimaryKey: op.Columns("id"), Columns: []op.Column{
					integer("id", true, none), integer("a", true, none), integer("b", false, none),
				}}
				migrator := migrate.New(db, op.Revisions{
					{ID: "a", Created: "2026-11-23T10:15:02Z", Message: "make", Up: op.List{make}},
					{ID: "b", Parents: []string{"a"}, Created: "2026-11-23T10:15:03Z", Message: "change", Up: test.up},
				})
				if _, err := migrator.Upgrade(t.Context(), "a"); err != nil {
					t.Fatal(err)
				}
				if err := db.Exec("INSERT INTO things (id, a, b) VALUES (1, 1, NULL), (2, 1, 5), (3, 2, NULL), (4, 1, 5)").Error; err != nil {
					t.Fatal(err)
				}
				_, err := migrator.Upgrade(t.Context(), "head")
				if err == nil {
					t.Fatal("it went through")
				}
				postgres, mysql, _ := strings.Cut(test.value, "|")
				words := map[string]string{"sqlite": test.rows, "postgres": postgres, "mysql": mysql}[dialect]
				if dialect == "postgres" && !strings.Contains(err.Error(), strings.TrimSuffix(test.rows, " (a 1, 1, 1)")) {
					t.Errorf("got  %v\nwant %s", err, test.rows)
				}
				if !strings.Contains(err.Error(), words) || !strings.Contains(err.Error(), test.help) {
					t.Errorf("got  %v\nwant %s\nand  %s", err, words, test.help)
				}
			})
		})
	}
}
