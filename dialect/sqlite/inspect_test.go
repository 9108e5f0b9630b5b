package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// bookstore is two tables in words that SQLite does not keep.
func bookstore() op.Schema {
	return op.Schema{Tables: []op.Table{
		{
			Name: "Authors",
			Columns: []op.Column{
				{Name: "id", Type: op.Uint(64), AutoIncrement: true},
				{Name: "Name", Type: op.String(100), NotNull: true, Comment: "as on the cover"},
			},
			PrimaryKey: op.Columns("id"),
			Comment:    "who writes",
		},
		{
			Name: "books",
			Columns: []op.Column{
				{Name: "id", Type: op.Int(64)},
				{Name: "title", Type: op.KeyText(), Collate: "NOCASE", Default: op.Literal(`it's "new"`)},
				{Name: "price", Type: op.Decimal(10, 2), Default: op.Literal(1.5)},
				{Name: "sold", Type: op.Bool(), NotNull: true, Default: op.Literal(false)},
				{Name: "made", Type: op.Time(3), Default: op.Expr("datetime('now')")},
				{Name: "author_id", Type: op.Uint(64)},
				{Name: "loud", Type: op.Text(), Generated: op.Generated{Expr: "upper(title)", Stored: true}},
				{Name: "code", Type: op.Raw("text UNIQUE CHECK (code <> '')")},
			},
			PrimaryKey:  op.Columns("id"),
			Uniques:     []op.Unique{{Name: "uni_books_made", Columns: op.Columns("made")}},
			Indexes:     []op.Index{{Name: "idx_books_title", Unique: true, Columns: []op.KeyPart{{Column: "title", Length: 10, Desc: true}}, Where: "sold", Comment: "x"}},
			ForeignKeys: []op.ForeignKey{{Name: "fk_books_author", Columns: []string{"author_id"}, RefTable: "Authors", OnDelete: "CASCADE"}},
			Checks:      []op.Check{{Name: "chk", Expr: "price > 0 -- paid"}, {Expr: "books.price < 100"}},
		},
	}}
}

func create(t testing.TB, conn *sql.Conn, s op.Schema) {
	t.Helper()
	for _, table := range s.Tables {
		mustMigrate(t, conn, op.CreateTable(table))
	}
}

func TestInspectSpeaksInWords(t *testing.T) {
	conn := openMemory(t)
	create(t, conn, bookstore())
	want := bookstore()
	if diff := cmp.Diff(want, inspect(t, conn, want)); diff != "" {
		t.Errorf("(-words +inspected):\n%s", diff)
	}
	if diff := cmp.Diff(bookstore(), want); diff != "" {
		t.Errorf("the words were changed:\n%s", diff)
	}
}

// TestInspectHandMade reads a table that says the same in other letters.
func TestInspectHandMade(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn,
		"CREATE TABLE AUTHORS (ID INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL)",
		`CREATE TABLE BOOKS (ID INTEGER, Title TEXT COLLATE nocase DEFAULT 'it''s "new"', price REAL DEFAULT +1.5 CHECK ((Price > /* money */ 0)),
			sold NUMERIC DEFAULT false NOT NULL, made DATETIME DEFAULT ( datetime( 'now') ) UNIQUE, author_id INTEGER REFERENCES authors ON DELETE cascade,
			loud TEXT AS (UPPER("title")) STORED, code TEXT UNIQUE CHECK (CODE <> ''), PRIMARY KEY (ID), CHECK (price < 100))`,
		"create unique index IDX_books_TITLE on books (TITLE desc) WHERE SOLD")
	want := bookstore()
	if diff := cmp.Diff(want, inspect(t, conn, want)); diff != "" {
		t.Errorf("(-words +inspected):\n%s", diff)
	}
}

