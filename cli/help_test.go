package cli_test

import (
	"bytes"
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/cli"
	"github.com/go-limbeck/limbeck/op"
)

type Book struct {
	ID    int64
	Title string `gorm:"size:100"`
	Isbn  string
}

var (
	createBooks = op.Revision{
		ID: "aaa111", Created: "2026-11-23T10:00:00Z", Message: "create books",
		Up: op.List{op.CreateTable{
			Name: "books",
			Columns: []op.Column{
				{Name: "id", Type: op.Int(64), AutoIncrement: true},
				{Name: "title", Type: op.String(100)},
			},
			PrimaryKey: op.Columns("id"),
		}},
		Down: op.List{op.DropTable{Name: "books"}},
	}
	addISBN = op.Revision{
		ID: "bbb222", Parents: []string{"aaa111"}, Created: "2026-11-23T11:00:00Z", Message: "add isbn to books",
		Up:   op.List{op.AddColumn{Table: "books", Column: op.Column{Name: "isbn", Type: op.Text()}}},
		Down: op.List{op.DropColumn{Table: "books", Column: "isbn"}},
	}
)

// books is the configuration of a project with a database of its own.
func books(t *testing.T) cli.Config {
	t.Helper()
	return cli.Config{
		Open: func(url string) (*gorm.DB, error) {
			return gorm.Open(sqlite.Open(url), &gorm.Config{Logger: logger.Discard})
		},
		URL:       filepath.Join(t.TempDir(), "test.db"),
		Scratch:   ":memory:",
		Models:    []any{&Book{}},
		Revisions: op.Revisions{createBooks, addISBN},
	}
}

// outcome is what a command did, without times that differ from run to run.
type outcome struct {
	Code           int
	Stdout, Stderr string
}

var (
	takenTime = regexp.MustCompile(`\((<1ms|[0-9.]+m?s)\)`)
	clockTime = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`)
)

func run(c cli.Config, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	code := cli.Run(context.Background(), c, args)
	text := takenTime.ReplaceAllString(stdout.String(), "(TIME)")
	return outcome{code, clockTime.ReplaceAllString(text, "YYYY-MM-DD hh:mm:ss"), stderr.String()}
}

func mustRun(t *testing.T, c cli.Config, args ...string) {
	t.Helper()
	if got := run(c, args...); got.Code != cli.ExitOK {
		t.Fatalf("%q: exit code %d: %s", args, got.Code, got.Stderr)
	}
}

var madeIn = regexp.MustCompile(`in (<1ms|[0-9.]+m?s)`)

// contains reports whether all parts stand in a text.
func contains(text string, parts ...string) bool {
	return !slices.ContainsFunc(parts, func(part string) bool { return !strings.Contains(text, part) })
}
