package postgres

import (
	"regexp"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

func TestVersion(t *testing.T) {
	got, err := Dialect{}.Version(t.Context(), open(t).conn)
	if err != nil || !regexp.MustCompile(`^postgres \d+(\.\d+)?[a-z0-9]*$`).MatchString(got) {
		t.Errorf("%q, %v", got, err)
	}
}

// TestHasTableSaysWhatIsHidden: a table that is there and cannot be seen is not
// taken for one that is missing.
func TestHasTableSaysWhatIsHidden(t *testing.T) {
	db := open(t)
	role := "hidden_" + rowsOf(t, db.conn, "SELECT current_database()")[0]
	run(t, db.conn, "CREATE ROLE "+role, "CREATE SCHEMA app", `CREATE SCHEMA "Odd one"`, "CREATE TABLE app.history (id int)")
	defer run(t, db.conn, "RESET ROLE", "DROP OWNED BY "+role, "DROP ROLE "+role)
	for _, test := range []struct {
		name, setUp string
		table       string
		found       bool
		says        string
	}{
		{"off the default path", `RESET search_path`, "history", false, `not in the current schema (public) but in schema app, and the search path is the default ("$user", public); say where this program's tables are: search_path=app in the DSN, or search_path=public`},
		{"on a path that was set", `SET search_path = app`, "history", true, ""},
		{"off a path that was set, as for another customer", `SET search_path = public`, "history", false, ""},
		{"in the schema that the name states", `RESET search_path`, "app.history", true, ""},
		{"nowhere", `RESET search_path`, "nothing", false, ""},
		{"in a schema that the account may not use", `SET search_path = app, public; SET ROLE ` + role, "history", false, "may not use schema app, which is on its search path (app, public)"},
		{"the same, odd names", `SET search_path = "Odd one", public; SET ROLE ` + role, "history", false, `GRANT USAGE ON SCHEMA "Odd one" TO ` + role},
		{"behind one that it may use", `SET search_path = public, app; SET ROLE ` + role, "history", false, ""},
		{"in a schema that it may use now", `GRANT USAGE ON SCHEMA app TO ` + role + `; SET search_path = app, public; SET ROLE ` + role, "history", true, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			run(t, db.conn, test.setUp)
			defer run(t, db.conn, "RESET ROLE")
			found, err := Dialect{}.HasTables(t.Context(), db.conn, test.table)
			switch {
			case test.says == "" && err != nil:
				t.Error(err)
			case test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)):
				t.Errorf("the error is %v, want it to say %q", err, test.says)
			case err == nil && found[0] != test.found:
				t.Errorf("found: %v", found)
			}
		})
	}
}

// TestErrorsShowWhatTheServerAdds: what stands in the way is in the DETAIL of an
// error, not in its message.
func TestErrorsShowWhatTheServerAdds(t *testing.T) {
	db := open(t)
	run(t, db.conn, "CREATE TABLE t (id int, n int)", "CREATE VIEW seen AS SELECT n FROM t",
		"CREATE TABLE k (id int PRIMARY KEY)", "CREATE TABLE r (k int REFERENCES k DEFERRABLE INITIALLY DEFERRED)")
	for _, test := range []struct {
		o    op.Operation
		says string
	}{
		{op.DropColumn{Table: "t", Column: "n"}, "; detail: view seen depends on column n of table t; hint: Use DROP ... CASCADE"},
		{op.Exec{SQL: "INSERT INTO r VALUES (7)"}, `committing: ERROR: insert or update on table "r" violates foreign key constraint "r_k_fkey" (SQLSTATE 23503); detail: Key (k)=(7) is not present`},
	} {
		if _, err := migrate(db.conn, test.o); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%v: %v, want it to say %q", test.o, err, test.says)
		}
	}
}
