package mysql

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// A view and the text of a trigger do not follow a rename, nor stay whole without
// a column, and would fail when they are used.
func TestChangesThatBreak(t *testing.T) {
	_, conn := open(t)
	exec(t, conn, "CREATE TABLE a (id int PRIMARY KEY, x int, y int)", "CREATE TABLE b (id int PRIMARY KEY, x int)", "CREATE TABLE c (id int PRIMARY KEY)",
		"CREATE VIEW v AS SELECT id, x AS z FROM a", "CREATE TABLE j (id int PRIMARY KEY, x int, y int)", "CREATE VIEW w AS SELECT q.x, b.id FROM j AS q JOIN b ON q.id = b.id",
		"CREATE TRIGGER tr BEFORE INSERT ON b FOR EACH ROW SET NEW.x = (SELECT count(*) FROM c)")
	before := shown(t, conn)
	for _, c := range []struct {
		o    op.Operation
		want string
	}{
		{op.RenameTable{From: "a", To: "n"}, `renaming table "a" would break view "v", which mariadb`},
		{op.RenameTable{From: "c", To: "n"}, `renaming table "c" would break trigger "tr"`},
		{op.RenameColumn{Table: "a", From: "x", To: "n"}, `renaming column "x" of table "a" would break view "v"`},
		{op.RenameColumn{Table: "b", From: "x", To: "n"}, `renaming column "x" of table "b" would break trigger "tr"`},
		{op.DropTable{Name: "a"}, `dropping table "a" would break view "v", which mariadb`},
		{op.DropTable{Name: "j"}, `dropping table "j" would break view "w"`},
		{op.DropColumn{Table: "a", Column: "x"}, `dropping column "x" of table "a" would break view "v"`},
		{op.DropColumn{Table: "b", Column: "x"}, `dropping column "x" of table "b" would break trigger "tr"`},
		{op.DropColumn{Table: "j", Column: "x"}, `dropping column "x" of table "j" would break view "w"`},
	} {
		if _, err := migrate(conn, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.o, err, c.want)
		}
		var found *ddl.DependentsError
		if err := (Dialect{}).CheckDependents(t.Context(), conn, op.List{c.o}); !errors.As(err, &found) {
			t.Errorf("%s: %v, want a DependentsError", c.o, err)
		}
	}
	if err := (Dialect{}).CheckDependents(t.Context(), conn, op.List{op.DropView{Name: "v"}, op.DropView{Name: "w"},
		op.RenameColumn{Table: "a", From: "x", To: "n"}, op.RenameColumn{Table: "a", From: "n", To: "x"}, op.AddColumn{Table: "b", Column: op.Column{Name: "n"}}, op.DropColumn{Table: "b", Column: "n"}}); err != nil {
		t.Error(err)
	}
	drop := op.DropTable{Name: "a"}
	for name, c := range map[string]struct {
		before op.Operation
		found  bool
	}{
		"rows change":              {op.Exec{SQL: "UPDATE a SET x = 1; INSERT INTO b (id) SELECT 1; -- c\nDELETE FROM j WHERE x = ';'"}, true},
		"the view goes":            {op.Exec{SQL: "DROP VIEW v"}, false},
		"and rows":                 {op.Exec{SQL: "UPDATE a SET x = 1; DROP VIEW v"}, false},
		"a procedure may do it":    {op.Exec{SQL: "CALL p()"}, false},
		"a comment may hide it":    {op.Exec{SQL: "/*!50003 DROP VIEW v */"}, false},
		"it reads something else":  {op.AlterView{From: op.View{Name: "v"}, To: op.View{Name: "v", SQL: "SELECT id FROM b"}}, false},
		"it reads it in new words": {op.AlterView{From: op.View{Name: "v"}, To: op.View{Name: "v", SQL: "SELECT id FROM a"}}, true},
	} {
		err := (Dialect{}).CheckDependents(t.Context(), conn, op.List{c.before, drop})
		if found := errors.As(err, new(*ddl.DependentsError)); found != c.found || err != nil && !found {
			t.Errorf("%s: %v", name, err)
		}
	}
	if diff := cmp.Diff(before, shown(t, conn)); diff != "" {
		t.Error(diff)
	}
	mustMigrate(t, conn, op.DropColumn{Table: "j", Column: "y"}, op.Exec{SQL: "DROP VIEW w"}, op.RenameColumn{Table: "a", From: "y", To: "n"}, op.RenameColumn{Table: "c", From: "id", To: "no"}, op.RenameTable{From: "b", To: "d"},
		op.Exec{SQL: "DROP VIEW v"}, op.RenameTable{From: "a", To: "e"}, op.Exec{SQL: "CREATE VIEW v AS SELECT id, x AS z FROM e"})
	exec(t, conn, "INSERT INTO d (id) VALUES (1)", "SELECT * FROM v")
}
