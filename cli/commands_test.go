package cli_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/cli"
	"github.com/go-limbeck/limbeck/op"
)

// step is a command line and what it has to do.
type step struct {
	args string // separated by blanks
	want outcome
}

func play(t *testing.T, c cli.Config, steps []step) {
	t.Helper()
	for _, s := range steps {
		if diff := cmp.Diff(s.want, run(c, strings.Fields(s.args)...)); diff != "" {
			t.Errorf("limbeck %s (-want +got):\n%s", s.args, diff)
		}
	}
}

const nothingToDo = "nothing to do\n"

func TestLifeOfADatabase(t *testing.T) {
	play(t, books(t), []step{
		{"current", outcome{0, "", "base: no revision is applied\n2 revisions are not applied; next: upgrade head\n"}},
		{"history -i", outcome{0, "bbb222  not applied          add isbn to books (head)\naaa111  not applied          create books\n", ""}},
		{"heads", outcome{0, "bbb222  add isbn to books (head)\n", ""}},
		{"upgrade +1", outcome{0, "applied aaa111  create books (TIME)\n", ""}},
		{"current", outcome{0, "aaa111  create books (current)\n", "1 revision is not applied; next: upgrade head\n"}},
		{"history -i", outcome{0, "bbb222  not applied          add isbn to books (head)\naaa111  YYYY-MM-DD hh:mm:ss  create books (current)\n", ""}},
		{"check", outcome{2, "not applied: bbb222  add isbn to books (head)\n", "next: upgrade head; or, if the schema is there already, stamp head\n"}},
		{"diff", outcome{2, "not applied: bbb222  add isbn to books (head)\n", "next: upgrade head; or, if the schema is there already, stamp head\n"}},
		{"upgrade head", outcome{0, "applied bbb222  add isbn to books (TIME)\n", ""}},
		{"upgrade head", outcome{0, "", nothingToDo}},
		{"upgrade heads", outcome{0, "", nothingToDo}},
		{"current", outcome{0, "bbb222  add isbn to books (head, current)\n", ""}},
		{"check", outcome{0, "", "nothing to do: the models and the database agree\n"}},
		{"diff", outcome{0, "", "nothing to do: the models and the database agree\n"}},
		{"downgrade -1", outcome{0, "took back bbb222  add isbn to books (TIME)\n", ""}},
		{"stamp head", outcome{0, "", "stamped with head; nothing was run\n"}},
		{"check", outcome{2, "+ add column books.isbn (text)\n", "the database and the models differ:\nnext: revision --autogenerate\n"}},
		{"diff", outcome{2, "+ add column books.isbn (text)\n\nALTER TABLE `books` ADD COLUMN `isbn` text;\n", "the database and the models differ:\nnext: revision --autogenerate\n"}},
		{"check --json --from revisions", outcome{0, "{}\n", ""}},
		{"stamp aaa", outcome{0, "", "stamped with aaa; nothing was run\n"}},
		{"upgrade bbb", outcome{0, "applied bbb222  add isbn to books (TIME)\n", ""}},
		{"downgrade base", outcome{0, "took back bbb222  add isbn to books (TIME)\ntook back aaa111  create books (TIME)\n", ""}},
		{"downgrade base", outcome{0, "", nothingToDo}},
	})
}

func TestShow(t *testing.T) {
	c := books(t)
	c.Revisions = append(c.Revisions, op.Revision{ID: "ccc333", Parents: []string{"bbb222"}, Created: "2026-11-23T12:00:00Z", Message: "nothing yet"})
	play(t, c, []step{
		{"show aaa", outcome{0, `revision aaa111
parents  none
created  2026-11-23T10:00:00Z
message  create books

up
+ create table books
    id int(64), auto-increment
    title string(100)
    primary key (id)

down
- drop table books
`, ""}},
		{"show head", outcome{0, `revision ccc333
parents  bbb222
created  2026-11-23T12:00:00Z
message  nothing yet

up
nothing

down
nothing
`, ""}},
		{"show", outcome{64, "", "error: one target is needed, not 0: head or an id; see limbeck show --help\n"}},
		{"show zzz", outcome{1, "", "error: unknown target \"zzz\"; the revisions are\n  aaa111  create books\n  bbb222  add isbn to books\n  ccc333  nothing yet\n"}},
	})
}

func TestDowngradeTakesTargetsThatLookLikeFlags(t *testing.T) {
	help := run(books(t), "help", "downgrade").Stdout
	c := books(t)
	other := filepath.Join(t.TempDir(), "other.db")
	mustRun(t, c, "upgrade", "head")
	mustRun(t, c, "upgrade", "head", "--database", other)
	back := "took back bbb222  add isbn to books (TIME)\n"
	both := back + "took back aaa111  create books (TIME)\n"
	again := step{"upgrade head --database " + other, outcome{0, "applied bbb222  add isbn to books (TIME)\n", ""}}
	play(t, c, []step{
		{"downgrade --help", outcome{0, help, ""}},
		{"downgrade -1 -h", outcome{0, help, ""}},
		{"downgrade", outcome{64, "", "error: one target is needed, not 0: base, an id or -1; see limbeck downgrade --help\n"}},
		{"downgrade -1 base", outcome{64, "", "error: one target is needed, not 2: base, an id or -1; see limbeck downgrade --help\n"}},
		{"downgrade -x", outcome{64, "", "error: unknown shorthand flag: 'x' in -x; see limbeck downgrade --help\n"}},
		{"downgrade -1 --database " + other, outcome{0, back, ""}},
		again,
		{"downgrade --database " + other + " -1", outcome{0, back, ""}},
		again,
		{"downgrade --database=" + other + " -1", outcome{0, back, ""}},
		again,
		{"--database " + other + " downgrade -1", outcome{0, back, ""}},
		{"current", outcome{0, "bbb222  add isbn to books (head, current)\n", ""}}, // the first database was left alone
		{"downgrade -2", outcome{0, both, ""}},
	})
}

