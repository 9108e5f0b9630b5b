package sqlite_test

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
	"testing"

	"ariga.io/atlas/sql/schema"
	atlas "ariga.io/atlas/sql/sqlite"
	gocmp "github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/dialect/sqlite"
	"github.com/go-limbeck/limbeck/op"
)

// Atlas reads the catalogue in its own way, from pragmas, and so is a second
// opinion on what it can see: names, nullability, keys, references, indexes.
// It sees no type sizes, no collations and no AUTOINCREMENT, so these are left
// to the tests that compare with SQLite itself.
func TestAtlasAgrees(t *testing.T) {
	pool := atlasDB(t, `
		CREATE TABLE authors (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL DEFAULT 'x, (y)', born datetime);
		CREATE TABLE books (
			id integer PRIMARY KEY, "the title" varchar(100) NOT NULL, price decimal(10,2) CHECK (price > 0),
			author_id integer NOT NULL, editor_id integer,
			CONSTRAINT fk_author FOREIGN KEY (author_id) REFERENCES authors (id) ON DELETE CASCADE ON UPDATE SET NULL,
			CONSTRAINT fk_editor FOREIGN KEY (editor_id) REFERENCES authors (id));
		CREATE TABLE lines (a integer, b text, c text NOT NULL, PRIMARY KEY (a, b), FOREIGN KEY (a) REFERENCES books (id));
		CREATE INDEX idx_title ON books ("the title" DESC, price);
		CREATE UNIQUE INDEX idx_part ON lines (c) WHERE a > 1;
		CREATE VIEW v AS SELECT * FROM books;`)
	ours, err := sqlite.Dialect{}.Inspect(t.Context(), pool, ddl.Inquiry{})
	if err != nil {
		t.Fatal(err)
	}
	driver, err := atlas.Open(pool)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := driver.InspectSchema(t.Context(), "main", &schema.InspectOptions{Mode: schema.InspectTables})
	if err != nil {
		t.Fatal(err)
	}
	if len(ours.Schema.Tables) != 3 {
		t.Fatalf("read %d tables, want 3", len(ours.Schema.Tables))
	}
	if diff := gocmp.Diff(fromAtlas(theirs), comparable(ours.Schema)); diff != "" {
		t.Errorf("Atlas (-) and we (+) read differently:\n%s", diff)
	}
}

// comparable keeps what both can see.
func comparable(s op.Schema) op.Schema {
	s = s.Sorted()
	for i := range s.Tables {
		t := &s.Tables[i]
		for j, c := range t.Columns {
			t.Columns[j] = op.Column{Name: c.Name, NotNull: c.NotNull}
		}
		t.Checks = nil
		for j := range t.ForeignKeys {
			k := &t.ForeignKeys[j]
			k.Name = strings.Join(k.Columns, ",")
			k.OnDelete, k.OnUpdate = cmp.Or(k.OnDelete, "NO ACTION"), cmp.Or(k.OnUpdate, "NO ACTION")
		}
		slices.SortFunc(t.ForeignKeys, func(a, b op.ForeignKey) int { return cmp.Compare(a.Name, b.Name) })
	}
	return s
}

func fromAtlas(s *schema.Schema) op.Schema {
	var out op.Schema
	for _, t := range s.Tables {
		table := op.Table{Name: t.Name}
		for _, c := range t.Columns {
			table.Columns = append(table.Columns, op.Column{Name: c.Name, NotNull: !c.Type.Null})
		}
		if t.PrimaryKey != nil {
			table.PrimaryKey = atlasParts(t.PrimaryKey.Parts)
		}
		for _, x := range t.Indexes {
			index := op.Index{Name: x.Name, Unique: x.Unique, Columns: atlasParts(x.Parts)}
			for _, attr := range x.Attrs {
				if p, ok := attr.(*atlas.IndexPredicate); ok {
					index.Where = p.P
				}
			}
			table.Indexes = append(table.Indexes, index)
		}
		for _, k := range t.ForeignKeys {
			key := op.ForeignKey{RefTable: k.RefTable.Name, OnDelete: string(k.OnDelete), OnUpdate: string(k.OnUpdate)}
			for i := range k.Columns {
				key.Columns = append(key.Columns, k.Columns[i].Name)
				key.RefColumns = append(key.RefColumns, k.RefColumns[i].Name)
			}
			table.ForeignKeys = append(table.ForeignKeys, key)
		}
		out.Tables = append(out.Tables, table)
	}
	return comparable(out)
}

func atlasParts(parts []*schema.IndexPart) []op.KeyPart {
	list := make([]op.KeyPart, len(parts))
	for i, p := range parts {
		list[i] = op.KeyPart{Desc: p.Desc}
		if p.C != nil {
			list[i].Column = p.C.Name
		}
	}
	return list
}

func atlasDB(t *testing.T, script string) *sql.DB {
	t.Helper()
	pool, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	pool.SetMaxOpenConns(1)
	if _, err := pool.ExecContext(t.Context(), script); err != nil {
		t.Fatal(err)
	}
	return pool
}
