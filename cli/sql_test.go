package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/cli"
	"github.com/go-limbeck/limbeck/internal/golden"
	"github.com/go-limbeck/limbeck/migrate"
)

func TestDryRun(t *testing.T) {
	c := books(t)
	const both = "would apply aaa111  create books\nCREATE TABLE `books` (\n  `id` integer PRIMARY KEY AUTOINCREMENT,\n  `title` text\n);\n\n" +
		"would apply bbb222  add isbn to books\nALTER TABLE `books` ADD COLUMN `isbn` text;\n"
	play(t, c, []step{
		{"upgrade head --dry-run", outcome{0, both, "nothing was run\n"}},
		{"current", outcome{0, "", "base: no revision is applied\n2 revisions are not applied; next: upgrade head\n"}},
		{"upgrade --dry-run +1 --json", outcome{0, `[
  {
    "id": "aaa111",
    "message": "create books",
    "steps": [
      {
        "operations": [
          "create table books"
        ],
        "sql": [
          "CREATE TABLE ` + "`books` (\\n  `id` integer PRIMARY KEY AUTOINCREMENT,\\n  `title` text\\n)" + `"
        ]
      }
    ]
  }
]
`, ""}},
		{"upgrade head --json", outcome{64, "", "error: --json needs --dry-run; see limbeck upgrade --help\n"}},
		{"upgrade head", outcome{0, "applied aaa111  create books (TIME)\napplied bbb222  add isbn to books (TIME)\n", ""}},
		{"upgrade head --dry-run", outcome{0, "", nothingToDo}},
		{"upgrade head --dry-run --json", outcome{0, "[]\n", ""}},
		{"downgrade -1 --dry-run", outcome{0, "would take back bbb222  add isbn to books\nALTER TABLE `books` DROP COLUMN `isbn`;\n", "nothing was run\n"}},
		{"current", outcome{0, "bbb222  add isbn to books (head, current)\n", ""}},
		{"downgrade nowhere --dry-run", outcome{1, "", "error: unknown target \"nowhere\"; the revisions are\n  aaa111  create books\n  bbb222  add isbn to books\n"}},
	})
}

// TestScript: the script is a result, and needs no live database unless it
// begins where that is.
func TestScript(t *testing.T) {
	c := books(t)
	var opened []string
	open := c.Open
	c.Open = func(url string) (*gorm.DB, error) {
		opened = append(opened, url)
		return open(url)
	}
	for file, args := range map[string][]string{"up": {"sql", "base:head"}, "down": {"sql", "head:base"}} {
		got := run(c, args...)
		if got.Code != cli.ExitOK || got.Stderr != "" {
			t.Errorf("%q: %+v", args, got)
		}
		golden.Check(t, filepath.Join("testdata", "sql", file+".golden"), []byte(got.Stdout))
	}
	if _, err := os.Stat(c.URL); !os.IsNotExist(err) || len(opened) != 2 || opened[0] != ":memory:" {
		t.Errorf("opened %q, %v", opened, err)
	}
	mustRun(t, c, "upgrade", "+1")
	got := run(c, "sql", "current:head")
	if got.Code != cli.ExitOK || !contains(got.Stdout, "Apply revision bbb222", "revision aaa111 is not applied, which bbb222 builds on") || contains(got.Stdout, "Apply revision aaa111") {
		t.Errorf("%+v", got)
	}
	play(t, c, []step{
		{"sql head --idempotent", outcome{1, "", "error: writing a script: not supported on sqlite: it has no statement that runs on a condition; write one from where the database is (current:head), or let the program upgrade, which applies each revision once\n"}},
		{"sql", outcome{64, "", "error: one target is needed, not 0: from:to, such as base:head; see limbeck sql --help\n"}},
		{"sql aaa111:aaa111", outcome{0, "-- Written by Limbeck " + migrate.Version() + " for sqlite. Run it with: sqlite3 FILE < this file\n-- There is nothing to do.\n", ""}},
	})
}