// TestInspectShowsDrift changes one thing at a time behind the words' back: the
// difference shows there and nowhere else.
func TestInspectShowsDrift(t *testing.T) {
	type books = *op.Table
	column := func(name string, change func(*op.Column)) func(books) {
		return func(b books) { change(b.Column(name)) }
	}
	for name, test := range map[string]struct{ live, want func(books) }{
		"type":       {live: column("price", func(c *op.Column) { c.Type = op.Text() }), want: column("price", func(c *op.Column) { c.Type = op.Raw("text") })},
		"not null":   {live: column("sold", func(c *op.Column) { c.NotNull = false })},
		"default":    {live: column("title", func(c *op.Column) { c.Default = op.Literal("old") })},
		"no default": {live: column("sold", func(c *op.Column) { c.Default = op.Default{} })},
		"collation":  {live: column("title", func(c *op.Column) { c.Collate = "RTRIM" })},
		"generated":  {live: column("loud", func(c *op.Column) { c.Generated.Expr = "lower(title)" })},
		"virtual":    {live: column("loud", func(c *op.Column) { c.Generated.Stored = false })},
		"check":      {live: func(b books) { b.Checks[0].Expr = "price > 1" }},
		"unique": {
			live: func(b books) { b.Uniques[0].Columns = op.Columns("made", "price") },
		},
		"index": {live: func(b books) { b.Indexes[0].Unique = false }, want: func(b books) {
			b.Indexes[0] = op.Index{Name: "idx_books_title", Columns: []op.KeyPart{{Column: "title", Desc: true}}, Where: "sold"}
		}},
		"foreign key": {live: func(b books) { b.ForeignKeys[0].OnDelete = "SET NULL" }, want: func(b books) { b.ForeignKeys[0].OnDelete = "SET NULL"; b.ForeignKeys[0].RefColumns = []string{"id"} }},
		"raw column": {live: column("code", func(c *op.Column) { c.Type = op.Raw("text UNIQUE") }), want: func(b books) {
			b.Column("code").Type = op.Raw("text")
			b.Uniques = append([]op.Unique{{Columns: op.Columns("code")}}, b.Uniques...)
		}},
		"options": {live: func(b books) { b.Options = "WITHOUT ROWID" }},
		"key":     {live: func(b books) { b.PrimaryKey = op.Columns("id", "title") }},
	} {
		t.Run(name, func(t *testing.T) {
			live, want := bookstore(), bookstore()
			test.live(&live.Tables[1])
			if test.want == nil {
				test.want = test.live
			}
			test.want(&want.Tables[1])
			conn := openMemory(t)
			create(t, conn, live)
			if diff := cmp.Diff(want, inspect(t, conn, bookstore())); diff != "" {
				t.Errorf("(-want +inspected):\n%s", diff)
			}
		})
	}
}

func TestInspectPrefersTheFirstWords(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE t (a text, b text, c text)")
	table := func(columns ...op.Column) op.Schema {
		return op.Schema{Tables: []op.Table{{Name: "t", Columns: columns}}}
	}
	first := table(op.Column{Name: "a", Type: op.String(10)}, op.Column{Name: "b", Type: op.Int(64)})
	second := table(op.Column{Name: "a", Type: op.String(20)}, op.Column{Name: "b", Type: op.String(30), NotNull: true})
	want := table(op.Column{Name: "a", Type: op.String(10)}, op.Column{Name: "b", Type: op.String(30)}, op.Column{Name: "c", Type: op.Raw("text")})
	if diff := cmp.Diff(want, inspect(t, conn, first, second)); diff != "" {
		t.Error(diff)
	}
}

