package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
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
		{"all", answers{from: "revisions", given: given{
			renames:   []string{"users.name=full_name", "users=people", "main.users.a=b"},
			tables:    []string{"main.users=main.people"},
			drops:     []string{"users.age", "logs"},
			backfills: []string{"users.born=CURRENT_TIMESTAMP", "users.tag='a=b'"},

			backfillsDown: []string{"users.code=id"},
			usings:        []string{"users.at=to_timestamp(at)"},
			usingsDown:    []string{"users.at=extract(epoch from at)"},
		}}, autogen.Options{
			From: autogen.FromRevisions,
			Renames: []diff.Rename{
				{Table: "users", From: "name", To: "full_name"},
				{From: "users", To: "people"},
				{Table: "main.users", From: "a", To: "b"},
				{From: "main.users", To: "main.people"},
			},
			Drops:     []string{"users.age", "logs"},
			Backfills: map[string]op.Default{"users.born": op.Expr("CURRENT_TIMESTAMP"), "users.tag": op.Expr("'a=b'")},

			BackfillsDown: map[string]op.Default{"users.code": op.Expr("id")},
			Usings:        map[string]string{"users.at": "to_timestamp(at)"},
			UsingsDown:    map[string]string{"users.at": "extract(epoch from at)"},
		}},
	} {
		var got autogen.Options
		if err := c.give.apply(&got, nil); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	for name, wrong := range map[string]answers{
		"from":                     {from: "models"},
		"from nothing":             {from: ""},
		"rename without =":         {from: database, given: given{renames: []string{"users.name"}}},
		"rename to nothing":        {from: database, given: given{renames: []string{"users.name="}}},
		"rename of nothing":        {from: database, given: given{renames: []string{"=x"}}},
		"table without =":          {from: database, given: given{tables: []string{"users"}}},
		"backfill without =":       {from: database, given: given{backfills: []string{"users.born"}}},
		"backfill-down of nothing": {from: database, given: given{backfillsDown: []string{"=1"}}},
		"backfill with nothing":    {from: database, given: given{backfills: []string{"users.born="}}},
	} {
		var usage usageError
		if err := wrong.apply(&autogen.Options{}, nil); !errors.As(err, &usage) {
			t.Errorf("%s: %v, want an error of the command line", name, err)
		}
	}
}

func TestAnswersFile(t *testing.T) {
	const text = `{
		"renames": {"users.name": "full_name", "users.a": "b"},
		"rename_tables": {"users": "people"},
		"drops": ["users.age"],
		"backfills": {"users.born": "CURRENT_TIMESTAMP"},
		"backfills_down": {"users.code": "id"},
		"usings": {"users.at": "to_timestamp(at)"},
		"usings_down": {"users.at": "0"},
		"answers": ["--drop logs", "--rename 'a b.c=it'\\''s'", "--rename-table x=y", "--backfill t.c=a = '1'", "--backfill-down 't.d=(id)'", "--using t.e=1", "--using-down t.e=2"]
	}`
	file := filepath.Join(t.TempDir(), "answers.json")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	want := autogen.Options{
		From: autogen.FromDatabase,
		Renames: []diff.Rename{
			{Table: "users", From: "a", To: "b"}, {Table: "users", From: "name", To: "full_name"}, {Table: "a b", From: "c", To: "it's"},
			{From: "users", To: "people"}, {From: "x", To: "y"}, {Table: "flag", From: "a", To: "b"},
		},
		Drops:     []string{"users.age", "logs"},
		Backfills: map[string]op.Default{"users.born": op.Expr("CURRENT_TIMESTAMP"), "t.c": op.Expr("a = '1'")},

		BackfillsDown: map[string]op.Default{"users.code": op.Expr("id"), "t.d": op.Expr("(id)")},
		Usings:        map[string]string{"users.at": "to_timestamp(at)", "t.e": "1"},
		UsingsDown:    map[string]string{"users.at": "0", "t.e": "2"},
	}
	for name, in := range map[string]string{file: "", "-": text} {
		a := answers{from: "database", files: []string{name}, given: given{renames: []string{"flag.a=b"}}}
		var got autogen.Options
		if err := a.apply(&got, strings.NewReader(in)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for in, want := range map[string]string{
		`{"rename": {}}`:                  `unknown field "rename"; the form is {"renames"`,
		`{} {}`:                           "more than one JSON value",
		`[]`:                              "the form is",
		``:                                "EOF; the form is",
		`{"answers": ["--force"]}`:        `"--force" is no answer`,
		`{"answers": ["--rename users"]}`: "the form is users.name=full_name",
	} {
		a := answers{from: "database", files: []string{"-"}}
		err := a.apply(&autogen.Options{}, strings.NewReader(in))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), `reading answers from "-"`) {
			t.Errorf("%s: %v, want %q", in, err, want)
		}
	}
}
