package cli

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

func TestAnswers(t *testing.T) {
	database := string(autogen.FromDatabase)
	for _, c := range []struct {
		name string
		give answers
		want autogen.Options
	}{
		{"none", answers{from: database}, autogen.Options{From: autogen.FromDatabase}},
		{"all", answers{
			from:      "revisions",
			renames:   []string{"users.name=full_name", "users=people", "main.users.a=b"},
			drops:     []string{"users.age", "logs"},
			backfills: []string{"users.born=CURRENT_TIMESTAMP", "users.tag='a=b'"},
		}, autogen.Options{
			From: autogen.FromRevisions,
			Renames: []diff.Rename{
				{Table: "users", From: "name", To: "full_name"},
				{From: "users", To: "people"},
				{Table: "main.users", From: "a", To: "b"},
			},
			Drops:     []string{"users.age", "logs"},
			Backfills: map[string]op.Default{"users.born": op.Expr("CURRENT_TIMESTAMP"), "users.tag": op.Expr("'a=b'")},
		}},
	} {
		var got autogen.Options
		if err := c.give.apply(&got); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	for name, wrong := range map[string]answers{
		"from":                  {from: "models"},
		"from nothing":          {from: ""},
		"rename without =":      {from: database, renames: []string{"users.name"}},
		"rename to nothing":     {from: database, renames: []string{"users.name="}},
		"rename of nothing":     {from: database, renames: []string{"=x"}},
		"backfill without =":    {from: database, backfills: []string{"users.born"}},
		"backfill with nothing": {from: database, backfills: []string{"users.born="}},
	} {
		var usage usageError
		if err := wrong.apply(&autogen.Options{}); !errors.As(err, &usage) {
			t.Errorf("%s: %v, want an error of the command line", name, err)
		}
	}
}
