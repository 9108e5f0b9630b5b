package harness

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Project is what a program says of its project.
type Project struct {
	// Open opens a database as the project does. The dialect is "sqlite",
	// "postgres" or "mysql".
	Open func(dialect, dsn string) (*gorm.DB, error)
	// Models are those that the project migrates, in its order.
	Models []any
	// Start is what the project does with the schema whenever it starts.
	// Default: AutoMigrate with all models.
	Start func(*gorm.DB) error
	// Unmanaged is what Start makes beside the tables of the models, in the
	// words of diff.Object.
	Unmanaged []string
	// Rows inserts rows into every table, as the project would. Only an older
	// version of two needs it.
	Rows func(*gorm.DB) error
}

// Open opens a database of the dialect with GORM's own driver for it. Projects
// call it from [Project.Open] where they use these drivers.
func Open(dialect, dsn string, config *gorm.Config) (*gorm.DB, error) {
	switch dialect {
	case "sqlite":
		return gorm.Open(sqlite.Open(dsn), config)
	case "postgres":
		return gorm.Open(postgres.Open(dsn), config)
	case "mysql":
		return gorm.Open(mysql.Open(dsn), config)
	}
	return nil, fmt.Errorf("no driver for the dialect %q", dialect)
}

// Run does what the arguments say (see the package comment). The error lists
// all differences.
func Run(ctx context.Context, p Project, args []string) error {
	verbs := map[string]struct {
		databases int
		run       func(*work) error
	}{"conform": {2, (*work).conform}, "begin": {1, (*work).begin}, "follow": {2, (*work).follow}}
	if len(args) < 3 {
		return fmt.Errorf("the arguments %q are too few: want VERB DIALECT FOLDER DSN…", args)
	}
	verb, ok := verbs[args[0]]
	given := len(args) - 3
	if !ok || given != verb.databases && given != verb.databases+1 {
		return fmt.Errorf("the arguments %q are wrong: want conform with two DSNs, begin with one, or follow with two, and perhaps one more, of a scratch database", args)
	}
	// GORM's parser writes to a global logger.
	logger.Default = logger.Discard
	w := &work{ctx: ctx, project: p, dialect: args[1], folder: args[2]}
	for _, dsn := range args[3:] {
		close, err := w.open(dsn)
		if err != nil {
			return err
		}
		defer close()
	}
	w.databases, w.scratch = w.databases[:verb.databases], append(w.databases, nil)[verb.databases]
	if err := verb.run(w); err != nil {
		return fmt.Errorf("%s on %s: %w", args[0], w.dialect, err)
	}
	if len(w.differences) > 0 {
		return errors.New(strings.Join(w.differences, "\n"))
	}
	return nil
}

// work is one run of a program.
type work struct {
	ctx     context.Context
	project Project
	dialect string
	folder  string
	// databases are open, in the order of the arguments.
	databases []*gorm.DB
	// scratch is nil where the dialect needs none.
	scratch     *gorm.DB
	differences []string
}

// differs notes something that is not as it should be; the run goes on.
func (w *work) differs(format string, args ...any) {
	w.differences = append(w.differences, fmt.Sprintf(format, args...))
}

func (w *work) open(dsn string) (close func() error, err error) {
	db, err := w.project.Open(w.dialect, dsn)
	if err != nil {
		return nil, fmt.Errorf("opening the %s database %q: %w", w.dialect, dsn, err)
	}
	if name := db.Name(); name != w.dialect {
		return nil, fmt.Errorf("opening the %s database %q: the project's driver is one for %q", w.dialect, dsn, name)
	}
	db.Logger = logger.Discard
	pool, err := db.DB()
	if err != nil {
		return nil, fmt.Errorf("opening the %s database %q: %w", w.dialect, dsn, err)
	}
	w.databases = append(w.databases, db)
	return pool.Close, nil
}

// start does what the project does whenever it starts.
func (w *work) start(db *gorm.DB) error {
	if w.project.Start != nil {
		return w.project.Start(db)
	}
	return db.AutoMigrate(w.project.Models...)
}
