package conformance

import (
	"maps"
	"strings"
	"testing"

	"gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// row is a set of models.
type row struct {
	name   string
	models []any
	config gorm.Config
	// mysql is what GORM's driver is told there.
	mysql mysql.Config
	// setUp is called on each database that is opened.
	setUp func(*gorm.DB) error
	// session returns the *gorm.DB to work with, where it is not the one that was
	// opened.
	session func(*gorm.DB) *gorm.DB
	// scratch has the revision verified on a database of its own where a
	// rehearsal on the live one would be refused.
	scratch bool
	// once says what AutoMigrate breaks at the second run, by database.
	once map[string]string
	// home is the database whose words the row is in, if it is one's. On another
	// one the words either mean the same to AutoMigrate and to us, or both refuse
	// them.
	home string
	// on are the databases where GORM does something else than the models say.
	on map[string]bug
	// open are the databases where we do.
	open map[string]string
}

// bug is what GORM does with a row instead of what it should; or, where lacks
// is set, that neither it nor we can do it there.
type bug struct {
	// source is the issue, or the section of reference/gorm-ddl.md that
	// measured it.
	source string
	// lacks says what the database does not have.
	lacks string
	// fails is a regular expression for AutoMigrate's error. Empty: it makes the wrong schema.
	fails string
	// refuses is a part of our error. Empty: we make the schema that right makes.
	refuses string
	right   func(*gorm.DB) error
}

func (r row) autoMigrate(db *gorm.DB) error { return db.AutoMigrate(r.models...) }

// except returns the row with a bug on the databases, named with spaces in
// between.
func (r row) except(databases string, b bug) row {
	r.on = maps.Clone(r.on)
	if r.on == nil {
		r.on = map[string]bug{}
	}
	for _, name := range strings.Fields(databases) {
		r.on[name] = b
	}
	return r
}

// breaks returns the row with what AutoMigrate breaks at its second run.
func (r row) breaks(databases, what string) row {
	r.once = maps.Clone(r.once)
	if r.once == nil {
		r.once = map[string]string{}
	}
	for _, name := range strings.Fields(databases) {
		r.once[name] = what
	}
	return r
}

// unexplained returns the row with a difference that is not understood yet.
func (r row) unexplained(databases, reason string) row {
	r.open = maps.Clone(r.open)
	if r.open == nil {
		r.open = map[string]string{}
	}
	for _, name := range strings.Fields(databases) {
		r.open[name] = reason
	}
	return r
}

// GORM's parser prints its errors, which are wanted here, to a global logger.
func TestMain(m *testing.M) {
	logger.Default = logger.Discard
	m.Run()
}

func TestConformance(t *testing.T) {
	rows := table()
	names := map[string]bool{}
	for _, r := range rows {
		if names[r.name] {
			t.Errorf("two rows are called %q", r.name)
		}
		names[r.name] = true
	}
	if testing.Short() {
		var some []row
		for i := 0; i < len(rows); i += 8 {
			some = append(some, rows[i])
		}
		rows = some
	}
	tallies := make([]tally, len(dialects))
	for i, dialect := range dialects { // also those that -run leaves out
		tallies[i] = tally{dialect: dialect, outcomes: make([]outcome, len(rows))}
	}
	t.Run("rows", func(t *testing.T) {
		for i, dialect := range dialects {
			t.Run(dialect, func(t *testing.T) {
				s := newServer(t, dialect)
				for j, r := range rows {
					t.Run(r.name, func(t *testing.T) {
						t.Parallel()
						r.hold(t, s, &tallies[i].outcomes[j])
					})
				}
			})
		}
	})
	t.Logf("\n%s", summary(rows, tallies))
	for i, r := range rows {
		if elsewhere[r.name] != "" && tallies[1].outcomes[i].carried && tallies[2].outcomes[i].carried {
			t.Errorf("a revision of %q from SQLite fits everywhere: the exception can go", r.name)
		}
	}
}

// hold holds the row to AutoMigrate on one database.
func (r row) hold(t *testing.T, s *server, o *outcome) {
	o.kind = unexplained // until it is done, also where it does not return
	trial := &trial{TB: t, row: r, server: s}
	trial.run()
	o.carried = trial.carried
	b, isKnown := r.on[s.dialect]
	reason, isOpen := r.open[s.dialect]
	switch {
	case isOpen && len(trial.problems) == 0:
		t.Errorf("there is nothing unexplained any more: %s", reason)
	case isOpen:
		t.Logf("open: %s\n%s", reason, strings.Join(trial.problems, "\n"))
		o.why = reason
	case len(trial.problems) > 0:
		for _, problem := range trial.problems {
			t.Error(problem)
		}
	case trial.foreign:
		o.kind, o.why = bothRefuse, "it is written for "+r.home
	case isKnown && b.lacks != "":
		o.kind, o.why = bothRefuse, b.lacks
	case isKnown:
		o.kind, o.why = knownBug, b.source
	default:
		o.kind = equal
	}
}

// migrated makes a schema of other models, which say the same in words that
// AutoMigrate understands.
func migrated(models ...any) func(*gorm.DB) error {
	return func(db *gorm.DB) error { return db.AutoMigrate(models...) }
}

// keysLast makes the tables first and the foreign keys after them, which
// AutoMigrate does not.
func keysLast(models ...any) func(*gorm.DB) error {
	return func(db *gorm.DB) error {
		off := db.Config.DisableForeignKeyConstraintWhenMigrating
		db.Config.DisableForeignKeyConstraintWhenMigrating = true
		err := db.AutoMigrate(models...)
		db.Config.DisableForeignKeyConstraintWhenMigrating = off
		if err != nil {
			return err
		}
		return db.AutoMigrate(models...)
	}
}
