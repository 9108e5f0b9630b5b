package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/examples/library/server"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// config is all that run depends on. Models and revisions are among it so that
// a test can be a later version of this program.
type config struct {
	Addr     string
	Database string

	Models    []any
	Revisions op.Revisions

	Log *slog.Logger
	// Ready, where it is not nil, is told the address once the service
	// listens: with port 0 the system chooses one.
	Ready func(net.Addr)
}

// errDisagree is returned by run where the models ask for a schema that the
// revisions do not make.
var errDisagree = errors.New("the models and the migrations disagree; run library migrate revision --autogenerate, review the file and build again")

// run brings the database up to date and serves until ctx is done. It returns
// nil after an orderly end, and listens only if nothing failed before.
func run(ctx context.Context, cfg config) error {
	db, err := open(cfg.Database)
	if err != nil {
		return err
	}
	pool, err := db.DB()
	if err != nil {
		return fmt.Errorf("opening database %q: %w", cfg.Database, err)
	}
	defer func() {
		if err := pool.Close(); err != nil {
			cfg.Log.Error("closing the database", "error", err)
		}
	}()
	if err := upgrade(ctx, db, cfg); err != nil {
		return err
	}
	return serve(ctx, cfg, server.New(db, cfg.Log))
}

// upgrade applies the revisions that the database does not have, and compares
// what it then holds with what the models ask for.
func upgrade(ctx context.Context, db *gorm.DB, cfg config) error {
	if _, err := migrate.New(db, cfg.Revisions).Upgrade(ctx, "head"); err != nil {
		return fmt.Errorf("upgrading database %q: %w", cfg.Database, err)
	}
	plan, err := autogen.Compare(ctx, autogen.Options{DB: db, Models: cfg.Models, Revisions: cfg.Revisions})
	if err != nil {
		return fmt.Errorf("comparing database %q with the models: %w", cfg.Database, err)
	}
	if plan.Empty() {
		return nil
	}
	for _, step := range plan.Up {
		cfg.Log.Error("the migrations lack a step", "step", step.String())
	}
	for _, question := range plan.Questions {
		cfg.Log.Error("the migrations lack an answer", "question", question.Text)
	}
	return errDisagree
}
