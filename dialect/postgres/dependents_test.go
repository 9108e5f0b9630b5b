package postgres

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// crowded is a table with everything that may rest on its columns.
func crowded(t *testing.T) database {
	t.Helper()
	db := open(t)
	run(t, db.conn, `CREATE TABLE t (id bigint PRIMARY KEY, a int, b text, free int)`, `CREATE TABLE log (n bigint)`,
		`INSERT INTO t VALUES (1, 2, 'x', 4)`,
		`CREATE SCHEMA s`,
		`CREATE VIEW va WITH (security_barrier=true) AS SELECT a, id FROM t`,
		`CREATE VIEW s."on va" AS SELECT a + 1 AS x FROM va`,
		`CREATE MATERIALIZED VIEW both_of AS SELECT v.x, t.b FROM s."on va" v, t`,
		`CREATE INDEX idx_both ON both_of (x)`,
		`CREATE RULE noted AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.a)`,
		`CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'`,
		`CREATE TRIGGER trig BEFORE UPDATE OF b ON t FOR EACH ROW EXECUTE FUNCTION noop()`,
		`CREATE TRIGGER every BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION noop()`,
		`CREATE POLICY pol ON t FOR SELECT USING (b <> 'secret')`)
	return db
}

func TestCheckDependents(t *testing.T) {
	db := crowded(t)
	column := func(name string, typ op.Type) op.Column { return op.Column{Name: name, Type: typ} }
	retype := func(table, name string) op.Operation {
		return op.AlterColumn{Table: table, From: column(name, op.Int(32)), To: column(name, op.Int(64))}
	}
	onA := []string{"rule noted on public.t", "view public.va", `view s."on va"`, "materialized view public.both_of"}
	onB := []string{"materialized view public.both_of", "policy pol on public.t", "trigger trig on public.t"}
	for _, test := range []struct {
		name string
		ops  op.List
		want []string
	}{
		{"a type", op.List{retype("t", "a")}, onA},
		{"a column", op.List{op.DropColumn{Table: "t", Column: "b"}}, onB},
		{"the same by another name", op.List{op.RenameTable{From: "t", To: "u"}, op.RenameColumn{Table: "u", From: "a", To: "z"}, retype("u", "z")}, onA},
		{"a table", op.List{op.DropTable{Name: "t"}}, onA[1:]},
		{"a free column", op.List{op.DropColumn{Table: "t", Column: "free"}, retype("t", "free")}, nil},
		{"a rename", op.List{op.RenameColumn{Table: "t", From: "a", To: "z"}}, nil},
		{"no new type", op.List{op.AlterColumn{Table: "t", From: column("a", op.Int(32)), To: op.Column{Name: "a", Type: op.Int(32), NotNull: true}}}, nil},
		{"a new table of the old name", op.List{op.RenameTable{From: "t", To: "u"}, op.CreateTable{Name: "t", Columns: []op.Column{column("a", op.Int(64))}}, op.DropColumn{Table: "t", Column: "a"}}, nil},
		{"a table that is not there", op.List{op.DropTable{Name: "nix"}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := Dialect{}.CheckDependents(t.Context(), db.conn, test.ops)
			var in *ddl.DependentsError
			if errors.As(err, &in); test.want == nil {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if in == nil {
				t.Fatalf("the error is %v", err)
			}
			if diff := cmp.Diff(test.want, in.Dependents); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestDependentsWayOut: the statements that the error shows clear the way and
// bring everything back.
func TestDependentsWayOut(t *testing.T) {
	for _, change := range []op.Operation{
		op.AlterColumn{Table: "t", From: op.Column{Name: "a", Type: op.Int(32)}, To: op.Column{Name: "a", Type: op.Int(64)}},
		op.AlterColumn{Table: "t", From: op.Column{Name: "b", Type: op.Text()}, To: op.Column{Name: "b", Type: op.String(50)}},
	} {
		db := crowded(t)
		before := rowsOf(t, db.conn, "SELECT * FROM both_of")
		// What only names the column, not its type, but for the cast that a
		// condition over it shows.
		described := func() []string {
			list := slices.DeleteFunc(dump(t, db.dsn), func(s string) bool { return strings.HasPrefix(s, "CREATE TABLE public.t ") })
			for i := range list {
				list[i] = strings.ReplaceAll(list[i], "(b)::text", "b")
			}
			return list
		}
		schema := described()
		if _, err := migrate(db.conn, change); err == nil {
			t.Fatalf("%v: nothing was in the way, so this test proves nothing", change)
		}
		var in *ddl.DependentsError
		if err := (Dialect{}).CheckDependents(t.Context(), db.conn, op.List{change}); !errors.As(err, &in) {
			t.Fatalf("%v: the error is %v", change, err)
		}
		var all []op.Operation
		for _, sql := range in.Drop {
			all = append(all, op.Exec{SQL: sql})
		}
		all = append(all, change)
		for _, sql := range in.Create {
			all = append(all, op.Exec{SQL: sql})
		}
		mustMigrate(t, db.conn, all...)
		if diff := cmp.Diff(before, rowsOf(t, db.conn, "SELECT x, b FROM both_of")); diff != "" {
			t.Errorf("(-before +after)\n%s", diff)
		}
		if diff := cmp.Diff(schema, described()); diff != "" {
			t.Errorf("(-before +after)\n%s", diff)
		}
	}
}
