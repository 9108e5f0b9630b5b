package model_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
	"github.com/google/go-cmp/cmp"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// GORM's parser prints its errors, which are wanted here, to a global logger.
func TestMain(m *testing.M) {
	logger.Default = logger.Discard
	m.Run()
}

// open returns a fresh database in memory, with an empty cache of models.
func open(t testing.TB, configs ...*gorm.Config) *gorm.DB {
	t.Helper()
	config := &gorm.Config{}
	if len(configs) > 0 {
		*config = *configs[0]
	}
	config.Logger = logger.Discard
	db, err := gorm.Open(sqlite.Open(":memory:"), config)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	// Each connection to :memory: is a database of its own.
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { pool.Close() })
	return db
}

func load(t testing.TB, db *gorm.DB, models ...any) op.Schema {
	t.Helper()
	s, err := model.Load(db, models...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// table returns the one table of that name.
func table(t testing.TB, s op.Schema, name string) op.Table {
	t.Helper()
	found := s.Table(name)
	if found == nil {
		t.Fatalf("there is no table %q in %v", name, names(s))
	}
	return *found
}

func names(s op.Schema) []string {
	list := []string{}
	for _, t := range s.Tables {
		list = append(list, t.Name)
	}
	return list
}

func same(t testing.TB, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// spell is the frozen table of SQLite, as far as the tests need it.
func spell(t op.Type) string {
	switch t.Word {
	case op.WordBool:
		return "numeric"
	case op.WordInt, op.WordUint:
		return "integer"
	case op.WordFloat, op.WordDecimal:
		return "real"
	case op.WordString, op.WordText, op.WordKeyText:
		return "text"
	case op.WordBytes:
		return "blob"
	case op.WordTime:
		return "datetime"
	}
	return t.Text
}
