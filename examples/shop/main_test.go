package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/cli"
	"github.com/go-limbeck/limbeck/migrate"
)

// TestGenerateIsQuiet runs the go:generate line as on a fresh clone: the files
// that are checked in are up to date, so it writes none. It works on a copy of
// the folder, so that a failure leaves nothing behind.
func TestGenerateIsQuiet(t *testing.T) {
	source, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	_, line, ok := strings.Cut(string(source), "//go:generate go run . ")
	if !ok {
		t.Fatal("there is no go:generate line")
	}
	line, _, _ = strings.Cut(line, "\n")
	c := config()
	c.Dir = t.TempDir()
	if err := os.CopyFS(c.Dir, os.DirFS("migrations")); err != nil {
		t.Fatal(err)
	}
	c.URL = filepath.Join(t.TempDir(), "none", "never.db") // nothing opens it
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	before := files(t, c.Dir)
	if code := cli.Run(t.Context(), c, strings.Fields(line)); code != 0 {
		t.Errorf("%s: exit code %d\n%s", line, code, &stderr)
	}
	if stdout.Len() > 0 {
		t.Errorf("the models are ahead of the revisions: run go generate, review the file and check it in; it would hold\n%s", &stderr)
	}
	if diff := cmp.Diff(before, files(t, c.Dir)); diff != "" {
		t.Errorf("the folder has changed:\n%s", diff)
	}
}

// The compiled revisions make what AutoMigrate finds nothing to add to, and
// nothing is left when they are taken back.
func TestUpAndDown(t *testing.T) {
	c := config()
	db, err := c.Open(filepath.Join(t.TempDir(), c.URL))
	if err != nil {
		t.Fatal(err)
	}
	m := migrate.New(db, c.Revisions)
	if _, err := m.Upgrade(t.Context(), "head"); err != nil {
		t.Fatal(err)
	}
	plan, err := autogen.Compare(t.Context(), autogen.Options{DB: db, Models: c.Models, Revisions: c.Revisions})
	if err != nil || !plan.Empty() || plan.Unmanaged != nil {
		t.Errorf("after the upgrade: %+v, %v", plan, err)
	}
	status, err := m.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range status.Entries {
		if e.Edited || e.Record == nil {
			t.Errorf("revision %q: %+v", e.Revision.ID, e)
		}
	}
	if _, err := m.Downgrade(t.Context(), "base"); err != nil {
		t.Fatal(err)
	}
	var left []string
	if err := db.Raw("SELECT name FROM sqlite_master WHERE name <> 'sqlite_sequence'").Scan(&left).Error; err != nil {
		t.Fatal(err)
	}
	if len(left) > 0 {
		t.Errorf("downgraded to base, there is still %q", left)
	}
}

func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(text)
	}
	return files
}
