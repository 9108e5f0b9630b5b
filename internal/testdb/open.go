package testdb

import (
	"path/filepath"
	"testing"

	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Open returns a connection to a new, empty database of the dialect: "sqlite",
// "postgres" or "mysql". Options are GORM's own, such as a &gorm.Config{} with
// a naming strategy; unless they name a logger, nothing is logged. The
// connection is closed and the database is gone when the test ends. Where
// there is no server the test is skipped, or fails if the environment has
// CI=true.
//
// On SQLite it is a file, so that several connections see the same database;
// foreign keys are checked, as they are everywhere else.
func Open(t testing.TB, dialect string, options ...gorm.Option) *gorm.DB {
	t.Helper()
	var dialector gorm.Dialector
	switch dialect {
	case "sqlite":
		dialector = sqlite.Open(filepath.Join(t.TempDir(), "test.db") + "?_foreign_keys=on")
	case "postgres":
		dialector = postgres.Open(Postgres(t))
	case "mysql":
		dialector = mysql.Open(MySQL(t))
	default:
		t.Fatalf("no database is called %q; use one of %q", dialect, dialects())
	}
	db, err := gorm.Open(dialector, withDefaults(options)...)
	if err != nil {
		t.Fatalf("opening a %s database: %v", dialect, err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatalf("opening a %s database: %v", dialect, err)
	}
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Errorf("closing a %s database: %v", dialect, err)
		}
	})
	return db
}

// Each runs the test once for every dialect, as a subtest of its name.
func Each(t *testing.T, test func(t *testing.T, dialect string)) {
	t.Helper()
	for _, dialect := range dialects() {
		t.Run(dialect, func(t *testing.T) { test(t, dialect) })
	}
}

// dialects returns the names of all databases, as GORM's dialectors give them.
func dialects() []string { return []string{"sqlite", "postgres", "mysql"} }

// withDefaults returns the options for one database, silent unless they say
// otherwise. GORM keeps the Config it is given, and caches the models in it, so
// that each database gets a Config of its own.
func withDefaults(options []gorm.Option) []gorm.Option {
	var own []gorm.Option
	for _, option := range options {
		if config, ok := option.(*gorm.Config); ok {
			copied := *config
			option = &copied
		}
		own = append(own, option)
	}
	return append(own, silent{})
}

// silent is an option that GORM applies after the Config, if there is one.
type silent struct{}

func (silent) Apply(config *gorm.Config) error {
	if config.Logger == nil {
		config.Logger = logger.Discard
	}
	return nil
}

func (silent) AfterInitialize(*gorm.DB) error { return nil }
