package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// Config is what a project tells the command tree.
type Config struct {
	// Open opens a database. It is called with URL, or with Scratch, and only
	// by commands that need the one or the other. (A SQLite driver makes an
	// empty file where there is none, also for commands that only read; with
	// "file:test.db?mode=rw" it does not, and never makes the first one either.)
	Open func(url string) (*gorm.DB, error)
	// URL is the database, in whatever form Open takes. The flag --database
	// replaces it.
	URL string
	// Scratch is a disposable, empty database: revisions are tried out on it
	// before they are written, and `--from revisions` needs no other. It is left
	// as empty as it was. ":memory:" for SQLite; PostgreSQL can do without
	// where the account may create schemas, except for `--from revisions`.
	Scratch string

	// Models are pointers to the structs that GORM maps.
	Models []any
	// Revisions are those of the migrations package.
	Revisions op.Revisions
	// Dir is the folder of the migrations package. A relative path counts from
	// the module's root, the folder of go.mod, since go generate runs in the
	// folder of its file. Default: "migrations".
	Dir string

	// Autogen may set more of what a comparison works with: filters, comparisons
	// of types, a hook that rewrites revisions. It is given the options after
	// the flags are read. Default: they stay as they are.
	Autogen func(*autogen.Options)

	// Migrate may set more of what migrations work with: the name of the history
	// table, timeouts, hooks. Flags count more. Default: they stay as they are.
	Migrate func(*migrate.Options)

	// Stdout and Stderr take results and everything else. Default: the
	// process's own.
	Stdout, Stderr io.Writer
	// In is where answers to questions come from. Default: standard input.
	In io.Reader
	// Interactive asks what has to be decided although In and Stderr are no
	// terminals; where they are, it is asked anyway. Default: false.
	Interactive bool

	// interrupts are there where Main catches signals.
	interrupts *interrupts
}

func (c Config) withDefaults() Config {
	if c.Dir == "" {
		c.Dir = "migrations"
	}
	if c.Stdout == nil {
		c.Stdout = os.Stdout
	}
	if c.Stderr == nil {
		c.Stderr = os.Stderr
	}
	if c.In == nil {
		c.In = os.Stdin
	}
	return c
}

// openDatabase opens the database that the commands work on.
func (p *program) openDatabase() (db *gorm.DB, closeDB func(), err error) {
	if p.database != "" {
		return p.config.open(p.database, "--database")
	}
	if p.config.URL == "" {
		return nil, nil, errors.New("opening the database: cli.Config.URL is empty; set it, or say --database")
	}
	return p.config.open(p.config.URL, "cli.Config.URL")
}

// openScratch opens the disposable database.
func (p *program) openScratch() (db *gorm.DB, closeDB func(), err error) {
	if p.config.Scratch == "" {
		return nil, nil, errors.New(`opening the scratch database: cli.Config.Scratch is empty; set it to a database that may be emptied, ":memory:" for SQLite`)
	}
	return p.config.open(p.config.Scratch, "cli.Config.Scratch")
}

// open opens a database; from names the setting that gives its URL, which
// itself may hold a password and is not shown.
func (c Config) open(url, from string) (db *gorm.DB, closeDB func(), err error) {
	if c.Open == nil {
		return nil, nil, errors.New("opening the database: cli.Config.Open is not set")
	}
	db, err = c.Open(url)
	if err != nil {
		return nil, nil, fmt.Errorf("opening the database of %s: %w", from, err)
	}
	return db, func() {
		if pool, err := db.DB(); err == nil {
			_ = pool.Close()
		}
	}, nil
}
