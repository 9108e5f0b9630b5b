package harness

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/internal/testdb"
)

// TestCatalogueSees: no two of these schemas look the same.
func TestCatalogueSees(t *testing.T) {
	schemas := map[string][]string{
		"plain":         {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer)"},
		"name":          {"CREATE TABLE u (id integer PRIMARY KEY, a varchar(10), b integer)"},
		"no key":        {"CREATE TABLE t (id integer NOT NULL, a varchar(10), b integer)"},
		"two keys":      {"CREATE TABLE t (id integer, a varchar(10), b integer, PRIMARY KEY (id, a))"},
		"other order":   {"CREATE TABLE t (id integer PRIMARY KEY, b integer, a varchar(10))"},
		"fewer columns": {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10))"},
		"other column":  {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), c integer)"},
		"longer":        {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(11), b integer)"},
		"other type":    {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b bigint)"},
		"not null":      {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10) NOT NULL, b integer)"},
		"default":       {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10) DEFAULT 'x', b integer)"},
		"empty default": {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10) DEFAULT '', b integer)"},
		"unique":        {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer, CONSTRAINT c UNIQUE (a))"},
		"check":         {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer, CONSTRAINT c CHECK (b > 0))"},
		"other check":   {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer, CONSTRAINT c CHECK (b > 1))"},
		"foreign key":   {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer, CONSTRAINT c FOREIGN KEY (b) REFERENCES t (id))"},
		"cascade":       {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer, CONSTRAINT c FOREIGN KEY (b) REFERENCES t (id) ON DELETE CASCADE)"},
		"index":         {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer)", "CREATE INDEX i ON t (a)"},
		"index name":    {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer)", "CREATE INDEX j ON t (a)"},
		"index columns": {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer)", "CREATE INDEX i ON t (a, b)"},
		"index desc":    {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer)", "CREATE INDEX i ON t (a DESC)"},
		"unique index":  {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer)", "CREATE UNIQUE INDEX i ON t (a)"},
		"two tables":    {"CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer)", "CREATE TABLE u (id integer PRIMARY KEY)"},
	}
	testdb.Each(t, func(t *testing.T, dialect string) {
		seen := map[string]string{}
		read := func(name string) []string {
			db := testdb.Open(t, dialect)
			for _, statement := range schemas[name] {
				if err := db.Exec(statement).Error; err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
			lines, err := catalogue(db)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return lines
		}
		for name := range schemas {
			text := strings.Join(read(name), "\n")
			if other, ok := seen[text]; ok {
				t.Errorf("%q and %q look the same:\n%s", name, other, text)
			}
			seen[text] = name
		}
		if d := cmp.Diff(unordered(read("plain")), unordered(read("other order"))); d != "" {
			t.Errorf("the order of columns is still seen:\n%s", d)
		}
	})
}

// TestRowsSees: what is lost or changed does not equal what there was.
func TestRowsSees(t *testing.T) {
	type row = map[string]string
	old := tables{{Name: "a", Rows: []row{{"id": "1", "x": "y"}, {"id": "2", "x": "<null>"}}}, {Name: "b", Rows: []row{{"id": "1"}}}}
	for _, test := range []struct {
		name string
		now  tables
		kept bool
	}{
		{"the same", old, true},
		{"more", tables{{Name: "a", Rows: []row{{"id": "1", "x": "y", "z": ""}, {"id": "2", "x": "<null>", "z": "1"}}}, old[1], {Name: "c"}}, true},
		{"a table lost", tables{old[0]}, false},
		{"a row lost", tables{{Name: "a", Rows: old[0].Rows[:1]}, old[1]}, false},
		{"a column lost", tables{{Name: "a", Rows: []row{{"id": "1"}, {"id": "2"}}}, old[1]}, false},
		{"a value changed", tables{{Name: "a", Rows: []row{{"id": "1", "x": "y"}, {"id": "2", "x": ""}}}, old[1]}, false},
		{"rows moved", tables{{Name: "a", Rows: slices.Concat(old[0].Rows[1:], old[0].Rows[:1])}, old[1]}, false},
	} {
		if kept := cmp.Equal(old, test.now.only(old)); kept != test.kept {
			t.Errorf("%s: kept is %v", test.name, kept)
		}
	}
}