// TestInspectUnnamedTwice says one constraint in words and finds it twice, once
// with its name and once without: the word means the one with the name.
func TestInspectUnnamedTwice(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE t (a text UNIQUE, CONSTRAINT u UNIQUE (a))")
	words := op.Schema{Tables: []op.Table{{Name: "t", Columns: []op.Column{{Name: "a", Type: op.Text()}}, Uniques: []op.Unique{{Name: "u", Columns: op.Columns("a")}}}}}
	got := inspect(t, conn, words).Tables[0].Uniques
	want := []op.Unique{{Columns: op.Columns("a")}, {Name: "u", Columns: op.Columns("a")}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestInspectDefaults(t *testing.T) {
	for text, want := range map[string]op.Default{
		"1": op.Literal(1), "-1": op.Literal(-1), "+2": op.Literal(2), "1.50": {Kind: op.DefaultNumber, Text: "1.50"},
		"'x'": op.Literal("x"), `"x"`: op.Literal("x"), "`x`": op.Literal("x"), "[x]": op.Literal("x"), "word": op.Literal("word"),
		"''": op.Literal(""), "'it''s'": op.Literal("it's"), "true": op.Literal(true), "FALSE": op.Literal(false), "'true'": op.Literal("true"),
		"null": op.Expr("null"), "(1)": op.Expr("(1)"), "current_date": op.Expr("current_date"), "1e3": op.Expr("1e3"),
		"0x10": op.Expr("0x10"), "007": op.Expr("007"), ".5": op.Expr(".5"), "5.": op.Expr("5."), "x'00'": op.Expr("x'00'"),
	} {
		conn := openMemory(t)
		exec(t, conn, "CREATE TABLE t (a DEFAULT "+text+")")
		if diff := cmp.Diff(want, inspect(t, conn).Tables[0].Columns[0].Default); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
		before := dump(t, conn, "INSERT INTO t DEFAULT VALUES RETURNING a")
		exec(t, conn, "DROP TABLE t", createTable(op.Table{Name: "t", Columns: []op.Column{{Name: "a", Default: want}}}))
		if diff := cmp.Diff(before, dump(t, conn, "INSERT INTO t DEFAULT VALUES RETURNING a")); diff != "" && text != "1.50" {
			t.Errorf("written again, %s is another value:\n%s", text, diff)
		}
	}
}

// TestInspectLeavesAlone finds ordinary tables of the main database and nothing
// else.
func TestInspectLeavesAlone(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn,
		"CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text UNIQUE)",
		"CREATE TEMP TABLE temporary (a int)",
		"ATTACH ':memory:' AS other", "CREATE TABLE other.foreigner (a int)",
		"CREATE VIEW v AS SELECT * FROM t", "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
		"CREATE TABLE sqliteish (a int)", "ANALYZE")
	want := []string{"t", "sqliteish"}
	for _, module := range []string{"rtree(id, x0, x1)", "fts3(body)", "fts5(body)"} {
		if _, err := conn.ExecContext(context.Background(), "CREATE VIRTUAL TABLE virtual_"+module[:4]+" USING "+module); err != nil {
			t.Logf("this build has no module for %s: %v", module, err)
			continue
		}
		want = append(want, "") // seen
	}
	if want = want[:2]; len(dump(t, conn, "SELECT 1 FROM pragma_table_list WHERE type = 'shadow'")) == 0 {
		t.Skip("NOT TESTED: this build of SQLite has no virtual tables with shadow tables at all")
	}
	var got []string
	for _, table := range inspect(t, conn).Tables {
		got = append(got, table.Name)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	there := map[string]bool{"t": true, "T": true, "v": false, "virtual_rtre": false, "temporary": false, "foreigner": false, "": false, "no": false}
	names := slices.Collect(maps.Keys(there))
	found, err := Dialect{}.HasTables(t.Context(), conn, names...)
	if err != nil || len(found) != len(names) {
		t.Fatal(found, err)
	}
	for i, name := range names {
		if found[i] != there[name] {
			t.Errorf("there is a table %q: %v", name, found[i])
		}
	}
}

func TestInspectWritesNothing(t *testing.T) {
	path := tempFile(t)
	conn := openConn(t, path)
	create(t, conn, bookstore())
	exec(t, conn, "CREATE VIEW v AS SELECT * FROM books")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changes := dump(t, conn, "SELECT total_changes()")
	inspect(t, conn, bookstore())
	if diff := cmp.Diff(changes, dump(t, conn, "SELECT total_changes()")); diff != "" {
		t.Error(diff)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("reading changed the file (%v)", err)
	}
	// A connection that may only read will do.
	inspect(t, openConn(t, "file:"+path+"?mode=ro"))
}

// counter counts queries.
type counter struct {
	*sql.Conn
	n int
}

func (c *counter) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	c.n++
	return c.Conn.QueryContext(ctx, query, args...)
}

func TestInspectQueryCount(t *testing.T) {
	count := func(tables int) int {
		conn := openMemory(t)
		for i := range tables {
			exec(t, conn, fmt.Sprintf("CREATE TABLE t%d (a int REFERENCES t0)", i), fmt.Sprintf("CREATE INDEX i%d ON t%d (a)", i, i))
		}
		c := &counter{Conn: conn}
		if got := inspect(t, c); len(got.Tables) != tables {
			t.Fatalf("%d tables", len(got.Tables))
		}
		return c.n
	}
	if one, many := count(1), count(50); one != 2 || many != 2 {
		t.Errorf("%d queries for a table and %d for 50; want 2", one, many)
	}
}

func TestInspectTellsFoldedNamesApart(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE é (Ä int, ä int)", "CREATE TABLE É (a int)")
	if got := inspect(t, conn).Tables; len(got) != 2 || len(got[0].Columns) != 2 || got[1].Columns[0].Name != "a" {
		t.Errorf("SQLite folds only letters from A to Z, got %+v", got)
	}
}
