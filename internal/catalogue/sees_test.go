package catalogue

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/internal/testdb"
)

func read(t testing.TB, db *gorm.DB) []string {
	t.Helper()
	lines, err := Read(db)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// TestCatalogueSees guards the guard: each change of a schema that a model can
// ask for shows in the catalogue.
func TestCatalogueSees(t *testing.T) {
	const base = "CREATE TABLE `a` (`id` integer PRIMARY KEY AUTOINCREMENT,`v` text NOT NULL DEFAULT \"x y\",`w` integer,`o` integer," +
		"CONSTRAINT `fk_o` FOREIGN KEY (`o`) REFERENCES `a`(`id`) ON DELETE CASCADE,CONSTRAINT `c` CHECK (w > 0),CONSTRAINT `u` UNIQUE (`v`));" +
		"CREATE INDEX `i` ON `a`(`w`,lower(v) DESC) WHERE w > 1"
	of := func(t *testing.T, sql string) []string {
		t.Helper()
		db := testdb.Open(t, "sqlite")
		for _, statement := range strings.Split(sql, ";") {
			if err := db.Exec(statement).Error; err != nil {
				t.Fatal(err)
			}
		}
		return read(t, db)
	}
	want := of(t, base)
	for _, change := range [][2]string{
		{"AUTOINCREMENT", ""}, {"`v` text", "`v` blob"}, {"NOT NULL", ""}, {`"x y"`, `"x  y"`}, {` DEFAULT "x y"`, ""},
		{"`w` integer,`o` integer", "`o` integer,`w` integer"}, {"fk_o", "fk_p"}, {"CASCADE", "SET NULL"}, {" ON DELETE CASCADE", ""},
		{"(`o`) REFERENCES", "(`w`) REFERENCES"}, {"`c` CHECK", "`d` CHECK"}, {"w > 0", "w > 9"}, {"`u` UNIQUE", "`v` UNIQUE"},
		{"UNIQUE (`v`)", "UNIQUE (`v`,`w`)"}, {"INDEX `i`", "INDEX `j`"}, {"CREATE INDEX", "CREATE UNIQUE INDEX"},
		{" DESC", ""}, {"lower", "upper"}, {"w > 1", "w > 2"}, {" WHERE w > 1", ""}, {"`w`,lower", "`w` COLLATE NOCASE,lower"},
		{"`w` integer", "`w` integer COLLATE NOCASE"}, {");", ") STRICT;"}, {"`v`));", "`v`));CREATE VIEW x AS SELECT 1;"},
	} {
		changed := strings.Replace(base, change[0], change[1], 1)
		if changed == base {
			t.Fatalf("%q is not in the statement", change[0])
		}
		if strings.Contains(changed, "STRICT") {
			changed = strings.ReplaceAll(changed, "DEFAULT \"x y\"", "DEFAULT 'x y'")
		}
		if cmp.Equal(want, of(t, changed)) {
			t.Errorf("%q instead of %q does not show", change[1], change[0])
		}
	}
	for _, change := range [][2]string{
		{"`", `"`}, {`"x y"`, `'x y'`}, {",`w`", " , [w]"},
		{"CONSTRAINT `c` CHECK (w > 0),CONSTRAINT `u` UNIQUE (`v`)", "CONSTRAINT [u] UNIQUE (`v`),\n constraint \"c\" check( W>0 )"},
		{"w > 1", "w > 1 "}, {"(`w`,lower", "(`w` asc,lower"}, {"DESC", "desc"},
	} {
		if diff := cmp.Diff(want, of(t, strings.ReplaceAll(base, change[0], change[1]))); diff != "" {
			t.Errorf("%q instead of %q shows:\n%s", change[1], change[0], diff)
		}
	}
}

func TestSplit(t *testing.T) {
	got := split("a int,b text DEFAULT 'x,(y',c CHECK(a in(1,2)),d")
	if want := []string{"a int", "b text DEFAULT 'x,(y'", "c CHECK(a in(1,2))", "d"}; !slices.Equal(got, want) {
		t.Errorf("split returned %q, want %q", got, want)
	}
}

// TestUnordered: the order of columns goes, and nothing else.
func TestUnordered(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		of := func(columns string) []string {
			db := testdb.Open(t, dialect)
			if err := db.Exec("CREATE TABLE two_words (" + columns + ")").Error; err != nil {
				t.Fatal(err)
			}
			return read(t, db)
		}
		a, b := of("id integer, a integer"), of("a integer, id integer")
		if cmp.Equal(a, b) {
			t.Error("the order does not show at all")
		}
		if d := cmp.Diff(Unordered(a), Unordered(b)); d != "" {
			t.Errorf("the order of columns still shows:\n%s", d)
		}
		if cmp.Equal(Unordered(a), Unordered(of("id integer, a text"))) {
			t.Error("the type of a column does not show any more")
		}
	})
}
