package acceptance

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/internal/testdb"
)

// TestSees guards the guard: what a migration could spoil is found.
func TestSees(t *testing.T) {
	c := change{name: "sees", before: thing(f[string]("A", ""), f[int]("B", "")), after: thing(f[string]("A", ""), f[int]("B", ""), f[int]("C", ""))}
	testdb.Each(t, func(t *testing.T, dialect string) {
		pool := testdb.NewPool(t, dialect)
		for _, test := range []struct{ stage, sql, want string }{
			{"", "", ""},
			{"up", "UPDATE things SET a = 'x' WHERE id = 2", "does not hold what it held"},
			{"up", "UPDATE things SET b = 0 WHERE b IS NULL", "does not hold what it held"},
			{"up", "DELETE FROM things WHERE id = 2", "does not hold what it held"},
			{"up", "INSERT INTO things (id) VALUES (9)", "does not hold what it held"},
			{"up", "UPDATE things SET c = 1", ""}, // which is not before's
			{"up", "CREATE INDEX i ON things (b)", "not what the models after make"},
			{"up", "ALTER TABLE things DROP COLUMN c", "autogenerate is not silent"},
			{"down", "CREATE INDEX i ON things (b)", "not what it was"},
			{"down", "UPDATE things SET b = 0 WHERE b IS NULL", "downgraded, table \"things\" does not hold what it held"},
			{"up again", "CREATE INDEX i ON things (b)", "upgraded again, it is not"},
		} {
			t.Run(test.stage, func(t *testing.T) {
				trial := newTrial(t, c, dialect, pool)
				trial.meddle = func(stage string) {
					if stage == test.stage {
						if err := trial.db.Exec(test.sql).Error; err != nil {
							t.Fatal(err)
						}
					}
				}
				if _, err := trial.run(); err != nil {
					trial.problem("%v", err)
				}
				problems := strings.Join(trial.problems, "\n")
				if (problems != "") != (test.want != "") || !strings.Contains(problems, test.want) {
					t.Errorf("after %s: %s\nthese were found, want %q:\n%s", test.stage, test.sql, test.want, problems)
				}
			})
		}
	})
}
