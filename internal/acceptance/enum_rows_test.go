package acceptance

import (
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestRemovedValuesInRows: a revision that removes a value which rows hold is
// refused with their number before anything changes, and goes through when they
// are changed.
func TestRemovedValuesInRows(t *testing.T) {
	for _, dialect := range dialects {
		t.Run(dialect, func(t *testing.T) {
			pool := testdb.NewPool(t, dialect)
			c := change{
				before: stated(thing(f[string]("A", "type:state;not null;default:lost"), f[string]("B", "type:state")), "new", "lost", "old"),
				after:  stated(thing(f[string]("A", "type:state;not null;default:new"), f[string]("B", "type:state")), "new"),
				values: map[string][]string{"things.a": {"'lost'", "'new'", "'lost'"}, "things.b": {"NULL", "'old'", "'new'"}},
			}
			c.enumRefused(t, dialect, pool, `"lost" in 2 of "things.a" (id 1, 3); "old" in 1 of "things.b" (id 2)`)
		})
	}
	t.Run("mysql's own", func(t *testing.T) {
		pool := testdb.NewPool(t, "mysql")
		c := change{
			before: thing(f[string]("A", "type:enum('new','lost')")), after: thing(f[string]("A", "type:enum('new','sent')")),
			drops:  []string{"things.a.lost"},
			values: map[string][]string{"things.a": {"'lost'", "'new'", "NULL"}},
		}
		c.enumRefused(t, "mysql", pool, `"lost" in 1 of "things.a" (id 1)`)
	})
}

func (c change) enumRefused(tb *testing.T, dialect string, pool *testdb.Pool, words string) {
	t := newTrial(tb, c, dialect, pool)
	if err := t.begin(); err != nil {
		t.Fatal(err)
	}
	o := t.answered()
	o.Dir = t.dir
	result, err := autogen.Generate(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.revisions = append(t.revisions, result.Revision)
	migrator := migrate.New(t.db, t.revisions)
	before, err := t.look()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrator.Upgrade(t.Context(), "head"); err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("error %v, want one with %s", err, words)
	}
	after, err := t.look()
	if err != nil {
		t.Fatal(err)
	}
	if d := gocmp.Diff(before, after, gocmp.AllowUnexported(state{})); d != "" {
		t.Errorf("something changed all the same (-before +after):\n%s", d)
	}
	for _, column := range []string{"a", "b"} {
		if t.db.Migrator().HasColumn("things", column) {
			if err := t.db.Exec("UPDATE things SET " + column + " = 'new'").Error; err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := migrator.Upgrade(t.Context(), "head"); err != nil {
		t.Error(err)
	}
	t.silent("upgraded")
}

// TestOneFileWithEnums: a revision with enums that is made on one database
// does the same on the others, rows included.
func TestOneFileWithEnums(t *testing.T) {
	before := stated(thing(f[string]("A", "type:state;not null;default:new")), "new", "paid", "lost")
	after := stated(thing(f[string]("A", "type:state;not null;default:sent")), "sent", "new", "done")
	for _, from := range dialects {
		t.Run("from "+from, func(t *testing.T) {
			c := change{before: before, after: after, values: map[string][]string{"things.a": {"'new'", "'paid'", "'lost'"}}}
			maker := newTrial(t, c, from, testdb.NewPool(t, from))
			if err := maker.begin(); err != nil {
				t.Fatal(err)
			}
			o := maker.answered()
			o.Dir = maker.dir
			o.Renames = append(o.Renames, c.renames...)
			o.Backfills = map[string]op.Default{"state.lost": op.Expr("'new'"), "state.paid": op.Expr("'done'")}
			result, err := autogen.Generate(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if result.Revision.Database != "" {
				t.Errorf("the revision is for %s only", result.Revision.Database)
			}
			for _, dialect := range dialects {
				user := newTrial(t, c, dialect, testdb.NewPool(t, dialect))
				user.revisions = maker.revisions
				migrator := migrate.New(user.db, append(maker.revisions[:1:1], result.Revision))
				if _, err := migrator.Upgrade(t.Context(), maker.revisions[0].ID); err != nil {
					t.Fatal(err)
				}
				if err := user.db.Exec("INSERT INTO things (id, a) VALUES (1, 'new'), (2, 'paid'), (3, 'lost')").Error; err != nil {
					t.Fatal(err)
				}
				if _, err := migrator.Upgrade(t.Context(), "head"); err != nil {
					t.Fatal(err)
				}
				var got []string
				if err := user.db.Raw("SELECT a FROM things ORDER BY id").Scan(&got).Error; err != nil {
					t.Fatal(err)
				}
				if d := gocmp.Diff([]string{"new", "done", "new"}, got); d != "" {
					t.Errorf("%s: %s", dialect, d)
				}
				user.revisions = append(user.revisions[:1:1], result.Revision)
				user.silent("upgraded on " + dialect)
			}
		})
	}
}
