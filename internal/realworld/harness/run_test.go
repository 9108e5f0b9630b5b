package harness

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

type before struct {
	ID   uint
	Name string
}

func (before) TableName() string { return "things" }

type after struct {
	ID    uint
	Name  string `gorm:"uniqueIndex"`
	Price int    `gorm:"not null;default:7"`
}

func (after) TableName() string { return "things" }

// project returns a small one.
func project(model any) Project {
	return Project{
		Open: func(dialect, dsn string) (*gorm.DB, error) {
			return Open(dialect, dsn, &gorm.Config{Logger: logger.Discard})
		},
		Models: []any{model},
		Rows:   func(db *gorm.DB) error { return db.Create([]before{{Name: "a"}, {Name: "b"}}).Error },
	}
}

// TestRun: the verbs accept what is right and say what is not.
func TestRun(t *testing.T) {
	addIndex := func(db *gorm.DB) error { return db.Exec("CREATE INDEX IF NOT EXISTS i ON things (name)").Error }
	addTable := func(db *gorm.DB) error { return db.Exec("CREATE TABLE other (id integer)").Error }
	empty := func(db *gorm.DB) error { return db.Exec("DELETE FROM things").Error }
	rowChanges := func(db *gorm.DB) error {
		return db.Exec("CREATE TRIGGER tr AFTER INSERT ON limbeck_revisions BEGIN UPDATE things SET name = name || '!'; END").Error
	}
	for _, test := range []struct {
		name   string
		change func(*Project) // of the program that conforms or follows
		// first and second are what happens to the databases before. The first
		// one of conform has no tables yet, so that first is for follow only.
		first, second func(*gorm.DB) error
		conform       string
		follow        string
	}{
		{name: "all is well"},
		{name: "a start that does more", change: func(p *Project) { p.Start = addIndex },
			conform: "what is not ours"},
		{name: "a start that does what it says", change: func(p *Project) { p.Start, p.Unmanaged = addIndex, []string{"index i on things"} }},
		{name: "a start that does less than it says", change: func(p *Project) { p.Unmanaged = []string{"index i on things"} },
			conform: "what is not ours"},
		{name: "a start that fails", change: func(p *Project) { p.Start = func(*gorm.DB) error { return errors.New("no luck") } },
			conform: "no luck"},
		{name: "another catalogue", second: addTable,
			conform: "the catalogue is not that of AutoMigrate", follow: "the catalogue is not that of a new database"},
		{name: "no rows", first: empty,
			follow: `table "things" has no rows`},
		{name: "rows that change", first: rowChanges,
			follow: "the rows are not what they were"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, verb := range []string{"conform", "follow"} {
				if verb == "conform" && test.first != nil {
					continue
				}
				dir := t.TempDir()
				one, two := filepath.Join(dir, "1.db"), filepath.Join(dir, "2.db")
				if verb == "follow" {
					if err := Run(t.Context(), project(&before{}), []string{"begin", "sqlite", dir, one}); err != nil {
						t.Fatal(err)
					}
				}
				var err error
				if test.first != nil {
					err = with(t, one, test.first)
				}
				if test.second != nil {
					err = errors.Join(err, with(t, two, test.second))
				}
				p := project(&after{})
				if test.change != nil {
					test.change(&p)
				}
				if err == nil {
					err = Run(t.Context(), p, []string{verb, "sqlite", dir, one, two})
				}
				want := map[string]string{"conform": test.conform, "follow": test.follow}[verb]
				if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
					t.Errorf("%s: %v, want an error with %q", verb, err, want)
				}
			}
		})
	}
}

func with(t *testing.T, dsn string, fn func(*gorm.DB) error) error {
	t.Helper()
	db, err := project(nil).Open("sqlite", dsn)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	return fn(db)
}

func TestArguments(t *testing.T) {
	for _, args := range [][]string{nil, {"conform"}, {"conform", "sqlite", "x"}, {"conform", "sqlite", "x", "a"},
		{"begin", "sqlite", "x", "a", "b", "c"}, {"end", "sqlite", "x", "a"}, {"begin", "oracle", "x", "a"}} {
		if err := Run(t.Context(), project(&before{}), args); err == nil {
			t.Errorf("%q are taken", args)
		}
	}
}
