package conformance

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"
)

// TestCatalogueSees guards the guard: each change of a schema that a model can
// ask for shows in the catalogue.
func TestCatalogueSees(t *testing.T) {
	const base = "CREATE TABLE `a` (`id` integer PRIMARY KEY AUTOINCREMENT,`v` text NOT NULL DEFAULT \"x y\",`w` integer,`o` integer," +
		"CONSTRAINT `fk_o` FOREIGN KEY (`o`) REFERENCES `a`(`id`) ON DELETE CASCADE,CONSTRAINT `c` CHECK (w > 0),CONSTRAINT `u` UNIQUE (`v`));" +
		"CREATE INDEX `i` ON `a`(`w`,lower(v) DESC) WHERE w > 1"
	of := func(t *testing.T, sql string) []string {
		t.Helper()
		db := newServer(t, "sqlite").open(t, gorm.Config{})
		for _, statement := range strings.Split(sql, ";") {
			if err := db.Exec(statement).Error; err != nil {
				t.Fatal(err)
			}
		}
		return catalogue(t, db)
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
