package model_test

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm/logger"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The schema of GORM's own test models.
func TestGolden(t *testing.T) {
	const path = "testdata/gorm_models.json"
	got := load(t, open(t), gormModels()...)
	if *update {
		text, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var want op.Schema
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	same(t, want, got)
	// Parent.FavChild is guessed to be a has-one relation.
	children := table(t, got, "children")
	same(t, []op.ForeignKey{
		key("fk_parents_children", "parent_id", "parents", "id"),
		key("fk_parents_fav_child", "parent_id", "parents", "id"),
	}, children.ForeignKeys)
}

// The order of the list does not matter where it does not matter to GORM. Toys
// and tools stay as they are because all their owners have keys of one type.
func TestOrderOfListDoesNotMatter(t *testing.T) {
	models := append(gormModels(), &Street{}, &Mayor{}, &City{}, &Purchase{}, &Customer{})
	want := load(t, open(t), models...)
	rapid.Check(t, func(r *rapid.T) {
		shuffled := rapid.Permutation(models).Draw(r, "models")
		got, err := model.Load(open(t), shuffled...)
		if err != nil {
			r.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatalf("(-first order +this order)\n%s", diff)
		}
	})
}

// Load says the same each time, on a fresh database and on a used one, though
// GORM walks maps.
func TestSameEachTime(t *testing.T) {
	models := append(gormModels(), &Reader{}, &Book{}, &Team{}, &Player{})
	used := open(t)
	want := load(t, used, models...)
	for range 20 {
		same(t, want, load(t, open(t), models...))
		same(t, want, load(t, used, models...))
	}
}

// recorder is a logger that counts statements.
type recorder struct {
	logger.Interface
	statements []string
}

func (r *recorder) Trace(_ context.Context, _ time.Time, text func() (string, int64), _ error) {
	sql, _ := text()
	r.statements = append(r.statements, sql)
}

func (r *recorder) LogMode(logger.LogLevel) logger.Interface { return r }

func TestNoQuery(t *testing.T) {
	db := open(t)
	seen := &recorder{Interface: logger.Discard}
	db.Logger = seen
	if db.Exec("SELECT 1"); len(seen.statements) != 1 {
		t.Fatal("the recorder does not record")
	}
	// With the pool closed, a query would fail even if it were not logged.
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	if db.Exec("SELECT 1").Error == nil {
		t.Fatal("the pool is open")
	}
	seen.statements = nil
	s, err := model.Loader{DB: db, Spell: spell}.Load(gormModels()...)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Tables) == 0 || len(seen.statements) > 0 {
		t.Errorf("%d tables, statements: %q", len(s.Tables), seen.statements)
	}
}

// Loads on databases of their own share nothing. Run with -race.
func TestConcurrentLoads(t *testing.T) {
	want := load(t, open(t), gormModels()...)
	var group sync.WaitGroup
	for range 4 {
		db := open(t)
		group.Go(func() {
			got, err := model.Load(db, gormModels()...)
			if err != nil {
				t.Error(err)
			}
			same(t, want, got)
		})
	}
	group.Wait()
}
