package harness

import (
	"fmt"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/migrate"
)

// conform compares AutoMigrate in the first database with a generated revision
// in the second.
func (w *work) conform() error {
	auto, ours := w.databases[0], w.databases[1]
	if err := auto.AutoMigrate(w.project.Models...); err != nil {
		return fmt.Errorf("running AutoMigrate: %w", err)
	}
	want, err := catalogue(auto)
	if err != nil {
		return err
	}
	if err := w.nothing("after AutoMigrate", autogen.Options{DB: auto}); err != nil {
		return err
	}
	revisions, err := w.generate(ours)
	if err != nil {
		return err
	}
	migrator := migrate.New(ours, revisions)
	for _, again := range []string{"", ", the second time"} {
		if _, err := migrator.Upgrade(w.ctx, "head"); err != nil {
			return err
		}
		got, err := catalogue(ours)
		if err != nil {
			return err
		}
		if d := cmp.Diff(want, got); d != "" {
			w.differs("upgraded%s, the catalogue is not that of AutoMigrate (-AutoMigrate +ours):\n%s", again, d)
		}
		if err := w.nothing("upgraded"+again, autogen.Options{DB: ours, Revisions: revisions}); err != nil {
			return err
		}
		if again == "" {
			if err := w.base(migrator); err != nil {
				return err
			}
		}
	}
	if err := w.nothing("from the revisions alone", autogen.Options{DB: ours, Revisions: revisions, From: autogen.FromRevisions}); err != nil {
		return err
	}
	if err := w.startBoth(autogen.Options{DB: auto}, autogen.Options{DB: ours, Revisions: revisions}); err != nil {
		return err
	}
	return w.base(migrator)
}

// base downgrades the second database, which has to be empty then.
func (w *work) base(migrator *migrate.Migrator) error {
	if _, err := migrator.Downgrade(w.ctx, "base"); err != nil {
		return err
	}
	left, err := catalogue(w.databases[1])
	if err != nil {
		return err
	}
	for _, line := range left {
		w.differs("downgraded to base, there is still: %s", line)
	}
	return nil
}

// startBoth starts the project on the schema of AutoMigrate and on ours. It
// has to leave both the same, and nothing to do.
func (w *work) startBoth(auto, ours autogen.Options) error {
	var catalogues [2][]string
	for i, o := range []autogen.Options{auto, ours} {
		name := [2]string{"the schema of AutoMigrate", "our schema"}[i]
		if err := w.start(o.DB); err != nil {
			return fmt.Errorf("starting the project on %s: %w", name, err)
		}
		var err error
		if catalogues[i], err = catalogue(o.DB); err != nil {
			return err
		}
		if err := w.nothing("with the project started on "+name, o, w.project.Unmanaged...); err != nil {
			return err
		}
	}
	if d := cmp.Diff(catalogues[0], catalogues[1]); d != "" {
		w.differs("with the project started, the catalogues differ (-AutoMigrate +ours):\n%s", d)
	}
	return nil
}