func TestCommandLineErrors(t *testing.T) {
	c := books(t)
	c.Open = func(string) (*gorm.DB, error) { t.Error("the database was opened"); return nil, errors.New("no") }
	for args, want := range map[string]string{
		"foo":                                   `unknown command "foo"; see limbeck --help`,
		"upgrad":                                `unknown command "upgrad"; did you mean upgrade?; see limbeck --help`,
		"--foo":                                 `unknown flag: --foo; see limbeck --help`,
		"upgrade":                               `one target is needed, not 0: head, heads, an id or +1; see limbeck upgrade --help`,
		"upgrade head base":                     `one target is needed, not 2: head, heads, an id or +1; see limbeck upgrade --help`,
		"stamp":                                 `a target is needed: head, heads, base or an id; see limbeck stamp --help`,
		"current now":                           `unknown command "now" for "limbeck current"; see limbeck current --help`,
		"check --from models":                   `--from "models": say database or revisions`,
		"check --rename isbn":                   `--rename "isbn": the form is users.name=full_name for a column, users=people for a table`,
		"check --backfill books.isbn":           `--backfill "books.isbn": the form is users.born=CURRENT_TIMESTAMP`,
		"revision":                              `what is it to hold? --autogenerate for what the models have new, --baseline for a database that is there already, or -m "what it will do" for an empty one; see limbeck revision --help`,
		"revision --autogenerate --baseline":    `--autogenerate and --baseline exclude each other; see limbeck revision --help`,
		"revision -m x --from revisions":        `--from needs --autogenerate; see limbeck revision --help`,
		"revision --baseline --drop books.isbn": `--drop needs --autogenerate; see limbeck revision --help`,
		"revision --autogenerate --rename =":    `--rename "=": the form is users.name=full_name for a column, users=people for a table`,
		"revision --autogenerate -m x --nonsense=1": `unknown flag: --nonsense; see limbeck revision --help`,
	} {
		want := outcome{cli.ExitUsage, "", "error: " + want + "\n"}
		if diff := cmp.Diff(want, run(c, strings.Fields(args)...)); diff != "" {
			t.Errorf("limbeck %s (-want +got):\n%s", args, diff)
		}
	}
}

func TestNoArgumentsShowHelp(t *testing.T) {
	got := run(cli.Config{})
	if want := run(cli.Config{}, "--help"); got != want || !strings.Contains(got.Stdout, "Available Commands") {
		t.Errorf("without arguments: %+v", got)
	}
}

func TestConfigurationErrors(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*cli.Config)
		args   string
		want   string
	}{
		{"no Open", func(c *cli.Config) { c.Open = nil }, "current", "opening the database: cli.Config.Open is not set"},
		{"no URL", func(c *cli.Config) { c.URL = "" }, "upgrade head", "opening the database: cli.Config.URL is empty; set it, or say --database"},
		{"no Scratch", func(c *cli.Config) { c.Scratch = "" }, "check --from revisions", `opening the scratch database: cli.Config.Scratch is empty; set it to a database that may be emptied, ":memory:" for SQLite`},
		{"no Models", func(c *cli.Config) { c.Models = nil }, "diff", "reading the models: cli.Config.Models is empty; list your models there, such as &models.Book{}"},
		{"Open fails", func(c *cli.Config) {
			c.Open = func(string) (*gorm.DB, error) { return nil, errors.New("no route") }
		}, "current", "opening the database of cli.Config.URL: no route"},
		{"Open fails for --database", func(c *cli.Config) {
			c.Open = func(string) (*gorm.DB, error) { return nil, errors.New("no route") }
		}, "current --database x", "opening the database of --database: no route"},
	} {
		config := books(t)
		c.change(&config)
		want := outcome{cli.ExitError, "", "error: " + c.want + "\n"}
		if diff := cmp.Diff(want, run(config, strings.Fields(c.args)...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestFromRevisionsOpensTheScratchDatabaseOnly(t *testing.T) {
	c := books(t)
	c.Revisions = op.Revisions{createBooks}
	var opened []string
	open := c.Open
	c.Open = func(url string) (*gorm.DB, error) {
		opened = append(opened, url)
		return open(url)
	}
	play(t, c, []step{{"check --from revisions", outcome{2, "+ add column books.isbn (text)\n",
		"the revisions and the models differ:\nnext: revision --autogenerate --from revisions\n"}}})
	if diff := cmp.Diff([]string{":memory:"}, opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
	if _, err := os.Stat(c.URL); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the database of cli.Config.URL was touched: %v", err)
	}
}
