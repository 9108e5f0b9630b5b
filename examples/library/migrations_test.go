package main

import (
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/examples/library/migrations"
	"github.com/go-limbeck/limbeck/examples/library/models"
)

// The revisions that are checked in lead to the models: what the service
// insists on at its start, found before it is built.
func TestMigrationsAreUpToDate(t *testing.T) {
	scratch, err := open(":memory:")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := autogen.Compare(t.Context(), autogen.Options{
		From: autogen.FromRevisions, Scratch: scratch, Models: models.All(), Revisions: migrations.Revisions,
	})
	if err != nil {
		t.Fatal(err)
	}
	if !plan.Empty() || plan.Unmanaged != nil {
		t.Errorf("run go generate ./examples/library, review the file and check it in: %v %v", plan.Up, plan.Unmanaged)
	}
}
