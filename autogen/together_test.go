package autogen_test

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"strings"
	"testing"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

// asksDatabase is a type that asks the database what it is there.
type asksDatabase string

func (asksDatabase) GormDataType() string { return "string" }

func (asksDatabase) GormDBDataType(db *gorm.DB, _ *schema.Field) string {
	if db.Statement == nil { // one that is known by its name only
		return ""
	}
	pool, err := db.DB()
	if err != nil {
		return err.Error()
	}
	waitFor(pool)
	for range 200 {
		var one int
		if db.Session(&gorm.Session{NewDB: true}).Raw("SELECT 1").Scan(&one); one != 1 {
			return "text"
		}
	}
	return "varchar(7)"
}

// waitFor keeps the only connection until somebody else wants it, or for a
// while.
func waitFor(pool *sql.DB) {
	conn, err := pool.Conn(context.Background())
	if err != nil {
		return
	}
	defer conn.Close()
	for before, tries := pool.Stats().WaitCount, 0; tries < 100_000 && pool.Stats().WaitCount == before; tries++ {
		runtime.Gosched()
	}
}

// Models and the database are read at the same time. Code of the models' that
// wants the only connection gets it.
func TestModelsThatAskWithOneConnection(t *testing.T) {
	type Asking struct {
		ID   uint
		Code asksDatabase
	}
	testdb.Each(t, func(t *testing.T, dialect string) {
		db := testdb.Open(t, dialect)
		pool, err := db.DB()
		if err != nil {
			t.Fatal(err)
		}
		pool.SetMaxOpenConns(1)
		plan, err := autogen.Compare(t.Context(), autogen.Options{DB: db, Models: []any{&Asking{}}})
		if err != nil {
			t.Fatal(err)
		}
		if len(plan.Up) != 1 || !strings.Contains(plan.Up[0].(op.CreateTable).Columns[1].Type.GoString(), "varchar(7)") {
			t.Errorf("the plan is %v", plan.Up)
		}
		if open := pool.Stats().InUse; open != 0 {
			t.Errorf("%d connections are still in use", open)
		}
	})
}

// What is wrong with the models is said whatever is wrong with the database.
func TestModelsAreWrongFirst(t *testing.T) {
	type Empty struct{}
	pending := op.Revisions{{ID: "a1", Created: "2026-11-23T00:00:00Z", Up: op.List{op.CreateTable{Name: "empties", Columns: []op.Column{{Name: "id", Type: op.Int(64)}}}}}}
	testdb.Each(t, func(t *testing.T, dialect string) {
		o := autogen.Options{DB: testdb.Open(t, dialect), Models: []any{&Empty{}}, Revisions: pending}
		if _, err := autogen.Compare(t.Context(), o); err == nil || !strings.Contains(err.Error(), "the struct has no column") {
			t.Errorf("the error is %v", err)
		}
		type Whole struct{ ID uint }
		o.Models = []any{&Whole{}}
		if _, err := autogen.Compare(t.Context(), o); !errors.Is(err, autogen.ErrNotAtHead) {
			t.Errorf("the error is %v", err)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := autogen.Compare(gone, o); !errors.Is(err, context.Canceled) {
			t.Errorf("the error is %v", err)
		}
	})
}
