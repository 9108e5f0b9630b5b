package autogen

import (
	"errors"
	"testing"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// TestVerifyFindsWhatIsLeft gives verify plans that run and do not do what
// they should. Package diff makes none, as far as its tests know.
func TestVerifyFindsWhatIsLeft(t *testing.T) {
	db, err := gorm.Open(sqlite.Open(":memory:"), &gorm.Config{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := dialect.For(db)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	table := func(columns ...string) op.Table {
		made := op.Table{Name: "a"}
		for _, name := range columns {
			made.Columns = append(made.Columns, op.Column{Name: name, Type: op.Text()})
		}
		return made
	}
	one, two := table("x"), table("x", "y")
	createOne, createTwo := op.CreateTable{Name: "a", Columns: one.Columns}, op.CreateTable{Name: "a", Columns: two.Columns}
	for _, c := range []struct {
		name  string
		plan  diff.Plan
		stage string
		left  string
	}{
		{"up makes too little", diff.Plan{Up: op.List{createOne}, Down: op.List{op.DropTable{Name: "a"}}}, "up", "add column a.y (text)"},
		{"down leaves something", diff.Plan{Up: op.List{createTwo}, Down: op.List{op.DropColumn{Table: "a", Column: "y"}}}, "down", "drop table a"},
		{"down does nothing", diff.Plan{Up: op.List{createTwo}}, "down", "drop table a"},
		{"nothing is left", diff.Plan{Up: op.List{createTwo}, Down: op.List{op.DropTable{Name: "a"}}}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &states{dialect: d, live: pool, scratch: pool, desired: op.Schema{Tables: []op.Table{two}}}
			err := s.verifyFirst(t.Context(), c.plan, s.desired, Options{})
			var verify *VerifyError
			if c.stage == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if !errors.As(err, &verify) {
				t.Fatalf("the error is %v, want a *VerifyError", err)
			}
			if verify.Stage != c.stage || len(verify.Left) != 1 || verify.Left[0].String() != c.left {
				t.Errorf("left in stage %q: %v; want %q in stage %q", verify.Stage, verify.Left, c.left, c.stage)
			}
		})
	}

	// What up makes in memory is not what the models want.
	s := &states{dialect: d, live: pool, scratch: pool, desired: op.Schema{Tables: []op.Table{two}}}
	var verify *VerifyError
	_, err = s.verify(t.Context(), &diff.Plan{Up: op.List{createOne}, Down: op.List{op.DropTable{Name: "a"}}}, Options{})
	if !errors.As(err, &verify) || len(verify.Left) != 1 {
		t.Errorf("the error is %v, want a *VerifyError with what the models still want", err)
	}
}
