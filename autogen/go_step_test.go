package autogen_test

import (
	"context"
	"errors"
	"testing"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestGoSteps: a replay runs them where they can do no harm, on a database that
// is named for it or in SQLite's memory, and revisions without a transaction too.
func TestGoSteps(t *testing.T) {
	type Gadget struct {
		ID   int64 `gorm:"index:i"`
		Name string
	}
	testdb.Each(t, func(t *testing.T, dialect string) {
		calls := 0
		revisions := op.Revisions{{ID: "a1", NoTransaction: true, Up: op.List{
			op.CreateTable{Name: "gadgets", Columns: []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}}, PrimaryKey: op.Columns("id")},
			op.CreateIndex{Table: "gadgets", Index: op.Index{Name: "i", Columns: op.Columns("id")}, Concurrently: true},
			migrate.Do("fill", func(_ context.Context, tx *gorm.DB) error {
				calls++
				return tx.Transaction(func(tx *gorm.DB) error { return tx.Exec("INSERT INTO gadgets VALUES (1)").Error })
			}),
			migrate.Do("long", func(_ context.Context, tx *gorm.DB) error {
				calls++
				return tx.Exec("INSERT INTO gadgets VALUES (2)").Error
			}).OutsideTransaction(),
		}}}
		o := autogen.Options{From: autogen.FromRevisions, Scratch: testdb.Open(t, dialect), Models: []any{&Gadget{}}, Revisions: revisions}
		for range 2 {
			plan, err := autogen.Compare(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if len(plan.Up) != 1 || plan.Up[0].Kind() != "add_column" {
				t.Errorf("%v", plan.Up)
			}
		}
		if calls != 4 {
			t.Errorf("%d calls", calls)
		}
		// No live database is a place for them, but what the revisions say is known.
		if dialect == "sqlite" {
			return
		}
		o.DB, o.Scratch = testdb.Open(t, dialect), nil
		if _, err := autogen.Compare(t.Context(), o); err != nil && !errors.Is(err, ddl.ErrNoScratch) {
			t.Error(err)
		}
		if calls != 4 {
			t.Error("a step was called on a live database")
		}
	})
}

// TestUnfinished: what is half done is compared with nothing.
func TestUnfinished(t *testing.T) {
	db := testdb.Open(t, "sqlite")
	revisions := op.Revisions{{ID: "a1", NoTransaction: true, Up: op.List{op.Exec{SQL: "CREATE TABLE a (b int)"}, op.Exec{SQL: "no"}}}}
	if _, err := migrate.New(db, revisions).Upgrade(t.Context(), "head"); err == nil {
		t.Fatal("it did not fail")
	}
	type Gadget struct{ ID int64 }
	revisions = append(op.Revisions{}, revisions...)
	_, err := autogen.Compare(t.Context(), autogen.Options{DB: db, Models: []any{&Gadget{}}, Revisions: revisions})
	if !errors.Is(err, migrate.ErrUnfinished) {
		t.Errorf("got %v, want ErrUnfinished", err)
	}
}
