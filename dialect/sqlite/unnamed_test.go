package sqlite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/go-limbeck/limbeck/op"
)

// TestDropWithoutName drops constraints that have no name, by the definition
// that a report shows, and compares with the same in memory.
func TestDropWithoutName(t *testing.T) {
	const table = `CREATE TABLE t (id integer PRIMARY KEY, a int UNIQUE REFERENCES p CHECK (t.a > 0), b int REFERENCES P (n) ON DELETE CASCADE,
		c text CHECK (c <> 'x') CHECK (c  <>  'y'), UNIQUE (a, b), CONSTRAINT named UNIQUE (b), UNIQUE (b COLLATE NOCASE, a DESC), CHECK (a < b OR c IS NULL), FOREIGN KEY (a, b) REFERENCES p (id, n))`
	for definition, drop := range map[string]op.Operation{
		"(a)":                           op.DropUnique{Table: "t", Name: "(a)"},
		"(a, b)":                        op.DropUnique{Table: "t", Name: "(a, b)"},
		"(b collate NOCASE, a desc)":    op.DropUnique{Table: "t", Name: "(b collate NOCASE, a desc)"},
		"(a > 0)":                       op.DropCheck{Table: "t", Name: "(a > 0)"},
		"(c  <>  'y')":                  op.DropCheck{Table: "t", Name: "(c  <>  'y')"},
		"(a < b OR c IS NULL)":          op.DropCheck{Table: "t", Name: "(a < b OR c IS NULL)"},
		"(a) references p (id)":         op.DropForeignKey{Table: "t", Name: "(a) references p (id)"},
		"(b) references p (n) cascade":  op.DropForeignKey{Table: "t", Name: "(b) references p (n) on delete cascade"},
		"(a, b) references p (id, n)":   op.DropForeignKey{Table: "t", Name: "(a, b) references p (id, n)"},
		"(a) references p (n), not one": op.DropForeignKey{Table: "t", Name: "(a, b) references p (n)"},
		"(b), which has a name":         op.DropUnique{Table: "t", Name: "(b)"},
		"c <> 'x', without parentheses": op.DropCheck{Table: "t", Name: "c <> 'x'"},
	} {
		t.Run(definition, func(t *testing.T) {
			conn := openMemory(t)
			exec(t, conn, "CREATE TABLE p (id integer PRIMARY KEY, n int UNIQUE, UNIQUE (id, n))", table, "INSERT INTO p VALUES (1, 2)", "INSERT INTO t VALUES (1, 1, 2, 'z')")
			want := inspect(t, conn)
			wanted := drop.Apply(&want)
			_, err := migrate(conn, drop)
			if (err == nil) != (wanted == nil) || err != nil && !strings.Contains(definition, ", not") && !strings.Contains(definition, ", without") {
				t.Fatalf("error %v, in memory %v", err, wanted)
			}
			if diff := cmp.Diff(want, inspect(t, conn), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-memory +database:\n%s", diff)
			}
			if got := dump(t, conn, "SELECT * FROM t"); len(got) != 1 {
				t.Errorf("rows: %v", got)
			}
		})
	}
}

// TestNameThatIsNotThere: a table that was adopted may lack the names that
// revisions say; the error shows what to write.
func TestNameThatIsNotThere(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE p (id integer PRIMARY KEY)", "CREATE TABLE t (a int REFERENCES p CHECK (a > 0), b int CONSTRAINT u UNIQUE)")
	for want, drop := range map[string]op.Operation{
		`has no check "k"; those without a name are dropped by their definition instead: "(a > 0)"`:                op.DropCheck{Table: "t", Name: "k"},
		`has no foreign key "k"; those without a name are dropped by their definition instead: "(a) references p"`: op.DropForeignKey{Table: "t", Name: "k"},
		`has no unique constraint "k"`: op.DropUnique{Table: "t", Name: "k"},
	} {
		if _, err := migrate(conn, drop); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	mustMigrate(t, conn, op.DropForeignKey{Table: "t", Name: "(a) references p"})
}

// TestConflictClauseComesBack: a unique constraint that is dropped and added
// again does on conflict what it did.
func TestConflictClauseComesBack(t *testing.T) {
	conn := openMemory(t)
	exec(t, conn, "CREATE TABLE t (a int CONSTRAINT one UNIQUE on conflict replace, b int, CONSTRAINT two UNIQUE (b) ON CONFLICT IGNORE)", "INSERT INTO t VALUES (1, 1)")
	before := inspect(t, conn)
	mustMigrate(t, conn, op.DropUnique{Table: "t", Name: "one"}, op.DropUnique{Table: "t", Name: "two"})
	mustMigrate(t, conn, op.AddUnique{Table: "t", Unique: before.Tables[0].Uniques[0]}, op.AddUnique{Table: "t", Unique: before.Tables[0].Uniques[1]})
	if diff := cmp.Diff(before, inspect(t, conn)); diff != "" {
		t.Errorf("-before +after:\n%s", diff)
	}
	exec(t, conn, "INSERT INTO t VALUES (2, 1)", "INSERT INTO t VALUES (1, 2)")
	if got := dump(t, conn, "SELECT a, b FROM t"); cmp.Diff([]string{"1|2"}, got) != "" {
		t.Errorf("rows: %v", got)
	}
}
