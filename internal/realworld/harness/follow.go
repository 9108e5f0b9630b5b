package harness

import (
	"errors"
	"fmt"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/migrate"
)

// begin makes the schema of the first revision, with rows in it.
func (w *work) begin() error {
	db := w.databases[0]
	revisions, err := w.generate(db)
	if err != nil {
		return err
	}
	if _, err := migrate.New(db, revisions).Upgrade(w.ctx, "head"); err != nil {
		return err
	}
	if w.project.Rows == nil {
		return errors.New("the project has no Rows; set that field")
	}
	if err := w.project.Rows(db); err != nil {
		return fmt.Errorf("inserting rows: %w", err)
	}
	return nil
}

// follow goes on from what begin has left, to other models.
func (w *work) follow() error {
	db, fresh := w.databases[0], w.databases[1]
	if err := fresh.AutoMigrate(w.project.Models...); err != nil {
		return fmt.Errorf("running AutoMigrate: %w", err)
	}
	want, err := look(fresh)
	if err != nil {
		return err
	}
	old, err := look(db)
	if err != nil {
		return err
	}
	for _, table := range old.rows {
		if len(table.Rows) == 0 {
			return fmt.Errorf("table %q has no rows: nothing would show that they are kept", table.Name)
		}
	}
	revisions, err := w.generate(db)
	if err != nil {
		return err
	}
	migrator := migrate.New(db, revisions)
	for _, again := range []string{"", ", the second time"} {
		if _, err := migrator.Upgrade(w.ctx, "head"); err != nil {
			return err
		}
		now, err := look(db)
		if err != nil {
			return err
		}
		if d := cmp.Diff(want.catalogue, now.catalogue); d != "" {
			w.differs("upgraded%s, the catalogue is not that of a new database (-new +upgraded):\n%s", again, d)
		}
		if d := cmp.Diff(old.rows, now.rows.only(old.rows)); d != "" {
			w.differs("upgraded%s, the rows are not what they were (-old +upgraded):\n%s", again, d)
		}
		if err := w.nothing("upgraded"+again, autogen.Options{DB: db, Revisions: revisions}); err != nil {
			return err
		}
		if _, err := migrator.Downgrade(w.ctx, "-1"); err != nil {
			return err
		}
		if now, err = look(db); err != nil {
			return err
		}
		if d := cmp.Diff(old.catalogue, now.catalogue); d != "" {
			w.differs("downgraded%s, the catalogue is not what it was (-old +downgraded):\n%s", again, d)
		}
		if d := cmp.Diff(old.rows, now.rows); d != "" {
			w.differs("downgraded%s, the rows are not what they were (-old +downgraded):\n%s", again, d)
		}
	}
	return nil
}

// state is what a database holds, without the order of columns: an added one
// stands last.
type state struct {
	catalogue []string
	rows      tables
}

func look(db *gorm.DB) (s state, err error) {
	if s.catalogue, err = catalogue(db); err != nil {
		return state{}, err
	}
	s.catalogue = unordered(s.catalogue)
	s.rows, err = read(db)
	return s, err
}
